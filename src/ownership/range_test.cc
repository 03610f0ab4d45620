// Ranges: every exact graph that fits into a graph of ranges has its answers inside those of the ranges, and the
// ends are reached.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "ownership/test_kit.h"

namespace entente::ownership {
namespace {

using namespace test;

// Widens shares of an exact graph, so that the exact one fits into it. Some become unknown.
Graph widened(const RandomGraph& made, Random& random) {
  Graph graph = made.graph;
  for (Interest& interest : graph.interests) {
    const double kind = uniform(random);
    if (kind < 0.3) continue;
    for (Range* range : {&interest.capital, &interest.votes}) {
      if (kind < 0.5) {
        *range = kUnknown;
      } else {
        *range = {std::max(0.0, range->low - 0.3 * uniform(random)),
                  std::min(1.0, range->high + 0.3 * uniform(random))};
      }
    }
  }
  return graph;
}

void expect_inside(const Owners& wide, const Owners& exact, const Graph& graph) {
  for (const Owner& owner : exact.owners) {
    const Owner* bounds = find_owner(wide, graph, graph.parties[owner.party].id);
    ASSERT_NE(bounds, nullptr);
    EXPECT_LE(bounds->capital.low, owner.capital.low + 1e-9);
    EXPECT_GE(bounds->capital.high, owner.capital.high - 1e-9);
    EXPECT_LE(bounds->votes.votes.low, owner.votes.votes.low + 1e-9);
    EXPECT_GE(bounds->votes.votes.high, owner.votes.votes.high - 1e-9);
    EXPECT_LE(bounds->weakest_link->low, owner.weakest_link->low + 1e-9);
    EXPECT_GE(bounds->weakest_link->high, owner.weakest_link->high - 1e-9);
    if (bounds->votes.controls != Certainty::kPossible) {
      EXPECT_EQ(bounds->votes.controls, owner.votes.controls);
    }
  }
  EXPECT_LE(wide.undisclosed.low, exact.undisclosed.low + 1e-9);
  EXPECT_GE(wide.undisclosed.high, exact.undisclosed.high - 1e-9);
}

TEST(Range, AnswersContainThoseOfEveryExactGraphWithin) {
  Random random(42);
  for (int i = 0; i < 400; ++i) {
    const RandomGraph made(random, 2 + below(random, 8), 1 + below(random, 4), 0.4);
    const Graph wide = widened(made, random);
    OwnersOptions all;
    all.all = true;
    for (uint32_t company = 0; company < made.companies; ++company) {
      const std::string id = made.graph.parties[company].id;
      expect_inside(ask(wide, id, all), ask(made.graph, id, all), made.graph);
      if (HasFailure()) FAIL() << "graph " << i << " company " << company;
    }
  }
}

// The greatest share over all ways in which companies give what is left, in each order, to their owners.
double greatest_by_trial(const Graph& graph, uint32_t companies, uint32_t person, uint32_t of,
                         uint32_t company, Square* a) {
  if (company == companies) {
    // Circles that own each other whole have no inverse; a little leak stands in for the limit.
    Square leaky = *a;
    for (double& cell : leaky.cells) cell *= 1 - 1e-12;
    return integrated(leaky)(person, of);
  }
  std::vector<const Interest*> owners;
  for (const Interest& interest : graph.interests) {
    if (interest.owned == company) owners.push_back(&interest);
  }
  std::vector<size_t> order(owners.size());
  std::iota(order.begin(), order.end(), 0U);
  double best = 0;
  do {
    double left = 1;
    for (const Interest* one : owners) left -= one->capital.low;
    for (size_t i = 0; i < a->size; ++i) (*a)(i, company) = 0;
    for (const size_t i : order) {
      const Range& range = owners[i]->capital;
      const double more = std::clamp(range.high - range.low, 0.0, std::max(0.0, left));
      (*a)(owners[i]->owner, company) = range.low + more;
      left -= more;
    }
    best = std::max(best, greatest_by_trial(graph, companies, person, of, company + 1, a));
  } while (std::ranges::next_permutation(order).found);
  return best;
}

TEST(Range, UpperEndsAreReached) {
  Random random(3);
  int circles = 0;
  for (int i = 0; i < 150; ++i) {
    RandomGraph made(random, 3, 2, 0.0);
    for (uint32_t company = 0; company < 3; ++company) {
      std::vector<uint32_t> owners{(company + 1) % 3, 3 + below(random, 2)};
      if (uniform(random) < 0.5) owners.push_back((company + 2) % 3);
      made.add_column(random, company, owners, uniform(random));
    }
    const Graph wide = widened(made, random);
    const Owners answer = ask(wide, "p0");
    for (const uint32_t person : {3U, 4U}) {
      const Owner* owner = find_owner(answer, wide, wide.parties[person].id);
      Square a(5);
      const double greatest = greatest_by_trial(wide, 3, person, 0, 0, &a);
      EXPECT_NEAR(owner == nullptr ? 0 : owner->capital.high, greatest, 1e-6) << "graph " << i;
      circles += owner != nullptr && owner->capital.high > owner->capital.low ? 1 : 0;
    }
  }
  EXPECT_GT(circles, 100);  // or nothing was tested
}

TEST(Range, UnknownIsWhatTheOthersLeave) {
  const Graph graph = graph_of("P,X,60,60,,\nQ,X,,,,\nR,X,10,10,,\n");
  const Owners answer = ask(graph, "X");
  const Owner* q = find_owner(answer, graph, "Q");
  EXPECT_EQ(q->capital.low, 0);
  EXPECT_NEAR(q->capital.high, 0.3, 1e-15);
  EXPECT_EQ(q->votes.controls, Certainty::kNo);
  EXPECT_EQ(find_owner(answer, graph, "P")->votes.controls, Certainty::kYes);
  EXPECT_NEAR(answer.undisclosed.low, 0, 1e-15);
  EXPECT_NEAR(answer.undisclosed.high, 0.3, 1e-15);
}

TEST(Range, TwoUnknownsShareWhatIsLeft) {
  const Graph graph = graph_of("A,X,,,,\nB,X,,,,\nR,X,40,40,,\nP,A,100,100,,\nP,B,100,100,,\n");
  const Owners answer = ask(graph, "X");
  const Owner* p = find_owner(answer, graph, "P");
  EXPECT_EQ(p->capital.low, 0);
  EXPECT_NEAR(p->capital.high, 0.6, 1e-15);  // not 1.2, and not 1
  EXPECT_NEAR(p->votes.votes.high, 0.6, 1e-15);
  EXPECT_EQ(p->votes.controls, Certainty::kPossible);
}

TEST(Range, MoreThanAWholeIsContradictory) {
  const Graph graph = graph_of("P,X,60,60,,\nQ,X,60,60,,\n");
  const Snapshot snapshot(graph, 0);
  EXPECT_EQ(snapshot.findings().warnings, 2U);  // capital and votes
  const Owners answer = ask(graph, "X");
  const Owner* p = find_owner(answer, graph, "P");
  EXPECT_NEAR(p->capital.low, 0.4, 1e-15);
  EXPECT_NEAR(p->capital.high, 0.6, 1e-15);
  EXPECT_EQ(p->votes.controls, Certainty::kPossible);
}

TEST(Range, RoundedSharesAreTakenAsTheyStand) {
  // Six digits, so that columns add up to a little more or less than a whole: exact answers all the same.
  Random random(31);
  for (int i = 0; i < 200; ++i) {
    RandomGraph made(random, 2 + below(random, 12), 3, 0.4);
    for (Interest& interest : made.graph.interests) {
      const double rounded = std::round(interest.capital.low * 1e4) / 1e4;
      interest.capital = interest.votes = {rounded, rounded};
    }
    const Square expected = integrated(dense(made.graph));
    for (uint32_t company = 0; company < made.companies; ++company) {
      const Owners answer = ask(made.graph, made.graph.parties[company].id);
      for (uint32_t person = made.companies; person < made.size(); ++person) {
        const Owner* owner = find_owner(answer, made.graph, made.graph.parties[person].id);
        const double share = owner == nullptr ? 0 : owner->capital.low;
        ASSERT_NEAR(share, std::min(1.0, expected(person, company)), 1e-9) << "graph " << i;
        if (owner != nullptr) {
          ASSERT_EQ(owner->capital.low, owner->capital.high);
        }
      }
    }
  }
}

TEST(Range, ThirdsAreAWhole) {
  const Graph graph = graph_of("P,X,33.34,,,\nQ,X,33.33,,,\nR,X,33.34,,,\n");
  EXPECT_TRUE(Snapshot(graph, 0).findings().list.empty());
}

}  // namespace
}  // namespace entente::ownership
