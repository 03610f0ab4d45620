// The scan for rushes: its bounds against what is simulated, its stated rate of false alarms, and a planted rush.
#include "ownership/rush.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "ownership/test_kit.h"

namespace entente::ownership {
namespace {

using namespace test;

TEST(Rush, TailsAreThoseOfTheTables) {
  EXPECT_DOUBLE_EQ(binomial_tail(10, 0.5, 0), 1);
  EXPECT_NEAR(binomial_tail(10, 0.5, 10), std::pow(0.5, 10), 1e-15);
  EXPECT_NEAR(binomial_tail(4, 0.5, 3), 5.0 / 16, 1e-12);
  EXPECT_EQ(binomial_tail(4, 0.5, 5), 0);
  EXPECT_NEAR(binomial_tail(1000, 0.001, 1), 1 - std::pow(0.999, 1000), 1e-10);
  EXPECT_NEAR(hypergeometric_tail(50, 5, 10, 4), 0.0040835,
              1e-7);  // 0.0039645 for 4, 0.0001189 for 5
  EXPECT_NEAR(hypergeometric_tail(6, 3, 2, 1), 1 - 3.0 / 15, 1e-12);
  EXPECT_EQ(hypergeometric_tail(10, 3, 4, 4), 0);
  EXPECT_NEAR(hypergeometric_tail(5, 4, 4, 3), 1, 1e-12);
}

// Deals of groups on random days; each group is its own buyer.
std::vector<Deal> usual_business(Random& random, uint32_t groups, uint32_t each, uint32_t days) {
  std::vector<Deal> deals;
  for (uint32_t group = 0; group < groups; ++group) {
    for (uint32_t i = 0; i < each; ++i) {
      Deal& deal = deals.emplace_back();
      deal.buyer = "b" + std::to_string(group);
      deal.target = "t" + std::to_string(deals.size());
      deal.day = static_cast<Day>(below(random, days));
      deal.sector = "35.11";
      deal.member = i % 2 == 0 ? "AA" : "BB";
    }
  }
  return deals;
}

std::vector<uint32_t> own_groups(const std::vector<Deal>& deals) {
  std::vector<uint32_t> groups;
  for (const Deal& deal : deals)
    groups.push_back(static_cast<uint32_t>(std::stoul(deal.buyer.substr(1))));
  return groups;
}

TEST(Rush, FalseAlarmsStayWithinTheStatedRate) {
  Random random(1);
  RushOptions options;
  options.from = 0;
  options.to = 1000;
  options.window_days = 30;
  options.false_alarm = 0.1;
  for (const auto usual : {RushOptions::Usual::kTime, RushOptions::Usual::kMarket}) {
    options.usual = usual;
    int alarms = 0;
    constexpr int kRuns = 1000;
    for (int run = 0; run < kRuns; ++run) {
      const std::vector<Deal> deals = usual_business(random, 6, 8, 1000);
      const auto answer = find_rushes(deals, own_groups(deals), options);
      ASSERT_TRUE(answer);
      bool is_alarm = false;
      for (const Rush& rush : answer->rushes) is_alarm = is_alarm || rush.is_alarm;
      alarms += is_alarm ? 1 : 0;
    }
    // Three standard errors above the rate; and not a bound that nothing could pass.
    EXPECT_LE(alarms, kRuns * 0.1 + 3 * std::sqrt(kRuns * 0.1 * 0.9));
    EXPECT_GT(alarms, 0);
  }
}

TEST(Rush, APlantedRushIsFoundWithItsDeals) {
  Random random(2);
  std::vector<Deal> deals = usual_business(random, 6, 8, 1000);
  for (Day day = 500; day < 530; day += 5) {
    Deal& deal = deals.emplace_back();
    deal.buyer = "b3";
    deal.target = "planted" + std::to_string(day);
    deal.day = day;
    deal.sector = "D35.13";
    deal.member = "CC";
  }
  RushOptions options;
  options.sectors = {"35"};
  options.window_days = 30;
  const auto answer = find_rushes(deals, own_groups(deals), options);
  ASSERT_TRUE(answer);
  const Rush& first = answer->rushes.front();
  EXPECT_TRUE(first.is_alarm);
  EXPECT_EQ(first.buyers, std::vector<std::string>{"b3"});
  EXPECT_GE(first.deals_in_window, 6U);
  EXPECT_LE(first.deals_for_alarm, first.deals_in_window);
  EXPECT_EQ(first.deals.size(), first.deals_in_window);
  EXPECT_LT(first.p, 0.01);
  EXPECT_FALSE(answer->rushes[1].is_alarm);
  options.sectors = {"62"};
  EXPECT_TRUE(find_rushes(deals, own_groups(deals), options)->rushes.empty());
}

TEST(Rush, ABoomOfTheMarketIsNoRushOfOne) {
  // Everybody's deals fall into one month.
  Random random(3);
  std::vector<Deal> deals = usual_business(random, 10, 8, 30);
  RushOptions options;
  options.from = 0;
  options.to = 1000;
  options.window_days = 30;
  const auto by_time = find_rushes(deals, own_groups(deals), options);
  EXPECT_TRUE(by_time->rushes.front().is_alarm);
  options.usual = RushOptions::Usual::kMarket;
  const auto by_market = find_rushes(deals, own_groups(deals), options);
  EXPECT_FALSE(by_market->rushes.front().is_alarm);
}

TEST(Rush, BuyersAreConnectedByControlAndConcert) {
  const Graph graph =
      graph_of("P,A,60,60,,\nP,B,100,100,,\nB,C,51,51,,\nQ,D,60,60,,\nP,D,40,40,,\n");
  std::vector<Deal> deals;
  for (const char* buyer : {"A", "C", "D", "P", "Stranger", "Q", "Stranger"}) {
    deals.emplace_back().buyer = buyer;
  }
  const Snapshot snapshot(graph, 0);
  Scratch scratch;
  const auto groups = connected_buyers(deals, snapshot, {}, &scratch);
  EXPECT_EQ(groups[0], groups[1]);
  EXPECT_EQ(groups[0], groups[3]);
  EXPECT_NE(groups[0], groups[2]);
  EXPECT_EQ(groups[2], groups[5]);
  EXPECT_EQ(groups[4], groups[6]);
  EXPECT_NE(groups[4], groups[0]);
  const auto joined =
      connected_buyers(deals, snapshot, {{*graph.find("A"), *graph.find("D")}}, &scratch);
  EXPECT_EQ(joined[0], joined[2]);
}

TEST(Rush, DealsAreReadOrReported) {
  Findings findings;
  const auto deals = read_deals(
      "buyer,target,date,share,price,currency,sector,member\n"
      "A,X,2025-03-01,51,1000000,EUR,35.11,AA\n"
      "A,Y,2025-03-09,,,,35.12,BB\n"
      "A,,2025-03-09,,,,35.12,BB\nA,Z,soon,,,,,\nA,Z,2025-01-01,much,,,,\nA,Z,2025-01-01,5,-1,,,\n",
      &findings);
  ASSERT_TRUE(deals);
  ASSERT_EQ(deals->size(), 2U);
  EXPECT_EQ(findings.errors, 4U);
  EXPECT_DOUBLE_EQ((*deals)[0].share.low, 0.51);
  EXPECT_EQ((*deals)[1].share, kUnknown);
  EXPECT_FALSE(read_deals("a,b\n", &findings));
}

TEST(Rush, ThePeriodMustBeLongerThanTheWindow) {
  Random random(4);
  const std::vector<Deal> deals = usual_business(random, 1, 5, 10);
  RushOptions options;
  options.from = 0;
  options.to = 90;
  EXPECT_FALSE(find_rushes(deals, own_groups(deals), options));
  options.to = 91;
  EXPECT_TRUE(find_rushes(deals, own_groups(deals), options));
  EXPECT_TRUE(find_rushes({}, {}, options)->rushes.empty());
}

}  // namespace
}  // namespace entente::ownership
