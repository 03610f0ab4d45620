// Names of types and properties as some published patterns misspell them, put right: `file:hashes.SHA256` for
// `file:hashes.'SHA-256'`. By the standard such a pattern is valid and asks for a property that no object has.
// docs/patterns.md lists all that is known; nothing is done unless it is asked for.
#pragma once

#include <optional>
#include <string>

#include "pattern/pattern.h"

namespace entente::pattern {

// The text of the pattern with the names as they should be; nullopt if they are. All else stands as written.
std::optional<std::string> resolve_aliases(const Pattern& pattern);

}  // namespace entente::pattern
