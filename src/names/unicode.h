// What is asked of ICU: text in one form, the script of a character, Chinese characters in one
// variant and their Mandarin reading, and a Latin spelling for scripts without rules of our own.
//
// Threads: all functions may be called from any. Tables of Chinese characters are made at the first
// question about one (about 0.4 s).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace entente::names {

enum class Script : uint8_t {
  kNone,  // marks, digits, punctuation, spaces
  kLatin,
  kCyrillic,
  kGreek,
  kArabic,
  kHebrew,
  kHan,
  kKana,
  kHangul,
  kOther,  // Thai, Devanagari, Georgian, ...
};

// The text with compatibility forms resolved and case folded (NFKC_Casefold); what is not UTF-8
// becomes U+FFFD. At most `characters_max` characters.
std::u32string fold(std::string_view utf8, size_t characters_max);

Script script_of(char32_t c);
bool is_letter(char32_t c);  // letters, and digits of any script
bool is_mark(char32_t c);    // combining marks
// The value of a decimal digit of any script; -1 if it is none.
int digit_value(char32_t c);
// A Latin letter without its diacritics, as one to three letters a to z; empty if it has no such form.
std::string_view plain_latin(char32_t c);

// A Chinese character as one of its variants, the same for all (simplified, Japanese ones included).
char32_t simplified(char32_t c);
// Its commonest Mandarin reading in pinyin without tone; empty if there is none.
std::string_view pinyin(char32_t c);

// A Latin spelling of a word of any script, lower case, letters a to z alone.
std::string any_latin(std::u32string_view word);

std::string to_utf8(std::u32string_view text);
void append_utf8(std::string& out, char32_t c);

}  // namespace entente::names
