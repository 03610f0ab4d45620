#include "release/release_marking.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace entente::release {
namespace {

constexpr std::string_view kId = "marking-definition--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061";

ReleaseMarking read(const std::string& text) {
  const std::string bytes = json::padded(text);
  json::Parser parser;
  json::Document document;
  EXPECT_TRUE(parser.parse(bytes, &document)) << text;
  return read_release_marking(document.root());
}

ReleaseMarking marking(std::string_view members) {
  return read(R"({"type":"marking-definition","spec_version":"2.1","id":")" + std::string(kId) +
              R"(","created":"2026-01-01T00:00:00Z",)" + std::string(members) + "}");
}

ReleaseMarking extension(std::string_view id, std::string_view members) {
  return marking("\"extensions\":{\"" + std::string(id) +
                 R"(":{"extension_type":"property-extension",)" + std::string(members) + "}}");
}

ReleaseMarking own(std::string_view members) {
  return extension(kReleaseMarkingExtension, members);
}

// "pointer" of each reason below the extension, or of the whole.
std::vector<std::string> pointers(const ReleaseMarking& marking) {
  std::vector<std::string> out;
  for (const auto& reason : marking.reasons) {
    const size_t brace = reason.pointer.find("extension-definition--");
    constexpr size_t kIdBytes = sizeof("extension-definition--") - 1 + 36;
    out.push_back(brace == std::string::npos ? reason.pointer
                                             : reason.pointer.substr(brace + kIdBytes));
  }
  return out;
}

using Pointers = std::vector<std::string>;
constexpr uint8_t bit(Tlp level) {
  return static_cast<uint8_t>(1u << static_cast<unsigned>(level));
}

}  // namespace

TEST(ReleaseMarking, ReadsEveryProperty) {
  const ReleaseMarking m = own(
      R"("tlp":"amber+strict","releasable_to":["NATO","JPN","NATO"],"classification":{"policy":"P","level":"SECRET","categories":["b","a"]},"embargo_until":"2026-01-01T00:00:00.0001Z","exercise":"STEADFAST","pap":"green")");
  EXPECT_TRUE(m.is_understood());
  EXPECT_EQ(m.tlp_levels, bit(Tlp::kAmberStrict));
  EXPECT_EQ(m.releasable_to, (std::vector<std::vector<std::string>>{{"JPN", "NATO"}}));
  ASSERT_EQ(m.classifications.size(), 1u);
  EXPECT_EQ(m.classifications[0], (Classification{"P", "SECRET", {"a", "b"}}));
  EXPECT_EQ(m.embargo_until_ms, 1'767'225'600'001) << "rounded up, never too early";
  EXPECT_EQ(m.exercises, std::vector<std::string>{"STEADFAST"});
  EXPECT_EQ(m.pap_levels, 1u << static_cast<unsigned>(Pap::kGreen));
  EXPECT_TRUE(m.has_limit());
}

TEST(ReleaseMarking, CoversItselfOnlyBesideAList) {
  const ReleaseMarking open = own(R"("releasable_to":["JPN"])");
  EXPECT_FALSE(open.own_list.has_value());
  const ReleaseMarking closed = own(R"("covers_itself":true,"releasable_to":["NATO","JPN"])");
  EXPECT_TRUE(closed.is_understood());
  EXPECT_EQ(closed.own_list, (std::vector<std::string>{"JPN", "NATO"}));
  // What is not understood names nobody: the definition stays with its originator.
  for (const char* wrong :
       {R"("covers_itself":true,"tlp":"clear")", R"("covers_itself":false,"releasable_to":["JPN"])",
        R"("covers_itself":"yes","releasable_to":["JPN"])"}) {
    const ReleaseMarking m = own(wrong);
    EXPECT_FALSE(m.is_understood()) << wrong;
    EXPECT_EQ(m.own_list, std::vector<std::string>()) << wrong;
  }
}

TEST(ReleaseMarking, EmbargoesAreExactToTheLastDigit) {
  const auto until = [](std::string_view text) {
    return own("\"embargo_until\":\"" + std::string(text) + "\"").embargo_until_ms;
  };
  EXPECT_EQ(until("1970-01-01T00:00:01Z"), 1'000);
  EXPECT_EQ(until("1970-01-01T00:00:01.5Z"), 1'500);
  EXPECT_EQ(until("1970-01-01T00:00:01.500000001Z"), 1'501);
  EXPECT_EQ(until("1970-01-01T00:00:01.5000000000001Z"), 1'501);
  EXPECT_EQ(until("1969-12-31T23:59:59.9995Z"), 0);
  EXPECT_EQ(until("1969-12-31T23:59:58.9995Z"), -1'000);
}

TEST(ReleaseMarking, AnEmptyListIsNotAnAbsentOne) {
  EXPECT_EQ(own(R"("releasable_to":[])").releasable_to,
            (std::vector<std::vector<std::string>>{{}}));
  EXPECT_TRUE(own(R"("releasable_to":[])").is_understood());
  EXPECT_TRUE(own(R"("tlp":"red")").releasable_to.empty());
}

TEST(ReleaseMarking, WhatIsNotKnownWordForWordIsNotUnderstood) {
  const std::pair<const char*, Pointers> cases[] = {
      {R"("tlp":"purple")", {"/tlp"}},
      {R"("tlp":"AMBER")", {"/tlp"}},
      {R"("tlp":"tlp:amber")", {"/tlp"}},
      {R"("tlp":"white")", {"/tlp"}},
      {R"("tlp":["red"])", {"/tlp", ""}},
      {R"("tlp":null)", {"/tlp", ""}},
      {R"("releasable_to":"JPN")", {"/releasable_to", ""}},
      {R"("releasable_to":[""])", {"/releasable_to", ""}},
      {R"("releasable_to":["A",7])", {"/releasable_to", ""}},
      {R"("classification":"SECRET")", {"/classification"}},
      {R"("classification":{"policy":"P"})", {"/classification"}},
      {R"("classification":{"policy":"P","level":""})",
       {"/classification/level", "/classification"}},
      {R"("classification":{"policy":"P","level":"L","caveat":"x"})", {"/classification/caveat"}},
      {R"("embargo_until":1767225600000)", {"/embargo_until", ""}},
      {R"("embargo_until":"2026-13-01T00:00:00Z")", {"/embargo_until", ""}},
      {R"("embargo_until":"2026-01-01T00:00:00+01:00")", {"/embargo_until", ""}},
      {R"("exercise":"")", {"/exercise", ""}},
      {R"("pap":"purple")", {"/pap"}},
      {R"("tlp":"red","releaseable_to":["JPN"])", {"/releaseable_to"}},
      {R"("tlp":"red","a/b~c":1)", {"/a~1b~0c"}},
      {R"("tlp":"purple","exercise":"","x":1)", {"/tlp", "/exercise", "/x"}}};
  for (const auto& [members, expected] : cases) {
    const ReleaseMarking m = own(members);
    EXPECT_EQ(pointers(m), expected) << members;
    EXPECT_TRUE(m.has_limit()) << members;
    Atom atom;
    add(atom, m);
    EXPECT_TRUE(atom.unknown) << members;
  }
}

TEST(ReleaseMarking, TheExtensionMustSaySomethingAndBeOne) {
  const std::string id(kReleaseMarkingExtension);
  EXPECT_FALSE(marking("\"extensions\":{\"" + id + R"(":{"tlp":"red"}})").is_understood());
  EXPECT_FALSE(marking("\"extensions\":{\"" + id + R"(":{"extension_type":"property-extension"}})")
                   .is_understood());
  EXPECT_FALSE(marking("\"extensions\":{\"" + id + R"(":"red"})").is_understood());
  EXPECT_FALSE(marking("\"extensions\":{}").is_understood());
  EXPECT_FALSE(marking("\"extensions\":[]").is_understood());
  EXPECT_FALSE(own(R"("tlp":"red","tlp":"clear")").is_understood()) << "twice";
  EXPECT_FALSE(read(R"({"type":"identity","id":"x"})").is_understood());
  EXPECT_FALSE(read("[]").is_understood());
}

TEST(ReleaseMarking, AForeignExtensionBesideOursClosesIt) {
  const ReleaseMarking m = marking(
      "\"extensions\":{\"" + std::string(kReleaseMarkingExtension) +
      R"(":{"extension_type":"property-extension","tlp":"clear"},"extension-definition--00000000-0000-4000-8000-000000000001":{"extension_type":"property-extension"}})");
  EXPECT_FALSE(m.is_understood());
}

TEST(ReleaseMarking, ListsHaveALength) {
  const auto listed = [](size_t count) {
    std::string out = "\"releasable_to\":[";
    for (size_t i = 0; i < count; ++i) out += (i > 0 ? ",\"A" : "\"A") + std::to_string(i) + "\"";
    return own(out + "]");
  };
  EXPECT_TRUE(listed(limits::kReleasableNamesMax).is_understood());
  EXPECT_FALSE(listed(limits::kReleasableNamesMax + 1).is_understood());
  const auto named = [](size_t size) {
    return own("\"exercise\":\"" + std::string(size, 'x') + "\"");
  };
  const auto with_categories = [](size_t count) {
    std::string out = R"("classification":{"policy":"P","level":"L","categories":[)";
    for (size_t i = 0; i < count; ++i) out += (i > 0 ? ",\"A" : "\"A") + std::to_string(i) + "\"";
    return own(out + "]}");
  };
  EXPECT_TRUE(with_categories(limits::kPolicyCategoriesMax).is_understood());
  EXPECT_FALSE(with_categories(limits::kPolicyCategoriesMax + 1).is_understood());
  EXPECT_TRUE(named(limits::kCodeBytesMax).is_understood());
  EXPECT_FALSE(named(limits::kCodeBytesMax + 1).is_understood());
}

TEST(ReleaseMarking, AnAtomTakesALimitedNumberOfEach) {
  Atom atom;
  const auto one_more = [&](size_t n) {
    add(atom, own("\"releasable_to\":[\"A" + std::to_string(n) + "\"]"));
  };
  for (size_t n = 0; n < limits::kReleasableListsMax; ++n) one_more(n);
  EXPECT_FALSE(atom.unknown);
  one_more(0);
  EXPECT_FALSE(atom.unknown) << "the same list again";
  one_more(limits::kReleasableListsMax);
  EXPECT_TRUE(atom.unknown);
  EXPECT_EQ(atom.releasable_to.size(), limits::kReleasableListsMax);
  const auto filled = [](std::string_view before, std::string_view after, size_t count) {
    Atom out;
    for (size_t n = 0; n < count; ++n)
      add(out, own(std::string(before) + std::to_string(n) + std::string(after)));
    return out.unknown;
  };
  EXPECT_FALSE(filled("\"exercise\":\"X", "\"", limits::kExercisesMax));
  EXPECT_TRUE(filled("\"exercise\":\"X", "\"", limits::kExercisesMax + 1));
  const auto classified = [&](size_t count) {
    return filled(R"("classification":{"policy":"P","level":"L)", "\"}", count);
  };
  EXPECT_FALSE(classified(limits::kClassificationsMax));
  EXPECT_TRUE(classified(limits::kClassificationsMax + 1));
}

TEST(ReleaseMarking, FixedTlpAndStatementsAreUnderstood) {
  EXPECT_EQ(
      read(R"({"type":"marking-definition","id":")" + std::string(marking_of(Tlp::kRed)) + "\"}")
          .tlp_levels,
      bit(Tlp::kRed));
  const ReleaseMarking statement =
      marking(R"("definition_type":"statement","definition":{"statement":"(c) us"})");
  EXPECT_TRUE(statement.is_understood());
  EXPECT_FALSE(statement.has_limit());
  EXPECT_FALSE(
      marking(R"("definition_type":"statement","definition":{"statement":7})").is_understood());
  EXPECT_FALSE(marking(R"("definition_type":"statement","definition":{"statement":"x","to":"A"})")
                   .is_understood());
  EXPECT_FALSE(marking(R"("definition_type":"tlp","definition":{"tlp":"white"})").is_understood())
      << "TLP has fixed ids";
  EXPECT_FALSE(marking(R"("definition_type":"x","definition":{})").is_understood());
  EXPECT_FALSE(marking(R"("definition":{"statement":"x"})").is_understood());
  EXPECT_FALSE(marking(R"("name":"nothing")").is_understood());
}

TEST(ReleaseMarking, PapIsKeptAndLimitsNothing) {
  for (const ReleaseMarking& m :
       {marking("\"extensions\":{\"" + std::string(kPapExtension) + R"(":{"pap":"red"}})"),
        marking(R"("definition_type":"pap","definition":{"pap":"red"})"), own(R"("pap":"red")")}) {
    EXPECT_TRUE(m.is_understood());
    EXPECT_FALSE(m.has_limit());
    EXPECT_EQ(m.pap_levels, 1u << static_cast<unsigned>(Pap::kRed));
  }
  EXPECT_FALSE(extension(kPapExtension, R"("pap":"red","to":["A"])").is_understood());
}

TEST(ReleaseMarking, IepGivesItsTlp) {
  const std::string rest =
      R"("encrypt_in_transit":"must","permitted_actions":"none","affected_party_notifications":"may","provider_attribution":"may","unmodified_resale":"must-not","iep_id":"0224bfdf-ea3a-49c3-96f6-66d908bb1845","iep_version":2.0,"description":"x","start_date":"2022-10-01T00:00:00Z")";
  EXPECT_EQ(extension(kIepExtension, R"("tlp":"red",)" + rest).tlp_levels, bit(Tlp::kRed));
  EXPECT_TRUE(extension(kIepExtension, R"("tlp":"red",)" + rest).is_understood());
  EXPECT_EQ(extension(kIepExtension, R"("tlp":"white",)" + rest).tlp_levels, bit(Tlp::kClear));
  EXPECT_FALSE(extension(kIepExtension, rest).is_understood()) << "no tlp";
  EXPECT_FALSE(extension(kIepExtension, R"("tlp":"clear",)" + rest).is_understood());
  EXPECT_FALSE(extension(kIepExtension, R"("tlp":"red","iep_version":3)").is_understood());
  EXPECT_FALSE(extension(kIepExtension, R"("tlp":"red","end_date":"2030-01-01T00:00:00Z",)" + rest)
                   .is_understood());
  EXPECT_FALSE(extension(kIepExtension, R"("tlp":"red","audience":"A",)" + rest).is_understood());
}

TEST(ReleaseMarking, AcsGivesItsClassificationWhereNothingElseDecides) {
  const std::string head =
      R"("identifier":"isa:guide.1","create_date_time":"2020-01-01T00:00:00Z","responsible_entity_custodian":"USA.DHS","policy_reference":"urn:isa:policy:acs:ns:v3.0?privdefault=permit&sharedefault=permit",)";
  const ReleaseMarking m = extension(
      kAcsExtension,
      head +
          R"("control_set":{"classification":"S","sensitivity":["LES"],"formal_determination":["FOUO"]})");
  ASSERT_TRUE(m.is_understood());
  EXPECT_EQ(m.classifications,
            (std::vector<Classification>{
                {std::string(kAcsPolicy), "S", {"formal_determination:FOUO", "sensitivity:LES"}}}));
  for (const char* rest :
       {R"("control_set":{"classification":"X"})", R"("control_set":{"sensitivity":["LES"]})",
        R"("control_set":{"classification":"U","permitted_nationalities":["USA"]})",
        R"("control_set":{"classification":"U"},"access_privilege":[{}])",
        R"("control_set":{"classification":"U"},"further_sharing":[{}])",
        R"("control_set":{"classification":"U"},"new":1)", R"("name":"x")"}) {
    EXPECT_FALSE(extension(kAcsExtension, head + rest).is_understood()) << rest;
  }
  EXPECT_FALSE(
      extension(
          kAcsExtension,
          R"("policy_reference":"urn:isa:policy:acs:ns:v3.0?privdefault=deny&sharedefault=permit","control_set":{"classification":"U"})")
          .is_understood());
}

}  // namespace entente::release
