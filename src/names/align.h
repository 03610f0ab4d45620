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
  uint32_t key = 0;  // of a memo: what tells the word from others; 0: is not remembered
};

// Deficits of pairs of words that were aligned before, while one query is answered. Forgets what is
// overwritten. Threads: one.
class PairMemo {
 public:
  PairMemo() : keys_(kPlaces, 0), values_(kPlaces, 0) {}
  void forget() { ++round_; }
  // Null if the pair is not known.
  const float* find(uint32_t left, uint32_t right) const {
    const uint64_t key = key_of(left, right);
    const size_t at = place_of(key);
    return keys_[at] == key ? &values_[at] : nullptr;
  }
  void keep(uint32_t left, uint32_t right, float value) {
    const uint64_t key = key_of(left, right);
    keys_[place_of(key)] = key;
    values_[place_of(key)] = value;
  }

 private:
  static constexpr size_t kPlaces = size_t{1} << 15;
  uint64_t key_of(uint32_t left, uint32_t right) const {
    return (round_ << 40) | (uint64_t{left & 0xFFU} << 32) | right;
  }
  static size_t place_of(uint64_t key) { return (key * 0x9E3779B97F4A7C15ULL) >> 49; }
  std::vector<uint64_t> keys_;
  std::vector<float> values_;
  uint64_t round_ = 1;
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
  // The same, where words that say little count as less than one.
  float left_missing_weight = 0, right_missing_weight = 0;
  uint8_t pairs_of_words = 0;  // of words that say something: no particles, titles, legal forms
  bool is_reordered = false;
};

// Reuses the buffers of `out`. With a memo, keys of the left side are below 256, those of the right
// side tell all words of a list apart.
void align(const UnitForm& left, const UnitForm& right, Alignment* out, PairMemo* memo = nullptr);

// The deficit above which a pair of words with that information is no pair.
float deficit_limit(float information, Writing a, Writing b);

}  // namespace entente::names
