// Octets as they are written in patterns and objects: hexadecimal and base64. [stix21 2.1, 2.8, 9.2]
#pragma once

#include <string>
#include <string_view>

namespace entente::pattern {

// 0 to 15; -1 if it is no hexadecimal digit.
int hex_value(char c);

// Both append to *out, and give false (with *out in any state) if the text is not well-formed.
bool decode_hex(std::string_view text, std::string* out);
// Line feeds are ignored; padding is required; left-over bits may be anything.
bool decode_base64(std::string_view text, std::string* out);

// A string as octets, U+0000 to U+00FF as 00 to ff; false if there is another code point in it.
// [stix21 9.2]
bool octets_of_text(std::string_view utf8, std::string* out);

}  // namespace entente::pattern
