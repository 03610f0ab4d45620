// Readers of GLEIF, FollowTheMoney and SEC files, and how files are told apart.
#include "ownership/read_graph.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "ownership/limits.h"
#include "ownership/test_kit.h"

namespace entente::ownership {
namespace {

using namespace test;

struct Read {
  Graph graph;
  Findings findings;
  bool is_read = false;
};

Read read(std::string_view text) {
  Read out;
  out.is_read = read_graph(text, ShareUnit::kGuess, &out.graph, &out.findings).has_value();
  return out;
}

constexpr std::string_view kRelationships = R"(<?xml version="1.0"?>
<rr:RelationshipData xmlns:rr="http://www.gleif.org/data/schema/rr/2016"><rr:RelationshipRecords>
<rr:RelationshipRecord><rr:Relationship>
 <rr:StartNode><rr:NodeID>CHILD</rr:NodeID><rr:NodeIDType>LEI</rr:NodeIDType></rr:StartNode>
 <rr:EndNode><rr:NodeID>PARENT</rr:NodeID><rr:NodeIDType>LEI</rr:NodeIDType></rr:EndNode>
 <rr:RelationshipType>IS_DIRECTLY_CONSOLIDATED_BY</rr:RelationshipType>
 <rr:RelationshipPeriods>
  <rr:RelationshipPeriod><rr:StartDate>2018-01-01T00:00:00.000Z</rr:StartDate><rr:EndDate>2018-12-31T00:00:00.000Z</rr:EndDate><rr:PeriodType>ACCOUNTING_PERIOD</rr:PeriodType></rr:RelationshipPeriod>
  <rr:RelationshipPeriod><rr:StartDate>2015-02-06T00:00:00.000Z</rr:StartDate><rr:PeriodType>RELATIONSHIP_PERIOD</rr:PeriodType></rr:RelationshipPeriod>
 </rr:RelationshipPeriods>
 <rr:RelationshipStatus>ACTIVE</rr:RelationshipStatus>
 <rr:RelationshipQuantifiers><rr:RelationshipQuantifier><rr:QuantifierAmount>80.00</rr:QuantifierAmount><rr:QuantifierUnits>PERCENTAGE</rr:QuantifierUnits></rr:RelationshipQuantifier></rr:RelationshipQuantifiers>
</rr:Relationship></rr:RelationshipRecord>
<rr:RelationshipRecord><rr:Relationship>
 <rr:StartNode><rr:NodeID>CHILD</rr:NodeID></rr:StartNode><rr:EndNode><rr:NodeID>TOP</rr:NodeID></rr:EndNode>
 <rr:RelationshipType>IS_ULTIMATELY_CONSOLIDATED_BY</rr:RelationshipType><rr:RelationshipStatus>ACTIVE</rr:RelationshipStatus>
</rr:Relationship></rr:RelationshipRecord>
</rr:RelationshipRecords></rr:RelationshipData>)";

constexpr std::string_view kRelationshipsJson =
    R"([{"Relationship":{"StartNode":{"NodeID":"CHILD"},"EndNode":{"NodeID":"PARENT"},
 "RelationshipType":"IS_DIRECTLY_CONSOLIDATED_BY","RelationshipPeriods":[
 {"StartDate":"2018-01-01T00:00:00.000Z","EndDate":"2018-12-31T00:00:00.000Z","PeriodType":"ACCOUNTING_PERIOD"},
 {"StartDate":"2015-02-06T00:00:00.000Z","PeriodType":"RELATIONSHIP_PERIOD"}],"RelationshipStatus":"ACTIVE",
 "RelationshipQuantifiers":[{"QuantifierAmount":"80.00","QuantifierUnits":"PERCENTAGE"}]}},
 {"Relationship":{"StartNode":{"NodeID":"CHILD"},"EndNode":{"NodeID":"TOP"},
 "RelationshipType":"IS_ULTIMATELY_CONSOLIDATED_BY","RelationshipStatus":"ACTIVE"}}])";

TEST(Gleif, XmlAndJsonSayTheSame) {
  for (const std::string_view text : {kRelationships, kRelationshipsJson}) {
    const Read out = read(text);
    ASSERT_TRUE(out.is_read);
    EXPECT_EQ(out.findings.errors, 0U);
    ASSERT_EQ(out.graph.interests.size(), 2U);
    EXPECT_EQ(out.graph.interests[0].from, parse_day("2015-02-06"));
    EXPECT_EQ(out.graph.interests[0].to, kDayLast);
    EXPECT_TRUE(out.graph.interests[1].is_indirect);
    EXPECT_TRUE(ask(out.graph, "CHILD", {}, {}, "2015-02-05").owners.size() == 1);  // TOP alone
    const Owners answer = ask(out.graph, "CHILD");
    const Owner* parent = find_owner(answer, out.graph, "PARENT");
    ASSERT_NE(parent, nullptr);
    EXPECT_EQ(parent->capital, (Range{0.8, 0.8}));
    EXPECT_EQ(parent->votes.controls, Certainty::kYes);
  }
}

TEST(Gleif, ExceptionsStandForParentsWhoAreNotNamed) {
  const Read out = read(
      R"([{"LEI":"A","ExceptionCategory":"DIRECT_ACCOUNTING_CONSOLIDATION_PARENT","ExceptionReason":"NATURAL_PERSONS"},
    {"LEI":"B","ExceptionCategory":"DIRECT_ACCOUNTING_CONSOLIDATION_PARENT","ExceptionReason":"NON_CONSOLIDATING"},{"LEI":"C"}])");
  EXPECT_EQ(out.graph.interests.size(), 1U);
  EXPECT_EQ(out.findings.errors, 1U);
  const Owners answer = ask(out.graph, "A");
  ASSERT_EQ(answer.owners.size(), 1U);
  EXPECT_EQ(out.graph.parties[answer.owners[0].party].name, "natural persons");
  EXPECT_EQ(answer.owners[0].capital, kUnknown);
}

TEST(Gleif, TakesNoDocumentTypeAndNothingBroken) {
  EXPECT_FALSE(read("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>").is_read);
  EXPECT_FALSE(read("<a><b></a>").is_read);
  EXPECT_FALSE(read("<LEIRecord>&unknown;</LEIRecord>").is_read);
  EXPECT_TRUE(read("<a/>").is_read);
  const auto nested = [](size_t depth) {
    std::string text = "<LEIRecord>";
    for (size_t i = 0; i < depth; ++i) text += "<a>";
    for (size_t i = 0; i < depth; ++i) text += "</a>";
    return text + "</LEIRecord>";
  };
  EXPECT_TRUE(read(nested(limits::kXmlDepthMax)).is_read);
  EXPECT_FALSE(read(nested(limits::kXmlDepthMax + 1)).is_read);
}

TEST(Ftm, LinksAreInterestsAndTheRestParties) {
  const Read out = read(
      R"({"id":"p","schema":"Person","properties":{"name":["Ada Example"],"nationality":["aa"]}})"
      "\n"
      R"({"id":"c","schema":"Company","caption":"Brook Power","properties":{"jurisdiction":["bb"]}})"
      "\n"
      R"({"id":"o","schema":"Ownership","properties":{"owner":["p"],"asset":["c"],"percentage":["60%"],"startDate":["2020"],"endDate":["2024"]}})"
      "\n"
      R"({"id":"q","schema":"Ownership","properties":{"owner":[{"id":"p2"}],"asset":["c"],"percentage":["25"]}})"
      "\n"
      R"({"id":"d","schema":"Directorship","properties":{"director":["p3"],"organization":["c"]}})"
      "\n"
      R"({"id":"a","schema":"Address","properties":{"full":["Somewhere"]}})"
      "\n"
      R"({"id":"b","schema":"Ownership","properties":{"owner":["p"]}})"
      "\n"
      R"({"id":"e","schema":"Ownership","properties":{"owner":["p"],"asset":["c"],"percentage":["160"]}})");
  ASSERT_TRUE(out.is_read);
  EXPECT_EQ(out.findings.errors, 2U);
  const Owners answer = ask(out.graph, "c", {}, {}, "2024-12-31");
  const Owner* p = find_owner(answer, out.graph, "p");
  ASSERT_NE(p, nullptr);
  EXPECT_EQ(p->capital, (Range{0.6, 0.6}));
  EXPECT_EQ(out.graph.parties[p->party].name, "Ada Example");
  EXPECT_EQ(out.graph.parties[p->party].country, "AA");
  EXPECT_EQ(find_owner(answer, out.graph, "p2")->capital.low, 0.25);
  EXPECT_EQ(find_owner(answer, out.graph, "p3")->votes.controls, Certainty::kPossible);
  EXPECT_EQ(find_owner(ask(out.graph, "c", {}, {}, "2025-01-01"), out.graph, "p"), nullptr);
}

TEST(Sec, FilingsEndWithTheNext) {
  const Read out = read(
      "accession_number,company_cik,owner_key,percent_of_class,control_class,pct_verified,pct_"
      "source\n"
      "0000000001-13-000001,1,A,9.5,stake,True,row13\n"
      "0000000001-15-000001,1,A,6.5,stake,True,row13\n"
      "0000000001-15-000002,1,B,,unknown,False,rejected_below_13d_threshold\n"
      "0000000001-98-000002,1,C,51,control,True,prose\n"
      "broken,1,A,6.5,stake,True,row13\n");
  EXPECT_EQ(out.findings.errors, 1U);
  const auto a = [&](std::string_view at) {
    return find_owner(ask(out.graph, "1", {}, {}, at), out.graph, "A")->votes.votes.low;
  };
  EXPECT_DOUBLE_EQ(a("2014-06-01"), 0.095);
  EXPECT_DOUBLE_EQ(a("2015-01-01"), 0.065);
  const Owners answer = ask(out.graph, "1");
  EXPECT_DOUBLE_EQ(find_owner(answer, out.graph, "B")->capital.high, 0.05);
  EXPECT_EQ(find_owner(answer, out.graph, "C")->votes.controls, Certainty::kYes);
}

TEST(Format, IsToldByTheHead) {
  EXPECT_EQ(guess_format("owner,owned\n"), GraphFormat::kCsv);
  EXPECT_EQ(guess_format("\xEF\xBB\xBF<?xml"), GraphFormat::kGleif);
  EXPECT_EQ(guess_format(" [{\"statementId\":1"), GraphFormat::kBods);
  EXPECT_EQ(guess_format("{\"id\":\"1\",\"schema\":\"Person\"}"), GraphFormat::kFtm);
  EXPECT_EQ(guess_format("[{\"LEI\":"), GraphFormat::kGleif);
  EXPECT_EQ(guess_format("a,percent_of_class\n"), GraphFormat::kSec);
}

TEST(Format, EverySharedFileIsRead) {
  const char* shared = std::getenv("ENTENTE_SHARED");
  const std::filesystem::path folder =
      (shared != nullptr ? shared : std::filesystem::path(ENTENTE_SOURCE_DIR) / "../shared") /
      "data/ownership";
  if (!std::filesystem::exists(folder)) {
    std::printf("skipped: there is no %s\n", folder.c_str());
    return;
  }
  std::vector<std::filesystem::path> files{folder / "ftm-donations.jsonl",
                                           folder / "sec-13dg-percent.csv"};
  for (const auto& entry : std::filesystem::directory_iterator(folder / "gleif"))
    files.push_back(entry.path());
  size_t interests = 0;
  for (const auto& path : files) {
    std::ifstream in(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const Read out = read(text);
    EXPECT_TRUE(out.is_read) << path;
    EXPECT_EQ(out.findings.errors, 0U)
        << path << " " << out.findings.list[0].place << " " << out.findings.list[0].detail;
    EXPECT_FALSE(out.graph.parties.empty()) << path;
    interests += out.graph.interests.size();
  }
  EXPECT_GT(interests, 10'000U);
}

}  // namespace
}  // namespace entente::ownership
