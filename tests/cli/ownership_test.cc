// Ownership as scripts ask for it: the contract of `entente owners`.
#include <gtest/gtest.h>

#include "tests/cli/support.h"

namespace entente::cli {
namespace {

constexpr std::string_view kPyramid =
    "owner,owned,capital,votes,from,to\n"
    "Castle Family,Avon Holding,51,51,,\n"
    "Avon Holding,Brook Power,51,51,,\n"
    "Dale Fund,Brook Power,49,49,2020-01-01,2024-01-01\n"
    "Elm Fund,Brook Power,49,49,2024-01-01,\n";

TEST(Ownership, OwnersAreGivenAsTheContractSays) {
  const Directory directory;
  const std::string graph = directory.write("graph.csv", kPyramid);
  const Ran ran =
      entente({"owners", "--graph", graph, "--of", "Brook Power", "--at", "2023-06-01", "--json"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  const app::Fields answer = json_of(ran);
  EXPECT_EQ(answer.text("of"), "Brook Power");
  EXPECT_EQ(answer.text("at"), "2023-06-01");
  std::vector<std::string> owners;
  for (const json::Value owner : answer.root().find("owners")->elements()) {
    owners.push_back(owner.find("id")->text() + " " + std::string(owner.find("capital")->raw()) +
                     " " + std::string(owner.find("votes")->raw()) + " " +
                     std::string(owner.find("controls")->raw()) + " " +
                     std::string(owner.find("paths")->raw()));
  }
  const std::vector<std::string> expected{
      R"(Dale Fund [0.49,0.49] [0.49,0.49] false [["Dale Fund","Brook Power"]])",
      R"(Castle Family [0.2601,0.2601] [0.51,0.51] true [["Castle Family","Avon Holding","Brook Power"]])"};
  EXPECT_EQ(owners, expected);
}

TEST(Ownership, TheGraphMayComeFromStandardInputCompressed) {
  const Ran ran = entente({"owners", "Brook Power", "--graph", "-", "--json"}, gzip(kPyramid));
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(json_of(ran).root().find("owners")->size(), 2U);
}

TEST(Ownership, APartyThatNobodyNamesIsSaidToBeUnknown) {
  const Ran ran = entente({"owners", "Nobody", "--graph", "-", "--json"}, kPyramid);
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_EQ(json_of(ran).root().find("owners")->size(), 0U);
  EXPECT_NE(ran.out.find("party-unknown"), std::string::npos);
}

TEST(Ownership, LinesThatAreLeftOutShowInTheExitCode) {
  const Ran ran =
      entente({"owners", "X", "--graph", "-"}, "owner,owned,capital\nA,X,50\nB,X,five\n");
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_NE(ran.out.find("50 %"), std::string::npos) << ran.out;
  EXPECT_NE(ran.err.find("line 3"), std::string::npos) << ran.err;
}

TEST(Ownership, WhatCannotRunSaysWhy) {
  EXPECT_EQ(entente({"owners", "X", "--graph", "/nonexistent"}).exit_code, 2);
  EXPECT_EQ(entente({"owners", "X", "--graph", "-"}, "").exit_code, 2);
  EXPECT_EQ(entente({"owners", "X", "--graph", "-", "--at", "yesterday"}, kPyramid).exit_code, 2);
  const std::string whole = gzip(kPyramid);
  const Ran cut_off =
      entente({"owners", "X", "--graph", "-"}, std::string_view(whole).substr(0, 40));
  EXPECT_EQ(cut_off.exit_code, 2);
  EXPECT_NE(cut_off.err.find("-: the compressed data ends too early"), std::string::npos)
      << cut_off.err;
  const Ran ran = entente({"owners", "X", "--graph", "-", "--acting-for", "A"}, kPyramid);
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_NE(ran.err.find("NOMINEE=PARTY"), std::string::npos) << ran.err;
}

TEST(Ownership, ChangesAndTheLawGoWithTheAnswer) {
  const Ran ran = entente(
      {"owners", "X", "--graph", "-", "--law", "--listed", "A,B", "--at", "2026-01-01", "--json"},
      "owner,owned,capital,votes\nA,X,30,30\nB,X,20,20\nC,X,50,50\n");
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_NE(ran.out.find(R"("changes":[{"if":"concert")"), std::string::npos) << ran.out;
  const size_t rule = ran.out.find(R"("id":"us-50-percent-rule")");
  ASSERT_NE(rule, std::string::npos);
  EXPECT_EQ(ran.out.find(R"("met":true)", rule), ran.out.find(R"("met":)", rule));
}

TEST(Ownership, HoldingsAreOfAllWhoAskTogether) {
  const Ran ran = entente({"holdings", "A", "B", "--graph", "-", "--sector", "35", "--json"},
                          "owner,owned,capital,votes,owned_sector\nA,X,30,30,35.11\nB,X,25,25,\n"
                          "A,Y,90,90,62\n");
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  const app::Fields answer = json_of(ran);
  ASSERT_EQ(answer.root().find("holdings")->size(), 1U);
  for (const json::Value held : answer.root().find("holdings")->elements()) {
    EXPECT_TRUE(held.find("id")->text_is("X"));
    EXPECT_EQ(held.find("capital")->raw(), "[0.55,0.55]");
    EXPECT_EQ(held.find("controls")->kind(), json::Kind::kTrue);
  }
}

TEST(Ownership, AnswersMayBeDrawn) {
  const Ran svg = entente({"owners", "Brook Power", "--graph", "-", "--format", "svg"}, kPyramid);
  EXPECT_EQ(svg.exit_code, 0) << svg.err;
  EXPECT_TRUE(svg.out.starts_with("<svg ")) << svg.out;
  const Ran dot = entente({"owners", "Brook Power", "--graph", "-", "--format", "dot"}, kPyramid);
  EXPECT_NE(dot.out.find("[label=\"51 %\"]"), std::string::npos) << dot.out;
}

TEST(Ownership, WhoGainedControlIsAComparisonOfTwoDays) {
  const std::string rows =
      "owner,owned,capital,votes,from,to\nA,X,60,60,,2024-01-01\nB,X,60,60,2024-01-01,\n";
  const Ran ran = entente(
      {"owners", "X", "--graph", "-", "--since", "2023-01-01", "--at", "2025-01-01", "--json"},
      rows);
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_NE(ran.out.find(R"("gained":["B"],"lost":["A"])"), std::string::npos) << ran.out;
}

TEST(Ownership, ARushIsAnAlarmOfConnectedBuyers) {
  const Directory directory;
  std::string deals = "buyer,target,date,share,sector,member\n";
  for (int year = 2015; year < 2025; ++year)
    deals += "Other,Old" + std::to_string(year) + "," + std::to_string(year) + "-05-05,60,35,AA\n";
  for (int day = 10; day < 20; ++day)
    deals += std::string(day % 2 == 0 ? "One" : "Two") + ",New" + std::to_string(day) +
             ",2024-03-" + std::to_string(day) + ",60,35.11,BB\n";
  const std::string file = directory.write("deals.csv", deals);
  const std::string graph =
      directory.write("graph.csv", "owner,owned,capital,votes\nP,One,60,60\nP,Two,60,60\n");
  const Ran ran = entente({"rush", "--deals", file, "--graph", graph, "--sector", "35", "--json"});
  EXPECT_EQ(ran.exit_code, 1) << ran.err;
  EXPECT_NE(ran.out.find(R"("alarm":true,"buyers":["One","Two"],"members":["BB"])"),
            std::string::npos)
      << ran.out;
  EXPECT_EQ(entente({"rush", "--deals", file, "--sector", "62"}).exit_code, 0);
  EXPECT_EQ(entente({"rush", "--deals", file, "--window", "9999"}).exit_code, 2);
}

}  // namespace
}  // namespace entente::cli
