#include "release/marks.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace entente::release {
namespace {

constexpr std::string_view kRed = "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed";

MarkSet sample() {
  MarkSet m;
  m.originator = 3;
  m.collection = 1;
  m.default_level = 2;
  m.audience = 4;
  m.community = 5;
  m.whole = {5, false, {"a", "bc"}, {"LOCKED-HARBOUR"}, {{"JPN", "NATO"}}};
  m.parts = {{16, false, {}, {}}, {0, true, {"marking-definition--x"}, {}}};
  m.editions = 0b0111;
  return m;
}

stix::Header header_with(const std::vector<std::pair<std::string_view, std::string_view>>& parts) {
  stix::Header header;
  for (const auto& [marking, selector] : parts)
    header.granular_markings.push_back({marking, {}, {selector}});
  return header;
}

}  // namespace

TEST(Marks, EncodingIsExact) {
  const MarkSet m = sample();
  const std::string bytes = encode(m);
  EXPECT_EQ(*decode_mark_set(bytes), m);
  for (size_t size = 0; size < bytes.size(); ++size) {
    const auto cut = decode_mark_set(std::string_view(bytes).substr(0, size));
    EXPECT_TRUE(!cut || *cut != m) << size;
  }
  EXPECT_FALSE(decode_mark_set(bytes + "x"));
  EXPECT_EQ(*decode_party_set(encode(PartySet{3, 9})), (PartySet{3, 9}));
  EXPECT_FALSE(decode_party_set("abc"));
}

TEST(Marks, AnEditionIsThereOnlyIfItsBitIsSet) {
  const MarkSet m = sample();
  for (uint32_t mask = 0; mask < 40; ++mask) EXPECT_EQ(m.has_edition(mask), mask < 3) << mask;
  EXPECT_TRUE(MarkSet().has_edition(0));
  EXPECT_FALSE(MarkSet().has_edition(1));
}

// Else that a part opens could hide the object.
TEST(Marks, WhatCannotBeCutAloneIsCutWithTheFewestOthers) {
  MarkSet m;
  m.parts.resize(3);
  m.editions = 0b11001001;  // without none, 0 and 1, 1 and 2, all
  EXPECT_EQ(m.edition_for(0), 0u);
  EXPECT_EQ(m.edition_for(0b001), 0b011u);
  EXPECT_EQ(m.edition_for(0b010), 0b011u);
  EXPECT_EQ(m.edition_for(0b100), 0b110u);
  EXPECT_EQ(m.edition_for(0b101), 0b111u);
  m.editions = 0b00000011;
  EXPECT_EQ(m.edition_for(0b001), 0b001u);
  EXPECT_EQ(m.edition_for(0b010), std::nullopt);
  EXPECT_EQ(m.edition_for(0b1000), std::nullopt);
}

TEST(Marks, GranularMarkingsMakeOnePartForEachMarking) {
  std::vector<ScopeMarks> marks;
  const auto parts = parts_of(
      header_with({{"m-1", "name"}, {kRed, "labels"}, {"m-1", "description"}, {"", "x"}}), &marks);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].selectors, (std::vector<std::string>{"name", "description"}));
  EXPECT_EQ(parts[1].selectors, std::vector<std::string>{"labels"});
  EXPECT_EQ(marks[0], (ScopeMarks{0, false, {"m-1"}, {}}));
  EXPECT_EQ(marks[1], (ScopeMarks{1u << static_cast<unsigned>(Tlp::kRed), false, {}, {}}));
}

TEST(Marks, PartsPastTheLimitShareTheLastAndNeedAllItsMarks) {
  std::vector<std::string> ids;
  std::vector<std::pair<std::string_view, std::string_view>> written;
  for (size_t i = 0; i < limits::kGranularPartsMax + 2; ++i)
    ids.push_back("m-" + std::to_string(i));
  for (const std::string& id : ids) written.emplace_back(id, id);
  std::vector<ScopeMarks> marks;
  const auto parts = parts_of(header_with(written), &marks);
  ASSERT_EQ(parts.size(), limits::kGranularPartsMax);
  EXPECT_EQ(parts.back().selectors, (std::vector<std::string>{"m-4", "m-5", "m-6"}));
  EXPECT_EQ(marks.back().markings, (std::vector<std::string>{"m-4", "m-5", "m-6"}));
  EXPECT_EQ(marks.front().markings, std::vector<std::string>{"m-0"});
}

TEST(Marks, APartThatStatesNoAudienceIsAsOpenAsTheWhole) {
  const MarkSet m = sample();
  EXPECT_EQ(base_atom(m, kWhole).default_level, 2);
  EXPECT_EQ(base_atom(m, 0).default_level, static_cast<uint8_t>(Tlp::kClear));
  EXPECT_EQ(base_atom(m, 0).tlp_levels, 16);
  EXPECT_TRUE(base_atom(m, 1).unknown);
  EXPECT_EQ(base_atom(m, 1).originator, 3);
}

// The submitter's own first; else one that the directory lists, by its content.
TEST(Marks, AMarkingCountsFromTheSubmitterOrAnAuthority) {
  Directory directory;
  for (
      const char* change :
      {R"({"op":"party","name":"x","code":"A","identity":"identity--00000000-0000-4000-8000-000000000001"})",
       R"({"op":"party","name":"x","code":"B","identity":"identity--00000000-0000-4000-8000-000000000002"})"})
    ASSERT_TRUE(directory.apply(change, 1));
  const std::string id = "marking-definition--00000000-0000-4000-8000-000000000009";
  KnownMarkings markings;
  const auto seen_at = [](uint32_t entry, int64_t tick_ms) {
    KnownMarkings::Seen seen;
    seen.entry = entry;
    seen.tick_ms = tick_ms;
    seen.content = sha256({"content"});
    return seen;
  };
  EXPECT_TRUE(markings.add(1, id, seen_at(7, 70)));
  EXPECT_TRUE(markings.add(1, id, seen_at(9, 90)));
  EXPECT_TRUE(markings.counting(0, id, directory).empty()) << "another party's opens nothing";
  ASSERT_EQ(markings.counting(1, id, directory).size(), 2u);
  EXPECT_EQ(markings.counting(1, id, directory)[0].seen->entry, 7u);
  EXPECT_EQ(markings.counting(1, id, directory)[1].seen->entry, 9u);
  const uint32_t later = 9;
  markings.forget({&later, 1});
  ASSERT_EQ(markings.counting(1, id, directory).size(), 1u);

  const auto list = [&](std::string_view content) {
    return directory.apply(R"({"op":"authority","party":"B","marking":")" + id +
                               R"(","content":")" + std::string(content) + "\"}",
                           80);
  };
  ASSERT_TRUE(list("00000000000000000000000000000000000000000000000000000000000000aa"));
  EXPECT_TRUE(markings.counting(0, id, directory).empty()) << "another content";
  ASSERT_TRUE(list("ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73"));
  ASSERT_EQ(markings.counting(0, id, directory).size(), 1u);
  EXPECT_EQ(markings.counting(0, id, directory)[0].since_ms, 80) << "from when it was listed";
  EXPECT_TRUE(markings.add(0, id, seen_at(11, 110)));
  ASSERT_EQ(markings.counting(0, id, directory).size(), 2u);
  EXPECT_EQ(markings.counting(0, id, directory)[0].seen->entry, 11u) << "its own comes first";
  EXPECT_EQ(markings.counting(0, id, directory)[1].seen->entry, 7u);
  while (!markings.is_full(0, id)) ASSERT_TRUE(markings.add(0, id, seen_at(12, 120)));
  EXPECT_FALSE(markings.add(0, id, seen_at(13, 130)));
  EXPECT_EQ(markings.all(0, id).size(), limits::kDefinitionsMax);
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
