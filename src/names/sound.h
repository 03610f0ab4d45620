// Words as sounds: every script is written down in one small alphabet, so that words of any two
// scripts can be aligned sound by sound.
//
// The alphabet: the letters a to z as in Latin spelling, and capitals for what one Latin letter
// cannot say:
//   S sh  C ch  Z zh  J dj  E ts  X kh  G gh  T th  A ayn  R the Chinese er
//   U O   vowels that Kana puts behind a consonant (ku, to)       @  a vowel that is only carried
// Latin words are spelled with both letters where they have two (sh: S), doubled letters once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente::names {

inline constexpr size_t kSoundMax = 31;  // symbols of a word; the rest is cut
inline constexpr size_t kSymbols = 64;

// The row of a symbol in tables of kSymbols.
inline constexpr uint8_t symbol_index(char symbol) { return static_cast<uint8_t>(symbol) & 63; }
bool is_vowel(char symbol);

// How a word came to its sounds: by what channel errors come in. kLatin is also for Latin words.
enum class Writing : uint8_t {
  kLatin,
  kCyrillic,
  kArabic,
  kHebrew,
  kKana,  // and Japanese readings of Chinese characters
  kHangul,
  kPinyin,      // Chinese characters by their Mandarin reading
  kForeignHan,  // Chinese characters that spell a foreign word
  kGreek,
  kOther,
  kHanText,  // Chinese characters themselves, compared as such
};
inline constexpr size_t kWritings = 10;  // those with sounds

// A word of letters a to z.
std::string latin_sound(std::string_view word);
// A word of one script, folded (unicode.h).
std::string cyrillic_sound(std::u32string_view word);
std::string greek_sound(std::u32string_view word);
std::string arabic_sound(std::u32string_view word);
std::string hebrew_sound(std::u32string_view word);
std::string kana_sound(std::u32string_view word);
std::string hangul_sound(std::u32string_view word);
// A syllable in pinyin; foreign: as it is used to spell foreign words (ke: k).
std::string pinyin_sound(std::string_view syllable);
std::string foreign_syllable(char32_t character, std::string_view syllable);

// How a Korean name may be spelled in Latin letters: by the Revised romanisation, by McCune-Reischauer
// without its marks, and as people do who spell by ear (jeong-u: chongu, jungwoo).
std::vector<std::string> korean_spellings(std::u32string_view word);

// Data of foreign_sounds.cc: characters that spell foreign words, and the sound of each, in order.
extern const std::u32string_view kForeignCharacters;
extern const std::string_view kForeignSounds;

// A Latin word that may be Japanese, with long vowels written short (Itou, Itoh: ito); empty if it is
// not made of Japanese syllables or has no long vowel.
std::string short_romaji(std::string_view word);
// Spellings of one Mandarin syllable in other systems, in letters: Wade-Giles without apostrophes.
std::string wade_giles(std::string_view syllable);
// If a Latin word is made of pinyin syllables, or of Wade-Giles syllables, the same word in the
// other system. Empty if it is not, or if nothing changes.
std::vector<std::string> respelled_chinese(std::string_view word);

// The classes of a word's consonants, in every way in which they may be read, at most `strings_max`:
// words that are the same name in two writings share one nearly always.
void skeleton_strings(std::string_view sound, Writing writing, size_t strings_max,
                      std::vector<std::string>& out);
uint32_t skeleton_key(std::string_view skeleton);

}  // namespace entente::names
