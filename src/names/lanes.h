// Sixteen words at once: the deficit of each of them from one word, from below.
//
// The alignment of channel.h is a shortest path, because a deficit is a sum of costs that are none
// below 0: for a pair of symbols half of what each could have at best less what they have together,
// for a symbol alone half of its best less what that is worth. Costs are rounded down to steps of
// kStep, so that a byte holds a sum and the result is never more than the deficit [as Rognes 2011
// aligns one sequence with many].
//
// Threads: one. Cost: 10 ns a word of eight symbols on a processor with SSSE3, ten times that without.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "names/channel.h"
#include "names/list_data.h"

namespace entente::names {

inline constexpr size_t kLanes = 16;
inline constexpr float kLaneStep = 0.05F;  // nats; a byte holds up to 12.7
inline constexpr float kLaneMax = 255 * kLaneStep;

class LaneTable {
 public:
  // For words of `other` against one of `own`. Takes 2 us.
  void prepare(std::string_view sound, Writing own, Writing other);

  // The deficits of up to kLanes words, in steps; those of words that are cut (WordHead) say nothing.
  void align(std::span<const WordHead* const> words, std::array<uint8_t, kLanes>* steps) const;

 private:
  friend void align_lanes_ssse3(const LaneTable& table, const uint8_t* symbols, size_t length,
                                uint8_t* steps);
  friend void align_lanes_plain(const LaneTable& table, const uint8_t* symbols, size_t length,
                                uint8_t* steps);

  size_t size_ = 0;
  bool can_swap_ = false;
  decltype(WordHead::symbols) head_{};  // the first of its symbols
  std::array<uint8_t, kSoundMax> symbols_{};
  std::array<uint8_t, kSoundMax> alone_{};  // what a symbol of the word costs alone
  std::array<uint8_t, kSoundMax> swap_{};   // changing places with the one before
  alignas(16) std::array<uint8_t, kSymbols> other_alone_{};
  alignas(16) std::array<std::array<uint8_t, kSymbols>, kSoundMax> pair_{};
};

}  // namespace entente::names
