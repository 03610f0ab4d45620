// Verify, rebuild, backup, restore: what they find and what they bring back.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "tests/cli/support.h"

namespace entente::cli {
namespace {

void fill(const Community& community, int first, int count) {
  std::string input;
  for (int i = first; i < first + count; ++i) input += indicator(i) + "\n";
  ASSERT_EQ(
      community.run({"import", "--party", "AVL", "--collection", "shared", "-"}, input).exit_code,
      0);
}

std::string world(const std::string& data, const std::string& party) {
  return entente({"export", "--data", data, "--party", party}).out;
}

TEST(Upkeep, VerifyFindsNothingInASoundNode) {
  const Community community;
  fill(community, 0, 50);
  const Ran ran = community.run({"verify", "--json"});
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  const app::Fields report = json_of(ran);
  EXPECT_GE(report.count("records"), 50U);
  ASSERT_TRUE(report.root().find("problems"));
  EXPECT_EQ(report.root().find("problems")->size(), 0U);
}

TEST(Upkeep, VerifyFindsAFlippedByteWhereverItIs) {
  const Community community;
  fill(community, 0, 20);
  std::string segment;
  for (const std::string& path : everything_below(community.data + "/journal")) {
    if (path.ends_with(".seg")) segment = path;
  }
  ASSERT_FALSE(segment.empty());
  const std::string sound = read_file(segment);
  constexpr size_t kPlaces = 12;
  for (size_t i = 1; i <= kPlaces; ++i) {
    const size_t at = sound.size() * i / (kPlaces + 1);
    const Directory copy;
    std::filesystem::copy(community.data, copy.at("node"),
                          std::filesystem::copy_options::recursive);
    std::string damaged = sound;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
    write_file(copy.at("node") + segment.substr(community.data.size()), damaged);
    const Ran ran = entente({"verify", "--data", copy.at("node"), "--json"});
    EXPECT_EQ(ran.exit_code, 1) << "byte " << at << ": " << ran.out << ran.err;
    EXPECT_GT(json_of(ran).root().find("problems")->size(), 0U) << at;
  }
}

TEST(Upkeep, VerifyFindsAChangedAuditLine) {
  const Community community;
  fill(community, 0, 1);
  ASSERT_EQ(community.run({"get", id_of_indicator(0), "--party", "AVL"}).exit_code, 0);
  const std::string path = community.data + "/audit/AUDIT-000001.jsonl";
  std::string audit = read_file(path);
  const size_t at = audit.find("\"action\":\"import\"");
  ASSERT_NE(at, std::string::npos);
  audit.replace(at, 17, "\"action\":\"export\"");
  write_file(path, audit);
  const Ran ran = community.run({"verify", "--json"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_NE(ran.out.find("audit: AUDIT-000001.jsonl"), std::string::npos) << ran.out;
}

class Backup : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    fill(community_, 0, 30);
    if (GetParam()) {
      serving_.emplace(community_.data);
      ASSERT_TRUE(serving_->is_up());
    }
  }
  void expect_same(const std::string& restored) const {
    for (const char* party : {"HQ", "AVL", "BOR"})
      EXPECT_EQ(world(restored, party), world(community_.data, party)) << party;
    EXPECT_EQ(entente({"verify", "--data", restored, "--json"}).exit_code, 0);
    EXPECT_EQ(entente({"list", "--data", restored, "--party", "HQ", "--json"}).out,
              community_.run({"list", "--party", "HQ", "--json"}).out);
    EXPECT_FALSE(Serving(restored).is_up()) << "it may hold what was recalled since";
    ASSERT_EQ(entente({"restore", "--accept", "--data", restored}).exit_code, 0);
    EXPECT_EQ(entente({"restore", "--accept", "--data", restored}).exit_code, 2);
    const Serving again(restored);
    ASSERT_TRUE(again.is_up());
    EXPECT_EQ(again.get("/taxii2/", community_.hq_key).status, 200) << "keys stay good";
  }
  Community community_;
  std::optional<Serving> serving_;
};

TEST_P(Backup, IntoADirectoryAndAgain) {
  const std::string to = community_.directory.at("backup"),
                    restored = community_.directory.at("restored");
  ASSERT_EQ(community_.run({"backup", "--to", to, "--json"}).exit_code, 0);
  fill(community_, 30, 10);
  ASSERT_EQ(community_.run({"backup", "--to", to, "--json"}).exit_code, 0);
  const Ran ran = entente({"restore", "--from", to, "--data", restored, "--json"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(std::ranges::count(world(restored, "AVL"), '\n'), 40);
  expect_same(restored);
}

TEST_P(Backup, AsAStream) {
  const Ran stream = community_.run({"backup", "--to", "-"});
  ASSERT_EQ(stream.exit_code, 0) << stream.err;
  EXPECT_EQ(stream.out.size() % 512, 0U);
  EXPECT_EQ(stream.out.substr(257, 5), "ustar");
  const std::string restored = community_.directory.at("restored");
  ASSERT_EQ(entente({"restore", "--from", "-", "--data", restored}, zstd(stream.out)).exit_code, 0);
  expect_same(restored);
  const std::string file = community_.directory.write("node.tar", stream.out),
                    second = community_.directory.at("second");
  ASSERT_EQ(entente({"restore", "--from", file, "--data", second}).exit_code, 0);
  for (const std::string& path : everything_below(community_.data)) {
    EXPECT_EQ(path.find("/.copy-"), std::string::npos) << "left behind: " << path;
  }
}

// While it lives, no file of this process and of those that it starts grows past that: a disk without room.
class FileLimit {
 public:
  explicit FileLimit(rlim_t bytes) : handler_(::signal(SIGXFSZ, SIG_IGN)) {
    EXPECT_EQ(::getrlimit(RLIMIT_FSIZE, &before_), 0);
    const rlimit limited{bytes, before_.rlim_max};
    EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &limited), 0);
  }
  ~FileLimit() {
    EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &before_), 0);
    ::signal(SIGXFSZ, handler_);
  }
  FileLimit(const FileLimit&) = delete;
  FileLimit& operator=(const FileLimit&) = delete;

 private:
  rlimit before_{};
  sighandler_t handler_;
};

TEST(Upkeep, ABackupThatCannotBeMadeSaysWhatItNeeds) {
  const std::string help = entente({"backup", "--help"}).out;
  EXPECT_NE(help.find("free room"), std::string::npos) << help;
  const Community community;
  fill(community, 0, 200);
  Ran ran;
  {
    const FileLimit limit(16 * 1024);
    ran = community.run({"backup", "--to", "-"});
  }
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err.find("needs as much free room there as the journal takes"), std::string::npos)
      << ran.err;
}

INSTANTIATE_TEST_SUITE_P(WithAndWithoutServer, Backup, testing::Bool(), [](const auto& parameter) {
  return parameter.param ? "ThroughServer" : "OnDirectory";
});

TEST(Upkeep, RestoreRefusesWhatIsNotWhole) {
  const Community community;
  fill(community, 0, 30);
  const std::string stream = community.run({"backup", "--to", "-"}).out;
  const std::string to = community.directory.at("restored");
  for (const size_t size :
       {size_t{0}, size_t{100}, size_t{512}, stream.size() / 2, stream.size() - 1024}) {
    const Ran ran = entente({"restore", "--from", "-", "--data", to}, stream.substr(0, size));
    EXPECT_EQ(ran.exit_code, 2) << size;
    EXPECT_EQ(entente({"stats", "--data", to}).exit_code, 2)
        << "no node was made of " << size << " bytes";
  }
  for (size_t at = 700; at < stream.size() - 1024; at += stream.size() / 9) {
    std::string damaged = stream;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    const Ran ran = entente({"restore", "--from", "-", "--data", to}, damaged);
    // What lies between files, or in the audit log, is not the journal's to check.
    if (ran.exit_code == 0) {
      EXPECT_EQ(world(to, "AVL"), world(community.data, "AVL")) << at;
      std::filesystem::remove_all(to);
    }
  }
  std::string evil = stream;
  const std::string name = "../escaped";
  evil.replace(0, name.size() + 1, name + std::string(1, '\0'));
  EXPECT_EQ(entente({"restore", "--from", "-", "--data", to}, evil).exit_code, 2);
  EXPECT_FALSE(std::filesystem::exists(community.directory.at("escaped")));
  EXPECT_EQ(
      entente({"restore", "--from", community.directory.at("absent"), "--data", to}).exit_code, 2);
  EXPECT_EQ(entente({"restore", "--from", "-", "--data", community.data}, stream).exit_code, 2)
      << "never over a node";
}

TEST(Upkeep, RebuildGivesTheSameAnswers) {
  const Community community;
  fill(community, 0, 100);
  const std::string before = world(community.data, "HQ");
  const Ran ran = community.run({"rebuild", "--json"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(json_of(ran).count("entries"), 100U);
  EXPECT_EQ(world(community.data, "HQ"), before);
  EXPECT_EQ(community.run({"verify"}).exit_code, 0);
}

}  // namespace
}  // namespace entente::cli
