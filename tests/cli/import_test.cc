// Imports and exports, each with and without a running server: forms of input, what is refused, bytes as they came.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "tests/cli/support.h"

namespace entente::cli {
namespace {

// The same test with the command working on the directory itself and through a server.
class Import : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (GetParam()) {
      serving_.emplace(community_.data);
      ASSERT_TRUE(serving_->is_up()) << serving_->log();
    }
  }
  Ran import(std::vector<std::string> more, std::string_view input = {}) const {
    std::vector<std::string> arguments{"import",       "--party", "AVL",
                                       "--collection", "shared",  "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return community_.run(arguments, input);
  }
  std::string world(const std::string& party) const {
    return community_.run({"export", "--party", party}).out;
  }

  Community community_;
  std::optional<Serving> serving_;
};

TEST_P(Import, TakesEveryFormOfInput) {
  const Directory& files = community_.directory;
  const std::string as_bundle = bundle({indicator(1), indicator(2)});
  const std::string as_list = "[" + indicator(3) + " ,\n" + indicator(4) + "]";
  const std::string as_lines = indicator(5) + "\n" + indicator(6) + "\n";
  const Ran ran =
      import({files.write("a.json", as_bundle), files.write("b.json.gz", gzip(as_list)),
              files.write("c.jsonl.zst", zstd(as_lines)), files.write("d.json", indicator(7)), "-"},
             gzip(indicator(8)) + gzip("\n" + indicator(9)));
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(ran.out,
            "{\"objects\":9,\"accepted\":9,\"refused\":0,\"repeated\":0,\"findings\":{}}\n");
  const std::string seen = world("HQ");
  for (int i = 1; i <= 9; ++i) EXPECT_NE(seen.find(indicator(i) + "\n"), std::string::npos) << i;
  EXPECT_EQ(world("BOR"), "");
  const Ran again = import({files.at("a.json")});
  EXPECT_EQ(again.exit_code, 0);
  EXPECT_EQ(again.out,
            "{\"objects\":2,\"accepted\":0,\"refused\":0,\"repeated\":2,\"findings\":{}}\n");
}

TEST_P(Import, AWrongObjectStopsNoOther) {
  const std::string wrong =
      R"({"type":"indicator","spec_version":"2.1","id":"indicator--nonsense"})";
  const std::string input = bundle({indicator(1), wrong, indicator(2)});
  const std::string path = community_.directory.write("mixed.json", input);
  const Ran ran = import({"--details", path});
  EXPECT_EQ(ran.exit_code, 1);
  const app::Fields report = json_of(ran);
  EXPECT_EQ(report.count("objects"), 3U);
  EXPECT_EQ(report.count("accepted"), 2U);
  EXPECT_EQ(report.count("refused"), 1U);
  const auto codes = report.root().find("findings");
  ASSERT_TRUE(codes && codes->find("id-malformed"));
  EXPECT_EQ(codes->find("id-malformed")->integer(), 1);
  const auto details = report.root().find("details");
  ASSERT_TRUE(details && details->size() > 0);
  bool found = false;
  for (const json::Value one : details->elements()) {
    if (one.find("code")->text() != "id-malformed") continue;
    found = true;
    EXPECT_EQ(one.find("file")->text(), path);
    EXPECT_EQ(one.find("pointer")->text(), "/id");
    EXPECT_EQ(one.find("offset")->integer(),
              static_cast<int64_t>(input.find("\"indicator--nonsense\"")));
  }
  EXPECT_TRUE(found);
  EXPECT_EQ(world("AVL"), indicator(1) + "\n" + indicator(2) + "\n");
}

TEST_P(Import, SaysWhichValueIsWrittenWithEscapes) {
  const std::string good = indicator(1);
  for (const auto& [name, plain, escaped] :
       std::initializer_list<std::tuple<std::string, std::string, std::string>>{
           {"type", "\"type\":\"indicator\"", "\"type\":\"\\u0069ndicator\""},
           {"id", "\"id\":\"indicator", "\"id\":\"\\u0069ndicator"},
           {"created", "\"created\":\"2024", "\"created\":\"\\u0032024"},
           {"modified", "\"modified\":\"2024", "\"modified\":\"\\u0032024"}}) {
    std::string object = good;
    ASSERT_NE(object.find(plain), std::string::npos) << name;
    object.replace(object.find(plain), plain.size(), escaped);
    const Ran ran = import({"--details", "-"}, object);
    EXPECT_EQ(ran.exit_code, 1) << name;
    EXPECT_NE(ran.out.find("the value of \\\"" + name + "\\\" is written with escapes"),
              std::string::npos)
        << ran.out;
  }
  // What is wrong without any escape is not blamed on one.
  const Ran ran =
      import({"--details", "-"}, R"({"type":"\u0069ndicator","id":"indicator--nonsense"})");
  EXPECT_EQ(ran.out.find("of \\\"id\\\" is written"), std::string::npos) << ran.out;
}

TEST_P(Import, StrictIsAllOrNothingOverAllFiles) {
  const std::string good =
      community_.directory.write("good.json", bundle({indicator(1), indicator(2)}));
  const std::string bad =
      community_.directory.write("bad.json", indicator(3) + R"({"type":"indicator"})");
  const Ran refused = import({"--strict", "--details", good, bad});
  EXPECT_EQ(refused.exit_code, 1);
  const app::Fields report = json_of(refused);
  EXPECT_EQ(report.count("objects"), 4U);
  EXPECT_EQ(report.count("accepted"), 0U);
  EXPECT_EQ(report.count("refused"), 4U);
  const auto details = report.root().find("details");
  ASSERT_TRUE(details && details->size() > 0);
  for (const json::Value one : details->elements()) {
    EXPECT_EQ(one.find("file")->text(), bad);
    EXPECT_EQ(one.find("offset")->integer(), static_cast<int64_t>(indicator(3).size()));
  }
  EXPECT_EQ(world("AVL"), "");
  const Ran taken = import({"--strict", good, "-"}, zstd(indicator(4)));
  EXPECT_EQ(taken.exit_code, 0) << taken.err;
  EXPECT_EQ(json_of(taken).count("accepted"), 3U);
  EXPECT_EQ(world("AVL"), indicator(1) + "\n" + indicator(2) + "\n" + indicator(4) + "\n");
}

TEST_P(Import, DryRunStoresNothing) {
  const Ran ran = import({"--dry-run", "-"}, indicator(1) + R"({"type":"x"})");
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_EQ(json_of(ran).count("accepted"), 1U);
  EXPECT_EQ(json_of(ran).count("refused"), 1U);
  EXPECT_EQ(world("AVL"), "");
}

TEST_P(Import, WhatCannotBeReadEndsWithTwo) {
  const std::string good = community_.directory.write("good.json", indicator(1));
  EXPECT_EQ(import({good, community_.directory.at("absent.json")}).exit_code, 2);
  EXPECT_EQ(world("AVL"), "") << "nothing is taken in if one of the files is absent";
  const std::string torn = gzip(indicator(2));
  EXPECT_EQ(
      import({community_.directory.write("torn.gz", torn.substr(0, torn.size() / 2))}).exit_code,
      2);
  EXPECT_EQ(
      import({community_.directory.write("torn.zst", zstd(indicator(2)).substr(0, 40))}).exit_code,
      2);
  EXPECT_EQ(community_.run({"import", "--party", "BOR", "--collection", "shared", good}).exit_code,
            2);
  EXPECT_EQ(community_.run({"import", "--party", "NOBODY", good}).exit_code, 2);
  EXPECT_EQ(world("AVL"), "");
  const Ran text = import({"-"}, "this is no JSON");
  EXPECT_EQ(text.exit_code, 1) << "read whole, and nothing in it was an object";
  EXPECT_EQ(json_of(text).count("accepted"), 0U);
}

TEST_P(Import, BytesComeOutAsTheyWentIn) {
  const std::string odd =
      "{ \"x_n\" : 100000000000000000000000000001,\"x_f\":1.0 , "
      "\"x_e\":1e3,\"\\u0078_k\":\"\\u0041\",\"x_s\":\"\xE7\x95\xB0\xE9\xAB\x94 "
      "\xF0\x9F\x8C\x8F\"," +
      indicator(1).substr(1);
  const std::string broken = "{\r\n\t\"x\": [1,\n 2],\n" + indicator(2).substr(1);
  ASSERT_EQ(import({"-"}, "[" + odd + ",\n" + broken + "]").exit_code, 0);
  EXPECT_EQ(world("HQ"), odd + "\n" + broken + "\n");
  const Ran as_bundle =
      community_.run({"export", "--party", "HQ", "--collection", "shared", "--format", "bundle"});
  EXPECT_NE(as_bundle.out.find("\"objects\":[\n" + odd + ",\n" + broken + "\n]}\n"),
            std::string::npos)
      << as_bundle.out;
  // And back in, as another party.
  const Ran back = community_.run({"import", "--party", "BOR", "--json", "-"}, as_bundle.out);
  EXPECT_EQ(json_of(back).count("accepted"), 2U) << back.out << back.err;
  EXPECT_EQ(world("BOR"), odd + "\n" + broken + "\n");
}

TEST_P(Import, ExportGivesEachRecordOnceOrTheLastVersion) {
  const std::string first = indicator(1);
  std::string second = first;
  second.replace(second.find("\"modified\":\"2024"), 16, "\"modified\":\"2025");
  ASSERT_EQ(import({"-"}, first + second).exit_code, 0);
  ASSERT_EQ(community_.run({"import", "--party", "AVL", "-"}, first).exit_code, 0)
      << "into no collection, too";
  EXPECT_EQ(world("AVL"), first + "\n" + second + "\n");
  EXPECT_EQ(community_.run({"export", "--party", "AVL", "--versions", "last"}).out, second + "\n");
  EXPECT_EQ(community_.run({"export", "--party", "AVL", "--type", "malware,tool"}).out, "");
  EXPECT_EQ(community_.run({"export", "--party", "AVL", "--type", "tool,indicator"}).out,
            first + "\n" + second + "\n");
}

TEST_P(Import, ManyObjectsInOneStream) {
  std::string input = "[";
  constexpr int kMany = 20'000;
  for (int i = 0; i < kMany; ++i) input += (i == 0 ? "" : ",\n") + indicator(i);
  input += "]";
  const Ran ran = import({"-"}, zstd(input));
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(json_of(ran).count("accepted"), uint64_t{kMany});
  EXPECT_EQ(std::ranges::count(world("HQ"), '\n'), kMany);
}

INSTANTIATE_TEST_SUITE_P(WithAndWithoutServer, Import, testing::Bool(), [](const auto& parameter) {
  return parameter.param ? "ThroughServer" : "OnDirectory";
});

}  // namespace
}  // namespace entente::cli
