// Latin words in the sound alphabet, Mandarin syllables and their spellings.
//
// Latin letters are kept as they are: what a spelling means (j in Spanish, German, English) is not
// for rules here to decide but for the learned channels (channel.h). Only letter pairs that stand
// for one sound in nearly every language become one symbol.
#include "names/sound.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"

namespace entente::names {
namespace {

struct Digraph {
  std::string_view letters, symbols;
};
// Longest first.
constexpr Digraph kDigraphs[] = {
    {"tsch", "C"}, {"dsch", "J"}, {"shch", "S"}, {"sch", "S"}, {"tch", "C"},
    {"dzh", "J"},  {"tch", "C"},  {"tsz", "E"},  {"sh", "S"},  {"ch", "C"},
    {"zh", "Z"},   {"kh", "X"},   {"gh", "G"},   {"th", "T"},  {"ph", "f"},
    {"ck", "k"},   {"ts", "E"},   {"tz", "E"},   {"dj", "J"},  {"dh", "d"},
    {"bh", "b"},   {"qu", "kw"},  {"oo", "u"},   {"ee", "i"},  {"x", "ks"},
};

constexpr std::string_view kInitials[] = {"zh", "ch", "sh", "b", "p", "m", "f", "d",
                                          "t",  "n",  "l",  "g", "k", "h", "j", "q",
                                          "x",  "r",  "z",  "c", "s", "y", "w", ""};
constexpr std::string_view kFinals[] = {
    "a",  "o",  "e",   "ai", "ei",  "ao", "ou",   "an", "en",   "ang", "eng",  "ong",
    "er", "i",  "ia",  "ie", "iao", "iu", "ian",  "in", "iang", "ing", "iong", "u",
    "ua", "uo", "uai", "ui", "uan", "un", "uang", "ue", "v",    "ve"};

std::string wade_giles_final(std::string_view initial, std::string_view final_part) {
  const bool is_palatal = initial == "j" || initial == "q" || initial == "x";
  if (final_part == "ong") return "ung";
  if (final_part == "ian") return "ien";
  if (final_part == "ie") return "ieh";
  if (final_part == "ve" || final_part == "ue") return "ueh";
  if (final_part == "iong") return "iung";
  if (final_part == "v") return "u";
  if (final_part == "uo" && initial != "g" && initial != "k" && initial != "h" && initial != "sh")
    return "o";
  if (final_part == "ui" && (initial == "g" || initial == "k")) return "uei";
  if (final_part == "e" && (initial == "g" || initial == "k" || initial == "h")) return "o";
  if (final_part == "er") return "erh";
  if (final_part == "i" &&
      (initial == "zh" || initial == "ch" || initial == "sh" || initial == "r"))
    return "ih";
  if (final_part == "i" && (initial == "z" || initial == "c" || initial == "s")) return "u";
  if (is_palatal && final_part == "uan") return "uan";
  return std::string(final_part);
}

std::string_view wade_giles_initial(std::string_view initial, std::string_view final_part) {
  static const std::unordered_map<std::string_view, std::string_view> table = {
      {"b", "p"},  {"d", "t"},   {"g", "k"},  {"j", "ch"}, {"q", "ch"},
      {"x", "hs"}, {"zh", "ch"}, {"z", "ts"}, {"c", "ts"}, {"r", "j"}};
  if ((initial == "z" || initial == "c") && final_part == "i") return "tz";
  if (initial == "s" && final_part == "i") return "ss";
  const auto it = table.find(initial);
  return it == table.end() ? initial : it->second;
}

// Pinyin syllable -> Wade-Giles, and back (one spelling may mean several).
struct Syllables {
  std::unordered_map<std::string, std::string> to_wade_giles;
  std::unordered_map<std::string, std::vector<std::string>> to_pinyin;
};

// Every combination counts as a syllable, whether Mandarin has it or not: none of the others occurs.
const Syllables& syllables() {
  static const Syllables table = [] {
    Syllables made;
    for (const std::string_view initial : kInitials) {
      for (const std::string_view final_part : kFinals) {
        const bool has_medial = final_part[0] == 'i' && final_part.size() > 1 &&
                                final_part != "in" && final_part != "ing";
        if (initial.empty() && (has_medial || final_part[0] == 'u' || final_part[0] == 'v' ||
                                final_part[0] == 'i' || final_part == "ong"))
          continue;
        if ((initial == "y" || initial == "w") && (has_medial || final_part == "er")) continue;
        const std::string pinyin_form = std::string(initial) + std::string(final_part);
        std::string other = std::string(wade_giles_initial(initial, final_part)) +
                            wade_giles_final(initial, final_part);
        if (pinyin_form == "yi") other = "i";
        if (pinyin_form == "yan") other = "yen";
        if (pinyin_form == "ye") other = "yeh";
        if (pinyin_form == "you") other = "yu";
        if (pinyin_form == "yong") other = "yung";
        made.to_wade_giles[pinyin_form] = other;
        made.to_pinyin[other].push_back(pinyin_form);
      }
    }
    return made;
  }();
  return table;
}

// Cuts a word into known syllables, the longest first, with a way back; empty if it cannot be cut.
template <class Known>
bool cut_syllables(std::string_view word, const Known& known, std::vector<std::string_view>& out) {
  if (word.empty()) return !out.empty();
  if (out.size() == 4) return false;
  for (size_t length = std::min<size_t>(6, word.size()); length > 0; --length) {
    if (!known(std::string(word.substr(0, length)))) continue;
    out.push_back(word.substr(0, length));
    if (cut_syllables(word.substr(length), known, out)) return true;
    out.pop_back();
  }
  return false;
}

}  // namespace

bool is_vowel(char symbol) {
  switch (symbol) {
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'u':
    case 'y':
    case 'U':
    case 'O':
    case '@':
      return true;
    default:
      return false;
  }
}

std::string latin_sound(std::string_view word) {
  std::string out;
  for (size_t i = 0; i < word.size() && out.size() < kSoundMax;) {
    const Digraph* found = nullptr;
    for (const Digraph& one : kDigraphs) {
      if (word.substr(i).starts_with(one.letters)) {
        found = &one;
        break;
      }
    }
    const std::string_view symbols = found != nullptr ? found->symbols : word.substr(i, 1);
    for (const char symbol : symbols) {
      if (out.empty() || out.back() != symbol) out += symbol;
    }
    i += found != nullptr ? found->letters.size() : 1;
  }
  if (out.size() > kSoundMax) out.resize(kSoundMax);
  return out;
}

std::string short_romaji(std::string_view word) {
  static constexpr std::string_view kHeads[] = {
      "ky", "gy", "sh", "sy", "ch", "ty", "ny", "hy", "by", "py", "my", "ry", "ts", "jy", "k", "g",
      "s",  "z",  "j",  "t",  "d",  "n",  "h",  "b",  "p",  "f",  "m",  "y",  "r",  "w",  "v", ""};
  std::string out;
  bool is_changed = false;
  for (size_t i = 0; i < word.size();) {
    if (word[i] == 'n' && (i + 1 == word.size() || !is_vowel(word[i + 1]))) {  // the syllabic n
      out += word[i++];
      continue;
    }
    if (i + 1 < word.size() && word[i] == word[i + 1] && !is_vowel(word[i]))
      ++i;  // a double consonant
    size_t length = 0;
    for (const std::string_view head : kHeads) {
      if (!word.substr(i).starts_with(head)) continue;
      length = head.size();
      break;
    }
    if (i + length >= word.size()) return {};
    const char vowel = word[i + length];
    if (vowel != 'a' && vowel != 'i' && vowel != 'u' && vowel != 'e' && vowel != 'o') return {};
    out += word.substr(i, length + 1);
    i += length + 1;
    const char next = i < word.size() ? word[i] : 0;
    const bool is_long =
        (vowel == 'o' && (next == 'u' || next == 'o')) || (vowel == 'u' && next == 'u') ||
        (vowel == 'o' && next == 'h' && (i + 1 == word.size() || !is_vowel(word[i + 1])));
    if (is_long) {
      is_changed = true;
      ++i;
    }
  }
  return is_changed ? latin_sound(out) : std::string();
}

std::string pinyin_sound(std::string_view syllable) {
  std::string letters(syllable);
  for (char& c : letters) c = c == 'v' ? 'u' : c;
  return latin_sound(letters);
}

std::string foreign_syllable(char32_t character, std::string_view syllable) {
  static const std::unordered_map<char32_t, std::string_view> table = [] {
    std::unordered_map<char32_t, std::string_view> made;
    const std::vector<std::string_view> sounds = split(kForeignSounds, ' ');
    for (size_t i = 0; i < kForeignCharacters.size() && i < sounds.size(); ++i)
      made.emplace(kForeignCharacters[i], sounds[i]);
    for (const char32_t c : U"尔儿耳") made[c] = "R";
    return made;
  }();
  const auto it = table.find(character);
  return it != table.end() ? std::string(it->second) : pinyin_sound(syllable);
}

std::string wade_giles(std::string_view syllable) {
  const auto it = syllables().to_wade_giles.find(std::string(syllable));
  return it == syllables().to_wade_giles.end() ? std::string(syllable) : it->second;
}

std::vector<std::string> respelled_chinese(std::string_view word) {
  std::vector<std::string> out;
  if (word.size() < 2 || word.size() > 20) return out;
  const Syllables& table = syllables();
  std::vector<std::string_view> parts;
  if (cut_syllables(
          word, [&](const std::string& s) { return table.to_wade_giles.contains(s); }, parts)) {
    std::string other;
    for (const std::string_view part : parts) other += table.to_wade_giles.at(std::string(part));
    if (other != word) out.push_back(other);
  }
  parts.clear();
  if (cut_syllables(
          word, [&](const std::string& s) { return table.to_pinyin.contains(s); }, parts)) {
    std::vector<std::string> all{""};
    for (const std::string_view part : parts) {
      std::vector<std::string> next;
      for (const std::string& head : all) {
        for (const std::string& one : table.to_pinyin.at(std::string(part)))
          if (next.size() < 4) next.push_back(head + one);
      }
      all = std::move(next);
    }
    for (std::string& one : all) {
      if (one != word) out.push_back(std::move(one));
    }
  }
  return out;
}

}  // namespace entente::names
