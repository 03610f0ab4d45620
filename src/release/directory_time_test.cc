// Dates and ticks of the directory: who is in which group when, as known when.
#include "base/limits.h"
#include "release/test_kit.h"

namespace entente::release {
namespace {

using testing::atom_of;
using testing::day;
using testing::Kit;

Atom releasable_to(PartyNumber originator, const std::string& code) {
  Atom atom = atom_of(originator);
  atom.releasable_to = {{code}};
  return atom;
}

}  // namespace

TEST(DirectoryTime, NatoHad31MembersAndThen32) {
  Kit t;
  const int64_t finland = day(2023, 4, 4), sweden = day(2024, 3, 7);
  t.group("NATO");
  std::vector<PartyNumber> members;
  for (int n = 0; n < 30; ++n) {
    const std::string code = "M" + std::to_string(n);
    members.push_back(t.party(code));
    t.member("NATO", code, day(1949, 4, 4) + n);
  }
  const PartyNumber fin = t.party("FIN"), swe = t.party("SWE"), hq = t.party("HQ");
  t.member("NATO", "FIN", finland);
  t.member("NATO", "SWE", sweden);
  const Atom atom = releasable_to(hq, "NATO");
  const auto readers = [&](int64_t now_ms, int64_t released_ms) {
    int count = 0;
    for (PartyNumber p = 0; p < t.parties; ++p)
      count += p != hq && t.reads(atom, p, now_ms, released_ms);
    return count;
  };
  EXPECT_EQ(readers(day(2023, 5, 4), day(2023, 5, 4)), 31);
  EXPECT_EQ(readers(sweden - 1, sweden - 1), 31);
  EXPECT_EQ(readers(sweden, sweden), 32);
  EXPECT_EQ(readers(sweden, day(2023, 5, 4)), 31) << "Sweden gets what is released after it joined";
  EXPECT_EQ(readers(sweden, day(2023, 4, 3)), 30);
  EXPECT_TRUE(t.reads(atom, fin, sweden, finland));
  EXPECT_FALSE(t.reads(atom, swe, sweden, sweden - 1));
  t.apply(R"({"op":"group-retroactive","group":"NATO","retroactive":true})");
  EXPECT_EQ(readers(sweden, day(1950, 1, 1)), 32) << "the back catalogue";
  EXPECT_EQ(readers(sweden - 1, day(1950, 1, 1)), 31) << "for members alone";
}

TEST(DirectoryTime, NestedGroupsCountStepByStep) {
  Kit t;
  t.party("ORG");
  const PartyNumber p = t.party("P");
  t.group("OUTER");
  t.group("INNER");
  t.member("OUTER", "INNER", 100, 300);
  t.member("INNER", "P", 200);
  const Atom atom = releasable_to(0, "OUTER");
  EXPECT_TRUE(t.reads(atom, p, 250, 220));
  EXPECT_FALSE(t.reads(atom, p, 250, 150)) << "not yet in the inner group";
  EXPECT_FALSE(t.reads(atom, p, 300, 220)) << "the inner one has left the outer";
  t.apply(R"({"op":"group-retroactive","group":"INNER","retroactive":true})");
  EXPECT_TRUE(t.reads(atom, p, 250, 150));
  EXPECT_FALSE(t.reads(atom, p, 250, 50))
      << "each step by itself: the outer group is not retroactive";
  // By another way as well: what either way lets.
  t.member("OUTER", "P", 240);
  EXPECT_TRUE(t.reads(atom, p, 320, 250));
  EXPECT_FALSE(t.reads(atom, p, 320, 220));
}

TEST(DirectoryTime, AMemberThatCameBackHasTwoSpans) {
  Kit t;
  t.party("ORG");
  const PartyNumber p = t.party("P");
  t.group("G");
  t.member("G", "P", 100, 200);
  t.member("G", "P", 300);
  const auto groups = t.directory.groups_of(p, 350, 350);
  ASSERT_EQ(groups.size(), 1u);
  EXPECT_EQ(groups.begin()->second, (Spans{{100, 200}, {300, INT64_MAX}}));
  EXPECT_TRUE(t.directory.groups_of(p, 250, 250).empty());
}

TEST(DirectoryTime, WhatIsRecordedLateChangesNothingBefore) {
  Kit t;
  t.party("ORG");
  const PartyNumber p = t.party("P");
  t.group("G");
  t.member("G", "P", 100, INT64_MAX, 500);
  const Atom atom = releasable_to(0, "G");
  EXPECT_FALSE(t.reads(atom, p, 499, 200)) << "not known yet";
  EXPECT_TRUE(t.reads(atom, p, 500, 200));
  t.apply(R"({"op":"member-end","group":"G","member":"P","until":300})", 700);
  EXPECT_TRUE(t.reads(atom, p, 699, 400));
  EXPECT_FALSE(t.reads(atom, p, 700, 200));
  EXPECT_EQ(t.directory.group("G")->members.size(), 1u);
  EXPECT_EQ(t.refusal(R"({"op":"member-end","group":"G","member":"P","until":300})"),
            Code::kNotFound);
  EXPECT_EQ(t.refusal(R"({"op":"member-end","group":"G","member":"P"})"), Code::kInvalid);
  EXPECT_EQ(t.refusal(R"({"op":"member-end","group":"X","member":"P","until":1})"),
            Code::kNotFound);
}

TEST(DirectoryTime, APartyReadsFromItsMakingOn) {
  Kit t;
  t.party("ORG");
  const PartyNumber p = t.party("P", 400);
  EXPECT_FALSE(t.reads(atom_of(0, {Tlp::kClear}), p, 399, 1));
  EXPECT_TRUE(t.reads(atom_of(0, {Tlp::kClear}), p, 400, 1));
}

TEST(DirectoryTime, ARenamedPartyStaysWhoItIs) {
  Kit t;
  t.party("ORG");
  const PartyNumber p = t.party("OLD");
  t.group("G");
  t.member("G", "OLD", 1);
  t.apply(R"({"op":"rename","party":"OLD","code":"NEW","name":"New","at":200})", 300);
  EXPECT_EQ(t.directory.party(p)->code, "NEW");
  EXPECT_EQ(t.directory.party("OLD"), t.directory.party("NEW"));
  EXPECT_TRUE(t.reads(releasable_to(0, "OLD"), p, 400, 1));
  EXPECT_TRUE(t.reads(releasable_to(0, "G"), p, 400, 1));
  EXPECT_TRUE(t.reads(releasable_to(0, "NEW"), p, 300, 1));
  EXPECT_FALSE(t.reads(releasable_to(0, "NEW"), p, 299, 1)) << "it was nobody's name";
  EXPECT_EQ(t.refusal(R"({"op":"member","group":"G","member":"NEW","from":5})"), Code::kConflict);
  EXPECT_EQ(t.refusal(R"({"op":"group","code":"OLD","name":"x"})"), Code::kConflict);
  EXPECT_EQ(t.refusal(R"({"op":"rename","party":"ORG","code":"OLD"})"), Code::kConflict);
  EXPECT_EQ(t.refusal(R"({"op":"rename","party":"ORG"})"), Code::kInvalid);
  t.apply(R"({"op":"rename","party":"NEW","code":"OLD"})", 500);
  EXPECT_EQ(t.directory.party(p)->code, "OLD");
}

TEST(DirectoryTime, SuccessorsStandWherePredecessorsStood) {
  Kit t;
  const PartyNumber org = t.party("ORG"), old = t.party("OLD");
  t.apply(R"({"op":"key","id":"0123456789abcdef","party":"OLD","role":"reader","digest":")" +
          std::string(64, 'a') + R"(","at":5})");
  t.group("G");
  t.member("G", "OLD", 1);
  const PartyNumber one = t.party("ONE"), two = t.party("TWO"), heir = t.party("HEIR");
  t.apply(R"({"op":"split","party":"OLD","into":["ONE","TWO"],"at":200})", 100);
  const Atom atom = releasable_to(org, "G");
  EXPECT_TRUE(t.reads(atom, old, 199, 50));
  EXPECT_FALSE(t.reads(atom, one, 199, 50));
  EXPECT_EQ(t.rule(atom, old, 200, 50), Rule::kPartyEnded);
  EXPECT_TRUE(t.reads(atom, one, 200, 50));
  EXPECT_TRUE(t.reads(atom, two, 200, 50));
  EXPECT_TRUE(t.reads(atom_of(old), one, 200, 50)) << "the originator's place, too";
  Atom red = releasable_to(org, "OLD");
  red.tlp_levels = 1u << static_cast<unsigned>(Tlp::kRed);
  EXPECT_TRUE(t.reads(red, two, 200, 50)) << "named in the predecessor's name";
  EXPECT_EQ(t.directory.key("0123456789abcdef")->revoked_ms, 200);
  t.apply(R"({"op":"merge","parties":["ONE","TWO"],"into":"HEIR","at":300})", 250);
  EXPECT_TRUE(t.reads(atom, heir, 300, 50)) << "heirs of heirs";
  EXPECT_FALSE(t.reads(atom, heir, 299, 50));
  EXPECT_EQ(t.directory.stands_for(heir, 300, 300).size(), 4u);
  const Verdict verdict = t.ask(atom, {heir, "", std::nullopt}, 300, 50);
  EXPECT_EQ(verdict.as, old);
}

TEST(DirectoryTime, SplitsAndMergersThatCannotBeAreRefused) {
  Kit t;
  t.party("A");
  t.party("B");
  t.party("C");
  EXPECT_EQ(t.refusal(R"({"op":"split","party":"A","into":["B"],"at":1})"), Code::kInvalid);
  EXPECT_EQ(t.refusal(R"({"op":"split","party":"A","into":["B","A"],"at":1})"), Code::kConflict);
  EXPECT_EQ(t.refusal(R"({"op":"split","party":"A","into":["B","X"],"at":1})"), Code::kNotFound);
  EXPECT_EQ(t.refusal(R"({"op":"split","party":"A","into":["B","C"]})"), Code::kInvalid);
  EXPECT_EQ(t.refusal(R"({"op":"merge","parties":[],"into":"C","at":1})"), Code::kInvalid);
  t.apply(R"({"op":"merge","parties":["A","B"],"into":"C","at":1})");
  EXPECT_EQ(t.refusal(R"({"op":"merge","parties":["C"],"into":"A","at":2})"), Code::kConflict);
  EXPECT_EQ(t.refusal(R"({"op":"merge","parties":["A"],"into":"C","at":2})"), Code::kConflict);
  EXPECT_EQ(
      t.refusal(R"({"op":"key","id":"0123456789abcdef","party":"A","role":"reader","digest":")" +
                std::string(64, 'a') + R"(","at":5})"),
      Code::kConflict);
}

TEST(DirectoryTime, PoliciesAndClearancesAreChecked) {
  Kit t;
  const PartyNumber p = t.party("P");
  EXPECT_EQ(t.refusal(R"({"op":"clearance","party":"P","policy":"N","level":"L"})"),
            Code::kNotFound);
  EXPECT_EQ(t.refusal(R"({"op":"policy","name":"N","levels":[]})"), Code::kInvalid);
  EXPECT_EQ(t.refusal(R"({"op":"policy","name":"N","levels":["L","L"]})"), Code::kInvalid);
  EXPECT_EQ(t.refusal(R"({"op":"policy","name":"","levels":["L"]})"), Code::kInvalid);
  t.apply(R"({"op":"policy","name":"N","levels":["L","H"],"categories":["c"]})", 100);
  EXPECT_EQ(t.refusal(R"({"op":"clearance","party":"P","policy":"N","level":"X"})"),
            Code::kNotFound);
  EXPECT_EQ(
      t.refusal(R"({"op":"clearance","party":"P","policy":"N","level":"L","categories":["d"]})"),
      Code::kNotFound);
  EXPECT_EQ(
      t.refusal(R"({"op":"clearance","party":"P","policy":"N","level":"L","from":5,"until":5})"),
      Code::kInvalid);
  t.apply(R"({"op":"clearance","party":"P","policy":"N","level":"H"})", 200);
  const Classification high{"N", "H", {}};
  EXPECT_FALSE(t.directory.is_cleared(p, high, 1'000, 199));
  EXPECT_TRUE(t.directory.is_cleared(p, high, 1'000, 200));
  t.apply(R"({"op":"clearance-end","party":"P","policy":"N","until":500})", 300);
  EXPECT_TRUE(t.directory.is_cleared(p, high, 1'000, 299));
  EXPECT_FALSE(t.directory.is_cleared(p, high, 500, 300));
  EXPECT_TRUE(t.directory.is_cleared(p, high, 499, 300));
  t.apply(R"({"op":"policy","name":"N","levels":["H","L"]})", 400);
  EXPECT_TRUE(t.directory.is_cleared(p, {"N", "L", {}}, 450, 399)) << "H reached L";
  EXPECT_FALSE(t.directory.is_cleared(p, {"N", "L", {}}, 450, 400)) << "the order has changed";
}

TEST(DirectoryTime, AuthoritiesArePinnedByContent) {
  Kit t;
  const PartyNumber p = t.party("P"), q = t.party("Q");
  const std::string id = "marking-definition--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061";
  const std::string hash(64, 'b'), other(64, 'c');
  t.apply(R"({"op":"authority","party":"P","marking":")" + id + R"(","content":")" + hash + "\"}",
          100);
  EXPECT_TRUE(t.directory.is_authority(p, id, hash));
  EXPECT_FALSE(t.directory.is_authority(p, id, hash, 99));
  EXPECT_FALSE(t.directory.is_authority(p, id, other));
  EXPECT_FALSE(t.directory.is_authority(q, id, hash));
  t.apply(R"({"op":"authority","party":"Q","marking":"*"})", 200);
  EXPECT_TRUE(t.directory.is_authority(q, id, other));
  t.apply(R"({"op":"authority-end","party":"Q","marking":"*"})", 300);
  EXPECT_FALSE(t.directory.is_authority(q, id, other));
  EXPECT_TRUE(t.directory.is_authority(q, id, other, 299));
  EXPECT_EQ(t.refusal(R"({"op":"authority","party":"P","marking":")" + id + "\"}"), Code::kInvalid);
  EXPECT_EQ(t.refusal(R"({"op":"authority","party":"P","marking":"identity--x","content":")" +
                      hash + "\"}"),
            Code::kInvalid);
  EXPECT_EQ(t.refusal(R"({"op":"authority-end","party":"P","marking":"*"})"), Code::kNotFound);
}

TEST(DirectoryTime, EverybodyIsNotThePublic) {
  Kit t;
  const PartyNumber p = t.party("P");
  t.party(kPublicCode);
  EXPECT_EQ(t.directory.everybody(), (PartySet{p}));
}

TEST(Spans, AreSetsOfInstants) {
  EXPECT_EQ(normalised({{5, 7}, {1, 3}, {3, 4}, {6, 9}, {2, 2}}), (Spans{{1, 4}, {5, 9}}));
  EXPECT_EQ(intersection({{1, 4}, {6, 9}}, {{3, 7}}), (Spans{{3, 4}, {6, 7}}));
  EXPECT_EQ(intersection({{1, 4}}, {{4, 7}}), Spans{});
  EXPECT_EQ(union_of({{1, 4}}, {{4, 7}}), (Spans{{1, 7}}));
  EXPECT_TRUE(contains(Spans{{1, 4}}, 1));
  EXPECT_FALSE(contains(Spans{{1, 4}}, 4));
  EXPECT_TRUE(contains(always(), INT64_MAX));
}

}  // namespace entente::release
