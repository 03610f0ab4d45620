// The whole answer: who is listed, in which order, with which paths, on which day.
#include "ownership/owners.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "json/json.h"
#include "ownership/test_kit.h"

namespace entente::ownership {
namespace {

using namespace test;

std::vector<std::string> ids(const Owners& answer, const Graph& graph) {
  std::vector<std::string> out;
  for (const Owner& owner : answer.owners) out.push_back(graph.parties[owner.party].id);
  return out;
}

constexpr std::string_view kDated =
    "P,X,30,30,2020-01-01,2024-01-01\nQ,X,30,30,2024-01-01,\nR,X,10,10,,2021-01-01\nS,X,20,20,,\n";

TEST(Owners, AreThoseOfTheDay) {
  const Graph graph = graph_of(kDated);
  using Ids = std::vector<std::string>;
  EXPECT_EQ(ids(ask(graph, "X", {}, {}, "2019-12-31"), graph), (Ids{"S", "R"}));
  EXPECT_EQ(ids(ask(graph, "X", {}, {}, "2020-01-01"), graph), (Ids{"P", "S", "R"}));
  EXPECT_EQ(ids(ask(graph, "X", {}, {}, "2023-12-31"), graph), (Ids{"P", "S"}));
  EXPECT_EQ(ids(ask(graph, "X", {}, {}, "2024-01-01"), graph), (Ids{"Q", "S"}));
}

TEST(Owners, AreTheUltimateOnesUnlessAllAreAskedFor) {
  const Graph graph = graph_of("P,A,100,100,,\nA,X,100,100,,\n");
  EXPECT_EQ(ids(ask(graph, "X"), graph), std::vector<std::string>{"P"});
  OwnersOptions all;
  all.all = true;
  EXPECT_EQ(ids(ask(graph, "X", all), graph), (std::vector<std::string>{"A", "P"}));
  const Owners answer = ask(graph, "X");
  ASSERT_EQ(answer.controllers.size(), 2U);
  EXPECT_EQ(answer.controllers[0].party, *graph.find("P"));
  EXPECT_FALSE(answer.controllers[0].is_controlled);
  EXPECT_TRUE(answer.controllers[1].is_controlled);
  EXPECT_TRUE(ask(graph, "P").owners.empty());
}

TEST(Owners, PathsComeLargestFirst) {
  const Graph graph =
      graph_of("P,A,50,50,,\nP,B,80,80,,\nA,X,60,60,,\nB,X,20,20,,\nP,X,5,5,,\nA,B,20,20,,\n");
  const Owners answer = ask(graph, "X");
  ASSERT_EQ(answer.owners.size(), 1U);
  const Owner& p = answer.owners[0];
  ASSERT_EQ(p.paths.size(), 4U);
  const double expected[] = {0.3, 0.16, 0.05, 0.5 * 0.2 * 0.2};
  double sum = 0;
  for (size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(p.paths[i].capital.low, expected[i], 1e-15);
    sum += p.paths[i].capital.low;
  }
  EXPECT_NEAR(sum, p.capital.low, 1e-15);
  EXPECT_EQ(p.paths[3].parties.size(), 4U);
  EXPECT_FALSE(p.has_more_paths);
  OwnersOptions two;
  two.paths_max = 2;
  EXPECT_EQ(ask(graph, "X", two).owners[0].paths.size(), 2U);
  EXPECT_TRUE(ask(graph, "X", two).owners[0].has_more_paths);
}

// All simple paths by depth-first search.
void walk(const Square& a, uint32_t at, double size, std::vector<bool>& seen,
          std::vector<double>& sizes) {
  if (at == 0) {
    sizes.push_back(size);
    return;
  }
  seen[at] = true;
  for (uint32_t to = 0; to < seen.size(); ++to) {
    if (a(at, to) > 0 && !seen[to]) walk(a, to, size * a(at, to), seen, sizes);
  }
  seen[at] = false;
}

TEST(Owners, PathsAreAllSimpleOnes) {
  Random random(17);
  for (int i = 0; i < 100; ++i) {
    const RandomGraph made(random, 6, 2, 0.4);
    const Square a = dense(made.graph);
    OwnersOptions many;
    many.paths_max = 1000;
    const Owners answer = ask(made.graph, "p0", many);
    for (uint32_t person = 6; person < 8; ++person) {
      std::vector<double> sizes;
      std::vector<bool> seen(8, false);
      walk(a, person, 1, seen, sizes);
      std::ranges::sort(sizes, std::greater<>());
      const Owner* owner = find_owner(answer, made.graph, made.graph.parties[person].id);
      ASSERT_EQ(owner == nullptr ? 0 : owner->paths.size(), sizes.size());
      for (size_t k = 0; k < sizes.size(); ++k)
        ASSERT_NEAR(owner->paths[k].capital.low, sizes[k], 1e-12);
    }
  }
}

TEST(Owners, AnIndirectInterestCountsOnlyWithoutItsChain) {
  Graph graph = graph_of("P,X,40,40,,\nP,A,80,80,,\nA,X,50,50,,\n");
  graph.interests[0].is_indirect = true;
  EXPECT_NEAR(ask(graph, "X").owners[0].capital.low, 0.4, 1e-15);
  graph.interests.pop_back();
  EXPECT_NEAR(ask(graph, "X").owners[0].capital.low, 0.4, 1e-15);
  graph.interests[0].is_indirect = false;
  EXPECT_NEAR(ask(graph, "X").owners[0].capital.low, 0.4, 1e-15);
}

TEST(Owners, WeighConfidence) {
  const Graph graph =
      graph_of("P,X,40,40,0.9\nQ,X,60,60,0.2\n", "owner,owned,capital,votes,confidence\n");
  SnapshotOptions how;
  how.confidence_min = 0.5;
  EXPECT_EQ(ids(ask(graph, "X", {}, how), graph), std::vector<std::string>{"P"});
}

TEST(Owners, OneShareOneVoteFillsInWhatIsNotStated) {
  const Graph graph = graph_of("P,X,60,,,\nQ,X,,40,,\n");
  EXPECT_EQ(ask(graph, "X").owners[0].votes.controls, Certainty::kPossible);
  SnapshotOptions how;
  how.one_share_one_vote = true;
  const Owners answer = ask(graph, "X", {}, how);
  EXPECT_EQ(answer.owners[0].votes.controls, Certainty::kYes);
  EXPECT_NEAR(answer.owners[1].capital.high, 0.4, 1e-15);
}

TEST(Owners, AnswersAsTheContractSays) {
  const Graph graph = graph_of("F\"1,A,51,51,,\nA,B,,60,,\nQ,B,40,40,,\n");
  const Snapshot snapshot(graph, *parse_day("2026-06-01"));
  Scratch scratch;
  const Owners answer = owners_of(snapshot, *graph.find("B"), {}, &scratch);
  const std::string text = json::padded(to_json(answer, snapshot));
  json::Parser parser;
  json::Document document;
  ASSERT_TRUE(
      parser.parse(std::string_view(text).substr(0, text.find_last_of('}') + 1), &document));
  const json::Value root = document.root();
  EXPECT_TRUE(root.find("of")->text_is("B"));
  ASSERT_EQ(root.find("owners")->size(), 2U);
  std::vector<json::Value> owners;
  for (const json::Value owner : root.find("owners")->elements()) owners.push_back(owner);
  EXPECT_TRUE(owners[0].find("id")->text_is("Q"));
  EXPECT_EQ(owners[0].find("controls")->kind(), json::Kind::kFalse);
  EXPECT_TRUE(owners[1].find("id")->text_is("F\"1"));
  EXPECT_EQ(owners[1].find("controls")->kind(), json::Kind::kTrue);
  EXPECT_EQ(owners[1].find("capital")->raw(), "[0,0.306]");
  EXPECT_EQ(owners[1].find("paths")->raw(), "[[\"F\\\"1\",\"A\",\"B\"]]");
}

}  // namespace
}  // namespace entente::ownership
