#include "exchange/state.h"

#include <gtest/gtest.h>

namespace entente::exchange {
namespace {

std::string name_of(size_t i) { return "x-type-" + std::to_string(i); }

TEST(Types, NumbersNamesInOrderAndFindsThem) {
  Types types;
  for (size_t i = 1; i <= 1'000; ++i) {
    EXPECT_FALSE(types.find(name_of(i)));
    ASSERT_EQ(types.add(name_of(i)), i);
    ASSERT_EQ(types.size(), i);
  }
  for (uint16_t i = 1; i <= 1'000; ++i) {
    ASSERT_EQ(types.find(name_of(i)), i);
    ASSERT_EQ(types.name(i), name_of(i));
  }
  EXPECT_EQ(types.name(Types::kOther), "");
  EXPECT_EQ(types.name(1'001), "");
}

TEST(Types, ACopyKeepsWhatItHad) {
  Types types;
  for (size_t i = 1; i <= 5; ++i) types.add(name_of(i));
  const Types before = types;
  for (size_t i = 6; i <= 9; ++i) types.add(name_of(i));
  EXPECT_EQ(before.size(), 5U);
  EXPECT_FALSE(before.find(name_of(6)));
  EXPECT_EQ(before.name(5), name_of(5));
  EXPECT_EQ(types.find(name_of(5)), 5);
}

TEST(Types, TheLimitIsTheLastNumber) {
  Types types;
  while (!types.is_full()) types.add(name_of(types.size()));
  EXPECT_EQ(types.size(), limits::kTypesMax);
  EXPECT_EQ(types.find(name_of(limits::kTypesMax - 1)), limits::kTypesMax);
  EXPECT_EQ(types.add("one-more"), Types::kOther);
  EXPECT_FALSE(types.find("one-more"));
  EXPECT_EQ(types.size(), limits::kTypesMax);
}

store::Control type_record(uint64_t ordinal, std::string& bytes) {
  bytes.assign(reinterpret_cast<const char*>(&ordinal), sizeof ordinal);
  bytes += "x-thing";
  return {kTypeName, 0, bytes, 1, 0};
}

TEST(State, ATypeWhoseNumberIsPastTheLimitIsCorrupt) {
  State state;
  state.types = std::make_shared<Types>(3);
  std::string bytes;
  for (const uint64_t ordinal : {uint64_t{3}, uint64_t{1} << 60}) {
    const auto folded = state.fold(type_record(ordinal, bytes));
    ASSERT_FALSE(folded);
    EXPECT_EQ(folded.error().code, Code::kCorrupt);
  }
  ASSERT_TRUE(state.fold(type_record(2, bytes)));  // two were lost to damage
  EXPECT_EQ(state.types->find("x-thing"), 3);
  EXPECT_TRUE(state.types->is_full());
}

store::Control mark_set_record(uint64_t ordinal, std::string& bytes) {
  bytes.assign(reinterpret_cast<const char*>(&ordinal), sizeof ordinal);
  release::MarkSet marks;
  marks.originator = static_cast<release::PartyNumber>(ordinal);
  bytes += release::encode(marks);
  return {kMarkSet, 0, bytes, static_cast<int64_t>(ordinal), 0};
}

TEST(State, WhatAnotherStateHoldsIsCopiedAndWhatNobodyHoldsIsNot) {
  State state;
  std::string bytes;
  ASSERT_TRUE(state.fold(mark_set_record(0, bytes)));
  const auto* alone = state.mark_sets.get();
  ASSERT_TRUE(state.fold(mark_set_record(1, bytes)));
  EXPECT_EQ(state.mark_sets.get(), alone);
  const State before = state;
  ASSERT_TRUE(state.fold(mark_set_record(2, bytes)));
  EXPECT_EQ(before.mark_sets->size(), 2U);
  ASSERT_EQ(state.mark_sets->size(), 3U);
  EXPECT_EQ((*state.mark_sets)[2].originator, 2);
}

}  // namespace
}  // namespace entente::exchange
