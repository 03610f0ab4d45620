// LIKE: % is any characters, _ is any one character, of the whole value, line feeds included.
// [stix21 9.6.1]
#pragma once

#include <string>
#include <string_view>

namespace entente::pattern {

enum class Unit { kCodePoint, kOctet };

// Whether the value is like the pattern. Both are in NFC already. Time: at most the product of the
// lengths; no recursion.
bool is_like(std::string_view value, std::string_view pattern, Unit unit);

bool is_ascii(std::string_view text);

// The text in NFC: itself, or *scratch. What is not UTF-8 comes back as it is. [stix21 9.6.2]
std::string_view to_nfc(std::string_view text, std::string* scratch);

}  // namespace entente::pattern
