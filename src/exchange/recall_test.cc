// Recalls: who may, what goes and what stays, and that a failure at any call of the disk leaves a recall that is done or
// not begun.
#include "exchange/recall.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/clock.h"
#include "base/random.h"
#include "exchange/importer.h"
#include "exchange/node.h"
#include "store/fault_files.h"
#include "store/files.h"

namespace entente::exchange {
namespace {

const std::string kToken = "zebra-harvest-77140";
const std::string kAvl = "identity--00000000-0000-4000-8000-000000000001";
const std::string kBor = "identity--00000000-0000-4000-8000-000000000002";
const std::string kAddress = "ipv4-addr--b4e29b62-2053-47c4-bab4-bbce39e5ed67";

std::string tool_id(int n) {
  return "tool--00000000-0000-4000-8000-00000000000" + std::to_string(n);
}

std::string tool(int n, const std::string& creator, const std::string& name, int version = 1,
                 const std::string& more = "") {
  const std::string by = creator.empty() ? "" : R"("created_by_ref":")" + creator + "\",";
  return R"({"type":"tool","spec_version":"2.1","id":")" + tool_id(n) + "\"," + by +
         R"("created":"2026-01-01T00:00:00.000Z","modified":"2026-01-0)" + std::to_string(version) +
         R"(T00:00:00.000Z","name":")" + name + "\"" + more + "}";
}

class MemorySource final : public Source {
 public:
  explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}
  Result<std::string_view> next() override { return std::exchange(bytes_, {}); }

 private:
  std::string_view bytes_;
};

// A node with the parties AVL, BOR and LIA and a collection that all share.
class Desk {
 public:
  Desk() {
    char name[] = "/tmp/entente-recall-XXXXXX";
    directory_ = ::mkdtemp(name);
  }
  ~Desk() {
    node_.reset();
    std::filesystem::remove_all(directory_);
  }
  void open(store::Files& files) {
    NodeOptions options;
    options.directory = directory_;
    options.clock = &clock_;
    options.random = &random_;
    options.files = &files;
    options.segment_bytes = 4096;
    store::Recovery recovery;
    auto opened = Node::open(options, &recovery);
    ASSERT_TRUE(opened.has_value()) << opened.error().detail;
    node_ = std::move(*opened);
  }
  void close() { node_.reset(); }
  void found() {
    change(R"({"op":"party","code":"AVL","name":"Avalon","identity":")" + kAvl + "\"}");
    change(R"({"op":"party","code":"BOR","name":"Borealia","identity":")" + kBor + "\"}");
    change(
        R"({"op":"party","code":"LIA","name":"Lia","identity":"identity--00000000-0000-4000-8000-000000000003"})");
    change(
        R"({"op":"collection","alias":"shared","id":"6f8c1f5e-0000-4000-8000-000000000000","title":"S","read":["AVL","BOR","LIA"],"write":["AVL","BOR","LIA"],"default":"tlp:amber"})");
  }
  void change(const std::string& json) {
    clock_.advance_ms(10);
    const auto changed = node_->change_directory(json);
    ASSERT_TRUE(changed.has_value()) << changed.error().detail;
  }
  ImportReport import(const std::string& code, const std::string& objects,
                      const std::string& collection = "shared") {
    clock_.advance_ms(10);
    ImportOptions options;
    options.who = *node_->as_party(code);
    const View view = node_->view(options.who);
    if (!collection.empty()) options.collection = view.collection(collection)->number;
    Importer importer(*node_, random_, options);
    const std::string text = "[" + objects + "]";
    EXPECT_TRUE(importer.run(
        [&]() -> Result<std::unique_ptr<Source>> { return std::make_unique<MemorySource>(text); }));
    return importer.report();
  }
  Result<RecallReport> recall(const std::string& code, const std::string& id) {
    clock_.advance_ms(10);
    return node_->recall(*node_->as_party(code), id, "named a source");
  }
  // What the party reads of an id, newest first.
  std::vector<std::string> reads(const std::string& code, const std::string& id) {
    const View view = node_->view(*node_->as_party(code));
    std::vector<std::string> out;
    view.versions_of(id, [&](store::Position position) {
      std::string scratch;
      out.emplace_back(view.edition(position, &scratch));
      return true;
    });
    return out;
  }
  // Names of the files that hold the text.
  std::vector<std::string> files_with(const std::string& text) const {
    std::vector<std::string> out;
    for (const auto& file : std::filesystem::recursive_directory_iterator(directory_)) {
      if (!file.is_regular_file()) continue;
      std::ifstream in(file.path(), std::ios::binary);
      std::ostringstream bytes;
      bytes << in.rdbuf();
      if (bytes.str().find(text) != std::string::npos) out.push_back(file.path().filename());
    }
    return out;
  }
  std::vector<std::string> problems() const { return node_->journal().verify({}).problems; }
  Node& node() { return *node_; }
  const std::string& directory() const { return directory_; }

 private:
  ManualClock clock_{1'780'000'000'000};
  SeededRandom random_{7};
  std::string directory_;
  std::unique_ptr<Node> node_;
};

class RecallTest : public ::testing::Test {
 protected:
  void SetUp() override {
    files_ = store::posix_files();
    desk_.open(*files_);
    desk_.found();
  }
  void reopen() {
    desk_.close();
    desk_.open(*files_);
  }
  std::unique_ptr<store::Files> files_;
  Desk desk_;
};

TEST_F(RecallTest, EveryVersionGoesFromEveryFileAndStaysAway) {
  const std::string first = tool(1, kAvl, kToken), second = tool(1, kAvl, kToken, 2);
  desk_.import("AVL", first + "," + tool(2, kAvl, "other"));
  desk_.import("AVL", second);
  desk_.import("AVL", first, "");
  ASSERT_EQ(desk_.reads("BOR", tool_id(1)).size(), 2U);
  const auto report = desk_.recall("AVL", tool_id(1));
  ASSERT_TRUE(report.has_value()) << report.error().detail;
  EXPECT_EQ(report->records, 2U);
  EXPECT_EQ(report->erased_bytes, first.size() + second.size());
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(desk_.files_with(kToken), std::vector<std::string>());
    EXPECT_EQ(desk_.problems(), std::vector<std::string>());
    for (const char* party : {"AVL", "BOR", "LIA"})
      EXPECT_TRUE(desk_.reads(party, tool_id(1)).empty());
    EXPECT_EQ(desk_.reads("LIA", tool_id(2)).size(), 1U);
    for (const char* party : {"AVL", "BOR"}) {
      const ImportReport again = desk_.import(party, second);
      EXPECT_EQ(again.refused, 1U);
      EXPECT_NE(to_json(again, true).find("\"code\":\"recalled\""), std::string::npos);
    }
    EXPECT_EQ(desk_.recall("AVL", tool_id(1)).error().code, Code::kNotFound);
    reopen();
  }
  EXPECT_EQ(desk_.import("AVL", tool(1, kAvl, "better", 3)).accepted, 1U) << "other words may come";
}

TEST_F(RecallTest, OnlyItsCreatorRecalls) {
  desk_.import("AVL", tool(1, kAvl, kToken));
  desk_.import("AVL", tool(2, kAvl, kToken), "");
  desk_.import("BOR", tool(3, kAvl, "in another's name"));
  EXPECT_EQ(desk_.recall("BOR", tool_id(1)).error().code, Code::kForbidden);
  const Error hidden = desk_.recall("BOR", tool_id(2)).error();
  EXPECT_EQ(hidden.code, Code::kNotFound);
  EXPECT_EQ(hidden.detail, desk_.recall("BOR", tool_id(9)).error().detail) << "hidden is absent";
  EXPECT_EQ(desk_.recall("BOR", tool_id(3)).error().code, Code::kForbidden);
  EXPECT_EQ(desk_.recall("AVL", tool_id(3)).error().code, Code::kForbidden)
      << "a claim in its name is not its own record";
  for (const release::Role role :
       {release::Role::kReader, release::Role::kContributor, release::Role::kExpert}) {
    Principal who = *desk_.node().as_party("AVL");
    who.role = role;
    EXPECT_EQ(desk_.node().recall(who, tool_id(1), "why").error().code, Code::kForbidden);
  }
  const Principal who = *desk_.node().as_party("AVL");
  EXPECT_EQ(desk_.node().recall(who, tool_id(1), "").error().code, Code::kInvalid);
  const std::string longest(limits::kReasonBytesMax, 'x');
  EXPECT_EQ(desk_.node().recall(who, tool_id(1), longest + "x").error().code, Code::kTooLarge);
  EXPECT_EQ(desk_.reads("BOR", tool_id(1)).size(), 1U);
  EXPECT_TRUE(desk_.node().recall(who, tool_id(1), longest));
}

TEST_F(RecallTest, CopiesOfAttestedBytesGoToo) {
  const std::string object = tool(1, kAvl, kToken);
  desk_.import("AVL", object);
  desk_.import("BOR", object);
  desk_.import("LIA", object, "");  // AVL does not see it
  desk_.import("LIA", tool(1, kAvl, "altered"));
  const auto report = desk_.recall("AVL", tool_id(1));
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->records, 2U) << "what it does not see is not counted";
  EXPECT_EQ(desk_.files_with(kToken), std::vector<std::string>());
  EXPECT_EQ(desk_.reads("BOR", tool_id(1)).size(), 1U) << "another text is another's claim";
}

TEST_F(RecallTest, WhatNamesNoCreatorIsEachSubmittersOwn) {
  const std::string address = R"({"type":"ipv4-addr","spec_version":"2.1","id":")" + kAddress +
                              R"(","value":"203.0.113.7"})";
  const std::string foreign =
      tool(4, "identity--00000000-0000-4000-8000-000000000099", "from outside");
  for (const char* party : {"AVL", "BOR"}) desk_.import(party, address + "," + foreign);
  for (const std::string& id : {kAddress, tool_id(4)}) {
    ASSERT_TRUE(desk_.recall("AVL", id));
    EXPECT_EQ(desk_.reads("LIA", id).size(), 1U) << "BOR's stays";
  }
  EXPECT_EQ(desk_.import("AVL", address).refused, 1U);
  EXPECT_EQ(desk_.import("LIA", address).accepted, 1U);
  reopen();
  EXPECT_EQ(desk_.import("AVL", address).refused, 1U);
  EXPECT_EQ(desk_.reads("LIA", kAddress).size(), 2U);
}

TEST_F(RecallTest, WhatMarkingsAndEditionsKeepGoesToo) {
  const std::string marking =
      R"({"type":"marking-definition","spec_version":"2.1","id":"marking-definition--00000000-0000-4000-8000-000000000001","created_by_ref":")" +
      kAvl +
      R"(","created":"2026-01-01T00:00:00.000Z","definition_type":"statement","definition":{"statement":")" +
      kToken + "\"}}";
  desk_.import("AVL", marking);
  desk_.import(
      "AVL",
      tool(
          1, kAvl, kToken, 1,
          R"(,"description":"cut","granular_markings":[{"marking_ref":"marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed","selectors":["description"]}])"));
  const store::Position cut_at = desk_.node().journal().snapshot().end() - 1;
  ASSERT_FALSE(desk_.node().journal().snapshot().find_control(kEditions, cut_at)->bytes.empty());
  ASSERT_TRUE(desk_.recall("AVL", tool_id(1)));
  EXPECT_TRUE(desk_.node().journal().snapshot().find_control(kEditions, cut_at)->bytes.empty());
  const std::string marking_id = "marking-definition--00000000-0000-4000-8000-000000000001";
  const release::PartyNumber avl = desk_.node().as_party("AVL")->party;
  ASSERT_NE(desk_.node().state()->markings->find(avl, marking_id), nullptr);
  ASSERT_TRUE(desk_.recall("AVL", marking_id));
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(desk_.node().state()->markings->find(avl, marking_id), nullptr);
    EXPECT_EQ(desk_.files_with(kToken), std::vector<std::string>());
    EXPECT_EQ(desk_.problems(), std::vector<std::string>());
    reopen();
  }
}

TEST_F(RecallTest, AReaderAtWorkFinishes) {
  desk_.import("AVL", tool(1, kAvl, kToken));
  const auto mapped = [&] {
    std::ifstream maps("/proc/self/maps");
    std::ostringstream text;
    text << maps.rdbuf();
    size_t count = 0;
    const std::string all = text.str();
    for (size_t at = all.find(desk_.directory()); at != std::string::npos;
         at = all.find(desk_.directory(), at + 1)) {
      const std::string line = all.substr(at, all.find('\n', at) - at);
      count += line.ends_with("(deleted)") ? 1 : 0;
    }
    return count;
  };
  {
    const View view = desk_.node().view(*desk_.node().as_party("BOR"));
    ASSERT_TRUE(desk_.recall("AVL", tool_id(1)));
    std::string scratch;
    bool is_read = false;
    view.versions_of(tool_id(1), [&](store::Position position) {
      is_read = view.edition(position, &scratch).find(kToken) != std::string_view::npos;
      return true;
    });
    EXPECT_TRUE(is_read);
    EXPECT_GT(mapped(), 0U);
  }
  EXPECT_EQ(mapped(), 0U) << "the last reader takes the old generation with it";
}

TEST_F(RecallTest, AStatusStillNamesWhatWasRecalled) {
  const std::string object = tool(1, kAvl, kToken);
  desk_.import("AVL", object);
  const Principal who = *desk_.node().as_party("AVL");
  const store::Position at = desk_.node().journal().snapshot().end() - 1;
  ASSERT_TRUE(desk_.recall("AVL", tool_id(1)));
  const Named name = desk_.node().view(who).own_name(at);
  EXPECT_EQ(name.id, tool_id(1));
  EXPECT_EQ(name.version, "2026-01-01T00:00:00.000000Z");
}

// Whatever call of the disk fails: after a start the recall is done, or was not begun.
TEST(Recall, IsDoneOrNotBegunWhereverItStops) {
  const auto real = store::posix_files();
  bool fired = true;
  size_t done = 0, not_begun = 0;
  for (uint64_t n = 0; fired; ++n) {
    Desk desk;
    store::FaultFiles files(*real);
    desk.open(files);
    desk.found();
    desk.import("AVL", tool(1, kAvl, kToken) + "," + tool(2, kAvl, "stays"));
    files.fail_call(n, store::FaultFiles::Fault::kError);
    (void)desk.recall("AVL", tool_id(1));
    fired = files.fired();
    desk.close();
    desk.open(*real);
    EXPECT_EQ(desk.problems(), std::vector<std::string>()) << n;
    const bool is_there = !desk.files_with(kToken).empty();
    EXPECT_EQ(desk.reads("AVL", tool_id(1)).size(), is_there ? 1U : 0U) << n;
    EXPECT_EQ(desk.reads("AVL", tool_id(2)).size(), 1U) << n;
    EXPECT_EQ(desk.import("BOR", tool(1, kAvl, kToken)).accepted, is_there ? 1U : 0U) << n;
    (is_there ? not_begun : done) += 1;
  }
  EXPECT_GT(done, 5U);
  EXPECT_GT(not_begun, 0U);
}

TEST(Recall, RecordsComeBackAndDamagedOnesAreRefused) {
  Recall recall;
  recall.party = 3;
  recall.by = "k";
  recall.id = "tool--x";
  recall.reason = "a \"reason\"";
  recall.records = {4, 9};
  recall.entries = {4, 9, 11};
  recall.seen_records = 1;
  recall.seen_bytes = 77;
  recall.tombstones.push_back({0x8000000000000001ULL, tombstone_of("key", "bytes"), 3});
  const std::string bytes = encode_recall(recall);
  const auto back = decode_recall(bytes);
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(encode_recall(*back), bytes);
  EXPECT_EQ(back->entries, recall.entries);
  EXPECT_EQ(back->tombstones[0].id_hash, recall.tombstones[0].id_hash);
  for (size_t cut = 0; cut < bytes.size(); ++cut)
    EXPECT_FALSE(decode_recall(std::string_view(bytes).substr(0, cut))) << cut;
  EXPECT_FALSE(decode_recall("[]"));
}

}  // namespace
}  // namespace entente::exchange
