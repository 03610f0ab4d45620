// Chunks are numbered, so that a pair of them is one key. A word's chunks are looked up once; then each cell of the alignment
// looks up the few pairs of chunks that end there and are known on both sides.
#include "names/phrases.h"

#include <algorithm>
#include <array>
#include <bit>
#include <memory>

#include "base/text.h"

namespace entente::names {
namespace {

// 7 bits a symbol.
uint32_t chunk_key(std::string_view chunk) {
  uint32_t key = 0;
  for (const char symbol : chunk) key = key << 7 | static_cast<uint8_t>(symbol);
  return key;
}

using PhraseTables = std::array<std::unique_ptr<Phrases>, kWritings>;

std::vector<Phrase> read_phrases(std::string_view block) {
  std::vector<Phrase> out;
  for (const std::string_view line : split(block, '\n')) {
    const std::vector<std::string_view> parts = split(line, ' ');
    for (size_t i = 0; i + 2 < parts.size(); i += 3)
      out.push_back({parts[i], parts[i + 1], table_value(parts[i + 2].front())});
  }
  return out;
}

PhraseTables& phrase_tables() {
  static PhraseTables made = [] {
    PhraseTables all;
    for (auto& one : all) one = std::make_unique<Phrases>(std::span<const Phrase>());
    std::string_view rest = kPhraseText;
    while (rest.size() > 4 && rest.starts_with("\n= ")) {
      const auto writing = static_cast<size_t>(rest[3] - '0');
      rest.remove_prefix(4);
      const std::string_view block = rest.substr(0, rest.find("\n= "));
      if (writing < kWritings) all[writing] = std::make_unique<Phrases>(read_phrases(block));
      rest.remove_prefix(block.size());
    }
    return all;
  }();
  return made;
}

}  // namespace

template <class Value>
void Phrases::FlatMap<Value>::reserve(size_t count) {
  places_.assign(std::bit_ceil(2 * count + 2), {});
}

template <class Value>
Value* Phrases::FlatMap<Value>::insert(uint32_t key) {
  size_t at = place_of(key);
  while (places_[at].key != 0 && places_[at].key != key) at = (at + 1) & (places_.size() - 1);
  places_[at].key = key;
  return &places_[at].value;
}

Phrases::Phrases(std::span<const Phrase> phrases) {
  if (phrases.empty()) return;
  natives_.reserve(phrases.size());
  latins_.reserve(phrases.size());
  pairs_.reserve(phrases.size());
  uint16_t natives = 0, latins = 0;
  for (const Phrase& phrase : phrases) {
    if (phrase.native.empty() || phrase.native.size() > kChunkMax || phrase.latin.empty() ||
        phrase.latin.size() > kChunkMax || natives == UINT16_MAX || latins == UINT16_MAX)
      continue;
    uint16_t& native = *natives_.insert(chunk_key(phrase.native));
    if (native == 0) native = ++natives;
    uint16_t& latin = *latins_.insert(chunk_key(phrase.latin));
    if (latin == 0) latin = ++latins;
    *pairs_.insert(uint32_t{native} << 16 | latin) = phrase.log_odds;
  }
}

void Phrases::find_chunks(const FlatMap<uint16_t>& chunks, std::string_view word, Ends& ends) {
  for (size_t end = 1; end <= word.size(); ++end) {
    for (size_t length = 1; length <= kChunkMax; ++length) {
      const uint16_t* const found =
          length <= end ? chunks.find(chunk_key(word.substr(end - length, length))) : nullptr;
      ends[end][length - 1] = found == nullptr ? uint16_t{0} : *found;
    }
  }
}

float Phrases::align(const Channel& channel, std::string_view native,
                     std::string_view latin) const {
  Ends native_ends, latin_ends;
  find_chunks(natives_, native, native_ends);
  find_chunks(latins_, latin, latin_ends);
  std::array<std::array<float, kSoundMax + 1>, kSoundMax + 1> best;
  best[0][0] = 0;
  for (size_t j = 1; j <= latin.size(); ++j)
    best[0][j] = best[0][j - 1] + channel.latin_alone[symbol_index(latin[j - 1])];
  for (size_t i = 1; i <= native.size(); ++i) {
    const uint8_t own = symbol_index(native[i - 1]);
    best[i][0] = best[i - 1][0] + channel.native_alone[own];
    for (size_t j = 1; j <= latin.size(); ++j) {
      const uint8_t other = symbol_index(latin[j - 1]);
      float value = std::max({best[i - 1][j - 1] + channel.pair[own][other],
                              best[i - 1][j] + channel.native_alone[own],
                              best[i][j - 1] + channel.latin_alone[other]});
      for (size_t n = 1; n <= std::min(i, kChunkMax); ++n) {
        if (native_ends[i][n - 1] == 0) continue;
        for (size_t m = 1; m <= std::min(j, kChunkMax); ++m) {
          if (latin_ends[j][m - 1] == 0) continue;
          const float* const phrase =
              pairs_.find(uint32_t{native_ends[i][n - 1]} << 16 | latin_ends[j][m - 1]);
          if (phrase != nullptr) value = std::max(value, best[i - n][j - m] + *phrase);
        }
      }
      best[i][j] = value;
    }
  }
  return best[native.size()][latin.size()];
}

const Phrases& phrases_of(Writing writing) {
  return *phrase_tables()[static_cast<size_t>(writing)];
}

void replace_phrases(Writing writing, std::span<const Phrase> phrases) {
  phrase_tables()[static_cast<size_t>(writing)] = std::make_unique<Phrases>(phrases);
}

float close_deficit(std::string_view a, Writing a_writing, std::string_view b, Writing b_writing,
                    float limit) {
  constexpr float kGainMax = 4.0F;  // more than phrases hardly ever take off
  const bool is_pair = (a_writing == Writing::kLatin) != (b_writing == Writing::kLatin);
  if (!is_pair) return deficit(a, a_writing, b, b_writing, limit);
  if (a_writing == Writing::kLatin) {
    std::swap(a, b);
    std::swap(a_writing, b_writing);
  }
  const Phrases& phrases = phrases_of(a_writing);
  if (phrases.is_empty()) return deficit(a, a_writing, b, b_writing, limit);
  const float plain = deficit(a, a_writing, b, b_writing, limit + kGainMax);
  if (plain == kDeficitMax || plain == 0) return plain;
  const Channel& channel = channel_of(a_writing);
  float sum = 0;
  for (const char symbol : a) sum += channel.native_best[symbol_index(symbol)];
  for (const char symbol : b) sum += channel.latin_best[symbol_index(symbol)];
  const float found =
      std::clamp(kDeficitScale * (sum / 2 - phrases.align(channel, a, b)), 0.0F, plain);
  return found > limit ? kDeficitMax : found;
}

}  // namespace entente::names
