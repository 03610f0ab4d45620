// BODS 0.4: every invalid statement of the standard's own set is reported as it says, every valid one and every
// example is taken; and what the examples mean.
#include "ownership/bods.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "ownership/csv.h"
#include "ownership/test_kit.h"

namespace entente::ownership {
namespace {

using namespace test;

std::string file_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

struct Read {
  Graph graph;
  Findings findings;
};

Read read(std::string_view text) {
  Read out;
  const auto done = read_bods(text, &out.graph, &out.findings);
  if (!done) out.findings.error("unread", "", done.error().detail);
  return out;
}

// The standard's data, if the machine has them.
std::filesystem::path shared_data() {
  const char* shared = std::getenv("ENTENTE_SHARED");
  const std::filesystem::path beside =
      shared != nullptr ? shared : std::filesystem::path(ENTENTE_SOURCE_DIR) / "../shared";
  return beside / "data/ownership/bods";
}

TEST(Bods, ReportsEveryInvalidStatementOfTheStandard) {
  const std::filesystem::path folder = shared_data() / "invalid-statements";
  if (!std::filesystem::exists(folder)) {
    std::printf("skipped: there is no %s\n", folder.c_str());
    return;
  }
  const std::string expected = file_text(folder / "expected_errors.csv");
  CsvReader csv(expected);
  size_t cases = 0;
  while (csv.next()) {
    const auto fields = csv.fields();
    ASSERT_GE(fields.size(), 3U);
    const Read out = read(file_text(folder / std::string(fields[0])));
    ASSERT_EQ(out.findings.list.size(), 1U)
        << fields[0] << (out.findings.list.empty() ? "" : " " + out.findings.list[1].code);
    EXPECT_EQ(out.findings.list[0].code, "bods-" + std::string(fields[1])) << fields[0];
    EXPECT_EQ(out.findings.list[0].place, fields[2]) << fields[0];
    ++cases;
  }
  EXPECT_GE(cases, 190U);
}

TEST(Bods, TakesEveryValidStatementAndExample) {
  size_t files = 0;
  for (const char* name : {"valid-statements", "examples"}) {
    const std::filesystem::path folder = shared_data() / name;
    if (!std::filesystem::exists(folder)) {
      std::printf("skipped: there is no %s\n", folder.c_str());
      return;
    }
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      const Read out = read(file_text(entry.path()));
      EXPECT_EQ(out.findings.errors, 0U)
          << entry.path() << " " << out.findings.list[0].place << " " << out.findings.list[0].code;
      ++files;
      // Whatever is in it can be asked.
      for (const Party& party : out.graph.parties) {
        const Owners answer = ask(out.graph, party.id);
        for (const Owner& owner : answer.owners) EXPECT_LE(owner.capital.low, owner.capital.high);
      }
    }
  }
  EXPECT_GE(files, 120U);
}

std::string statement(std::string_view type, std::string_view record, std::string_view date,
                      std::string_view details, std::string_view more = "") {
  return std::string(
             R"({"statementId":"11111111-1111-1111-1111-111111111111","declarationSubject":"x","recordId":")") +
         std::string(record) + R"(","recordType":")" + std::string(type) +
         R"(","statementDate":")" + std::string(date) + R"(",)" + std::string(more) +
         R"("recordDetails":)" + std::string(details) + "}";
}

std::string holds(std::string_view record, std::string_view date, std::string_view owner,
                  std::string_view owned, std::string_view interests, std::string_view more = "") {
  return statement("relationship", record, date,
                   R"({"isComponent":false,"subject":")" + std::string(owned) +
                       R"(","interestedParty":)" + std::string(owner) + R"(,"interests":[)" +
                       std::string(interests) + "]}",
                   more);
}

constexpr std::string_view kHalf = R"({"type":"shareholding","share":{"exact":50}})";

TEST(Bods, LaterStatementsOfARecordReplaceEarlierOnes) {
  const std::string third = R"({"type":"shareholding","share":{"exact":30}})";
  const Read out =
      read(holds("r", "2020-01-01", R"("p")", "x", kHalf) + "\n" +
           holds("r", "2022-01-01", R"("p")", "x", third) + "\n" +
           holds("r", "2024-01-01", R"("p")", "x", third, R"("recordStatus":"closed",)"));
  EXPECT_EQ(out.findings.errors, 0U);
  const auto share = [&](std::string_view at) {
    const Owners answer = ask(out.graph, "x", {}, {}, at);
    return answer.owners.empty() ? 0 : answer.owners[0].capital.low;
  };
  EXPECT_EQ(share("2021-01-01"), 0.5);
  EXPECT_EQ(share("2022-01-01"), 0.3);
  EXPECT_EQ(share("2023-12-31"), 0.3);
  EXPECT_EQ(share("2024-01-01"), 0);
}

TEST(Bods, SharesAreExactRangesOrUnknown) {
  const Read out = read(
      holds(
          "a", "2020-01-01", R"("p")", "x",
          R"({"type":"shareholding","share":{"exclusiveMinimum":25,"maximum":50}},{"type":"votingRights","share":{"exact":40}})") +
      "\n" +
      holds("b", "2020-01-01", R"("q")", "y",
            R"({"type":"votingRights"},{"type":"appointmentOfBoard"})") +
      "\n" + holds("c", "2020-01-01", R"({"reason":"unknown"})", "y", kHalf));
  EXPECT_EQ(out.findings.list.size(), 0U);
  const Owner p = ask(out.graph, "x").owners[0];
  EXPECT_GT(p.capital.low, 0.25);
  EXPECT_NEAR(p.capital.low, 0.25, 1e-8);
  EXPECT_EQ(p.capital.high, 0.5);
  EXPECT_EQ(p.votes.votes, (Range{0.4, 0.4}));
  const Owners y = ask(out.graph, "y");
  const Owner* q = find_owner(y, out.graph, "q");
  EXPECT_EQ(q->votes.controls, Certainty::kYes);
  EXPECT_TRUE(q->votes.by_right);
  EXPECT_EQ(q->capital, (Range{0, 0.5}));
  const Owner* unknown = find_owner(y, out.graph, "interestedParty of c");
  ASSERT_NE(unknown, nullptr);
  EXPECT_EQ(out.graph.parties[unknown->party].kind, PartyKind::kAnonymous);
}

TEST(Bods, AStateHasItsBodiesWhole) {
  const auto entity = [](std::string_view id, std::string_view type) {
    return statement(
        "entity", id, "2020-01-01",
        R"({"isComponent":false,"entityType":{"type":")" + std::string(type) + R"("}})");
  };
  const Read out =
      read(entity("s", "state") + "\n" + entity("b", "stateBody") + "\n" +
           entity("x", "registeredEntity") + "\n" +
           holds("1", "2020-01-01", R"("s")", "b", R"({"type":"otherInfluenceOrControl"})") + "\n" +
           holds("2", "2020-01-01", R"("b")", "x", kHalf));
  const Owners answer = ask(out.graph, "x");
  EXPECT_DOUBLE_EQ(find_owner(answer, out.graph, "s")->capital.low, 0.5);
}

TEST(Bods, WhatIsNoJsonIsRefused) {
  Graph graph;
  Findings findings;
  EXPECT_FALSE(read_bods("[", &graph, &findings));
  EXPECT_FALSE(read_bods("{}\nx", &graph, &findings));
  EXPECT_TRUE(read_bods("[]", &graph, &findings));
  EXPECT_EQ(read("[1]").findings.list[0].code, "bods-type");
  EXPECT_EQ(read("{}").findings.list[0].place, "$");
}

}  // namespace
}  // namespace entente::ownership
