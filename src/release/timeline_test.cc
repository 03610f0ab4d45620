#include "release/timeline.h"

#include "release/test_kit.h"

namespace entente::release {
namespace {

using testing::atom_of;
using testing::Kit;
using Interval = Timeline::Interval;

struct TimelineTest : Kit {
  PartyNumber org = party("ORG"), p = party("P");
  AtomTable atoms;
  Timeline at(int64_t now_ms) const {
    return Timeline(atoms, directory, party_sets, {p, "", std::nullopt}, now_ms);
  }
  AtomNumber releasable(const std::string& code) {
    Atom atom = atom_of(org);
    atom.releasable_to = {{code}};
    return atoms.add(atom);
  }
};

}  // namespace

TEST(Timeline, WhatNoDateConcernsHasAlwaysBeenSo) {
  TimelineTest t;
  t.group("G");
  t.member("G", "P", 100);
  const AtomNumber open = t.atoms.add(atom_of(t.org, {Tlp::kClear}));
  const AtomNumber red = t.atoms.add(atom_of(t.org, {Tlp::kRed}));
  const Timeline now = t.at(500);
  EXPECT_EQ(now.intervals(open), (std::vector<Interval>{{INT64_MIN, INT64_MAX, true, INT64_MIN}}));
  EXPECT_EQ(now.intervals(red), (std::vector<Interval>{{INT64_MIN, INT64_MAX, false, INT64_MIN}}));
  EXPECT_EQ(now.next_change_ms(), INT64_MAX);
}

TEST(Timeline, AMembershipSplitsTheDatesOfRelease) {
  TimelineTest t;
  t.group("G");
  t.member("G", "P", 100, 300);
  const AtomNumber atom = t.releasable("G");
  EXPECT_EQ(t.at(50).intervals(atom),
            (std::vector<Interval>{{INT64_MIN, INT64_MAX, false, INT64_MIN}}));
  EXPECT_EQ(t.at(50).next_change_ms(atom), 100);
  EXPECT_EQ(t.at(200).intervals(atom), (std::vector<Interval>{{INT64_MIN, 100, false, INT64_MIN},
                                                              {100, 300, true, 100},
                                                              {300, INT64_MAX, false, INT64_MIN}}));
  EXPECT_EQ(t.at(200).next_change_ms(atom), 300);
  EXPECT_EQ(t.at(300).intervals(atom), (std::vector<Interval>{{INT64_MIN, 100, false, INT64_MIN},
                                                              {100, 300, false, 300},
                                                              {300, INT64_MAX, false, INT64_MIN}}));
  EXPECT_EQ(t.at(300).next_change_ms(atom), INT64_MAX);
}

TEST(Timeline, LateRecordsOpenFromTheirTick) {
  TimelineTest t;
  t.group("G", true);
  t.member("G", "P", 100, INT64_MAX, 400);
  const AtomNumber atom = t.releasable("G");
  EXPECT_EQ(t.at(500).intervals(atom), (std::vector<Interval>{{INT64_MIN, INT64_MAX, true, 400}}));
  t.apply(R"({"op":"group-retroactive","group":"G","retroactive":false})", 450);
  EXPECT_EQ(t.at(500).intervals(atom),
            (std::vector<Interval>{{INT64_MIN, 100, false, 450}, {100, INT64_MAX, true, 400}}));
}

TEST(Timeline, EmbargoesEndAtTheirInstant) {
  TimelineTest t;
  Atom atom = atom_of(t.org, {Tlp::kClear});
  atom.embargo_until_ms = 300;
  const AtomNumber number = t.atoms.add(atom);
  EXPECT_EQ(t.at(299).next_change_ms(number), 300);
  EXPECT_EQ(t.at(299).next_change_ms(), 300);
  EXPECT_EQ(t.at(300).intervals(number),
            (std::vector<Interval>{{INT64_MIN, INT64_MAX, true, 300}}));
  t.group("G");
  t.member("G", "P", 350);
  EXPECT_EQ(t.at(400).intervals(number), (std::vector<Interval>{{INT64_MIN, INT64_MAX, true, 300}}))
      << "dates that do not concern it";
}

TEST(Timeline, APartysMakingDatesNothing) {
  TimelineTest t;
  Kit kit;
  kit.party("ORG");
  const PartyNumber late = kit.party("LATE", 700);
  AtomTable atoms;
  const AtomNumber open = atoms.add(atom_of(0, {Tlp::kClear}));
  const Timeline now(atoms, kit.directory, kit.party_sets, {late, "", std::nullopt}, 900);
  EXPECT_EQ(now.intervals(open), (std::vector<Interval>{{INT64_MIN, INT64_MAX, true, INT64_MIN}}));
}

TEST(Timeline, APolicyThatCameLaterOpensToTheOriginatorsOwnNarrowPrincipal) {
  TimelineTest t;
  ASSERT_TRUE(t.directory.apply(
      R"({"op":"policy","name":"P","levels":["LOW","HIGH"],"categories":[]})", 300));
  Atom atom = atom_of(t.org, {Tlp::kClear});
  atom.classifications = {{"P", "LOW", {}}};
  const AtomNumber number = t.atoms.add(atom);
  const Reader narrow{t.org, "", std::vector<Clearance>{{"P", "HIGH", {}}}};
  const Timeline now(t.atoms, t.directory, t.party_sets, narrow, 900);
  EXPECT_EQ(now.intervals(number), (std::vector<Interval>{{INT64_MIN, INT64_MAX, true, 300}}));
}

TEST(Timeline, AtomsAndPartiesThatAreNotThereAreReadByNobody) {
  TimelineTest t;
  EXPECT_FALSE(t.at(1).reads(7, 0));
  EXPECT_EQ(t.at(1).intervals(7).size(), 1u);
  EXPECT_EQ(t.at(1).next_change_ms(7), INT64_MAX);
  t.atoms.add(atom_of(t.org, {Tlp::kClear}));
  const Timeline nobody(t.atoms, t.directory, t.party_sets, {99, "", std::nullopt}, 10);
  EXPECT_FALSE(nobody.reads(0, 0));
}

TEST(AtomTable, EqualMeaningsAreOneAtom) {
  AtomTable atoms;
  Atom a = atom_of(0), b = atom_of(0);
  a.releasable_to = {{"X", "Y", "X"}, {"Z"}};
  b.releasable_to = {{"Z"}, {"Y", "X"}};
  EXPECT_EQ(atoms.add(a), atoms.add(b));
  EXPECT_EQ(atoms.size(), 1u);
}

}  // namespace entente::release
