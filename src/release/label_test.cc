#include "release/label.h"

#include <set>

#include "release/test_kit.h"

namespace entente::release {
namespace {

using testing::atom_of;

// Parties A to D; group G: B always, C from 600; collection read by A, B and G's members.
struct LabelTest : testing::Kit {
  PartyNumber a = party("A"), b = party("B"), c = party("C"), d = party("D");
  uint32_t all = 0, readers = 0;
  LabelTest() {
    group("G");
    member("G", "B", INT64_MIN + 1);
    member("G", "C", 600);
    apply(
        R"({"op":"collection","alias":"k","id":"6f8c1f5e-0000-4000-8000-000000000001","read":["A","G"],"write":[]})");
    all = party_set({a, b, c});
    readers = party_set({a, b});
    apply(R"({"op":"policy","name":"P","levels":["LOW","HIGH"],"categories":["x","y"]})");
  }
  Atom atom(std::initializer_list<Tlp> levels = {}) const {
    Atom out = atom_of(a, levels);
    out.collection = 1;
    out.audience = readers;
    out.community = all;
    return out;
  }
  Atom releasable(std::vector<std::vector<std::string>> lists,
                  std::initializer_list<Tlp> levels = {}) const {
    Atom out = atom(levels);
    out.releasable_to = std::move(lists);
    canonicalise(out);
    return out;
  }
};

std::string told(const LabelTest& t, const Atom& atom, PartyNumber party, int64_t now_ms = 1'000,
                 int64_t released_ms = 500) {
  const Reader reader{party, "", std::nullopt};
  const Context context = t.context(now_ms, released_ms);
  return sentence(decide(atom, reader, context), atom, reader, context);
}

}  // namespace

TEST(Label, ASentenceNamesACollectionOnlyWhereItMay) {
  LabelTest t;
  const Atom atom = t.atom({Tlp::kAmber});
  const Reader reader{t.c, "", std::nullopt};
  Context context = t.context(1'000, 500);
  const Verdict verdict = decide(atom, reader, context);
  const std::string named = sentence(verdict, atom, reader, context);
  context.tells_collection = false;
  const std::string unnamed = sentence(verdict, atom, reader, context);
  EXPECT_NE(named, unnamed);
  EXPECT_NE(unnamed.find("could not read its collection"), std::string::npos) << unnamed;
}

TEST(Label, TheOriginatorReadsWhateverElseItSays) {
  LabelTest t;
  Atom atom = t.releasable({{}}, {Tlp::kRed});
  atom.unknown = true;
  atom.exercises = {"X"};
  atom.embargo_until_ms = INT64_MAX;
  atom.classifications = {{"P", "HIGH", {}}};
  EXPECT_EQ(t.rule(atom, t.a), Rule::kOriginator);
}

TEST(Label, EachTlpLevelHasItsReaders) {
  LabelTest t;
  EXPECT_EQ(t.rule(t.atom({Tlp::kClear}), t.d), Rule::kOpen);
  EXPECT_EQ(t.rule(t.atom({Tlp::kGreen}), t.c), Rule::kCommunity);
  EXPECT_EQ(t.rule(t.atom({Tlp::kGreen}), t.d), Rule::kNotCommunity);
  EXPECT_EQ(t.rule(t.atom({Tlp::kAmber}), t.b), Rule::kAudience);
  EXPECT_EQ(t.rule(t.atom({Tlp::kAmber}), t.c), Rule::kNotAudience)
      << "it reads the collection only now";
  EXPECT_EQ(t.rule(t.atom({Tlp::kAmberStrict}), t.b), Rule::kNobodyNamed);
  EXPECT_EQ(t.rule(t.atom({Tlp::kRed}), t.b), Rule::kNobodyNamed);
  EXPECT_EQ(t.rule(t.atom({Tlp::kClear, Tlp::kGreen}), t.d), Rule::kNotCommunity) << "all levels";
}

TEST(Label, AmberIsForWhoStillReadsTheCollection) {
  LabelTest t;
  t.apply(R"({"op":"collection-readers","collection":"k","read":["A"]})", 800);
  EXPECT_EQ(t.rule(t.atom({Tlp::kAmber}), t.b, 799), Rule::kAudience);
  EXPECT_EQ(t.rule(t.atom({Tlp::kAmber}), t.b, 800), Rule::kNoLongerAudience);
  EXPECT_EQ(t.rule(t.releasable({{"B"}}, {Tlp::kAmber}), t.b, 800), Rule::kReleased)
      << "who is named needs no collection";
}

TEST(Label, AbsentEmptyAndUnknownAudiencesAreThreeThings) {
  LabelTest t;
  EXPECT_EQ(t.rule(t.atom({Tlp::kClear}), t.d), Rule::kOpen);
  EXPECT_EQ(t.rule(t.releasable({{}}, {Tlp::kClear}), t.d), Rule::kOriginatorAlone);
  EXPECT_EQ(t.rule(t.releasable({{"NOBODY"}}, {Tlp::kClear}), t.d), Rule::kNotReleased);
  Atom unknown = t.atom({Tlp::kClear});
  unknown.unknown = true;
  EXPECT_EQ(t.rule(unknown, t.d), Rule::kNotUnderstood);
}

TEST(Label, ReleasableToLimitsEveryLevel) {
  LabelTest t;
  for (const Tlp level : {Tlp::kClear, Tlp::kGreen, Tlp::kAmber, Tlp::kAmberStrict}) {
    EXPECT_EQ(t.rule(t.releasable({{"B"}}, {level}), t.b), Rule::kReleased);
    EXPECT_EQ(t.rule(t.releasable({{"B"}}, {level}), t.c), Rule::kNotReleased);
    EXPECT_EQ(t.rule(t.releasable({{"G"}}, {level}), t.b), Rule::kReleased);
  }
  EXPECT_EQ(t.rule(t.releasable({{"D"}}, {Tlp::kGreen}), t.d), Rule::kNotCommunity)
      << "both must let";
  EXPECT_EQ(t.rule(t.releasable({{"B", "C"}, {"B", "D"}}), t.b), Rule::kReleased);
  EXPECT_EQ(t.rule(t.releasable({{"B", "C"}, {"B", "D"}}), t.c), Rule::kNotReleased) << "each list";
}

TEST(Label, RedIsForThoseWhoAreNamedThemselves) {
  LabelTest t;
  EXPECT_EQ(t.rule(t.releasable({{"B", "G"}}, {Tlp::kRed}), t.b), Rule::kNamed);
  EXPECT_EQ(t.rule(t.releasable({{"G"}}, {Tlp::kRed}), t.b), Rule::kNotByName);
  EXPECT_EQ(t.rule(t.releasable({{"B"}, {"G"}}, {Tlp::kRed}), t.b), Rule::kNotByName)
      << "in every list";
}

TEST(Label, TheDefaultIsForWhatStatesNoAudience) {
  LabelTest t;
  Atom atom = t.atom();
  EXPECT_EQ(t.rule(atom, t.b), Rule::kUnmarked);
  atom.default_level = static_cast<uint8_t>(Tlp::kClear);
  EXPECT_EQ(t.rule(atom, t.d), Rule::kOpen);
  atom.tlp_levels = 1u << static_cast<unsigned>(Tlp::kGreen);
  EXPECT_EQ(t.rule(atom, t.d), Rule::kNotCommunity) << "what is stated counts alone";
  Atom listed = t.releasable({{"D"}});
  listed.default_level = static_cast<uint8_t>(Tlp::kRed);
  listed.releasable_to = {{"D", "G"}};
  EXPECT_EQ(t.rule(listed, t.b), Rule::kReleased) << "RED by default does not count";
  Atom classified = t.atom();
  classified.classifications = {{"P", "LOW", {}}};
  t.apply(R"({"op":"clearance","party":"B","policy":"P","level":"LOW"})");
  EXPECT_EQ(t.rule(classified, t.b), Rule::kUnmarked) << "a classification is no audience";
}

TEST(Label, GroupsCountAtReleaseAndNow) {
  LabelTest t;
  const Atom atom = t.releasable({{"G"}});
  EXPECT_EQ(t.rule(atom, t.c, 1'000, 600), Rule::kReleased);
  EXPECT_EQ(t.rule(atom, t.c, 1'000, 599), Rule::kJoinedLater);
  t.apply(R"({"op":"member-end","group":"G","member":"C","until":700})");
  EXPECT_EQ(t.rule(atom, t.c, 699, 650), Rule::kReleased);
  EXPECT_EQ(t.rule(atom, t.c, 700, 650), Rule::kLeftGroup);
  EXPECT_EQ(t.rule(atom, t.d), Rule::kNotReleased);
}

TEST(Label, EmbargoEndsOnTheMillisecond) {
  LabelTest t;
  Atom atom = t.atom({Tlp::kClear});
  atom.embargo_until_ms = 1'000;
  EXPECT_EQ(t.rule(atom, t.b, 999), Rule::kEmbargo);
  EXPECT_EQ(t.rule(atom, t.b, 1'000), Rule::kOpen);
}

TEST(Label, RealmsDoNotMix) {
  LabelTest t;
  Atom live = t.atom({Tlp::kClear});
  Atom exercise = live;
  exercise.exercises = {"X"};
  Atom both = live;
  both.exercises = {"X", "Y"};
  const auto rule = [&](const Atom& atom, const char* realm) {
    return t.ask(atom, {t.b, realm, std::nullopt}, 1'000, 500).rule;
  };
  EXPECT_EQ(rule(live, ""), Rule::kOpen);
  EXPECT_EQ(rule(live, "X"), Rule::kOtherRealm);
  EXPECT_EQ(rule(exercise, "X"), Rule::kOpen);
  EXPECT_EQ(rule(exercise, ""), Rule::kOtherRealm);
  EXPECT_EQ(rule(exercise, "Y"), Rule::kOtherRealm);
  EXPECT_EQ(rule(both, "X"), Rule::kOtherRealm);
}

TEST(Label, ClearanceCoversLevelAndCategories) {
  LabelTest t;
  const auto classified = [&](Classification one) {
    Atom atom = t.atom({Tlp::kClear});
    atom.classifications = {std::move(one)};
    return atom;
  };
  t.apply(
      R"({"op":"clearance","party":"B","policy":"P","level":"HIGH","categories":["x"],"from":100,"until":900})");
  t.apply(R"({"op":"clearance","party":"B","policy":"P","level":"LOW","categories":["y"]})");
  EXPECT_EQ(t.rule(classified({"P", "HIGH", {"x"}}), t.b, 500), Rule::kOpen);
  EXPECT_EQ(t.rule(classified({"P", "LOW", {"x"}}), t.b, 500), Rule::kOpen);
  EXPECT_EQ(t.rule(classified({"P", "HIGH", {"x"}}), t.b, 900), Rule::kNotCleared);
  EXPECT_EQ(t.rule(classified({"P", "HIGH", {"x"}}), t.b, 99), Rule::kNotCleared);
  EXPECT_EQ(t.rule(classified({"P", "HIGH", {"y"}}), t.b, 500), Rule::kNotCleared)
      << "two do not add up";
  EXPECT_EQ(t.rule(classified({"P", "HIGH", {"x"}}), t.c, 500), Rule::kNotCleared);
  EXPECT_EQ(t.rule(classified({"P", "TOP", {}}), t.b, 500), Rule::kNotCleared) << "no such level";
  EXPECT_EQ(t.rule(classified({"Q", "HIGH", {}}), t.b, 500), Rule::kNoPolicy);
  Atom both = classified({"P", "LOW", {}});
  both.classifications.push_back({"Q", "LOW", {}});
  EXPECT_EQ(t.rule(both, t.b, 500), Rule::kNoPolicy) << "every classification";
}

TEST(Label, APrincipalMayBeClearedForLess) {
  LabelTest t;
  t.apply(R"({"op":"clearance","party":"B","policy":"P","level":"HIGH"})");
  Atom atom = t.atom({Tlp::kClear});
  atom.classifications = {{"P", "HIGH", {}}};
  const auto rule = [&](std::optional<std::vector<Clearance>> narrowed) {
    return t.ask(atom, {t.b, "", std::move(narrowed)}, 1'000, 500).rule;
  };
  EXPECT_EQ(rule(std::nullopt), Rule::kOpen);
  EXPECT_EQ(rule(std::vector<Clearance>{}), Rule::kPrincipalNotCleared);
  EXPECT_EQ(rule(std::vector<Clearance>{{"P", "LOW", {}}}), Rule::kPrincipalNotCleared);
  EXPECT_EQ(rule(std::vector<Clearance>{{"P", "LOW", {}}, {"P", "HIGH", {}}}), Rule::kOpen);
  atom.classifications.clear();
  EXPECT_EQ(rule(std::vector<Clearance>{}), Rule::kOpen);
  t.apply(R"({"op":"clearance-end","party":"B","policy":"P","until":800})");
  atom.classifications = {{"P", "HIGH", {}}};
  EXPECT_EQ(rule(std::vector<Clearance>{{"P", "HIGH", {}}}), Rule::kNotCleared)
      << "a principal is never cleared for more than its party";
}

TEST(Label, APrincipalWhoIsNarrowerReadsItsPartysOwnNoFurther) {
  LabelTest t;
  Atom own = t.atom({Tlp::kRed});
  const auto rule = [&](const char* realm, std::optional<std::vector<Clearance>> narrowed) {
    return t.ask(own, {t.a, realm, std::move(narrowed)}, 1'000, 500).rule;
  };
  const std::vector<Clearance> low{{"P", "LOW", {}}}, high{{"P", "HIGH", {"x"}}};
  EXPECT_EQ(rule("", low), Rule::kOriginator);
  EXPECT_EQ(rule("X", std::nullopt), Rule::kOtherRealm) << "players do not see what is live";
  own.classifications = {{"P", "HIGH", {}}};
  EXPECT_EQ(rule("", std::nullopt), Rule::kOriginator);
  EXPECT_EQ(rule("", low), Rule::kPrincipalNotCleared);
  EXPECT_EQ(rule("", high), Rule::kOriginator) << "whatever its party is cleared for";
  own.exercises = {"X"};
  EXPECT_EQ(rule("", high), Rule::kOriginator);
  EXPECT_EQ(rule("X", high), Rule::kOriginator);
  EXPECT_EQ(rule("X", low), Rule::kPrincipalNotCleared);
  EXPECT_EQ(rule("Y", high), Rule::kOtherRealm);
  own.unknown = true;
  EXPECT_EQ(rule("", std::nullopt), Rule::kOriginator);
  EXPECT_EQ(rule("", high), Rule::kNotUnderstood);
  EXPECT_EQ(rule("X", std::nullopt), Rule::kNotUnderstood);
}

TEST(Label, ThePublicReadsWhatIsClearAlone) {
  LabelTest t;
  const PartyNumber everyone = t.party("PUBLIC");
  t.all = t.party_set({t.a, everyone});
  t.readers = t.all;
  t.apply(R"({"op":"collection-readers","collection":"k","read":["A","PUBLIC"]})");
  EXPECT_EQ(t.rule(t.atom({Tlp::kClear}), everyone), Rule::kOpen);
  Atom by_default = t.atom();
  by_default.default_level = 0;
  EXPECT_EQ(t.rule(by_default, everyone), Rule::kOpen);
  for (const Tlp level : {Tlp::kGreen, Tlp::kAmber, Tlp::kAmberStrict, Tlp::kRed}) {
    EXPECT_EQ(t.rule(t.atom({level}), everyone), Rule::kNotForPublic);
    EXPECT_EQ(t.rule(t.releasable({{"PUBLIC"}}, {level}), everyone), Rule::kNotForPublic);
  }
  EXPECT_EQ(t.rule(t.releasable({{"PUBLIC"}}), everyone), Rule::kNotForPublic);
  EXPECT_EQ(t.rule(t.releasable({{"B"}}, {Tlp::kClear}), everyone), Rule::kNotReleased);
  Atom own = t.atom({Tlp::kAmber});
  own.originator = everyone;
  EXPECT_EQ(t.rule(own, everyone), Rule::kNotForPublic);
}

TEST(Label, PapDecidesNothing) {
  LabelTest t;
  Atom atom = t.atom({Tlp::kClear});
  atom.pap_levels = 0xF;
  EXPECT_EQ(t.rule(atom, t.d), Rule::kOpen);
  Atom alone = t.atom();
  alone.pap_levels = 1;
  EXPECT_EQ(t.rule(alone, t.b), Rule::kUnmarked);
}

TEST(Label, LevelsThatDoNotExistOpenNothing) {
  LabelTest t;
  Atom atom = t.atom({Tlp::kClear});
  atom.tlp_levels |= 0x20;
  EXPECT_EQ(t.rule(atom, t.b), Rule::kNotUnderstood);
  EXPECT_EQ(t.rule(t.atom({Tlp::kClear}), 99), Rule::kNoSuchParty);
}

TEST(Label, ARuleIsToldInOneSentenceWithItsDates) {
  LabelTest t;
  const int64_t joined = testing::day(2024, 3, 7);
  t.party("SWE");
  t.group("NATO");
  t.member("NATO", "SWE", joined);
  const Atom atom = t.releasable({{"NATO"}}, {Tlp::kAmberStrict});
  EXPECT_EQ(told(t, atom, 4, testing::day(2025, 1, 1), testing::day(2023, 5, 4)),
            "SWE does not read it: it was released to NATO on 2023-05-04T00:00:00.000Z, and SWE "
            "joined NATO on 2024-03-07T00:00:00.000Z.");
  EXPECT_EQ(told(t, atom, 4, testing::day(2025, 1, 1), joined),
            "SWE reads it: it was released to NATO on 2024-03-07T00:00:00.000Z.");
  EXPECT_EQ(told(t, t.atom({Tlp::kRed}), t.b),
            "B does not read it: it is TLP:RED, and names nobody it is releasable to.");
  Atom embargo = t.atom({Tlp::kClear});
  embargo.embargo_until_ms = joined;
  EXPECT_EQ(told(t, embargo, t.b),
            "B does not read it: it is under embargo until 2024-03-07T00:00:00.000Z.");
}

TEST(Label, EveryRuleHasItsOwnName) {
  std::set<std::string_view> names;
  for (unsigned i = 0; i < static_cast<unsigned>(Rule::kCount); ++i)
    names.insert(name_of(static_cast<Rule>(i)));
  EXPECT_EQ(names.size(), static_cast<size_t>(Rule::kCount));
  EXPECT_EQ(name_of(Rule::kJoinedLater), "joined-later");
  EXPECT_EQ(name_of(Rule::kNotByName), "not-by-name");
}

TEST(LabelCodec, BytesComeBackAndDamageIsFound) {
  LabelTest t;
  Atom atom = t.releasable({{"B", "A"}, {}, {"G"}}, {Tlp::kAmber});
  atom.classifications = {{"P", "HIGH", {"y", "x"}}};
  atom.exercises = {"Y", "X"};
  atom.embargo_until_ms = 5;
  atom.unknown = true;
  canonicalise(atom);
  const std::string bytes = encode(atom);
  const auto back = decode_atom(bytes);
  ASSERT_TRUE(back);
  EXPECT_EQ(*back, atom);
  for (size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(decode_atom(std::string_view(bytes).substr(0, size))) << size;
  EXPECT_FALSE(decode_atom(bytes + "x"));
  for (size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 0xFF);
    const auto other = decode_atom(damaged);
    EXPECT_TRUE(!other || *other != atom) << i;
  }
}

}  // namespace entente::release
