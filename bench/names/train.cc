// Learns the tables of src/names/channel.h from word pairs of the training half: words are aligned under the current tables,
// what stands for what is counted, and the counts make the next tables (expectation-maximisation by best alignments).
// Pairs that align no better than chance are left out as errors of the source. Prints src/names/channel_tables.cc.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "names/analyse.h"
#include "names/channel.h"
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

// Adds what the best alignment pairs; nothing if it is no better than chance.
void count(const Channel& channel, const SoundPair& words, double least, Counts* counts) {
  const size_t n = words.native.size(), m = words.latin.size();
  std::vector<std::vector<float>> best(n + 1, std::vector<float>(m + 1, 0));
  for (size_t i = 0; i <= n; ++i) {
    for (size_t j = 0; j <= m; ++j) {
      if (i == 0 && j == 0) continue;
      float value = -1e9F;
      if (i > 0)
        value = std::max(value,
                         best[i - 1][j] + channel.native_alone[symbol_index(words.native[i - 1])]);
      if (j > 0)
        value =
            std::max(value, best[i][j - 1] + channel.latin_alone[symbol_index(words.latin[j - 1])]);
      if (i > 0 && j > 0)
        value = std::max(
            value,
            best[i - 1][j - 1] +
                channel.pair[symbol_index(words.native[i - 1])][symbol_index(words.latin[j - 1])]);
      best[i][j] = value;
    }
  }
  if (static_cast<double>(best[n][m]) < least) return;
  for (size_t i = n, j = m; i > 0 || j > 0;) {
    const uint8_t s = i > 0 ? symbol_index(words.native[i - 1]) : 0,
                  t = j > 0 ? symbol_index(words.latin[j - 1]) : 0;
    if (i > 0 && j > 0 && best[i][j] == best[i - 1][j - 1] + channel.pair[s][t]) {
      counts->pair[s][t] += words.weight;
      --i, --j;
    } else if (i > 0 && best[i][j] == best[i - 1][j] + channel.native_alone[s]) {
      counts->native_alone[s] += words.weight;
      --i;
    } else {
      counts->latin_alone[t] += words.weight;
      --j;
    }
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

void print_table(Writing writing, const Channel& channel) {
  const auto value = [](float x) {
    return static_cast<char>(
        '0' + static_cast<int>(std::lround((std::clamp(x, -6.0F, 6.0F) + 6.0F) / 0.2F)));
  };
  fmt::print("= {}\n  {}-\n", static_cast<int>(writing), kRows);
  for (const char a : kRows) {
    std::string row;
    for (const char b : kRows) row += value(channel.pair[symbol_index(a)][symbol_index(b)]);
    fmt::print("{} {}{}\n", a, row, value(channel.native_alone[symbol_index(a)]));
  }
  std::string row;
  for (const char b : kRows) row += value(channel.latin_alone[symbol_index(b)]);
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
  fmt::print(
      "// The learned tables of channel.h, made by `bench_names train`. length: data.\n//\n"
      "// For each writing its symbols in rows, Latin symbols in columns, '-' for nothing; a "
      "character is a value in steps of\n"
      "// 0.2 from '0', which is -6.\n#include \"names/channel.h\"\n\nnamespace entente::names "
      "{{\n\nconst std::string_view kChannelTables = R\"(");
  print_table(Writing::kLatin, learn(alias_pairs(arguments), true));
  for (const Script& script : kScripts) {
    std::vector<SoundPair> pairs;
    for (const TokenPair& token : tokens) {
      if (token.script != script.name) continue;
      const std::string native = sound_of(token.native, script.reading),
                        latin = sound_of(token.latin, names::Reading::kAsWritten);
      if (!native.empty() && !latin.empty()) pairs.push_back({native, latin});
    }
    std::fprintf(stderr, "%s: %zu pairs\n", std::string(script.name).c_str(), pairs.size());
    print_table(script.writing, learn(pairs, false));
  }
  fmt::print(")\";\n\n}}  // namespace entente::names\n");
  return 0;
}

}  // namespace entente::bench
