// Learns the tables of src/names/channel.h and the phrases of src/names/phrases.h from word pairs of the training half: words are aligned under the current tables,
// what stands for what is counted, and the counts make the next tables (expectation-maximisation by best alignments).
// Pairs that align no better than chance are left out as errors of the source. Phrases are the parts of the last alignments
// that are likelier together than symbol by symbol. Prints src/names/channel_tables.cc, or phrases_data.cc.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "names/analyse.h"
#include "names/channel.h"
#include "names/phrases.h"
#include "run.h"
#include "sets.h"

namespace entente::bench {
namespace {

using names::Channel;
using names::symbol_index;
using names::Writing;

constexpr std::string_view kRows = "abcdefghijklmnopqrstuvwxyzSCZJEXGTARUO@";
constexpr int kRounds = 8;

struct SoundPair {
  std::string native, latin;
  double weight = 1;
};

struct Counts {
  double pair[names::kSymbols][names::kSymbols] = {};
  double native_alone[names::kSymbols] = {};
  double latin_alone[names::kSymbols] = {};
};

// What one step of an alignment takes of each word: a symbol or nothing.
struct Step {
  bool native = false, latin = false;
};

// The best alignment, from the words' beginnings; empty if it is no better than chance.
std::vector<Step> align_words(const Channel& channel, const SoundPair& words, double least) {
  const size_t n = words.native.size(), m = words.latin.size();
  std::vector<std::vector<float>> best(n + 1, std::vector<float>(m + 1, 0));
  const auto native_alone = [&](size_t i) {
    return channel.native_alone[symbol_index(words.native[i - 1])];
  };
  const auto latin_alone = [&](size_t j) {
    return channel.latin_alone[symbol_index(words.latin[j - 1])];
  };
  const auto pair = [&](size_t i, size_t j) {
    return channel.pair[symbol_index(words.native[i - 1])][symbol_index(words.latin[j - 1])];
  };
  for (size_t i = 0; i <= n; ++i) {
    for (size_t j = 0; j <= m; ++j) {
      if (i == 0 && j == 0) continue;
      float value = -1e9F;
      if (i > 0) value = std::max(value, best[i - 1][j] + native_alone(i));
      if (j > 0) value = std::max(value, best[i][j - 1] + latin_alone(j));
      if (i > 0 && j > 0) value = std::max(value, best[i - 1][j - 1] + pair(i, j));
      best[i][j] = value;
    }
  }
  std::vector<Step> steps;
  if (static_cast<double>(best[n][m]) < least) return steps;
  for (size_t i = n, j = m; i > 0 || j > 0;) {
    if (i > 0 && j > 0 && best[i][j] == best[i - 1][j - 1] + pair(i, j)) {
      steps.push_back({true, true});
      --i, --j;
    } else if (i > 0 && best[i][j] == best[i - 1][j] + native_alone(i)) {
      steps.push_back({true, false});
      --i;
    } else {
      steps.push_back({false, true});
      --j;
    }
  }
  std::ranges::reverse(steps);
  return steps;
}

// Adds what the best alignment pairs; nothing if it is no better than chance.
void count(const Channel& channel, const SoundPair& words, double least, Counts* counts) {
  size_t i = 0, j = 0;
  for (const Step& step : align_words(channel, words, least)) {
    const uint8_t s = step.native ? symbol_index(words.native[i]) : 0,
                  t = step.latin ? symbol_index(words.latin[j]) : 0;
    if (step.native && step.latin) {
      counts->pair[s][t] += words.weight;
    } else if (step.native) {
      counts->native_alone[s] += words.weight;
    } else {
      counts->latin_alone[t] += words.weight;
    }
    i += step.native ? 1 : 0;
    j += step.latin ? 1 : 0;
  }
}

float log_odds(double joint, double total, double one, double other) {
  return static_cast<float>(std::clamp(std::log(joint / total / (one * other)), -6.0, 6.0));
}

Channel tables_of(Counts counts, bool is_symmetric) {
  if (is_symmetric) {
    for (const char a : kRows) {
      const uint8_t i = symbol_index(a);
      for (const char b : kRows) {
        const uint8_t j = symbol_index(b);
        if (j <= i) continue;
        const double mean = (counts.pair[i][j] + counts.pair[j][i]) / 2;
        counts.pair[i][j] = counts.pair[j][i] = mean;
      }
      counts.native_alone[i] = counts.latin_alone[i] =
          (counts.native_alone[i] + counts.latin_alone[i]) / 2;
    }
  }
  double total = 0, natives = 0, latins = 0;
  std::map<uint8_t, double> native, latin;
  for (const char a : kRows) {
    const uint8_t i = symbol_index(a);
    for (const char b : kRows) {
      const uint8_t j = symbol_index(b);
      counts.pair[i][j] += a == b ? 3.0 : 0.3;
      total += counts.pair[i][j];
      native[i] += counts.pair[i][j];
      latin[j] += counts.pair[i][j];
    }
    counts.native_alone[i] += 0.5;
    counts.latin_alone[i] += 0.5;
    native[i] += counts.native_alone[i];
    latin[i] += counts.latin_alone[i];
    total += counts.native_alone[i] + counts.latin_alone[i];
  }
  for (const auto& [symbol, value] : native) natives += value;
  for (const auto& [symbol, value] : latin) latins += value;
  Channel out = names::untrained_channel();
  for (const char a : kRows) {
    const uint8_t i = symbol_index(a);
    for (const char b : kRows) {
      const uint8_t j = symbol_index(b);
      out.pair[i][j] = log_odds(counts.pair[i][j], total, native[i] / natives, latin[j] / latins);
    }
    out.native_alone[i] = log_odds(counts.native_alone[i], total, native[i] / natives, 1);
    out.latin_alone[i] = log_odds(counts.latin_alone[i], total, latin[i] / latins, 1);
  }
  names::set_bests(out);
  return out;
}

Channel learn(const std::vector<SoundPair>& pairs, bool is_symmetric) {
  Channel channel = names::untrained_channel();
  for (int round = 0; round < kRounds; ++round) {
    Counts counts;
    for (const SoundPair& pair : pairs) count(channel, pair, round < 2 ? -5 : 1, &counts);
    channel = tables_of(counts, is_symmetric);
  }
  return channel;
}

constexpr double kPhraseSeen = 6, kPhraseGain = 0.5;
constexpr size_t kPhrasesMax = 3'000;

struct PhraseCounts {
  std::map<std::pair<std::string, std::string>, double> together;
  std::map<std::string, double> native, latin;
  double latins = 0;
};

void count_phrases(const SoundPair& words, const std::vector<Step>& steps, PhraseCounts* counts) {
  size_t i = 0, j = 0;
  for (size_t begin = 0; begin < steps.size(); ++begin) {
    size_t n = 0, m = 0;
    for (size_t end = begin; end < steps.size(); ++end) {
      n += steps[end].native ? 1 : 0;
      m += steps[end].latin ? 1 : 0;
      if (n > names::kChunkMax || m > names::kChunkMax) break;
      if (n == 0 || m == 0 || end == begin) continue;
      counts->together[{words.native.substr(i, n), words.latin.substr(j, m)}] += words.weight;
    }
    i += steps[begin].native ? 1 : 0;
    j += steps[begin].latin ? 1 : 0;
  }
  const auto chunks = [&](const std::string& word, std::map<std::string, double>& into) {
    for (size_t at = 0; at < word.size(); ++at) {
      for (size_t length = 1; length <= names::kChunkMax && at + length <= word.size(); ++length)
        into[word.substr(at, length)] += words.weight;
    }
  };
  chunks(words.native, counts->native);
  chunks(words.latin, counts->latin);
  counts->latins += words.weight * static_cast<double>(words.latin.size());
}

char table_character(double value) {
  return static_cast<char>('0' + std::lround((std::clamp(value, -6.0, 9.0) + 6.0) / 0.2));
}

// Prints the phrases of a writing that say at least kPhraseGain more than their symbols.
void print_phrases(Writing writing, const Channel& channel, const std::vector<SoundPair>& pairs) {
  PhraseCounts counts;
  for (const SoundPair& words : pairs) {
    const std::vector<Step> steps = align_words(channel, words, 1);
    if (!steps.empty()) count_phrases(words, steps, &counts);
  }
  const names::Phrases none{{}};
  struct Kept {
    std::string native, latin;
    double log_odds = 0, worth = 0;
  };
  std::vector<Kept> kept;
  for (const auto& [chunks, seen] : counts.together) {
    const auto& [native, latin] = chunks;
    if (seen < kPhraseSeen) continue;
    const double given = (seen - 0.5) / counts.native[native],
                 chance = counts.latin[latin] / counts.latins;
    const double log_odds = std::min(std::log(given / chance), 9.0);
    const double gain = log_odds - static_cast<double>(none.align(channel, native, latin));
    if (gain >= kPhraseGain) kept.push_back({native, latin, log_odds, gain * seen});
  }
  std::ranges::sort(kept, std::greater{}, &Kept::worth);
  if (kept.size() > kPhrasesMax) kept.resize(kPhrasesMax);
  std::ranges::sort(kept, {}, [](const Kept& one) { return std::pair(one.native, one.latin); });
  fmt::print("\n= {}\n", static_cast<int>(writing));
  size_t column = 0;
  for (const Kept& one : kept) {
    fmt::print("{} {} {}{}", one.native, one.latin, table_character(one.log_odds),
               ++column % 12 == 0 || &one == &kept.back() ? '\n' : ' ');
  }
  std::fprintf(stderr, "%zu phrases\n", kept.size());
}

void print_table(Writing writing, const Channel& channel) {
  fmt::print("= {}\n  {}-\n", static_cast<int>(writing), kRows);
  for (const char a : kRows) {
    std::string row;
    for (const char b : kRows)
      row += table_character(channel.pair[symbol_index(a)][symbol_index(b)]);
    fmt::print("{} {}{}\n", a, row, table_character(channel.native_alone[symbol_index(a)]));
  }
  std::string row;
  for (const char b : kRows) row += table_character(channel.latin_alone[symbol_index(b)]);
  fmt::print("- {}\n", row);
}

// The one word of a name of one word, in the reading wanted.
std::string sound_of(const std::string& text, names::Reading reading) {
  for (const names::Form& form : names::analyse(text, names::Kind::kPerson)) {
    if (form.reading == reading && form.slots == 1) return form.words.front().sound;
  }
  return {};
}

std::vector<SoundPair> alias_pairs(const NamesArguments& arguments) {
  std::vector<SoundPair> out;
  for (const auto& [a, b] : read_alias_pairs(arguments.data, Half::kTrain)) {
    const auto left = names::analyse(a, names::Kind::kPerson),
               right = names::analyse(b, names::Kind::kPerson);
    if (left.empty() || right.empty()) continue;
    for (const names::Word& x : left.front().words) {
      const names::Word* nearest = nullptr;
      float least = 9;
      for (const names::Word& y : right.front().words) {
        if (x.role != names::Role::kWord || y.role != names::Role::kWord) continue;
        const float one = names::deficit(x.sound, x.writing, y.sound, y.writing, 9);
        if (one >= least || x.sound.size() < 3 || y.sound.size() < 3) continue;
        least = one;
        nearest = &y;
      }
      if (nearest != nullptr)
        out.push_back({x.sound, nearest->sound, x.sound == nearest->sound ? 0.3 : 1.0});
    }
  }
  return out;
}

}  // namespace

int train(const NamesArguments& arguments) {
  struct Script {
    std::string_view name;
    Writing writing;
    names::Reading reading;
  };
  constexpr Script kScripts[] = {{"ru", Writing::kCyrillic, names::Reading::kAsWritten},
                                 {"ar", Writing::kArabic, names::Reading::kAsWritten},
                                 {"he", Writing::kHebrew, names::Reading::kAsWritten},
                                 {"ja-Kana", Writing::kKana, names::Reading::kAsWritten},
                                 {"ko", Writing::kHangul, names::Reading::kAsWritten},
                                 {"zh", Writing::kForeignHan, names::Reading::kForeign}};
  const std::vector<TokenPair> tokens = read_token_pairs(arguments.data, Half::kTrain);
  if (arguments.phrases) {
    fmt::print(
        "// The learned phrases of phrases.h, made by `bench_names phrases`. length: data.\n"
        "#include \"names/phrases.h\"\n\nnamespace entente::names {{\n\n"
        "const std::string_view kPhraseText = R\"(");
  } else {
    fmt::print(
        "// The learned tables of channel.h, made by `bench_names train`. length: data.\n//\n"
        "// For each writing its symbols in rows, Latin symbols in columns, '-' for nothing; a "
        "character is a value in steps of\n"
        "// 0.2 from '0', which is -6.\n#include \"names/channel.h\"\n\nnamespace entente::names "
        "{{\n\nconst std::string_view kChannelTables = R\"(");
    print_table(Writing::kLatin, learn(alias_pairs(arguments), true));
  }
  for (const Script& script : kScripts) {
    std::vector<SoundPair> pairs;
    for (const TokenPair& token : tokens) {
      if (token.script != script.name) continue;
      const std::string native = sound_of(token.native, script.reading),
                        latin = sound_of(token.latin, names::Reading::kAsWritten);
      if (!native.empty() && !latin.empty()) pairs.push_back({native, latin});
    }
    std::fprintf(stderr, "%s: %zu pairs\n", std::string(script.name).c_str(), pairs.size());
    if (arguments.phrases) {
      print_phrases(script.writing, names::channel_of(script.writing), pairs);
    } else {
      print_table(script.writing, learn(pairs, false));
    }
  }
  fmt::print(")\";\n\n}}  // namespace entente::names\n");
  return 0;
}

}  // namespace entente::bench
