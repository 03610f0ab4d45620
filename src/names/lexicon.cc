// One hash table over all words and, for scripts without spaces, one by first character.
#include "names/lexicon.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "names/unicode.h"

namespace entente::names {
namespace {

struct Lexicon {
  std::unordered_map<std::string, Meaning> words;
  std::unordered_map<char32_t, std::vector<std::pair<std::u32string, Meaning>>> unspaced;
  std::vector<std::string> english{""};
  size_t words_max = 1;
};

Role role_of(std::string_view text) {
  if (text == "legal") return Role::kLegal;
  if (text == "title") return Role::kTitle;
  if (text == "particle") return Role::kParticle;
  if (text == "number") return Role::kNumber;
  return Role::kWord;
}

void add(Lexicon& lexicon, std::string_view word, Meaning meaning) {
  const std::u32string folded = fold(word, 256);
  std::string key;
  std::u32string plain;
  for (const char32_t c : folded) {
    if (is_mark(c)) continue;
    const std::string_view latin = plain_latin(c);
    if (!latin.empty()) {
      key += latin;
    } else {
      append_utf8(key, simplified(c));
    }
    plain += simplified(c);
  }
  lexicon.words.emplace(key, meaning);
  lexicon.words_max =
      std::max<size_t>(lexicon.words_max, static_cast<size_t>(std::ranges::count(key, ' ')) + 1);
  const Script script = script_of(plain.empty() ? U' ' : plain.front());
  if (script == Script::kHan || script == Script::kHangul || script == Script::kKana)
    lexicon.unspaced[plain.front()].emplace_back(plain, meaning);
}

const Lexicon& lexicon() {
  static const Lexicon table = [] {
    Lexicon made;
    std::unordered_map<std::string_view, uint16_t> numbers;  // by role and English word
    for (const std::string_view text : {kLexiconText, kLexiconMore}) {
      for (const std::string_view line : split(text, '\n')) {
        const size_t colon = line.find(':'), space = line.find(' ');
        if (colon == std::string_view::npos || space > colon) continue;
        const auto [it, is_new] =
            numbers.emplace(line.substr(0, colon), static_cast<uint16_t>(made.english.size()));
        if (is_new) made.english.emplace_back(line.substr(space + 1, colon - space - 1));
        const Meaning meaning{it->second, role_of(line.substr(0, space))};
        for (const std::string_view word : split(line.substr(colon + 1), '|')) {
          if (const std::string_view one = trim(word); !one.empty()) add(made, one, meaning);
        }
      }
    }
    for (auto& [first, list] : made.unspaced)
      std::ranges::sort(
          list, [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
    return made;
  }();
  return table;
}

}  // namespace

Meaning meaning_of(std::string_view words) {
  const auto it = lexicon().words.find(std::string(words));
  return it == lexicon().words.end() ? Meaning{} : it->second;
}

size_t leading_word(std::u32string_view text, Meaning* meaning) {
  if (text.empty()) return 0;
  const auto it = lexicon().unspaced.find(text.front());
  if (it == lexicon().unspaced.end()) return 0;
  for (const auto& [word, found] : it->second) {
    if (!text.starts_with(word)) continue;
    *meaning = found;
    return word.size();
  }
  return 0;
}

size_t lexicon_words_max() { return lexicon().words_max; }

std::string_view meaning_word(uint16_t number) {
  return number < lexicon().english.size() ? std::string_view(lexicon().english[number]) : "";
}

}  // namespace entente::names
