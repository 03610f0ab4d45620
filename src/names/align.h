// Two names, word by word: which word stands for which, what is left over, and what that says.
//
// Symmetric: swapping the names gives the same figures. Cost: 0.1 us for each pair of words.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "names/analyse.h"

namespace entente::names {

// A word as the aligner sees it; borrows its text.
struct Unit {
  std::string_view sound;
  float information = 0;
  uint16_t meaning = 0;
  Writing writing = Writing::kLatin;
  Role role = Role::kWord;
  uint8_t slot = 0;
};

// A form as units, ordered by slot.
struct UnitForm {
  std::span<const Unit> units;
  uint8_t slots = 0;
};

enum class Link : uint8_t { kSame, kSpelling, kMeaning, kInitial, kJoined };

struct Pair {
  uint8_t left = 0, left_slots = 1;  // first slot and how many
  uint8_t right = 0, right_slots = 1;
  Link link = Link::kSame;
  float information = 0;
  float deficit = 0;
  Writing left_writing = Writing::kLatin, right_writing = Writing::kLatin;
};

struct Alignment {
  std::vector<Pair> pairs;  // best first
  float matched = 0;        // information of the words that stand for each other
  float deficit = 0;        // by how much these fall short of equality
  // Words without a counterpart that say something, and their information.
  float left_missing = 0, right_missing = 0;
  uint8_t left_missing_words = 0, right_missing_words = 0;
  uint8_t pairs_of_words = 0;  // of words that say something: no particles, titles, legal forms
  bool is_reordered = false;
};

// Reuses the buffers of `out`.
void align(const UnitForm& left, const UnitForm& right, Alignment* out);

// The deficit above which a pair of words with that information is no pair.
float deficit_limit(float information);

}  // namespace entente::names
