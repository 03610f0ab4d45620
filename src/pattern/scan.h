// The characters of patterns. Private to the parser and the printer.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace entente::pattern {

enum CharClass : uint8_t {
  kNameStart = 1,  // a letter or _
  kNamePart = 2,   // that, or a digit
  kTypePart = 4,   // that, or -
  kDigit = 8,
  kSpace = 16,  // ASCII white space
  kHexDigit = 32,
  kBase64 = 64
};

constexpr std::array<uint8_t, 256> make_char_classes() {
  std::array<uint8_t, 256> out{};
  for (int c = 0; c < 256; ++c) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool is_digit = c >= '0' && c <= '9';
    uint8_t bits = 0;
    if (is_letter || c == '_') bits |= kNameStart;
    if (is_letter || c == '_' || is_digit) bits |= kNamePart | kTypePart;
    if (c == '-') bits |= kTypePart;
    if (is_digit) bits |= kDigit;
    if (c == ' ' || (c >= '\t' && c <= '\r')) bits |= kSpace;
    if (is_digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) bits |= kHexDigit;
    if (is_letter || is_digit || c == '+' || c == '/') bits |= kBase64;
    out[static_cast<size_t>(c)] = bits;
  }
  return out;
}

inline constexpr std::array<uint8_t, 256> kCharClasses = make_char_classes();

inline bool is_class(char c, CharClass wanted) {
  return (kCharClasses[static_cast<uint8_t>(c)] & wanted) != 0;
}

// Bytes of the white space at the beginning that is not ASCII (Unicode White_Space); 0 if none.
size_t unicode_space_bytes(std::string_view text);

}  // namespace entente::pattern
