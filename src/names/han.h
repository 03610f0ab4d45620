// Names in Chinese characters, and names in Kana or Hangul without spaces: how they may be cut into
// family and given name, and how they may be read.
//
// Private to analyse.cc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "names/analyse.h"
#include "names/unicode.h"

namespace entente::names {

// A piece of a name between separators: Chinese characters, or words of another script.
struct HanPart {
  std::u32string han;  // empty if it is of another script
  std::vector<Word> words;
  bool is_joined = false;  // nothing stands between it and the part before
};

// The name by its characters, in Mandarin, in Japanese and as a foreign name, as far as each makes
// sense.
std::vector<Form> read_han(const std::vector<HanPart>& parts, Kind kind);

// For one run of Kana or Hangul: adds forms in which it is cut in two.
void add_splits(std::u32string_view text, Script script, std::vector<Form>& forms);

// Data of han_names.cc.
extern const std::u32string_view kChineseSurnames;   // single characters
extern const std::u32string_view kCompoundSurnames;  // pairs of characters
extern const std::string_view kSurnameReadings;   // "单 shan\n": where surnames are read otherwise
extern const std::string_view kJapaneseSurnames;  // "佐藤 sato\n"
extern const std::string_view kJapaneseCharacters;       // "子 ko shi\n": readings in names
extern const std::string_view kKoreanSurnames;           // "이 lee yi\n": spellings of family names
extern const std::u32string_view kKoreanDoubleSurnames;  // pairs of syllables

}  // namespace entente::names
