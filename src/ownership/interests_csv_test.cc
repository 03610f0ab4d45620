// The table of interests: what is taken, and what is reported.
#include "ownership/interests_csv.h"

#include <gtest/gtest.h>

#include "ownership/csv.h"
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

Read read(std::string_view text, ShareUnit unit = ShareUnit::kGuess) {
  Read out;
  out.is_read = read_interests_csv(text, unit, &out.graph, &out.findings).has_value();
  return out;
}

TEST(InterestsCsv, TakesColumnsInAnyOrderAndAnyLineEnd) {
  const Read one = read(
      "\xEF\xBB\xBFto,votes,OWNED,owner,note,capital\r\n"
      "2025-01-01,40,X,\"A, B \"\"C\"\"\",n,50\r\n\r\n,,Y,X,,");
  ASSERT_TRUE(one.is_read);
  ASSERT_EQ(one.graph.interests.size(), 2U);
  const Interest& first = one.graph.interests[0];
  EXPECT_EQ(one.graph.parties[first.owner].id, "A, B \"C\"");
  EXPECT_EQ(first.capital, (Range{0.5, 0.5}));
  EXPECT_EQ(first.votes, (Range{0.4, 0.4}));
  EXPECT_EQ(first.to, parse_day("2025-01-01"));
  EXPECT_EQ(one.graph.interests[1].capital, kUnknown);
  EXPECT_EQ(one.graph.interests[1].line, 4U);
}

TEST(InterestsCsv, SharesAreFractionsUnlessOneIsAboveOne) {
  EXPECT_EQ(read("owner,owned,capital,votes\nA,X,1,0.5\n").graph.interests[0].capital.low, 1);
  EXPECT_EQ(read("owner,owned,capital,votes\nA,X,1,50\n").graph.interests[0].capital.low, 0.01);
  EXPECT_EQ(
      read("owner,owned,capital\nA,X,1\n", ShareUnit::kPercent).graph.interests[0].capital.low,
      0.01);
  // A sign says it for its own share alone.
  const Read mixed = read("owner,owned,capital,votes\nA,X,60%,0.6\n");
  EXPECT_EQ(mixed.graph.interests[0].capital.low, 0.6);
  EXPECT_EQ(mixed.graph.interests[0].votes.low, 0.6);
  EXPECT_EQ(read("owner,owned,capital\nA,X,1.5\n").findings.warnings, 1U);
}

TEST(InterestsCsv, ReportsEachLineThatItLeavesOut) {
  const Read out = read(
      "owner,owned,capital,votes,from,to,kind\n"
      "A,,1,1,,,\n"
      "A,X,150,1,,,\n"
      "A,X,-1,1,,,\n"
      "A,X,50,x,,,\n"
      "A,X,50,1,2024-02-30,,\n"
      "A,X,50,1,2024-02-01,2024-01-01,\n"
      "A,X,50,1,,,silver\n"
      "A,X,50,50,,,\n");
  EXPECT_EQ(out.graph.interests.size(), 1U);
  EXPECT_EQ(out.findings.errors, 7U);
  std::vector<std::string> codes;
  for (const Finding& finding : out.findings.list)
    codes.push_back(finding.code + "@" + finding.place);
  EXPECT_EQ(codes, (std::vector<std::string>{"owned-missing@line 2", "share-unreadable@line 4",
                                             "share-unreadable@line 5", "date-unreadable@line 6",
                                             "dates-reversed@line 7", "kind-unknown@line 8",
                                             "share-out-of-range@line 3"}));
}

TEST(InterestsCsv, NeedsAHeader) {
  EXPECT_FALSE(read("").is_read);
  EXPECT_FALSE(read("A,X,50,50\n").is_read);
  EXPECT_TRUE(read("owner,owned\n").is_read);
}

TEST(InterestsCsv, EveryBlankOwnerIsSomebodyElse) {
  const Read out = read("owner,owned,capital\n,X,30\n,X,30\nA,X,40\n");
  ASSERT_EQ(out.graph.interests.size(), 3U);
  EXPECT_NE(out.graph.interests[0].owner, out.graph.interests[1].owner);
  EXPECT_EQ(out.graph.parties[out.graph.interests[0].owner].kind, PartyKind::kAnonymous);
}

TEST(InterestsCsv, ARightWithoutASharCarriesNone) {
  const Read out = read("owner,owned,capital,votes,kind\nA,X,,,board\nA,X,,,nominee\n");
  EXPECT_EQ(out.graph.interests[0].capital, kNothing);
  EXPECT_EQ(out.graph.interests[1].capital, kUnknown);
}

TEST(InterestsCsv, KeepsItsLimits) {
  const std::string id(limits::kIdBytesMax, 'x');
  EXPECT_EQ(read("owner,owned\n" + id + ",X\n").graph.interests.size(), 1U);
  EXPECT_EQ(read("owner,owned\n" + id + "x,X\n").findings.list[0].code, "id-too-long");
  const std::string field(limits::kFieldBytesMax, ' ');
  EXPECT_EQ(read("owner,owned,note\nA,X," + field + "\n").findings.errors, 0U);
  EXPECT_EQ(read("owner,owned,note\nA,X," + field + " \n").findings.list[0].code, "csv");
  EXPECT_EQ(read("owner,owned,note\nA,X,\"open\n").findings.list[0].code, "csv");
  const std::string columns(limits::kColumnsMax - 2, ',');
  EXPECT_EQ(read("owner,owned\nA,X" + columns + "\n").findings.errors, 0U);
  EXPECT_EQ(read("owner,owned\nA,X" + columns + ",\n").findings.list[0].code, "csv");
}

TEST(Csv, GuessesItsDelimiter) {
  EXPECT_EQ(guess_delimiter("a;b;c\n1,2"), ';');
  EXPECT_EQ(guess_delimiter("a\tb"), '\t');
  EXPECT_EQ(guess_delimiter("a"), ',');
  const Read out = read("owner;owned;capital\nA;X;12,5\nB;X;50\n");
  EXPECT_DOUBLE_EQ(out.graph.interests[0].capital.low, 0.125);
}

}  // namespace
}  // namespace entente::ownership
