// JSON in its one canonical form. [RFC 8785]
#pragma once

#include <string>
#include <string_view>

#include "json/json.h"

namespace entente::stix {

// Appends the canonical form of the value. False if it has none: a number that no double can hold,
// or a repeated name.
bool append_canonical(json::Value value, std::string* out);

// A string's content in canonical quotes. [RFC 8785 3.2.2.2]
void append_canonical_string(std::string_view content, std::string* out);
// A double as ECMAScript writes it; the number must be finite. [RFC 8785 3.2.2.3]
void append_canonical_number(double number, std::string* out);
// Order by UTF-16 code units of two UTF-8 texts: negative, 0, positive. [RFC 8785 3.2.3]
int compare_utf16(std::string_view a, std::string_view b);

}  // namespace entente::stix
