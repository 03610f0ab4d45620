// Constants that the grammar lets through and that mean nothing: networks that are none, expressions
// that PCRE does not take. A pattern with one is invalid as a whole. [stix21 9.4]
#pragma once

#include <expected>

#include "pattern/pattern.h"

namespace entente::pattern {

std::expected<void, ParseError> check_constants(const Pattern& pattern);

// parse, and then check_constants.
std::expected<void, ParseError> parse_and_check(std::string_view text, const ParseOptions& options,
                                                Pattern* pattern);

}  // namespace entente::pattern
