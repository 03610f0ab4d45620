// How Chinese characters are read in names, beyond what ICU knows (Mandarin): in Cantonese with the
// spellings of Hong Kong, in Southern Min and in Vietnamese (family names), in Korean, in Japanese.
//
// The data is made while building, from packages of the system (readings_tool.cc); the rules and the
// tables of family names here are the project's own. Threads: read-only after the first call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace entente::names {

// Sorted lines "key reading reading ...", keys folded. Kept as text and searched as such: no memory of
// its own beyond the program's image.
class ReadingTable {
 public:
  // `text` lives as long as the table.
  explicit ReadingTable(std::string_view text);
  // The readings of a key (UTF-8), likeliest first; empty if it has none.
  std::vector<std::string_view> find(std::string_view key) const;
  bool contains(std::string_view key) const { return !line_of(key).empty(); }

 private:
  std::string_view line_of(std::string_view key) const;
  std::string_view text_;
};

// Cantonese: the spelling that Hong Kong's registers use for a syllable in Jyutping without its tone
// (zoeng: cheung), likeliest first.
std::vector<std::string> hong_kong_spellings(std::string_view jyutping);

extern const std::string_view kUnihanCantonese;  // Jyutping without tones
extern const std::string_view kUnihanKorean;     // Hangul syllables
extern const std::string_view kUnihanJapanese;   // on and kun readings in Latin letters
extern const std::string_view kIpaFamilyNames;   // Japanese, in Latin letters
extern const std::string_view kIpaGivenNames;
extern const std::string_view kIpaOrganizations;  // of up to four characters
// Family names as they are spelled in Southern Min, Teochew, Hakka and Vietnamese.
extern const std::string_view kSouthernSurnames;

}  // namespace entente::names
