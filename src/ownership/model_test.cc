// Dates, ids and kinds.
#include "ownership/model.h"

#include <gtest/gtest.h>

#include "ownership/limits.h"

namespace entente::ownership {
namespace {

TEST(Day, ReadsDaysMonthsAndYears) {
  EXPECT_EQ(parse_day("1970-01-02"), 1);
  EXPECT_EQ(parse_day("1969-12-31"), -1);
  EXPECT_EQ(parse_day("2024-02-29"), parse_day("2024-03-01").value() - 1);
  EXPECT_EQ(parse_day("2024-02-29T23:59:59Z"), parse_day("2024-02-29"));
  EXPECT_EQ(parse_day("2024"), parse_day("2024-01-01"));
  EXPECT_EQ(parse_day("2024", PeriodEdge::kAfter), parse_day("2025-01-01"));
  EXPECT_EQ(parse_day("2024-12", PeriodEdge::kAfter), parse_day("2025-01-01"));
  EXPECT_EQ(parse_day("2024-12-31", PeriodEdge::kAfter), parse_day("2024-12-31"));
  for (const char* bad : {"", "24", "2023-02-29", "2024-13", "2024-00-01", "2024-1-1",
                          "2024-01-01x", "x024-01-01", "2024/01/01", "-2024-01-01"})
    EXPECT_FALSE(parse_day(bad)) << bad;
}

TEST(Day, IsWrittenAsItIsRead) {
  for (const char* day : {"1970-01-01", "2024-02-29", "1815-06-18", "9999-12-31"})
    EXPECT_EQ(format_day(*parse_day(day)), day);
  EXPECT_EQ(format_day(kDayFirst), "");
  EXPECT_EQ(day_of_ms(-1), -1);
  EXPECT_EQ(day_of_ms(86'400'000), 1);
}

TEST(Graph, FindsPartiesAndSourcesAgain) {
  Graph graph;
  const PartyIndex a = graph.party("A"), b = graph.party("B");
  EXPECT_NE(a, b);
  EXPECT_EQ(graph.party("A"), a);
  EXPECT_EQ(graph.find("B"), b);
  EXPECT_FALSE(graph.find("C"));
  EXPECT_EQ(graph.source(""), 0U);
  EXPECT_EQ(graph.source("register"), graph.source("register"));
}

TEST(Findings, AreCountedPastTheirLimit) {
  Findings findings;
  for (size_t i = 0; i < limits::kFindingsMax + 1; ++i) findings.error("code", "place", "detail");
  EXPECT_EQ(findings.list.size(), limits::kFindingsMax);
  EXPECT_EQ(findings.errors, limits::kFindingsMax + 1);
}

TEST(InterestKind, IsReadAsItIsNamed) {
  for (const InterestKind kind :
       {InterestKind::kShares, InterestKind::kBoard, InterestKind::kContract, InterestKind::kGolden,
        InterestKind::kTrust, InterestKind::kInfluence, InterestKind::kNominee,
        InterestKind::kNominator, InterestKind::kConsolidation})
    EXPECT_EQ(interest_kind_from(name_of(kind)), kind);
  EXPECT_FALSE(interest_kind_from("silver-share"));
}

}  // namespace
}  // namespace entente::ownership
