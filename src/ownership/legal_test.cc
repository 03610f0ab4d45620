// The tests of the law that come with the program, and how they reach through chains.
#include "ownership/legal.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ownership/changes.h"
#include "ownership/holdings.h"
#include "ownership/test_kit.h"

namespace entente::ownership {
namespace {

using namespace test;

constexpr std::string_view kLawHead =
    "owner,owned,capital,votes,owner_kind,owner_country,owned_country\n";

Certainty verdict(const Graph& graph, std::string_view of, std::string_view test,
                  std::string_view at, std::vector<std::string> listed = {}) {
  const auto tests = read_legal_tests(built_in_legal_tests());
  EXPECT_TRUE(tests) << tests.error().detail;
  const Snapshot snapshot(graph, *parse_day(at));
  Scratch scratch;
  LegalQuestion question;
  for (const std::string& id : listed) question.listed.push_back(*graph.find(id));
  for (const LegalVerdict& one : test_law(snapshot, *graph.find(of), *tests, question, &scratch)) {
    if (one.test->id == test) return one.met;
  }
  ADD_FAILURE() << "no test " << test << " on " << at;
  return Certainty::kNo;
}

bool is_in_force(const Graph& graph, std::string_view of, std::string_view test,
                 std::string_view at) {
  const auto tests = read_legal_tests(built_in_legal_tests());
  const Snapshot snapshot(graph, *parse_day(at));
  Scratch scratch;
  for (const LegalVerdict& one : test_law(snapshot, *graph.find(of), *tests, {}, &scratch)) {
    if (one.test->id == test) return true;
  }
  return false;
}

TEST(Legal, FiftyPercentAreAddedUpOverListedPersons) {
  const Graph graph = graph_of("A,X,25,25,,,\nB,X,25,25,,,\nC,X,50,50,,,\n", kLawHead);
  EXPECT_EQ(verdict(graph, "X", "us-50-percent-rule", "2026-01-01", {"A", "B"}), Certainty::kYes);
  EXPECT_EQ(verdict(graph, "X", "us-50-percent-rule", "2026-01-01", {"A"}), Certainty::kNo);
  // Until the middle of 2024 the Union asked each listed person for more than half.
  EXPECT_EQ(verdict(graph, "X", "eu-sanctions-owned-2018", "2024-07-02", {"A", "C"}),
            Certainty::kNo);
  EXPECT_EQ(verdict(graph, "X", "eu-sanctions-owned-2024", "2024-07-03", {"A", "B"}),
            Certainty::kYes);
  EXPECT_FALSE(is_in_force(graph, "X", "eu-sanctions-owned-2018", "2024-07-03"));
  EXPECT_FALSE(is_in_force(graph, "X", "eu-sanctions-owned-2024", "2024-07-02"));
}

TEST(Legal, FiftyPercentCascade) {
  // Half of H, and half of what H has: 25 % multiplied, but H itself is blocked and counts whole.
  const Graph graph =
      graph_of("A,H,50,50,,,\nQ,H,50,50,,,\nH,X,50,50,,,\nR,X,50,50,,,\n", kLawHead);
  EXPECT_EQ(verdict(graph, "X", "us-50-percent-rule", "2026-01-01", {"A"}), Certainty::kYes);
  const Graph less = graph_of("A,H,49,49,,,\nQ,H,51,51,,,\nH,X,100,100,,,\n", kLawHead);
  EXPECT_EQ(verdict(less, "X", "us-50-percent-rule", "2026-01-01", {"A"}), Certainty::kNo);
}

TEST(Legal, BeneficialOwnersOfTheUnion) {
  // 60 % of H, which has 30 % of X: 30 points through a majority, 18 multiplied.
  const Graph graph = graph_of(
      "P,H,60,60,person,,\nQ,H,40,40,entity,,\nH,X,30,30,,,FI\nR,X,70,70,entity,,FI\n", kLawHead);
  EXPECT_EQ(verdict(graph, "X", "eu-beneficial-owner-2015", "2026-01-01"), Certainty::kYes);
  EXPECT_EQ(verdict(graph, "X", "eu-beneficial-owner-2024", "2028-01-01"), Certainty::kYes)
      << "by votes, through the majority";
  // 45 % of H, which has 60 %: nothing through a majority, 27 % multiplied.
  const Graph wide = graph_of(
      "P,H,45,45,person,,\nQ,H,55,55,entity,,\nH,X,60,60,,,FI\nR,X,40,40,entity,,FI\n", kLawHead);
  EXPECT_EQ(verdict(wide, "X", "eu-beneficial-owner-2015", "2026-01-01"), Certainty::kNo);
  EXPECT_EQ(verdict(wide, "X", "eu-beneficial-owner-2024", "2028-01-01"), Certainty::kYes);
}

TEST(Legal, ExactlyTwentyFiveIsEnoughForOneAndNotForTheOther) {
  const Graph graph = graph_of("P,X,25,25,person,,IE\nQ,X,75,75,entity,,IE\n", kLawHead);
  EXPECT_EQ(verdict(graph, "X", "eu-beneficial-owner-2015", "2027-07-09"), Certainty::kNo);
  EXPECT_EQ(verdict(graph, "X", "eu-beneficial-owner-2024", "2027-07-10"), Certainty::kYes);
  const Graph range = graph_of("P,X,>25,>25,person,,IE\nQ,X,,,entity,,IE\n", kLawHead);
  EXPECT_EQ(verdict(range, "X", "eu-beneficial-owner-2015", "2027-07-09"), Certainty::kYes);
}

TEST(Legal, SomebodyOfUnknownKindMayBeAPerson) {
  const Graph graph = graph_of("P,X,30,30,,,IE\nQ,X,70,70,entity,,IE\n", kLawHead);
  EXPECT_EQ(verdict(graph, "X", "eu-beneficial-owner-2015", "2026-01-01"), Certainty::kPossible);
}

TEST(Legal, StatesCountTogether) {
  const Graph graph =
      graph_of("S,X,30,30,state,AA,\nT,X,21,21,state,BB,\nP,X,49,49,person,,\n", kLawHead);
  EXPECT_EQ(verdict(graph, "X", "state-owned", "2026-01-01"), Certainty::kYes);
  EXPECT_EQ(verdict(graph, "X", "state-owned", "1950-01-01"), Certainty::kYes);
  const Graph half = graph_of("S,X,50,50,state,AA,\nP,X,50,50,person,,\n", kLawHead);
  EXPECT_EQ(verdict(half, "X", "state-owned", "2026-01-01"), Certainty::kNo);
}

TEST(Legal, TriggersAskForForeigners) {
  const Graph graph = graph_of(
      "P,X,10,10,person,CC,DE\nQ,X,12,12,person,FR,DE\nR,X,78,78,person,DE,DE\n", kLawHead);
  const auto tests = read_legal_tests(built_in_legal_tests());
  const Snapshot snapshot(graph, *parse_day("2026-01-01"));
  Scratch scratch;
  const auto verdicts = test_law(snapshot, *graph.find("X"), *tests, {}, &scratch);
  const auto one =
      std::ranges::find(verdicts, "de-awv-10", [](const LegalVerdict& v) { return v.test->id; });
  ASSERT_NE(one, verdicts.end());
  EXPECT_EQ(one->met, Certainty::kYes);
  ASSERT_EQ(one->holders.size(), 1U);  // neither the German nor the French
  EXPECT_EQ(one->holders[0].parties[0], *graph.find("P"));
  EXPECT_EQ(verdict(graph, "X", "de-awv-20", "2026-01-01"), Certainty::kNo);
  EXPECT_FALSE(is_in_force(graph, "X", "de-awv-20", "2021-04-30"));
  EXPECT_FALSE(is_in_force(graph, "X", "jp-fefa-listed-1", "2026-01-01"));
}

TEST(Legal, TestsAreReadOrRefusedWithTheirReason) {
  const auto refused = [](std::string_view text) { return !read_legal_tests(text).has_value(); };
  EXPECT_TRUE(refused("{}"));
  EXPECT_TRUE(refused("[{}]"));
  const std::string head =
      R"([{"id":"a","title":"b","source":"c","who":"anyone","route":"majority","measure":"votes")";
  EXPECT_FALSE(refused(head + R"(,"more_than":25}])"));
  EXPECT_TRUE(refused(head + "}]"));
  EXPECT_TRUE(refused(head + R"(,"more_than":25,"at_least":25}])"));
  EXPECT_TRUE(refused(head + R"(,"more_than":101}])"));
  EXPECT_TRUE(refused(head + R"(,"more_than":25,"from":"soon"}])"));
  std::string many = "[";
  const std::string one = head.substr(1) + R"(,"more_than":25})";
  for (int i = 0; i < 1000; ++i) many += (i == 0 ? "" : ",") + one;
  EXPECT_FALSE(refused(many + "]"));
  EXPECT_TRUE(refused(many + "," + one + "]"));
}

std::vector<Change> changes(const Graph& graph, std::string_view of) {
  const Snapshot snapshot(graph, *parse_day("2026-01-01"));
  Scratch scratch;
  return changes_of_control(snapshot, *graph.find(of), {}, &scratch);
}

TEST(Changes, ANomineeActsForSomebody) {
  const Graph graph =
      graph_of("N,X,45,45,nominee\nZ,X,30,30,\nQ,X,4,4,\nW,X,21,21,\nZ,N,,,nominator\n",
               "owner,owned,capital,votes,kind\n");
  const auto found = changes(graph, "X");
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].kind, Change::If::kNomineeActsFor);
  EXPECT_EQ(found[0].controller, *graph.find("Z"));
  EXPECT_EQ(found[0].with, *graph.find("N"));
  EXPECT_TRUE(found[0].is_stated);
  EXPECT_DOUBLE_EQ(found[0].votes.low, 0.75);
  // Z may control through N already; W would with N, but no source says so.
  const auto w = std::ranges::find(found, *graph.find("W"), &Change::controller);
  ASSERT_NE(w, found.end());
  EXPECT_FALSE(w->is_stated);
  EXPECT_EQ(std::ranges::find(found, *graph.find("Q"), &Change::controller), found.end());
  EXPECT_NE(to_text(found, graph).find("if N acts for Z (as a source states), Z controls"),
            std::string::npos);
}

TEST(Changes, VotesNotAccountedForDecide) {
  const Graph graph =
      graph_of("A,X,30,30,\n,X,25,25,\nB,X,10,10,\n", "owner,owned,capital,votes,kind\n");
  const auto found = changes(graph, "X");
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].kind, Change::If::kUnknownVotesAre);
  EXPECT_EQ(found[0].controller, *graph.find("A"));
  EXPECT_DOUBLE_EQ(found[0].votes.high, 0.9);
}

TEST(Changes, TwoInConcertDecideAndAControllerIsLeftOut) {
  const Graph graph = graph_of("A,X,30,30,,\nB,X,25,25,,\nC,X,45,45,,\n");
  const auto found = changes(graph, "X");
  ASSERT_EQ(found.size(), 3U);
  for (const Change& change : found) EXPECT_EQ(change.kind, Change::If::kConcert);
  const Graph settled = graph_of("A,X,60,60,,\nB,X,40,40,,\n");
  EXPECT_TRUE(changes(settled, "X").empty());
}

constexpr std::string_view kHeldHead = "owner,owned,capital,votes,owned_country,owned_sector\n";

Holdings held_by(const Graph& graph, std::vector<std::string> owners,
                 const HoldingsOptions& options = {}) {
  const Snapshot snapshot(graph, *parse_day("2026-01-01"));
  Scratch scratch;
  std::vector<PartyIndex> parties;
  for (const std::string& id : owners) parties.push_back(*graph.find(id));
  return holdings_of(snapshot, parties, options, &scratch);
}

TEST(Holdings, AreTheMirrorOfOwners) {
  Random random(8);
  for (int i = 0; i < 200; ++i) {
    const RandomGraph made(random, 2 + below(random, 10), 3, 0.3);
    const Square expected = integrated(dense(made.graph));
    for (uint32_t person = made.companies; person < made.size(); ++person) {
      const Holdings held = held_by(made.graph, {made.graph.parties[person].id});
      std::vector<double> found(made.size(), 0.0);
      for (const HeldParty& one : held.held) {
        found[one.party] = one.capital.low;
        EXPECT_EQ(one.path.front(), person);
        EXPECT_EQ(one.path.back(), one.party);
        const Owners owners = ask(made.graph, made.graph.parties[one.party].id);
        const Owner* owner = find_owner(owners, made.graph, made.graph.parties[person].id);
        EXPECT_NEAR(one.votes.low, owner->votes.votes.low, 1e-12);
        EXPECT_EQ(one.controls, owner->votes.controls);
      }
      for (uint32_t company = 0; company < made.companies; ++company)
        ASSERT_NEAR(found[company], expected(person, company), 1e-9);
    }
  }
}

TEST(Holdings, RangesAreThoseOfOwnersToo) {
  Random random(9);
  for (int i = 0; i < 100; ++i) {
    RandomGraph made(random, 2 + below(random, 8), 3, 0.4);
    for (Interest& interest : made.graph.interests) {
      if (uniform(random) < 0.3) interest.capital = {interest.capital.low / 2, 1};
    }
    for (uint32_t person = made.companies; person < made.size(); ++person) {
      for (const HeldParty& one : held_by(made.graph, {made.graph.parties[person].id}).held) {
        const Owners owners = ask(made.graph, made.graph.parties[one.party].id);
        const Owner* owner = find_owner(owners, made.graph, made.graph.parties[person].id);
        EXPECT_NEAR(one.capital.low, owner->capital.low, 1e-9);
        EXPECT_NEAR(one.capital.high, owner->capital.high, 1e-9);
      }
    }
  }
}

TEST(Holdings, AreChosenBySectorAndMember) {
  const Graph graph = graph_of(
      "A,X,30,30,AA,35.11\nB,X,25,25,AA,35.11\nA,Y,10,10,BB,D35.12\nA,Z,9,9,BB,62.01\n", kHeldHead);
  HoldingsOptions energy;
  energy.sectors = {"35"};
  EXPECT_EQ(held_by(graph, {"A"}, energy).held.size(), 2U);
  energy.countries = {"bb"};
  EXPECT_EQ(held_by(graph, {"A"}, energy).held.size(), 1U);
  const Holdings both = held_by(graph, {"A", "B"});
  ASSERT_EQ(both.held.size(), 3U);
  EXPECT_NEAR(both.held[0].capital.low, 0.55, 1e-15);
  EXPECT_EQ(both.held[0].controls, Certainty::kYes);
  HoldingsOptions large;
  large.capital_min = 0.1;
  EXPECT_EQ(held_by(graph, {"A"}, large).held.size(), 2U);
}

TEST(Holdings, SectorsLieWithinEachOther) {
  EXPECT_TRUE(is_within_sector("35.11", "35"));
  EXPECT_TRUE(is_within_sector("D35.11", "D"));
  EXPECT_TRUE(is_within_sector("D35.11", "35.1"));
  EXPECT_FALSE(is_within_sector("35", "35.11"));
  EXPECT_FALSE(is_within_sector("62.35", "35"));
  EXPECT_FALSE(is_within_sector("", "35"));
  EXPECT_FALSE(is_within_sector("35", ""));
}

}  // namespace
}  // namespace entente::ownership
