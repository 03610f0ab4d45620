// How sounds of one writing turn up in another: log-odds tables, one for each writing against Latin,
// and the alignment of two words under them.
//
// A table gives for a pair of symbols ln(p(both stand for one sound) / (p(one) p(other))), as
// substitution matrices do for proteins [Henikoff 1992]; for a symbol alone, what it means that the
// other word has nothing there. The best alignment of two words is found as in [Needleman 1970].
// The deficit of a pair is how much its alignment falls short of the best that either word could
// have; 0 for equal words, in nats.
//
// Threads: read-only after the first call. Cost: about 1 ns for each pair of symbols.
#pragma once

#include <array>
#include <string_view>

#include "names/sound.h"

namespace entente::names {

struct Channel {
  float pair[kSymbols][kSymbols];  // [symbol of the writing][Latin symbol]
  float native_alone[kSymbols];
  float latin_alone[kSymbols];
  float native_best[kSymbols];  // the best that a symbol can have
  float latin_best[kSymbols];
};

// The table of a writing against Latin; that of kLatin compares Latin, or one writing, with itself.
const Channel& channel_of(Writing writing);

inline constexpr float kDeficitMax = 60.0F;
// Errors of one word come together: what a fit says that a nat of deficit is worth.
inline constexpr float kDeficitScale = 0.65F;

// The table by which two writings are compared, seen from the one.
class PairTable {
 public:
  PairTable(const Channel& channel, bool is_swapped) : channel_(channel), is_swapped_(is_swapped) {}
  float pair(size_t own, size_t other) const {
    return is_swapped_ ? channel_.pair[other][own] : channel_.pair[own][other];
  }
  float own_alone(size_t own) const {
    return is_swapped_ ? channel_.latin_alone[own] : channel_.native_alone[own];
  }
  float other_alone(size_t other) const {
    return is_swapped_ ? channel_.native_alone[other] : channel_.latin_alone[other];
  }
  float own_best(size_t own) const {
    return is_swapped_ ? channel_.latin_best[own] : channel_.native_best[own];
  }
  float other_best(size_t other) const {
    return is_swapped_ ? channel_.native_best[other] : channel_.latin_best[other];
  }

 private:
  const Channel& channel_;
  bool is_swapped_;
};
PairTable pair_table(Writing own, Writing other);

// Symmetric: swapping both sides changes nothing. Gives up above `limit` with kDeficitMax.
float deficit(std::string_view a, Writing a_writing, std::string_view b, Writing b_writing,
              float limit);

// Learned values are written as characters: '0' is kTableLowest, each further one kTableStep more.
inline constexpr float kTableLowest = -6.0F, kTableStep = 0.2F;
inline constexpr float table_value(char c) {
  return kTableLowest + kTableStep * static_cast<float>(c - '0');
}

// The learned tables as text: one block a writing (channel_tables.cc, made by `bench_names train`).
extern const std::string_view kChannelTables;

// What the tables are when nothing is learned yet; training begins with it.
Channel untrained_channel();
// For training: replaces the table of a writing in this process.
void replace_channel(Writing writing, const Channel& channel);
void set_bests(Channel& channel);

}  // namespace entente::names
