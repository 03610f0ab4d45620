// Learns how Chinese characters sound where they spell foreign words: each character of a word stands for a chunk of its Latin
// sounds, and which chunks it stands for is learned by expectation-maximisation over best segmentations, beginning with its
// Mandarin reading. Prints src/names/foreign_sounds.cc: for each character that is frequent enough, of its chunks the one that
// is nearest to all of them.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "names/analyse.h"
#include "names/channel.h"
#include "names/unicode.h"
#include "run.h"
#include "sets.h"

namespace entente::bench {
namespace {

using names::Writing;

constexpr size_t kChunkMax = 5;
constexpr int kRounds = 6;
constexpr double kSeenLeast = 4;   // times that a character must have been seen
constexpr double kNothing = 1e-4;  // the share of chunks that were not seen, over all
constexpr double kLeast =
    -4.5;  // log-probability a character, below which a pair is an error of the source

struct Sample {
  std::u32string native;
  std::string latin;
};
using Chunks = std::unordered_map<std::string, double>;
using Model = std::unordered_map<char32_t, Chunks>;

double first_guess(char32_t c, const std::string& chunk) {
  const std::string read = names::pinyin_sound(names::pinyin(c));
  if (chunk.empty()) return -6;
  return -1.0 - 1.2 * static_cast<double>(
                          names::deficit(read, Writing::kLatin, chunk, Writing::kLatin, 20));
}

// The log-probability of a chunk.
double log_of(const Model& model, char32_t c, const std::string& chunk) {
  const auto known = model.find(c);
  double seen = 0;
  if (known != model.end()) {
    const auto it = known->second.find(chunk);
    if (it != known->second.end()) seen = it->second;
  }
  const double guess = std::exp(std::max(first_guess(c, chunk), -14.0));
  return known == model.end() ? std::log(guess) : std::log(seen + kNothing + 0.02 * guess);
}

// The best segmentation's chunks, and its log-probability.
double segment(const Model& model, const Sample& sample, std::vector<std::string>* chunks) {
  const size_t n = sample.native.size(), m = sample.latin.size();
  std::vector<std::vector<double>> best(n + 1, std::vector<double>(m + 1, -1e9));
  std::vector<std::vector<size_t>> from(n + 1, std::vector<size_t>(m + 1, 0));
  best[0][0] = 0;
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = 0; j <= m; ++j) {
      if (best[i][j] < -1e8) continue;
      for (size_t length = 0; length <= kChunkMax && j + length <= m; ++length) {
        const double value =
            best[i][j] + log_of(model, sample.native[i], sample.latin.substr(j, length));
        if (value <= best[i + 1][j + length]) continue;
        best[i + 1][j + length] = value;
        from[i + 1][j + length] = length;
      }
    }
  }
  chunks->assign(n, "");
  if (best[n][m] < -1e8) return -1e9;
  for (size_t i = n, j = m; i > 0; --i) {
    (*chunks)[i - 1] = sample.latin.substr(j - from[i][j], from[i][j]);
    j -= from[i][j];
  }
  return best[n][m];
}

std::vector<Sample> samples_of(const std::string& directory) {
  std::vector<Sample> out;
  for (const TokenPair& pair : read_token_pairs(directory, Half::kTrain)) {
    if (pair.script != "zh") continue;
    Sample one;
    bool is_whole = true;
    for (const char32_t c : names::fold(pair.native, 40)) {
      is_whole = is_whole && names::script_of(c) == names::Script::kHan;
      one.native += names::simplified(c);
    }
    for (const names::Form& form : names::analyse(pair.latin, names::Kind::kPerson)) {
      if (form.slots == 1) one.latin = form.words.front().sound;
    }
    if (is_whole && one.native.size() > 1 && one.native.size() <= 10 && one.latin.size() > 1)
      out.push_back(std::move(one));
  }
  return out;
}

// Of the chunks the one from which all are least far, each with its share.
std::string middle_of(const Chunks& chunks) {
  std::string best;
  double least = 1e9;
  for (const auto& [one, weight] : chunks) {
    if (weight < 0.01 || one.empty()) continue;
    double sum = 0;
    for (const auto& [other, share] : chunks)
      sum += share *
             static_cast<double>(names::deficit(one, Writing::kLatin, other, Writing::kLatin, 12));
    if (sum < least || (sum == least && one < best)) {
      least = sum;
      best = one;
    }
  }
  return best;
}

}  // namespace

int learn_sounds(const NamesArguments& arguments) {
  const std::vector<Sample> samples = samples_of(arguments.data);
  Model model;
  std::unordered_map<char32_t, double> seen;
  std::vector<std::string> chunks;
  for (int round = 0; round < kRounds; ++round) {
    Model counts;
    seen.clear();
    size_t used = 0;
    for (const Sample& sample : samples) {
      const double value = segment(model, sample, &chunks);
      if (value / static_cast<double>(sample.native.size()) < kLeast) continue;
      ++used;
      for (size_t i = 0; i < chunks.size(); ++i) {
        counts[sample.native[i]][chunks[i]] += 1;
        seen[sample.native[i]] += 1;
      }
    }
    for (auto& [c, list] : counts) {
      for (auto& [chunk, value] : list) value /= seen[c] + 1;
    }
    model = std::move(counts);
    std::fprintf(stderr, "round %d: %zu of %zu pairs\n", round, used, samples.size());
  }
  fmt::print(
      "// How Chinese characters sound in foreign words, learned by `bench_names sounds` from its "
      "training half. length: data.\n"
      "#include \"names/sound.h\"\n\nnamespace entente::names {{\n\n"
      "const std::u32string_view kForeignCharacters =\n    U\"");
  std::map<char32_t, std::string> learned;
  for (const auto& [c, list] : model) {
    if (seen[c] < kSeenLeast) continue;
    if (std::string sound = middle_of(list); !sound.empty()) learned[c] = std::move(sound);
  }
  size_t column = 0;
  for (const auto& [c, sound] : learned) {
    fmt::print("{}", names::to_utf8(std::u32string_view(&c, 1)));
    if (++column % 45 == 0) fmt::print("\"\n    U\"");
  }
  fmt::print("\";\nconst std::string_view kForeignSounds =\n    \"");
  column = 0;
  for (const auto& [c, sound] : learned) {
    fmt::print("{} ", sound);
    if (++column % 24 == 0) fmt::print("\"\n    \"");
  }
  fmt::print("\";\n\n}}  // namespace entente::names\n");
  return 0;
}

}  // namespace entente::bench
