// Each code of the policy lint is found in a node made for it, and nothing is found in a node in order.
#include "exchange/lint.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/clock.h"
#include "base/limits.h"
#include "base/random.h"
#include "exchange/node.h"
#include "release/release_marking.h"

namespace entente::exchange {
namespace {

const char* const kAmber = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421";
const char* const kClear = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487";
const char* const kGreen = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
const char* const kRed = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1";

std::string uuid(int number) {
  const std::string digits = std::to_string(number);
  return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}
std::string marking_id(int number) { return "marking-definition--" + uuid(number); }

class Lint : public ::testing::Test {
 protected:
  Lint() {
    char name[] = "/tmp/entente-lint-XXXXXX";
    directory_ = mkdtemp(name);
    NodeOptions options;
    options.directory = directory_;
    options.clock = &clock_;
    options.random = &random_;
    options.files = files_.get();
    store::Recovery recovery;
    node_ = std::move(*Node::open(options, &recovery));
    for (const char* code : {"AVL", "BOR"}) {
      change(std::string(R"({"op":"party","name":"x","code":")") + code +
             R"(","identity":"identity--)" + uuid(number_++) + "\"}");
      EXPECT_TRUE(node_->new_key(code, release::Role::kContributor));
    }
    change(R"({"op":"collection","alias":"shared","id":")" + uuid(number_++) +
           R"(","read":["AVL","BOR"],"write":["AVL","BOR"],"default":"tlp:amber"})");
  }
  ~Lint() override {
    node_.reset();
    std::filesystem::remove_all(directory_);
  }

  void change(const std::string& json) { ASSERT_TRUE(node_->change_directory(json)) << json; }

  // AVL submits objects to `shared`.
  void submit(const std::string& objects) {
    auto submission = std::make_unique<Submission>();
    submission->who = *node_->as_party("AVL");
    submission->collection = 1;
    submission->text = "{\"objects\":[" + objects + "]}";
    submission->text.reserve(submission->text.size() + json::kPaddingBytes);
    Batcher batcher(node_->journal(), random_);
    ASSERT_TRUE(batcher.read_envelope(*submission, "", nullptr));
    const auto outcome = node_->submit_and_wait(std::move(submission));
    ASSERT_TRUE(outcome && outcome->refused == 0)
        << (outcome ? outcome->submission->items[0].message : outcome.error().detail);
  }
  // An indicator with these members besides those that every one has.
  std::string indicator(const std::string& more) {
    return R"({"type":"indicator","spec_version":"2.1","id":"indicator--)" + uuid(number_++) +
           R"(","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","pattern_type":"stix","pattern":"[a:b='c']","valid_from":"2026-01-01T00:00:00Z","name":"x")" +
           (more.empty() ? "" : "," + more) + "}";
  }
  static std::string marked(const std::string& ids) {
    return R"("object_marking_refs":[)" + ids + "]";
  }
  // A release marking, itself GREEN unless said otherwise.
  static std::string marking(int number, const std::string& says,
                             const std::string& level = kGreen) {
    return R"({"type":"marking-definition","spec_version":"2.1","id":")" + marking_id(number) +
           R"(","created":"2026-01-01T00:00:00.000Z","object_marking_refs":[")" + level +
           R"("],"extensions":{")" + std::string(release::kReleaseMarkingExtension) +
           R"(":{"extension_type":"property-extension",)" + says + "}}}";
  }
  // Submits a marking and an indicator under it.
  void submit_marked(int number, const std::string& says, const std::string& level = kGreen) {
    submit(marking(number, says, level) + "," + indicator(marked('"' + marking_id(number) + '"')));
  }
  const LintFinding* find(std::string_view code) {
    report_ = lint(*node_);
    const auto found = std::ranges::find(report_.findings, code, &LintFinding::code);
    return found == report_.findings.end() ? nullptr : &*found;
  }
  // Of a finding of that code: what it is about; "-" without one.
  std::string about(std::string_view code) {
    const LintFinding* finding = find(code);
    return finding == nullptr ? "-" : finding->about;
  }

  ManualClock clock_{1'780'000'000'000};
  SeededRandom random_{1};
  std::string directory_;
  std::unique_ptr<store::Files> files_ = store::posix_files();
  std::unique_ptr<Node> node_;
  int number_ = 1;
  LintReport report_;
};

TEST_F(Lint, FindsNothingInANodeInOrder) {
  submit(indicator(""));
  submit_marked(500, R"("tlp":"amber+strict","releasable_to":["BOR"])");
  const LintReport report = lint(*node_);
  EXPECT_EQ(report.entries, 3U);
  for (const LintFinding& finding : report.findings)
    ADD_FAILURE() << finding.code << " " << finding.about << " " << finding.detail;
}

TEST_F(Lint, FindsWhatTheDirectoryLacks) {
  change(R"({"op":"party","code":"CYN","name":"x","identity":"identity--)" + uuid(900) + "\"}");
  change(R"({"op":"group","code":"EMPTY","name":"x"})");
  change(R"({"op":"collection","alias":"open","id":")" + uuid(901) +
         R"(","read":["EMPTY"],"write":[],"default":"tlp:clear"})");
  change(R"({"op":"collection","alias":"bare","id":")" + uuid(902) +
         R"(","read":["AVL"],"write":[]})");
  change(R"({"op":"policy","name":"P","levels":["LOW","HIGH"],"categories":[]})");
  change(R"({"op":"authority","party":"BOR","marking":")" + marking_id(903) + R"(","content":")" +
         std::string(64, '0') + "\"}");
  EXPECT_EQ(about("party-without-key"), "CYN");
  EXPECT_EQ(about("group-empty"), "EMPTY");
  EXPECT_EQ(about("collection-open"), "open");
  EXPECT_EQ(about("collection-unread"), "open");
  EXPECT_EQ(about("collection-without-default"), "bare");
  EXPECT_EQ(about("policy-unused"), "P");
  EXPECT_EQ(about("authority-without-marking"), marking_id(903));
  change(R"({"op":"clearance","party":"BOR","policy":"P","level":"HIGH","categories":[]})");
  EXPECT_EQ(about("policy-unused"), "-");
  change(R"({"op":"policy","name":"P","levels":["LOW"],"categories":[]})");
  EXPECT_EQ(about("clearance-without-policy"), "BOR");
}

TEST_F(Lint, AMarkingThatIsNotHereIsNamedWithWhatItCloses) {
  for (int i = 0; i < 7; ++i) submit(indicator(marked('"' + marking_id(600) + '"')));
  const LintFinding* finding = find("marking-missing");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->about, marking_id(600));
  EXPECT_EQ(finding->entries, 7U);
  EXPECT_EQ(finding->examples.size(), limits::kLintExamplesMax);
  EXPECT_EQ(finding->weight, LintWeight::kError);
  EXPECT_EQ(report_.findings.front().weight, LintWeight::kError);
  submit(marking(600, R"("releasable_to":["BOR"])"));
  EXPECT_EQ(find("marking-missing"), nullptr);
}

TEST_F(Lint, AMarkingThatIsNotUnderstoodIsNamedWithThePointer) {
  submit_marked(601, R"("tlp":"amber","colour":"blue")");
  const LintFinding* finding = find("marking-not-understood");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->about, marking_id(601));
  EXPECT_NE(finding->detail.find("/colour"), std::string::npos) << finding->detail;
}

TEST_F(Lint, AMarkingThatItsReadersCannotReadIsHidden) {
  submit_marked(602, R"("tlp":"amber","releasable_to":["BOR"])", kRed);
  EXPECT_EQ(about("marking-hidden"), marking_id(602));
}

TEST_F(Lint, FindsMarksThatContradict) {
  const auto quoted = [](const char* id) { return '"' + std::string(id) + '"'; };
  submit(indicator(marked(quoted(kAmber) + "," + quoted(kGreen))));
  submit(indicator(marked(quoted(kRed))));
  submit_marked(610, R"("tlp":"clear","releasable_to":["BOR"])");
  submit_marked(611, R"("releasable_to":[])");
  submit_marked(612, R"("releasable_to":["NOWHERE"])");
  submit(marking(613, R"("exercise":"A")") + "," + marking(614, R"("exercise":"B")") + "," +
         indicator(marked('"' + marking_id(613) + "\",\"" + marking_id(614) + '"')));
  for (const char* code : {"several-levels", "nobody-named", "open-but-limited", "originator-alone",
                           "list-reaches-nobody", "several-exercises", "nobody-else-reads"})
    EXPECT_EQ(about(code), "AVL") << code;
  EXPECT_EQ(about("code-unknown"), "NOWHERE");
}

TEST_F(Lint, FindsClassificationsThatNothingCovers) {
  change(R"({"op":"policy","name":"P","levels":["LOW"],"categories":["C"]})");
  submit_marked(620, R"("tlp":"amber","classification":{"policy":"Q","level":"LOW"})");
  submit_marked(
      621, R"("tlp":"amber","classification":{"policy":"P","level":"HIGH","categories":["D"]})");
  EXPECT_EQ(about("policy-unknown"), "Q");
  EXPECT_EQ(about("level-unknown"), "P");
  EXPECT_EQ(about("category-unknown"), "P");
}

TEST_F(Lint, AnEmbargoIsNoFault) {
  submit_marked(630, R"("tlp":"amber","embargo_until":"2126-01-01T00:00:00Z")");
  EXPECT_EQ(find("nobody-else-reads"), nullptr);
  EXPECT_EQ(find("marking-hidden"), nullptr);
}

TEST_F(Lint, FindsGranularMarkingsThatLeaveNothingOrTell) {
  const std::string part =
      R"("granular_markings":[{"marking_ref":")" + std::string(kRed) + R"(","selectors":[)";
  submit(indicator(part + R"("name"]}])"));
  EXPECT_EQ(find("part-required"), nullptr);
  submit(indicator(part + R"("pattern"]}])"));
  EXPECT_EQ(about("part-required"), "AVL");
  const std::string file = R"("hashes":{"MD5":"d41d8cd98f00b204e9800998ecf8427e"},"name":"a.txt")";
  std::string text = R"({"type":"file",)" + file + "}";
  const std::string padded = json::padded(text);
  json::Parser parser;
  json::Document document;
  ASSERT_TRUE(parser.parse(std::string_view(padded).substr(0, text.size()), &document));
  const std::string id = stix::deterministic_id(document.root());
  EXPECT_EQ(find("id-tells"), nullptr);
  submit(R"({"type":"file","spec_version":"2.1","id":")" + id + "\"," + file + "," + part +
         R"("hashes"]}]})");
  const LintFinding* finding = find("id-tells");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->examples, std::vector<std::string>{id});
}

TEST_F(Lint, WhatWasWithdrawnIsNotCounted) {
  submit(indicator(marked('"' + marking_id(600) + '"')));
  ASSERT_NE(find("marking-missing"), nullptr);
  const Principal who = *node_->as_party("AVL");
  ASSERT_TRUE(node_->withdraw(who, {0}));
  EXPECT_EQ(find("marking-missing"), nullptr);
  EXPECT_EQ(report_.entries, 0U);
}

TEST_F(Lint, FindingsOfACodeAreLimitedAndCounted) {
  std::string objects;
  for (size_t i = 0; i <= limits::kLintFindingsMax; ++i) {
    objects += (i == 0 ? "" : ",") +
               indicator(marked('"' + marking_id(10'000 + static_cast<int>(i)) + '"'));
  }
  submit(objects);
  const LintReport report = lint(*node_);
  EXPECT_EQ(std::ranges::count(report.findings, "marking-missing", &LintFinding::code),
            static_cast<ptrdiff_t>(limits::kLintFindingsMax));
  EXPECT_EQ(report.counts.at("marking-missing"), limits::kLintFindingsMax + 1);
}

}  // namespace
}  // namespace entente::exchange
