// Symbols of the words stand in columns, a word a lane; rows are symbols of the one word. A table of 64
// costs is four registers of 16, and a byte shuffle looks up 16 lanes in each.
//
// A place behind the end of a word costs nothing alone and everything in a pair, so that all words of
// a group may be treated as equally long.
#include "names/lanes.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>

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

// The costs of two writings, in steps: made once for each two.
struct Costs {
  std::array<uint8_t, kSymbols> own_alone{}, other_alone{};
  std::array<std::array<uint8_t, kSymbols>, kSymbols> pair{};
};

Costs costs_of(Writing own, Writing other) {
  const PairTable table = pair_table(own, other);
  Costs costs;
  for (size_t s = 0; s < kSymbols; ++s) {
    costs.own_alone[s] = steps_of(table.own_best(s) / 2 - table.own_alone(s));
    costs.other_alone[s] = steps_of(table.other_best(s) / 2 - table.other_alone(s));
    for (size_t t = 0; t < kSymbols; ++t)
      costs.pair[s][t] = steps_of((table.own_best(s) + table.other_best(t)) / 2 - table.pair(s, t));
  }
  // Words of one writing are compared in a fixed order, and the table need not be symmetric.
  for (size_t s = 0; own == other && s < kSymbols; ++s) {
    for (size_t t = 0; t < s; ++t)
      costs.pair[s][t] = costs.pair[t][s] = std::min(costs.pair[s][t], costs.pair[t][s]);
    costs.own_alone[s] = costs.other_alone[s] = std::min(costs.own_alone[s], costs.other_alone[s]);
  }
  for (auto& row : costs.pair) row[kNoSymbol] = 255;
  costs.other_alone[kNoSymbol] = 0;
  return costs;
}

const Costs& known_costs(Writing own, Writing other) {
  static std::array<std::once_flag, kWritings * kWritings> once;
  static std::array<std::unique_ptr<Costs>, kWritings * kWritings> all;
  const size_t at = static_cast<size_t>(own) * kWritings + static_cast<size_t>(other);
  std::call_once(once[at], [&] { all[at] = std::make_unique<Costs>(costs_of(own, other)); });
  return *all[at];
}

}  // namespace

void LaneTable::prepare(std::string_view sound, Writing own, Writing other) {
  const Costs& costs = known_costs(own, other);
  size_ = std::min(sound.size(), kSoundMax);
  head_.fill(kNoSymbol);
  can_swap_ = own == other;
  other_alone_ = costs.other_alone;
  for (size_t i = 0; i < size_; ++i) {
    const uint8_t symbol = symbol_index(sound[i]);
    if (i < head_.size()) head_[i] = symbol;
    symbols_[i] = symbol;
    alone_[i] = costs.own_alone[symbol];
    pair_[i] = costs.pair[symbol];
    swap_[i] =
        i == 0 ? 255
               : plus(plus(pair_[i][symbol], pair_[i - 1][symbols_[i - 1]]), steps_of(kSwapCost));
  }
}

#if defined(__x86_64__)
namespace {

using Register = __m128i;

// A shuffle gives 0 for an index with its highest bit set: in each quarter of a table only the lanes
// whose symbol is there find something.
struct Column {
  Register quarters[4];
};

__attribute__((target("ssse3"))) Register look_up(const uint8_t* row, const Column& column) {
  const auto* const quarters = reinterpret_cast<const Register*>(row);
  const Register a = _mm_shuffle_epi8(_mm_load_si128(quarters), column.quarters[0]);
  const Register b = _mm_shuffle_epi8(_mm_load_si128(quarters + 1), column.quarters[1]);
  const Register c = _mm_shuffle_epi8(_mm_load_si128(quarters + 2), column.quarters[2]);
  const Register d = _mm_shuffle_epi8(_mm_load_si128(quarters + 3), column.quarters[3]);
  return _mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d));
}

}  // namespace

__attribute__((target("ssse3"))) void align_lanes_ssse3(const LaneTable& table,
                                                        const uint8_t* symbols, size_t length,
                                                        uint8_t* steps) {
  Register rows[3][kColumns + 1];
  Register column[kColumns], alone[kColumns];
  Column columns[kColumns];
  rows[0][0] = _mm_setzero_si128();
  for (size_t j = 0; j < length; ++j) {
    column[j] = _mm_load_si128(reinterpret_cast<const Register*>(symbols + j * kLanes));
    for (int quarter = 0; quarter < 4; ++quarter) {
      const Register is_here = _mm_cmpeq_epi8(_mm_and_si128(column[j], _mm_set1_epi8(0x30)),
                                              _mm_set1_epi8(static_cast<char>(quarter << 4)));
      columns[j].quarters[quarter] =
          _mm_or_si128(_mm_and_si128(column[j], _mm_set1_epi8(15)),
                       _mm_andnot_si128(is_here, _mm_set1_epi8(static_cast<char>(0x80))));
    }
    alone[j] = look_up(table.other_alone_.data(), columns[j]);
    rows[0][j + 1] = _mm_adds_epu8(rows[0][j], alone[j]);
  }
  for (size_t i = 0; i < table.size_; ++i) {
    const Register* const above = rows[i % 3];
    const Register* const before = rows[(i + 2) % 3];
    Register* const row = rows[(i + 1) % 3];
    const Register own_alone = _mm_set1_epi8(static_cast<char>(table.alone_[i]));
    row[0] = _mm_adds_epu8(above[0], own_alone);
    for (size_t j = 0; j < length; ++j) {
      Register best = _mm_adds_epu8(above[j], look_up(table.pair_[i].data(), columns[j]));
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
