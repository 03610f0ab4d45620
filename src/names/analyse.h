// A name as written, taken apart: words, their sounds, what part they play.
//
// A name may be read in several ways (Chinese characters in Mandarin, in Japanese, as the spelling
// of a foreign word): each way is a form. Words of a form may have alternatives (spellings of one
// reading), which share a slot.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "names/entity.h"
#include "names/lexicon.h"
#include "names/sound.h"

namespace entente::names {

inline constexpr size_t kWordsMax = 16;         // slots of a form; further words are left out
inline constexpr size_t kAlternativesMax = 12;  // of one slot
inline constexpr size_t kFormsMax = 5;
inline constexpr size_t kNameCharactersMax = 300;

struct Word {
  std::string sound;  // symbols of sound.h; for kHanText the characters (UTF-8, simplified)
  Writing writing = Writing::kLatin;
  Role role = Role::kWord;
  uint16_t meaning = 0;
  uint8_t slot = 0;
  std::string surface;  // as written, folded: for explanations
};

enum class Reading : uint8_t { kAsWritten, kMandarin, kJapanese, kForeign, kSplit, kCharacters };

struct Form {
  Reading reading = Reading::kAsWritten;
  std::vector<Word> words;  // in order of their slots
  uint8_t slots = 0;
};

// All ways to read the name; none if it has no letters. `kind` guides how Chinese, Japanese and
// Korean names are cut into words.
std::vector<Form> analyse(std::string_view name, Kind kind);

}  // namespace entente::names
