#include "release/marks.h"

#include <gtest/gtest.h>

namespace entente::release {
namespace {

// Parties 0 to 3; the collection is read by 0, 1 and the group G (2 until 100).
struct Fixture {
  Directory directory;
  KnownMarkings markings;
  std::vector<PartySet> audiences{{}, {0, 1, 2}, {0, 1, 2, 3}};
  std::vector<MarkSet> mark_sets;
  Fixture() {
    const char* codes[] = {"A", "B", "C", "D"};
    for (int i = 0; i < 4; ++i) {
      EXPECT_TRUE(directory.apply(std::string(R"({"op":"party","name":"x","code":")") + codes[i] +
                                  R"(","identity":"identity--00000000-0000-4000-8000-00000000000)" +
                                  std::to_string(i) + "\"}"));
    }
    EXPECT_TRUE(directory.apply(R"({"op":"group","code":"G","name":"g"})"));
    EXPECT_TRUE(directory.apply(R"({"op":"member","group":"G","member":"C","until":100})"));
    EXPECT_TRUE(directory.apply(
        R"({"op":"collection","alias":"c","id":"6f8c1f5e-0000-4000-8000-000000000001","read":["A","B","G"],"write":["A"]})"));
  }
  MarkSet marks(uint8_t levels) const {
    MarkSet m;
    m.originator = 0;
    m.collection = 1;
    m.tlp_levels = levels;
    m.audience = 1;
    m.community = 2;
    return m;
  }
  // Who of the four may read, as digits.
  std::string readers(const MarkSet& m, int64_t now_ms = 50) const {
    std::string out;
    for (PartyNumber p = 0; p < 4; ++p) {
      if (may_read(m, p, {&directory, &mark_sets, &markings, &audiences, now_ms}))
        out += static_cast<char>('0' + p);
    }
    return out;
  }
};

constexpr uint8_t bit(Tlp level) { return static_cast<uint8_t>(1u << static_cast<uint8_t>(level)); }

}  // namespace

TEST(Marks, EachLevelHasItsReaders) {
  const Fixture f;
  EXPECT_EQ(f.readers(f.marks(bit(Tlp::kClear))), "0123");
  EXPECT_EQ(f.readers(f.marks(bit(Tlp::kGreen))), "0123");
  EXPECT_EQ(f.readers(f.marks(bit(Tlp::kAmber))), "012");
  EXPECT_EQ(f.readers(f.marks(bit(Tlp::kAmber)), 100), "01") << "C left the group";
  EXPECT_EQ(f.readers(f.marks(bit(Tlp::kAmberStrict))), "0");
  EXPECT_EQ(f.readers(f.marks(bit(Tlp::kRed))), "0");
  EXPECT_EQ(f.readers(f.marks(bit(Tlp::kClear) | bit(Tlp::kRed))), "0")
      << "every atom must let the reader";
}

TEST(Marks, UnmarkedFollowsTheDefaultElseTheOriginatorAlone) {
  const Fixture f;
  MarkSet m = f.marks(0);
  EXPECT_EQ(f.readers(m), "0");
  m.default_level = static_cast<uint8_t>(Tlp::kAmber);
  EXPECT_EQ(f.readers(m), "012");
  m.unknown = true;
  EXPECT_EQ(f.readers(m), "0");
}

TEST(Marks, WhoCameAfterReleaseIsOutsideTheFrozenSets) {
  Fixture f;
  f.audiences = {{}, {0, 1}, {0, 1, 2}};
  EXPECT_EQ(f.readers(f.marks(bit(Tlp::kGreen))), "012");
  EXPECT_EQ(f.readers(f.marks(bit(Tlp::kAmber))), "01");
  EXPECT_EQ(f.readers(f.marks(bit(Tlp::kClear))), "0123");
}

TEST(Marks, AnUnseenMarkingClosesAndOpensWhenItsSubmitterBringsIt) {
  Fixture f;
  f.mark_sets = {f.marks(bit(Tlp::kAmber)), f.marks(bit(Tlp::kRed))};
  MarkSet m = f.marks(bit(Tlp::kClear));
  m.other_markings = {"marking-definition--x"};
  EXPECT_EQ(f.readers(m), "0");
  EXPECT_TRUE(f.markings.add(1, "marking-definition--x", {7, 7, 0, 70, false}));
  EXPECT_EQ(f.readers(m), "0") << "another party's marking of that id opens nothing";
  EXPECT_TRUE(f.markings.add(0, "marking-definition--x", {9, 9, 0, 90, false}));
  EXPECT_FALSE(f.markings.add(0, "marking-definition--x", {11, 11, 0, 110, true}))
      << "the first content counts";
  EXPECT_EQ(f.readers(m), "012") << "who may not read the marking may not read what it marks";
  EXPECT_TRUE(f.markings.add(0, "marking-definition--y", {9, 9, 1, 90, false}));
  m.other_markings = {"marking-definition--y"};
  EXPECT_EQ(f.readers(m), "0");
  m.other_markings = {"marking-definition--x"};
  const auto opening = may_read(m, 1, {&f.directory, &f.mark_sets, &f.markings, &f.audiences, 50});
  EXPECT_EQ(opening->position, 9u);
  EXPECT_EQ(opening->tick_ms, 90);
}

TEST(Marks, EncodingIsExact) {
  const Fixture f;
  MarkSet m = f.marks(5);
  m.other_markings = {"a", "bc"};
  EXPECT_EQ(*decode_mark_set(encode(m)), m);
  const std::string bytes = encode(m);
  for (size_t size = 0; size < bytes.size(); ++size) {
    const auto cut = decode_mark_set(std::string_view(bytes).substr(0, size));
    EXPECT_TRUE(!cut || *cut != m);
  }
  EXPECT_EQ(*decode_party_set(encode(PartySet{3, 9})), (PartySet{3, 9}));
  EXPECT_FALSE(decode_party_set("abc"));
}

TEST(Tlp, FixedIdsAndNames) {
  for (const Tlp level : {Tlp::kClear, Tlp::kGreen, Tlp::kAmber, Tlp::kAmberStrict, Tlp::kRed}) {
    EXPECT_EQ(tlp_of_marking(marking_of(level)), level);
    EXPECT_EQ(tlp_from(name_of(level)), level);
  }
  EXPECT_EQ(tlp_of_marking("marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"),
            Tlp::kClear);
  EXPECT_EQ(tlp_from("TLP:WHITE"), Tlp::kClear);
  EXPECT_EQ(tlp_of_marking("marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc0"),
            std::nullopt);
}

}  // namespace entente::release
