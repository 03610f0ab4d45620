// Integrated shares against a dense solver, and against cases worked out by hand.
#include "ownership/capital.h"

#include <gtest/gtest.h>

#include "ownership/circle_system.h"
#include "ownership/limits.h"
#include "ownership/test_kit.h"

namespace entente::ownership {
namespace {

using namespace test;

// Every person's share in every company of each graph; the columns add up to what is disclosed.
void compare_with_dense(const RandomGraph& made) {
  const Square expected = integrated(dense(made.graph));
  const Snapshot snapshot(made.graph, 0);
  Scratch scratch;
  for (uint32_t company = 0; company < made.companies; ++company) {
    const Region region = Region::behind(snapshot, company, &scratch);
    const Capital capital(region);
    ASSERT_TRUE(capital.is_exact());
    std::vector<double> found(made.size(), 0.0);
    for (uint32_t node = 1; node < region.size(); ++node) {
      const uint32_t owners[] = {node};
      if (region.party(node) >= made.companies)
        found[region.party(node)] = capital.share(owners).low;
    }
    double sum = 0;
    for (uint32_t person = made.companies; person < made.size(); ++person) {
      ASSERT_NEAR(found[person], expected(person, company), 1e-9);
      sum += found[person];
    }
    ASSERT_LE(sum, 1 + 1e-9);
  }
}

TEST(Capital, EqualsADenseSolverOnAThousandGraphsWithCircles) {
  Random random(20260601);
  for (int i = 0; i < 1000; ++i) {
    const uint32_t companies = 2 + below(random, 24);
    const RandomGraph made(random, companies, 1 + below(random, 6), 0.05 + 0.4 * uniform(random));
    compare_with_dense(made);
    if (HasFatalFailure()) FAIL() << "graph " << i;
  }
}

TEST(Capital, OfPartiesOnTheWayLeavesOutWhatReturnsThroughThem) {
  Random random(7);
  for (int i = 0; i < 200; ++i) {
    const RandomGraph made(random, 2 + below(random, 10), 2, 0.4);
    const Square a = dense(made.graph);
    const Snapshot snapshot(made.graph, 0);
    Scratch scratch;
    const Region region = Region::behind(snapshot, 0, &scratch);
    const Capital capital(region);
    for (uint32_t node = 1; node < region.size(); ++node) {
      if (region.is_ultimate(node)) continue;
      Square cut = a;  // nobody holds in the owner
      for (size_t k = 0; k < cut.size; ++k) cut(k, region.party(node)) = 0;
      const uint32_t owners[] = {node};
      ASSERT_NEAR(capital.share(owners).low, integrated(cut)(region.party(node), 0), 1e-9);
    }
  }
}

TEST(Capital, KeepsEveryDigitOfATinyLeak) {
  // Two companies that own each other but for a billionth: the person behind it owns them whole.
  for (const double leak : {1e-3, 1e-9, 1e-14}) {
    CircleSystem system;
    system.size = 2;
    system.entries = {{0, 1, 1 - leak}, {1, 0, 1}};
    system.leak = {leak, 0};
    const std::vector<double> worth = solve(system, {leak, 0}, CircleSide::kValues);
    EXPECT_DOUBLE_EQ(worth[0], 1) << leak;
    EXPECT_DOUBLE_EQ(worth[1], 1) << leak;
  }
}

TEST(Capital, LargeCirclesEqualTheDenseSolverToo) {
  Random random(11);
  const auto companies = static_cast<uint32_t>(limits::kDenseCircleMax + 60);
  RandomGraph made(random, companies, 4, 0.0);
  for (uint32_t owned = 0; owned < companies; ++owned) {
    made.add_column(
        random, owned,
        {(owned + 1) % companies, below(random, companies), companies + below(random, 4)},
        0.4 + 0.6 * uniform(random));
  }
  compare_with_dense(made);
}

TEST(Capital, ALargeCircleThatHardlyLeaksIsDecomposed) {
  // One turn around it loses a ten-thousandth: sweeps would take very long.
  CircleSystem system;
  system.size = static_cast<uint32_t>(limits::kDenseCircleMax + 100);
  const double leak = 1e-4;
  for (uint32_t i = 0; i < system.size; ++i) {
    system.entries.push_back({i, (i * 7 + 1) % system.size, (1 - leak) / 2});
    system.entries.push_back({i, (i * 11 + 5) % system.size, (1 - leak) / 2});
    system.leak.push_back(leak);
  }
  const std::vector<double> b(system.size, leak);
  for (const double worth : solve(system, b, CircleSide::kValues)) EXPECT_NEAR(worth, 1, 1e-9);
}

TEST(Capital, BothSizesOfSolverAgreeAtTheLimit) {
  Random random(5);
  for (const size_t size : {limits::kDenseCircleMax, limits::kDenseCircleMax + 1}) {
    CircleSystem system;
    system.size = static_cast<uint32_t>(size);
    std::vector<double> b(size, 0.0);
    for (uint32_t i = 0; i < size; ++i) {
      const double share = uniform(random);
      system.entries.push_back({i, (i + 1) % system.size, share});
      system.leak.push_back(1 - share);
      b[i] = 1 - share;
    }
    for (const double worth : solve(system, b, CircleSide::kValues)) EXPECT_NEAR(worth, 1, 1e-12);
  }
}

TEST(Capital, WhatNobodyOutsideReachesIsWorthNothing) {
  CircleSystem closed;
  closed.size = static_cast<uint32_t>(limits::kDenseCircleMax + 2);
  for (uint32_t i = 0; i < closed.size; ++i)
    closed.entries.push_back({i, (i + 1) % closed.size, 1});
  closed.leak.assign(closed.size, 0.0);
  const std::vector<double> b(closed.size, 0.0);
  for (const double worth : solve(closed, b, CircleSide::kValues)) EXPECT_EQ(worth, 0);
  closed.size = 3;
  closed.entries = {{0, 1, 1}, {1, 2, 1}, {2, 0, 1}};
  closed.leak = {0, 0, 0};
  for (const double worth : solve(closed, {0, 0, 0}, CircleSide::kShares)) EXPECT_EQ(worth, 0);
}

double capital_of(const Graph& graph, std::string_view owner, std::string_view of) {
  const Owners answer = ask(graph, of);
  const Owner* found = find_owner(answer, graph, owner);
  if (found == nullptr) return 0;
  EXPECT_EQ(found->capital.low, found->capital.high);
  return found->capital.low;
}

TEST(Capital, OfAPyramidIsTheProduct) {
  const Graph graph = graph_of("F,A,51,51,,\nA,B,51,51,,\nB,C,51,51,,\nQ,C,49,49,,\n");
  EXPECT_NEAR(capital_of(graph, "F", "C"), 0.51 * 0.51 * 0.51, 1e-15);
  EXPECT_NEAR(capital_of(graph, "Q", "C"), 0.49, 1e-15);
}

TEST(Capital, OfACircularHoldingIsTheSumOfAllTurns) {
  // A and B hold 30 % of each other. P: 0.7 of A, and 0.3 of B through A: 0.7 / (1 - 0.09).
  const Graph graph = graph_of("P,A,70,70,,\nB,A,30,30,,\nQ,B,70,70,,\nA,B,30,30,,\n");
  EXPECT_NEAR(capital_of(graph, "P", "A"), 0.7 / 0.91, 1e-15);
  EXPECT_NEAR(capital_of(graph, "Q", "A"), 0.21 / 0.91, 1e-15);
  EXPECT_NEAR(capital_of(graph, "P", "A") + capital_of(graph, "Q", "A"), 1, 1e-15);
}

TEST(Capital, OfACompanyThatHoldsItselfIsOfTheRest) {
  const Graph graph = graph_of("P,X,60,60,,\nQ,X,20,20,,\nX,X,20,20,,\n");
  EXPECT_NEAR(capital_of(graph, "P", "X"), 0.75, 1e-15);
  EXPECT_NEAR(capital_of(graph, "Q", "X"), 0.25, 1e-15);
}

TEST(Capital, OfACircleThatNobodyStandsBehindIsWhereChainsEnterIt) {
  const Graph graph = graph_of("A,B,60,60,,\nB,A,60,60,,\nA,X,30,30,,\nB,X,20,20,,\nP,X,50,50,,\n");
  EXPECT_DOUBLE_EQ(capital_of(graph, "A", "X"), 0.3);
  EXPECT_DOUBLE_EQ(capital_of(graph, "B", "X"), 0.2);
  EXPECT_DOUBLE_EQ(capital_of(graph, "P", "X"), 0.5);
  EXPECT_DOUBLE_EQ(capital_of(graph, "B", "A"), 0.6);
}

TEST(Capital, NotStatedIsNotDisclosed) {
  const Graph graph = graph_of("P,A,40,40,,\nA,X,50,50,,\n");
  const Owners answer = ask(graph, "X");
  EXPECT_DOUBLE_EQ(find_owner(answer, graph, "P")->capital.low, 0.2);
  EXPECT_DOUBLE_EQ(answer.undisclosed.low, 0.8);
  EXPECT_DOUBLE_EQ(answer.undisclosed.high, 0.8);
}

}  // namespace
}  // namespace entente::ownership
