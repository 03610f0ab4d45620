// The canonical form of a JSON value: one text for all spellings of it, as signatures need. [RFC 8785]
//
// Threads: pure. Cost: about that of parsing.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "json/json.h"

namespace entente::json {

// Members sorted by name in UTF-16, no white space, strings and numbers in their one form; of the value itself the
// member `without` is left out. kInvalid where two different values would get one text: names that repeat, numbers that
// no double holds, integers past 2^53 - 1.
Result<std::string> canonical(Value value, std::string_view without = {});

}  // namespace entente::json
