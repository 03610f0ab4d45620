// Symbols of the words stand in columns, a word a lane; rows are symbols of the one word. A table of 64
// costs is four registers of 16, and a byte shuffle looks up 16 lanes in each.
//
// A place behind the end of a word costs nothing alone and everything in a pair, so that all words of
// a group may be treated as equally long.
#include "names/lanes.h"

#include <algorithm>
#include <cmath>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace entente::names {
namespace {

constexpr size_t kColumns = std::tuple_size_v<decltype(WordHead::symbols)>;
constexpr float kSwapCost = 4.0F;  // as in channel.cc

uint8_t steps_of(float nats) {
  return static_cast<uint8_t>(
      std::clamp(std::floor(nats * kDeficitScale / kLaneStep), 0.0F, 255.0F));
}

uint8_t plus(uint8_t a, uint8_t b) { return static_cast<uint8_t>(std::min(255, a + b)); }

}  // namespace

void LaneTable::prepare(std::string_view sound, Writing own, Writing other) {
  const PairTable table = pair_table(own, other);
  size_ = std::min(sound.size(), kSoundMax);
  head_.fill(kNoSymbol);
  for (size_t i = 0; i < size_ && i < head_.size(); ++i) head_[i] = symbol_index(sound[i]);
  can_swap_ = own == other;
  for (size_t s = 0; s < kSymbols; ++s)
    other_alone_[s] = steps_of(table.other_best(s) / 2 - table.other_alone(s));
  other_alone_[kNoSymbol] = 0;
  for (size_t i = 0; i < size_; ++i) {
    const uint8_t symbol = symbol_index(sound[i]);
    symbols_[i] = symbol;
    alone_[i] = steps_of(table.own_best(symbol) / 2 - table.own_alone(symbol));
    for (size_t s = 0; s < kSymbols; ++s)
      pair_[i][s] =
          steps_of((table.own_best(symbol) + table.other_best(s)) / 2 - table.pair(symbol, s));
    // Words of one writing are compared in a fixed order, and the table need not be symmetric.
    for (size_t s = 0; can_swap_ && s < kSymbols; ++s) {
      const PairTable& t = table;
      pair_[i][s] = std::min(
          pair_[i][s], steps_of((t.other_best(symbol) + t.own_best(s)) / 2 - t.pair(s, symbol)));
    }
    pair_[i][kNoSymbol] = 255;
    swap_[i] =
        i == 0 ? 255
               : plus(plus(pair_[i][symbol], pair_[i - 1][symbols_[i - 1]]), steps_of(kSwapCost));
  }
}

#if defined(__x86_64__)
__attribute__((target("ssse3"))) void align_lanes_ssse3(const LaneTable& table,
                                                        const uint8_t* symbols, size_t length,
                                                        uint8_t* steps) {
  using Register = __m128i;
  const auto look_up = [](const uint8_t* row, Register index) __attribute__((target("ssse3"))) {
    // A shuffle gives 0 for an index with its highest bit set: each quarter answers for its own.
    const auto* const quarters = reinterpret_cast<const Register*>(row);
    const Register low = _mm_and_si128(index, _mm_set1_epi8(15));
    Register out = _mm_setzero_si128();
    for (int quarter = 0; quarter < 4; ++quarter) {
      const Register is_here = _mm_cmpeq_epi8(_mm_and_si128(index, _mm_set1_epi8(0x30)),
                                              _mm_set1_epi8(static_cast<char>(quarter << 4)));
      out = _mm_or_si128(
          out, _mm_and_si128(_mm_shuffle_epi8(_mm_load_si128(quarters + quarter), low), is_here));
    }
    return out;
  };
  Register rows[3][kColumns + 1];
  Register column[kColumns], alone[kColumns];
  rows[0][0] = _mm_setzero_si128();
  for (size_t j = 0; j < length; ++j) {
    column[j] = _mm_load_si128(reinterpret_cast<const Register*>(symbols + j * kLanes));
    alone[j] = look_up(table.other_alone_.data(), column[j]);
    rows[0][j + 1] = _mm_adds_epu8(rows[0][j], alone[j]);
  }
  for (size_t i = 0; i < table.size_; ++i) {
    const Register* const above = rows[i % 3];
    const Register* const before = rows[(i + 2) % 3];
    Register* const row = rows[(i + 1) % 3];
    const Register own_alone = _mm_set1_epi8(static_cast<char>(table.alone_[i]));
    row[0] = _mm_adds_epu8(above[0], own_alone);
    for (size_t j = 0; j < length; ++j) {
      Register best = _mm_adds_epu8(above[j], look_up(table.pair_[i].data(), column[j]));
      best = _mm_min_epu8(best, _mm_adds_epu8(above[j + 1], own_alone));
      best = _mm_min_epu8(best, _mm_adds_epu8(row[j], alone[j]));
      if (table.can_swap_ && i > 0 && j > 0) {
        const Register is_swapped = _mm_and_si128(
            _mm_cmpeq_epi8(column[j - 1], _mm_set1_epi8(static_cast<char>(table.symbols_[i]))),
            _mm_cmpeq_epi8(column[j], _mm_set1_epi8(static_cast<char>(table.symbols_[i - 1]))));
        const Register cost =
            _mm_adds_epu8(before[j - 1], _mm_set1_epi8(static_cast<char>(table.swap_[i])));
        best = _mm_min_epu8(best, _mm_or_si128(cost, _mm_xor_si128(is_swapped, _mm_set1_epi8(-1))));
      }
      row[j + 1] = best;
    }
  }
  _mm_storeu_si128(reinterpret_cast<Register*>(steps), rows[table.size_ % 3][length]);
}
#endif

void align_lanes_plain(const LaneTable& table, const uint8_t* symbols, size_t length,
                       uint8_t* steps) {
  for (size_t lane = 0; lane < kLanes; ++lane) {
    std::array<std::array<uint8_t, kColumns + 1>, 3> rows{};
    const auto at = [&](size_t j) { return symbols[j * kLanes + lane]; };
    for (size_t j = 0; j < length; ++j)
      rows[0][j + 1] = plus(rows[0][j], table.other_alone_[at(j)]);
    for (size_t i = 0; i < table.size_; ++i) {
      const auto& above = rows[i % 3];
      const auto& before = rows[(i + 2) % 3];
      auto& row = rows[(i + 1) % 3];
      row[0] = plus(above[0], table.alone_[i]);
      for (size_t j = 0; j < length; ++j) {
        row[j + 1] =
            std::min({plus(above[j], table.pair_[i][at(j)]), plus(above[j + 1], table.alone_[i]),
                      plus(row[j], table.other_alone_[at(j)])});
        if (table.can_swap_ && i > 0 && j > 0 && at(j - 1) == table.symbols_[i] &&
            at(j) == table.symbols_[i - 1])
          row[j + 1] = std::min(row[j + 1], plus(before[j - 1], table.swap_[i]));
      }
    }
    steps[lane] = rows[table.size_ % 3][length];
  }
}

void LaneTable::align(std::span<const WordHead* const> words,
                      std::array<uint8_t, kLanes>* steps) const {
  alignas(16) std::array<uint8_t, kColumns * kLanes> symbols;
  symbols.fill(kNoSymbol);
  size_t length = 0;
  for (size_t lane = 0; lane < words.size() && lane < kLanes; ++lane) {
    const auto& own = words[lane]->symbols;
    size_t j = 0;
    for (; j < kColumns && own[j] != kNoSymbol; ++j) symbols[j * kLanes + lane] = own[j];
    length = std::max(length, j);
  }
#if defined(__x86_64__)
  static const bool has_shuffle = __builtin_cpu_supports("ssse3") != 0;
  if (has_shuffle) {
    align_lanes_ssse3(*this, symbols.data(), length, steps->data());
  } else {
    align_lanes_plain(*this, symbols.data(), length, steps->data());
  }
#else
  align_lanes_plain(*this, symbols.data(), length, steps->data());
#endif
  // Equal words lack nothing, whatever their writings (channel.cc).
  for (size_t lane = 0; lane < words.size() && lane < kLanes; ++lane) {
    if (size_ <= kColumns && words[lane]->symbols == head_) (*steps)[lane] = 0;
  }
}

}  // namespace entente::names
