// Drawings hold what the answer holds, and the text of others only escaped; gains of control between two days.
#include "ownership/picture.h"

#include <gtest/gtest.h>

#include "ownership/limits.h"
#include "ownership/test_kit.h"

namespace entente::ownership {
namespace {

using namespace test;

size_t count_of(std::string_view text, std::string_view piece) {
  size_t count = 0;
  for (size_t at = text.find(piece); at != std::string_view::npos; at = text.find(piece, at + 1))
    ++count;
  return count;
}

TEST(Picture, ShowsEachPartyAndEachShareOnce) {
  const Graph graph = graph_of("P,A,60,60,,\nA,X,50,40,,\nP,X,10,10,,\nB,A,10,10,,\nX,B,30,30,,\n");
  const Snapshot snapshot(graph, *parse_day("2026-06-01"));
  Scratch scratch;
  const Owners answer = owners_of(snapshot, *graph.find("X"), {}, &scratch);
  const std::string svg = to_svg(answer, snapshot), dot = to_dot(answer, snapshot);
  EXPECT_EQ(count_of(svg, "<rect "), 3U);  // P, A, X
  EXPECT_EQ(count_of(svg, "<line "), 3U);
  EXPECT_EQ(count_of(svg, "50 % / 40 % votes"), 1U);
  EXPECT_EQ(count_of(dot, "->"), 3U);
  EXPECT_EQ(count_of(dot, "[label=\"10 %\"]"), 1U);
}

TEST(Picture, EscapesTheTextOfOthers) {
  const Graph graph = graph_of("\"<script>alert(\"\"1\"\")</script>&\\\",X,60,60,,\n");
  const Snapshot snapshot(graph, *parse_day("2026-06-01"));
  Scratch scratch;
  const Owners answer = owners_of(snapshot, *graph.find("X"), {}, &scratch);
  const std::string svg = to_svg(answer, snapshot);
  EXPECT_EQ(svg.find("<script"), std::string::npos);
  EXPECT_NE(svg.find("&lt;script&gt;"), std::string::npos);
  EXPECT_NE(to_dot(answer, snapshot).find("\\\"1\\\""), std::string::npos);
}

TEST(Picture, KeepsItsLimit) {
  std::string rows;
  for (size_t i = 0; i < limits::kPictureNodesMax; ++i)
    rows += "P" + std::to_string(i) + ",X,0.1,0.1,,\n";
  const Graph graph = graph_of(rows);
  const Snapshot snapshot(graph, *parse_day("2026-06-01"));
  Scratch scratch;
  const std::string svg = to_svg(owners_of(snapshot, *graph.find("X"), {}, &scratch), snapshot);
  EXPECT_EQ(count_of(svg, "<rect "), limits::kPictureNodesMax);
  EXPECT_NE(svg.find("(1 owners not drawn)"), std::string::npos);
}

TEST(ControlGained, BetweenTwoDays) {
  const Graph graph =
      graph_of("A,X,60,60,2020-01-01,2024-01-01\nB,X,60,60,2024-01-01,\nP,B,80,80,,\n");
  const ControlGained change =
      control_gained(ask(graph, "X", {}, {}, "2023-06-01"), ask(graph, "X", {}, {}, "2024-06-01"));
  EXPECT_EQ(change.gained, (std::vector<PartyIndex>{*graph.find("B"), *graph.find("P")}));
  EXPECT_EQ(change.lost, (std::vector<PartyIndex>{*graph.find("A")}));
}

}  // namespace
}  // namespace entente::ownership
