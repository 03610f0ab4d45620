// Recalls and the audit log as a user meets them: through a server and without one, killed, backed up, restored.
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <thread>

#include "app/json_text.h"
#include "support.h"

namespace entente::cli {
namespace {

const std::string kToken = "heron-lantern-50217";
const std::string kTokenText = "\"description\":\"" + kToken + "\"";

// Files below the directory that hold the token.
std::vector<std::string> files_with_token(const std::string& directory) {
  std::vector<std::string> out;
  for (const auto& file : std::filesystem::recursive_directory_iterator(directory)) {
    if (file.is_regular_file() && read_file(file.path()).find(kToken) != std::string::npos)
      out.push_back(file.path());
  }
  return out;
}

// Mappings of removed files of the directory in a process.
size_t removed_mappings(pid_t pid, const std::string& directory) {
  const std::string maps = read_file("/proc/" + std::to_string(pid) + "/maps");
  size_t count = 0;
  for (size_t at = 0; at < maps.size();) {
    const size_t end = std::min(maps.find('\n', at), maps.size());
    const std::string line = maps.substr(at, end - at);
    count += line.find(directory) != std::string::npos && line.ends_with("(deleted)") ? 1 : 0;
    at = end + 1;
  }
  return count;
}

class Recall : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    const std::string file =
        community_.directory.write("in.json", bundle({indicator(0, kTokenText), indicator(1)}));
    ASSERT_EQ(
        community_.run({"import", "--party", "AVL", "--collection", "shared", file}).exit_code, 0);
    if (GetParam()) {
      serving_.emplace(community_.data);
      ASSERT_TRUE(serving_->is_up());
    }
  }
  Ran recall(const std::string& as) const {
    return community_.run(
        {"recall", id_of_indicator(0), "--as", as, "--reason", "names a source", "--json"});
  }
  Community community_;
  std::optional<Serving> serving_;
};

TEST_P(Recall, LeavesNoByteBehind) {
  const std::string before = community_.directory.at("before"),
                    after = community_.directory.at("after");
  ASSERT_EQ(community_.run({"backup", "--to", before}).exit_code, 0);
  ASSERT_FALSE(files_with_token(community_.data).empty());
  ASSERT_FALSE(files_with_token(before).empty());
  if (serving_) {
    const Response read = serving_->get("/api/v1/objects/" + id_of_indicator(0), community_.hq_key);
    ASSERT_NE(read.body.text.find(kToken), std::string::npos);
  }
  EXPECT_EQ(recall("HQ").exit_code, 2) << "seen, and another's";
  EXPECT_EQ(recall("BOR").exit_code, 2) << "not seen";
  const Ran ran = recall("AVL");
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const app::Fields report = json_of(ran);
  EXPECT_EQ(report.text("id"), id_of_indicator(0));
  EXPECT_EQ(report.integer("records"), 1);
  EXPECT_EQ(report.integer("erased_bytes"), static_cast<int64_t>(indicator(0, kTokenText).size()));
  EXPECT_NE(ran.out.find(before), std::string::npos) << "the backup that still holds it is named";
  EXPECT_EQ(files_with_token(community_.data), std::vector<std::string>());
  if (serving_) {
    EXPECT_EQ(removed_mappings(serving_->pid(), community_.data), 0U);
  }
  for (const char* party : {"AVL", "HQ"})
    EXPECT_EQ(community_.run({"get", id_of_indicator(0), "--party", party}).exit_code, 1);
  EXPECT_EQ(community_.run({"get", id_of_indicator(1), "--party", "HQ"}).exit_code, 0);
  EXPECT_EQ(community_.run({"verify"}).exit_code, 0);
  ASSERT_EQ(community_.run({"backup", "--to", after}).exit_code, 0);
  EXPECT_EQ(files_with_token(after), std::vector<std::string>());
  ASSERT_EQ(community_.run({"backup", "--to", before}).exit_code, 0);
  EXPECT_EQ(files_with_token(before), std::vector<std::string>()) << "the next one drops it";

  const std::string again = community_.directory.write("again.json", indicator(0, kTokenText));
  const Ran import =
      community_.run({"import", "--party", "AVL", "--collection", "shared", "--json", again});
  EXPECT_EQ(import.exit_code, 1);
  EXPECT_NE(import.out.find("\"recalled\":1"), std::string::npos) << import.out;
  const Ran strict = community_.run(
      {"import", "--party", "AVL", "--collection", "shared", "--strict", "--json", again});
  EXPECT_NE(strict.exit_code, 0);
  EXPECT_NE((strict.out + strict.err).find("recalled"), std::string::npos);
  EXPECT_EQ(files_with_token(community_.data), std::vector<std::string>());
}

TEST_P(Recall, ARestoredNodeLearnsOfLaterRecalls) {
  const std::string backup = community_.directory.at("backup"),
                    restored = community_.directory.at("restored");
  ASSERT_EQ(community_.run({"backup", "--to", backup}).exit_code, 0);
  ASSERT_EQ(recall("AVL").exit_code, 0);
  const Ran list = community_.run({"recalls", "--json"});
  const std::string recalls = community_.directory.write("recalls.json", list.out);
  ASSERT_EQ(entente({"restore", "--from", backup, "--data", restored}).exit_code, 0);
  ASSERT_FALSE(files_with_token(restored).empty());
  const Community other;
  const std::string foreign =
      other.directory.write("recalls.json", other.run({"recalls", "--json"}).out);
  EXPECT_EQ(entente({"restore", "--accept", "--recalls", foreign, "--data", restored}).exit_code,
            2);
  const Ran accepted =
      entente({"restore", "--accept", "--recalls", recalls, "--data", restored, "--json"});
  ASSERT_EQ(accepted.exit_code, 0) << accepted.err;
  EXPECT_EQ(json_of(accepted).integer("recalls_applied"), 1);
  EXPECT_EQ(files_with_token(restored), std::vector<std::string>());
  EXPECT_EQ(entente({"verify", "--data", restored}).exit_code, 0);
  EXPECT_TRUE(Serving(restored).is_up());
  const std::string again = community_.directory.write("again.json", indicator(0, kTokenText));
  EXPECT_EQ(entente({"import", "--data", restored, "--party", "AVL", again}).exit_code, 1);
}

TEST_P(Recall, IsInTheAuditOfItsPartyAlone) {
  ASSERT_EQ(recall("AVL").exit_code, 0);
  const Ran audit = community_.run({"audit", "--party", "AVL"});
  ASSERT_EQ(audit.exit_code, 0) << audit.err;
  EXPECT_NE(audit.out.find("\"action\":\"recall\""), std::string::npos) << audit.out;
  EXPECT_EQ(community_.run({"audit", "--party", "HQ"}).out.find("recall"), std::string::npos);
  EXPECT_EQ(entente({"verify", "audit", "-"}, audit.out).exit_code, 0);
  std::string changed = audit.out;
  changed.replace(changed.find("\"count\":1"), 9, "\"count\":2");
  EXPECT_EQ(entente({"verify", "audit", community_.directory.write("a.jsonl", changed + audit.out)})
                .exit_code,
            1);
  if (!serving_) return;
  const Response page = serving_->get("/api/v1/audit", community_.avl_key);
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.text.find("\"action\":\"recall\""), std::string::npos);
  EXPECT_EQ(entente({"verify", "audit", "-"}, page.body.text).exit_code, 0);
}

INSTANTIATE_TEST_SUITE_P(WithAndWithoutServer, Recall, testing::Bool(),
                         [](const auto& one) { return one.param ? "Server" : "NoServer"; });

TEST(RecallApi, IsForReleaseOfficersOfTheCreator) {
  const Community community;
  const std::string file = community.directory.write("in.json", indicator(0, kTokenText));
  ASSERT_EQ(community.run({"import", "--party", "AVL", "--collection", "shared", file}).exit_code,
            0);
  const auto officer = [&](const char* party) {
    return json_of(community.run({"key", "new", party, "--role", "release-officer", "--json"}))
        .text("key");
  };
  const std::string avl = officer("AVL"), hq = officer("HQ"), bor = officer("BOR");
  const Serving serving(community.data);
  ASSERT_TRUE(serving.is_up());
  const auto ask = [&](const std::string& key, const std::string& body) {
    Request request;
    request.method = "POST";
    request.path = "/api/v1/objects/" + id_of_indicator(0) + "/recall";
    request.headers = {{"Authorization", "Bearer " + key}, {"Content-Type", "application/json"}};
    request.body = body;
    return serving.send(request).status;
  };
  const std::string why = R"({"reason":"names a source"})";
  EXPECT_EQ(ask(community.avl_key, why), 403) << "a contributor";
  EXPECT_EQ(ask(hq, why), 403);
  EXPECT_EQ(ask(bor, why), 404);
  EXPECT_EQ(ask(avl, "{}"), 400);
  EXPECT_EQ(ask(avl, why), 200);
  EXPECT_EQ(ask(avl, why), 404);
  EXPECT_EQ(files_with_token(community.data), std::vector<std::string>());
}

// Killed at some instant of a recall, it is done or not begun.
TEST(RecallKilled, IsDoneOrNotBegun) {
  for (int round = 0; round < 12; ++round) {
    const Community community;
    const std::string file =
        community.directory.write("in.json", bundle({indicator(0, kTokenText), indicator(1)}));
    ASSERT_EQ(community.run({"import", "--party", "AVL", "--collection", "shared", file}).exit_code,
              0);
    {
      Serving serving(community.data);
      ASSERT_TRUE(serving.is_up());
      std::thread recalls([&] {
        (void)community.run({"recall", id_of_indicator(0), "--as", "AVL", "--reason", "why"});
      });
      std::this_thread::sleep_for(std::chrono::milliseconds(2 + round * 4));
      serving.signal(SIGKILL);
      (void)serving.wait();
      recalls.join();
    }
    EXPECT_EQ(community.run({"verify"}).exit_code, 0);
    const bool is_there =
        community.run({"get", id_of_indicator(0), "--party", "HQ"}).exit_code == 0;
    EXPECT_EQ(files_with_token(community.data).empty(), !is_there) << round;
    EXPECT_EQ(community.run({"get", id_of_indicator(1), "--party", "HQ"}).exit_code, 0);
  }
}

}  // namespace
}  // namespace entente::cli
