// Words that names are made of in many languages: legal forms, titles, particles, ordinals, and
// words of companies that are translated rather than spelled (technology, 科技, технологии).
//
// A word of the lexicon belongs to a meaning; words of one meaning are one word to the matcher.
// Threads: read-only after the first call.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace entente::names {

enum class Role : uint8_t {
  kWord,
  kParticle,  // al, bin, van, de: mostly left out or run together
  kTitle,     // Dr, Haji, General: says nothing of who it is
  kLegal,     // Ltd, GmbH, 有限公司
  kInitial,   // one letter
  kNumber,
};

struct Meaning {
  uint16_t number = 0;  // 0: not in the lexicon
  Role role = Role::kWord;
};

// One or several words, folded and without diacritics, one space between them.
Meaning meaning_of(std::string_view words);
// The longest word of the lexicon that the text begins with, in characters; 0 if there is none.
size_t leading_word(std::u32string_view text, Meaning* meaning);
// How many words an entry has at most.
size_t lexicon_words_max();
// The English word of a meaning, as explanations show it.
std::string_view meaning_word(uint16_t number);

// Data of lexicon_words.cc: lines "role english: word|word".
extern const std::string_view kLexiconText, kLexiconMore;

}  // namespace entente::names
