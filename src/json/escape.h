// Strings of JSON taken apart: escapes, and where a text stops being one. Pure functions over
// bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace entente::json {

inline constexpr size_t kNoError = SIZE_MAX;

// Appends the content of a string literal (without its quotes) with escapes resolved to UTF-8 [RFC
// 8259 7]. Returns kNoError, or the offset of a malformed escape or of a surrogate without its
// other half.
size_t unescape(std::string_view content, std::string* out);

// Offset of the first byte that does not continue a UTF-8 text [RFC 3629]; the text's size if there
// is none.
size_t first_invalid_utf8(std::string_view text);

// Offset of the first control character inside quotes; the text's size if there is none.
size_t first_bare_control(std::string_view text);

}  // namespace entente::json
