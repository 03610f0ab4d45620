// Sixteen words at a time say what one at a time says, from below, whatever the processor.
#include "names/lanes.h"

#include <gtest/gtest.h>

#include <random>

namespace entente::names {
namespace {

constexpr std::string_view kSymbolsUsed = "abcdefghijklmnopqrstuvwxyzSCZJEXGTRUO@";

std::string random_sound(std::mt19937& random, size_t length_max) {
  std::string out;
  for (size_t length = 1 + random() % length_max; length > 0; --length)
    out += kSymbolsUsed[random() % kSymbolsUsed.size()];
  return out;
}

// A word, or the same with a symbol changed, lost or in another place.
std::string like(const std::string& sound, std::mt19937& random) {
  std::string out = sound;
  const size_t at = random() % out.size();
  switch (random() % 4) {
    case 0:
      out[at] = kSymbolsUsed[random() % kSymbolsUsed.size()];
      break;
    case 1:
      if (out.size() > 1) out.erase(at, 1);
      break;
    case 2:
      if (at + 1 < out.size()) std::swap(out[at], out[at + 1]);
      break;
    default:
      break;
  }
  return out;
}

WordHead head_with(const std::string& sound, Writing writing) {
  WordHead head;
  head.writing = writing;
  head.symbols.fill(kNoSymbol);
  for (size_t i = 0; i < sound.size(); ++i) head.symbols[i] = symbol_index(sound[i]);
  return head;
}

TEST(NamesLanes, BoundDeficitsFromBelowAndClosely) {
  std::mt19937 random(7);
  const Writing writings[] = {Writing::kLatin, Writing::kCyrillic, Writing::kArabic,
                              Writing::kKana,  Writing::kHangul,   Writing::kForeignHan};
  size_t near = 0;
  for (int round = 0; round < 300; ++round) {
    const Writing own = writings[random() % std::size(writings)],
                  other = writings[random() % std::size(writings)];
    const std::string word = random_sound(random, 13);
    LaneTable table;
    table.prepare(word, own, other);
    std::vector<std::string> others;
    std::vector<WordHead> heads;
    std::vector<const WordHead*> pointers;
    for (size_t i = 0; i < 1 + random() % kLanes; ++i) {
      others.push_back(random() % 2 == 0 ? like(word, random) : random_sound(random, 13));
      heads.push_back(head_with(others.back(), other));
    }
    for (const WordHead& head : heads) pointers.push_back(&head);
    std::array<uint8_t, kLanes> steps;
    table.align(pointers, &steps);
    for (size_t i = 0; i < others.size(); ++i) {
      const float exact = deficit(word, own, others[i], other, kDeficitMax);
      const float bound = static_cast<float>(steps[i]) * kLaneStep;
      EXPECT_LE(bound, exact + 0.01F) << word << " " << others[i];
      // Each of the steps of an alignment is rounded by less than kLaneStep.
      if (exact < 6 && own != other) {
        EXPECT_GE(bound, exact - 26 * kLaneStep) << word << " " << others[i];
        ++near;
      }
    }
  }
  EXPECT_GT(near, 100U);
}

TEST(NamesLanes, AnEqualWordLacksNothing) {
  LaneTable table;
  table.prepare("voroneEki", Writing::kLatin, Writing::kLatin);
  const WordHead head = head_with("voroneEki", Writing::kLatin);
  const WordHead* const pointer = &head;
  std::array<uint8_t, kLanes> steps;
  table.align(std::span(&pointer, 1), &steps);
  EXPECT_EQ(steps[0], 0);
}

}  // namespace
}  // namespace entente::names
