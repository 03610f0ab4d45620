// Selectors of granular markings: "external_references.[0].url" to the value it selects.
// [stix21 7.2.3]
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "json/json.h"

namespace entente::stix {

enum class SelectorOutcome : uint8_t {
  kFound,
  kNothing,    // well formed, but the object has nothing there
  kMalformed,  // not names and [indexes] joined by dots
};

struct Selected {
  SelectorOutcome outcome;
  std::optional<json::Value> value;  // of kFound
};

// Walks the path from the object's root. Names are compared with their escapes resolved. *steps
// grows by the members and elements looked at, so that a caller can bound what many selectors cost
// together.
Selected resolve_selector(json::Value object, std::string_view path, size_t* steps);

}  // namespace entente::stix
