// Control by votes and by rights, against a naive fixpoint and cases of the textbooks.
#include "ownership/control.h"

#include <gtest/gtest.h>

#include <set>

#include "ownership/test_kit.h"

namespace entente::ownership {
namespace {

using namespace test;

Votes votes_of(const Graph& graph, std::string_view owner, std::string_view of) {
  OwnersOptions all;
  all.all = true;
  const Owners answer = ask(graph, of, all);
  const Owner* found = find_owner(answer, graph, owner);
  return found == nullptr ? Votes{} : found->votes;
}

// The share of a company's votes that some parties cast; its own are void.
double votes_cast(const Graph& graph, const std::set<uint32_t>& owners, uint32_t company) {
  double votes = 0, own = 0;
  for (const Interest& interest : graph.interests) {
    if (interest.owned != company) continue;
    if (interest.owner == company) {
      own += interest.votes.low;
    } else if (owners.contains(interest.owner)) {
      votes += interest.votes.low;
    }
  }
  return own < 1 ? votes / (1 - own) : 0;
}

// Round after round over all companies until nothing is added.
std::set<uint32_t> controlled_by(const Graph& graph, uint32_t owner) {
  std::set<uint32_t> controlled{owner};
  for (bool grows = true; grows;) {
    grows = false;
    for (uint32_t company = 0; company < graph.parties.size(); ++company) {
      if (votes_cast(graph, controlled, company) > 0.5 && controlled.insert(company).second)
        grows = true;
    }
  }
  return controlled;
}

TEST(Control, EqualsTheNaiveFixpointOnRandomGraphs) {
  Random random(99);
  int yes = 0, no = 0;
  for (int i = 0; i < 300; ++i) {
    const RandomGraph made(random, 2 + below(random, 8), 2 + below(random, 3), 0.3);
    for (uint32_t company = 0; company < made.companies; ++company) {
      const std::string id = made.graph.parties[company].id;
      const Owners answer = ask(made.graph, id);
      for (uint32_t person = made.companies; person < made.size(); ++person) {
        const std::set<uint32_t> controlled = controlled_by(made.graph, person);
        const bool expected = controlled.contains(company);
        const Owner* owner = find_owner(answer, made.graph, made.graph.parties[person].id);
        const Certainty found = owner == nullptr ? Certainty::kNo : owner->votes.controls;
        ASSERT_EQ(found, expected ? Certainty::kYes : Certainty::kNo);
        ++(expected ? yes : no);
        ASSERT_NEAR(owner == nullptr ? 0 : owner->votes.votes.low,
                    votes_cast(made.graph, controlled, company), 1e-12);
      }
    }
  }
  EXPECT_GT(yes, 100);
  EXPECT_GT(no, 100);
}

TEST(Control, PassesDownAPyramidWhole) {
  const Graph graph = graph_of("F,A,51,51,,\nA,B,51,51,,\nB,C,51,51,,\nQ,C,49,49,,\n");
  const Votes votes = votes_of(graph, "F", "C");
  EXPECT_DOUBLE_EQ(votes.votes.low, 0.51);
  EXPECT_EQ(votes.controls, Certainty::kYes);
  EXPECT_EQ(votes_of(graph, "Q", "C").controls, Certainty::kNo);
}

TEST(Control, AddsUpTheVotesOfAllThatIsControlled) {
  const Graph graph = graph_of("P,A,60,60,,\nA,X,30,30,,\nP,X,25,25,,\nQ,X,45,45,,\n");
  EXPECT_NEAR(votes_of(graph, "P", "X").votes.low, 0.55, 1e-15);
  EXPECT_EQ(votes_of(graph, "P", "X").controls, Certainty::kYes);
  EXPECT_EQ(votes_of(graph, "Q", "X").controls, Certainty::kNo);
}

TEST(Control, ByVotesDoesNotFollowCapital) {
  // A founder's class of shares with ten votes each: 10 % of the capital, 52.6 % of the votes.
  const Graph graph = graph_of("Founder,X,10,52.6,,\nPublic,X,90,47.4,,\n");
  const Owners answer = ask(graph, "X");
  const Owner* founder = find_owner(answer, graph, "Founder");
  EXPECT_DOUBLE_EQ(founder->capital.low, 0.1);
  EXPECT_EQ(founder->votes.controls, Certainty::kYes);
  EXPECT_EQ(find_owner(answer, graph, "Public")->votes.controls, Certainty::kNo);
}

TEST(Control, HalfIsNotMoreThanHalf) {
  const Graph graph = graph_of("P,X,,50,,\nQ,X,,50,,\n");
  EXPECT_EQ(votes_of(graph, "P", "X").controls, Certainty::kNo);
  // Nor is it when it comes in parts that doubles cannot hold.
  const Graph parts = graph_of("P,X,,10,,\nP,X,,20,,\nP,X,,20,,\nQ,X,,50,,\n");
  EXPECT_EQ(votes_of(parts, "P", "X").controls, Certainty::kNo);
  const Graph more = graph_of("P,X,,50.000001,,\nQ,X,,49.999999,,\n");
  EXPECT_EQ(votes_of(more, "P", "X").controls, Certainty::kYes);
}

TEST(Control, OfACircleIsNotItsOwn) {
  // A and B have each other's majority; nobody else reaches it.
  const Graph graph = graph_of("A,B,60,60,,\nB,A,60,60,,\nP,A,40,40,,\nQ,B,40,40,,\n");
  EXPECT_EQ(votes_of(graph, "P", "A").controls, Certainty::kNo);
  EXPECT_EQ(votes_of(graph, "B", "A").controls, Certainty::kYes);
}

TEST(Control, IgnoresVotesOfOwnShares) {
  const Graph graph = graph_of("P,X,48,48,,\nQ,X,42,42,,\nX,X,10,10,,\n");
  EXPECT_NEAR(votes_of(graph, "P", "X").votes.low, 48.0 / 90, 1e-15);
  EXPECT_EQ(votes_of(graph, "P", "X").controls, Certainty::kYes);
}

constexpr std::string_view kKindHead = "owner,owned,capital,votes,kind\n";

TEST(Control, ByAGoldenShareIsPossible) {
  const Graph graph =
      graph_of("State,X,0.01,0.01,golden-share\nPublic,X,99.99,99.99,\n", kKindHead);
  const Votes state = votes_of(graph, "State", "X");
  EXPECT_EQ(state.controls, Certainty::kPossible);
  EXPECT_TRUE(state.by_right);
  EXPECT_DOUBLE_EQ(state.votes.high, 0.0001);
  EXPECT_EQ(votes_of(graph, "Public", "X").controls, Certainty::kYes);
}

TEST(Control, ByTheBoardIsCertainAndPassesOn) {
  const Graph graph = graph_of("P,A,,,board\nQ,A,100,100,\nA,X,51,51,\n", kKindHead);
  EXPECT_EQ(votes_of(graph, "P", "A").controls, Certainty::kYes);
  EXPECT_EQ(votes_of(graph, "P", "X").controls, Certainty::kYes);
  EXPECT_DOUBLE_EQ(votes_of(graph, "P", "X").votes.low, 0.51);
  const Owners answer = ask(graph, "X");
  EXPECT_EQ(find_owner(answer, graph, "P")->capital.high, 0);
}

TEST(Control, OfThoseWhoActInConcertIsJoint) {
  const Graph graph = graph_of("P,X,30,30,,\nQ,X,25,25,,\nR,X,45,45,,\nP,Y,100,100,,\n");
  OwnersOptions options;
  options.concerts = {{*graph.find("P"), *graph.find("Q")}, {*graph.find("Y")}};
  const Owners answer = ask(graph, "X", options);
  ASSERT_EQ(answer.concerts.size(), 2U);
  EXPECT_NEAR(answer.concerts[0].capital.low, 0.55, 1e-15);
  EXPECT_EQ(answer.concerts[0].votes.controls, Certainty::kYes);
  EXPECT_EQ(answer.concerts[1].votes.controls, Certainty::kNo);
  EXPECT_TRUE(answer.controllers.empty());
}

TEST(Control, WeakestLinkIsTheNarrowestOfTheWidestChain) {
  // 40 % of A, which has 70 % of X: no control of A, but 40 % of influence; and 10 % directly.
  const Graph graph = graph_of("P,A,40,40,,\nA,X,70,70,,\nP,X,10,10,,\nQ,A,60,60,,\n");
  const Owners answer = ask(graph, "X");
  const Owner* p = find_owner(answer, graph, "P");
  EXPECT_NEAR(p->weakest_link->low, 0.5, 1e-15);
  EXPECT_NEAR(p->votes.votes.low, 0.1, 1e-15);
  EXPECT_NEAR(find_owner(answer, graph, "Q")->weakest_link->low, 0.6, 1e-15);
}

TEST(Control, OfANomineePassesToTheOneItActsFor) {
  const Graph graph = graph_of("N,X,60,60,nominee\nZ,X,40,40,\n", kKindHead);
  const Owners before = ask(graph, "X");
  EXPECT_TRUE(find_owner(before, graph, "N")->is_nominee);
  EXPECT_EQ(find_owner(before, graph, "Z")->votes.controls, Certainty::kNo);
  SnapshotOptions how;
  how.acting_for = {{*graph.find("N"), *graph.find("Z")}};
  const Owners after = ask(graph, "X", {}, how);
  EXPECT_DOUBLE_EQ(find_owner(after, graph, "Z")->capital.low, 1);
  EXPECT_EQ(find_owner(after, graph, "Z")->votes.controls, Certainty::kYes);
  EXPECT_EQ(find_owner(after, graph, "N"), nullptr);
}

}  // namespace
}  // namespace entente::ownership
