// Objects of parties, interests and deals, to the text and back.
#include "desk/supervision/supervision.h"

#include <gtest/gtest.h>

#include "desk/supervision/limits.h"
#include "desk/supervision/objects.h"
#include "names/json_records.h"
#include "ownership/interests_csv.h"
#include "stix/stix.h"

namespace entente::supervision {
namespace {

Stamp stamp() { return {"Example register", "", "2026-01-02T03:04:05.000Z", {}, false}; }

// A parsed text that lives as long as its document is looked at.
struct Parsed {
  explicit Parsed(const std::string& object) : text(json::padded(object)) {
    json::Parser parser;
    EXPECT_TRUE(parser.parse(std::string_view(text).substr(0, object.size()), &document)) << object;
  }
  std::string text;
  json::Document document;
};

Parameters none() {
  return [](std::string_view) -> const std::string* { return nullptr; };
}

TEST(SupervisionObjects, APartyOfAListComesBackWhole) {
  names::Entity entity;
  entity.id = "x-1";
  entity.kind = names::Kind::kPerson;
  entity.gender = names::Gender::kFemale;
  entity.names = {{"Marta \"M\" Vidalgo", names::NameKind::kPrimary},
                  {"Марта Видальго", names::NameKind::kAlias},
                  {"Marta Ruiz", names::NameKind::kFormer},
                  {"The Heron", names::NameKind::kWeak}};
  entity.birth_dates = {{1961, 3, 14}, {1962, 0, 0}, {1961, 3, 0}};
  entity.countries = {"ES", "AD"};
  entity.identifiers = {{"passport", "X123"}, {"", "77"}};
  const Parsed parsed(to_stix(entity, stamp()));
  const auto back = names::entity_of_stix(parsed.document.root());
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->id, party_id("Example register", "x-1"));
  EXPECT_EQ(back->kind, entity.kind);
  EXPECT_EQ(back->gender, entity.gender);
  ASSERT_EQ(back->names.size(), entity.names.size());
  for (size_t i = 0; i < entity.names.size(); ++i) {
    EXPECT_EQ(back->names[i].text, entity.names[i].text);
    EXPECT_EQ(back->names[i].kind, entity.names[i].kind);
  }
  EXPECT_EQ(back->birth_dates, entity.birth_dates);
  EXPECT_EQ(back->countries, entity.countries);
  ASSERT_EQ(back->identifiers.size(), 2U);
  EXPECT_EQ(back->identifiers[0].type, "passport");
  EXPECT_EQ(back->identifiers[1].value, "77");
}

TEST(SupervisionObjects, InterestsComeBackAsTheyWere) {
  ownership::Graph graph;
  ownership::Findings findings;
  ASSERT_TRUE(
      ownership::read_interests_csv("owner,owned,capital,votes,from,to,kind,confidence,source\n"
                                    "A,B,51,25-50,2020-01-01,2024-02-29,shares,0.5,filing\n"
                                    "A,B,,,,,board,,\n"
                                    "C,B,,10,,,shares,,\n",
                                    ownership::ShareUnit::kPercent, &graph, &findings)
          .has_value());
  ownership::Graph back;
  for (const ownership::Interest& one : graph.interests) {
    const Parsed parsed(to_stix(one, graph, 0, stamp()));
    read_interest(parsed.document.root(), &back, &findings);
  }
  EXPECT_EQ(findings.errors, 0U);
  ASSERT_EQ(back.interests.size(), graph.interests.size());
  for (size_t i = 0; i < graph.interests.size(); ++i) {
    const ownership::Interest &was = graph.interests[i], &is = back.interests[i];
    EXPECT_EQ(back.parties[is.owner].id, party_id("Example register", graph.parties[was.owner].id));
    EXPECT_EQ(is.capital, was.capital) << i;
    EXPECT_EQ(is.votes, was.votes) << i;
    EXPECT_EQ(is.from, was.from);
    EXPECT_EQ(is.to, was.to);
    EXPECT_EQ(is.kind, was.kind);
    EXPECT_FLOAT_EQ(is.confidence, was.confidence);
  }
  EXPECT_EQ(back.sources[back.interests[0].source], "filing");
}

TEST(SupervisionObjects, WhatCannotBeUsedIsAFindingAndLeftOut) {
  const std::string a = R"("owner_ref":"identity--00000000-0000-4000-8000-00000000000a",)",
                    b = R"("owned_ref":"identity--00000000-0000-4000-8000-00000000000b")";
  const std::pair<std::string, std::string> wrong[] = {
      {"{" + b + "}", "party-missing"},
      {"{" + a + R"("owned_ref":"B"})", "party-missing"},
      {"{" + a + b + R"(,"interest":"love"})", "kind-unknown"},
      {"{" + a + b + R"(,"capital":1.01})", "share-out-of-range"},
      {"{" + a + b + R"(,"capital":[0.5,0.4]})", "share-out-of-range"},
      {"{" + a + b + R"(,"votes":[0.5]})", "share-out-of-range"},
      {"{" + a + b + R"(,"votes":"half"})", "share-out-of-range"},
      {"{" + a + b + R"(,"from":"soon"})", "date-unreadable"}};
  for (const auto& [text, code] : wrong) {
    ownership::Graph graph;
    ownership::Findings findings;
    const Parsed parsed(text);
    read_interest(parsed.document.root(), &graph, &findings);
    ASSERT_EQ(findings.errors, 1U) << text;
    EXPECT_EQ(findings.list.front().code, code) << text;
    EXPECT_TRUE(graph.interests.empty());
  }
  ownership::Graph graph;
  ownership::Findings findings;
  const Parsed right("{" + a + b + R"(,"capital":[0,1],"votes":1})");
  read_interest(right.document.root(), &graph, &findings);
  EXPECT_EQ(findings.errors, 0U);
  ASSERT_EQ(graph.interests.size(), 1U);
  EXPECT_EQ(graph.interests[0].capital, ownership::kUnknown);
}

TEST(SupervisionParameters, AreReadAtTheirLimitsAndNotPastThem) {
  std::string text;
  const Parameters find = [&](std::string_view) { return &text; };
  text = "1000";
  EXPECT_EQ(whole_of(find, "paths", 1, 1'000).value_or(0), 1'000);
  text = "1001";
  EXPECT_FALSE(whole_of(find, "paths", 1, 1'000).has_value());
  text = "0";
  EXPECT_FALSE(whole_of(find, "paths", 1, 1'000).has_value());
  text = "100";
  EXPECT_EQ(number_of(find, "min", 0, 0, 100).value_or(0), 100);
  for (const char* wrong : {"100.5", "-1", "nan", "1x", ""}) {
    text = wrong;
    EXPECT_FALSE(number_of(find, "min", 0, 0, 100).has_value()) << wrong;
  }
  text = "a";
  for (size_t i = 1; i < limits::kValuesMax; ++i) text += ",a";
  EXPECT_EQ(list_of(find, "listed")->size(), limits::kValuesMax);
  text += ",a";
  EXPECT_FALSE(list_of(find, "listed").has_value());
  text = "a,,b";
  EXPECT_FALSE(list_of(find, "listed").has_value());
  EXPECT_TRUE(list_of(none(), "listed")->empty());
  EXPECT_FALSE(flag_of(find, "all").has_value());
}

}  // namespace
}  // namespace entente::supervision
