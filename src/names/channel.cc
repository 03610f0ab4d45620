// Three rows of the alignment are kept. A cell costs three additions and two comparisons; before that
// a bound from the lengths alone turns most words away.
//
// Two words of different writings, neither Latin, are compared through a table that is composed of
// both: p(s, t) = sum over Latin letters l of p_a(s, l) p_b(t, l) / p(l).
#include "names/channel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/text.h"

namespace entente::names {
namespace {

constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789SCZJEXGTARUO@";
int group_of(char symbol) {
  switch (symbol) {
    case 'b':
    case 'p':
    case 'f':
    case 'v':
    case 'w':
      return 1;
    case 't':
    case 'd':
    case 'T':
      return 2;
    case 'k':
    case 'g':
    case 'q':
    case 'c':
    case 'X':
    case 'G':
      return 3;
    case 's':
    case 'z':
    case 'S':
    case 'Z':
    case 'C':
    case 'J':
    case 'j':
    case 'E':
      return 4;
    case 'm':
    case 'n':
      return 5;
    case 'l':
    case 'r':
    case 'R':
      return 6;
    case 'h':
    case 'A':
      return 7;
    default:
      return is_vowel(symbol) ? 8 : 0;
  }
}

float untrained_pair(char a, char b) {
  if (a == b) return is_vowel(a) ? 2.0F : 3.0F;
  const int group = group_of(a);
  if (group != 0 && group == group_of(b)) return group == 8 ? 0.5F : 1.0F;
  if ((a == 'y' && b == 'j') || (a == 'j' && b == 'y')) return 0.5F;
  if ((a == 'w' && b == 'u') || (a == 'u' && b == 'w')) return 0.5F;
  return -4.0F;
}

void read_table(std::string_view block, Channel& channel) {
  const std::vector<std::string_view> lines = split(block, '\n');
  std::string_view columns;
  for (const std::string_view line : lines) {
    if (line.size() < 3) continue;
    const std::string_view values = line.substr(2);
    if (line[0] == ' ') {
      columns = values;
      continue;
    }
    for (size_t i = 0; i < values.size() && i < columns.size(); ++i) {
      const float value = table_value(values[i]);
      if (line[0] == '-') {
        if (columns[i] != '-') channel.latin_alone[symbol_index(columns[i])] = value;
      } else if (columns[i] == '-') {
        channel.native_alone[symbol_index(line[0])] = value;
      } else {
        channel.pair[symbol_index(line[0])][symbol_index(columns[i])] = value;
      }
    }
  }
}

// No sound is less likely to stand for another, or to be left out, than by a slip of the pen.
void raise(Channel& channel, float pair_least, float alone_least) {
  for (const char a : kAlphabet) {
    const uint8_t i = symbol_index(a);
    const bool is_digit = a >= '0' && a <= '9';
    for (const char b : kAlphabet) {
      float& value = channel.pair[i][symbol_index(b)];
      if (!is_digit && (b < '0' || b > '9')) value = std::max(value, pair_least);
    }
    if (is_digit) continue;
    channel.native_alone[i] = std::max(channel.native_alone[i], alone_least);
    channel.latin_alone[i] = std::max(channel.latin_alone[i], alone_least);
  }
}

using Tables = std::array<Channel, kWritings>;

Tables& tables() {
  static const std::unique_ptr<Tables> made = [] {
    auto all = std::make_unique<Tables>();
    all->fill(untrained_channel());
    std::string_view rest = kChannelTables;
    while (!rest.empty()) {  // "= N\n" begins the block of writing N
      const size_t begin = rest.find("= ");
      if (begin == std::string_view::npos || begin + 2 >= rest.size()) break;
      const auto writing = static_cast<size_t>(rest[begin + 2] - '0');
      rest.remove_prefix(begin + 3);
      const size_t end = rest.find("= ");
      if (writing < kWritings) read_table(rest.substr(0, end), (*all)[writing]);
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end);
    }
    for (Channel& channel : *all) {
      // Learned values know no slips of the pen.
      const bool is_own = &channel == &all->front();
      raise(channel, is_own ? -1.5F : -2.5F, is_own ? -2.5F : -3.0F);
      set_bests(channel);
    }
    return all;
  }();
  return *made;
}

// exp of a table's entries, times the share of the letter on the other side, gives p(s | l).
Channel compose(const Channel& a, const Channel& b) {
  Channel out = untrained_channel();
  for (const char s : kAlphabet) {
    for (const char t : kAlphabet) {
      float sum = 0;
      for (const char l : kAlphabet) {
        if (l < 'a' || l > 'z') continue;
        sum += std::exp(a.pair[symbol_index(s)][symbol_index(l)] +
                        b.pair[symbol_index(t)][symbol_index(l)]) *
               0.04F;
      }
      out.pair[symbol_index(s)][symbol_index(t)] = std::clamp(std::log(sum), kTableLowest, 4.0F);
    }
    out.native_alone[symbol_index(s)] = a.native_alone[symbol_index(s)];
    out.latin_alone[symbol_index(s)] = b.native_alone[symbol_index(s)];
  }
  set_bests(out);
  return out;
}

const Channel& composed(Writing a, Writing b) {
  static std::array<std::once_flag, kWritings * kWritings> once;
  static std::array<std::unique_ptr<Channel>, kWritings * kWritings> all;
  const size_t at = static_cast<size_t>(a) * kWritings + static_cast<size_t>(b);
  std::call_once(once[at], [&] {
    all[at] = std::make_unique<Channel>(compose(channel_of(a), channel_of(b)));
  });
  return *all[at];
}

constexpr float kSwap = -4.0F;  // two neighbouring letters changed places

constexpr float kHopeless = -1e9F;

// The best alignment; kHopeless once it is certain that it is below `least`.
float align(const Channel& channel, std::string_view native, std::string_view latin, bool swaps,
            float native_best, float least) {
  std::array<std::array<float, kSoundMax + 1>, 3> rows;
  rows[0][0] = 0;
  for (size_t j = 0; j < latin.size(); ++j)
    rows[0][j + 1] = rows[0][j] + channel.latin_alone[symbol_index(latin[j])];
  for (size_t i = 0; i < native.size(); ++i) {
    const std::array<float, kSoundMax + 1>& above = rows[i % 3];
    const std::array<float, kSoundMax + 1>& before = rows[(i + 2) % 3];
    std::array<float, kSoundMax + 1>& row = rows[(i + 1) % 3];
    const float* const pairs = channel.pair[symbol_index(native[i])];
    const float alone = channel.native_alone[symbol_index(native[i])];
    row[0] = above[0] + alone;
    float best = row[0];
    for (size_t j = 0; j < latin.size(); ++j) {
      const uint8_t other = symbol_index(latin[j]);
      row[j + 1] = std::max(
          {above[j] + pairs[other], above[j + 1] + alone, row[j] + channel.latin_alone[other]});
      if (swaps && i > 0 && j > 0 && native[i] == latin[j - 1] && native[i - 1] == latin[j]) {
        const float both = pairs[symbol_index(native[i])] + channel.pair[other][other];
        row[j + 1] = std::max(row[j + 1], before[j - 1] + both + kSwap);
      }
      best = std::max(best, row[j + 1]);
    }
    native_best -= channel.native_best[symbol_index(native[i])];
    if (best + native_best < least) return kHopeless;
  }
  return rows[native.size() % 3][latin.size()];
}

}  // namespace

Channel untrained_channel() {
  Channel channel{};
  for (const char a : kAlphabet) {
    for (const char b : kAlphabet)
      channel.pair[symbol_index(a)][symbol_index(b)] = untrained_pair(a, b);
    const float alone = a == '@'               ? 0.0F
                        : is_vowel(a)          ? -1.0F
                        : a == 'h' || a == 'A' ? -1.5F
                                               : -3.0F;
    channel.native_alone[symbol_index(a)] = alone;
    channel.latin_alone[symbol_index(a)] = alone;
  }
  set_bests(channel);
  return channel;
}

void set_bests(Channel& channel) {
  for (const char a : kAlphabet) {
    const uint8_t i = symbol_index(a);
    channel.native_best[i] = channel.native_alone[i];
    channel.latin_best[i] = channel.latin_alone[i];
    for (const char b : kAlphabet) {
      channel.native_best[i] = std::max(channel.native_best[i], channel.pair[i][symbol_index(b)]);
      channel.latin_best[i] = std::max(channel.latin_best[i], channel.pair[symbol_index(b)][i]);
    }
  }
}

const Channel& channel_of(Writing writing) { return tables()[static_cast<size_t>(writing)]; }

void replace_channel(Writing writing, const Channel& channel) {
  tables()[static_cast<size_t>(writing)] = channel;
}

PairTable pair_table(Writing own, Writing other) {
  if (own == other) return {channel_of(Writing::kLatin), false};
  if (other == Writing::kLatin) return {channel_of(own), false};
  if (own == Writing::kLatin) return {channel_of(other), true};
  return own < other ? PairTable(composed(own, other), false)
                     : PairTable(composed(other, own), true);
}

float deficit(std::string_view a, Writing a_writing, std::string_view b, Writing b_writing,
              float limit) {
  if (a_writing == b_writing || a == b) {
    if (a == b) return 0;
    a_writing = b_writing = Writing::kLatin;
    if (b < a) std::swap(a, b);  // the table need not be symmetric to the last digit
  }
  if (a_writing == Writing::kLatin || (b_writing != Writing::kLatin && a_writing > b_writing)) {
    std::swap(a, b);
    std::swap(a_writing, b_writing);
  }
  const Channel& channel =
      b_writing == Writing::kLatin ? channel_of(a_writing) : composed(a_writing, b_writing);
  float a_best = 0, b_best = 0;
  for (const char symbol : a) a_best += channel.native_best[symbol_index(symbol)];
  for (const char symbol : b) b_best += channel.latin_best[symbol_index(symbol)];
  // An alignment is never better than the poorer side's best.
  if (kDeficitScale * ((a_best + b_best) / 2 - std::min(a_best, b_best)) > limit)
    return kDeficitMax;
  const float mean = (a_best + b_best) / 2;
  const float best =
      align(channel, a, b, a_writing == b_writing, a_best, mean - limit / kDeficitScale - 0.01F);
  const float found = kDeficitScale * (mean - best);
  return found > limit ? kDeficitMax : std::max(found, 0.0F);
}

}  // namespace entente::names
