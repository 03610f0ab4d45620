// Values of an observation as the engine sees them: flat, one for each place that a path of some
// pattern leads to, with the type that decides how it compares. [stix21 9.2, 9.6]
#pragma once

#include <cstdint>
#include <string_view>

namespace entente::pattern {

enum class ValueKind : uint8_t {
  kBoolean,
  kInteger,
  kFloat,
  kText,
  kOctets,       // of a property ..._bin or ..._hex, decoded
  kUndecodable,  // of such a property, and not well-formed: nothing is known of it
  kOther         // lists and objects, and numbers too large for a double
};

struct FlatValue {
  uint32_t path = 0;
  ValueKind kind = ValueKind::kOther;
  bool boolean = false;
  int64_t integer = 0;
  double number = 0;      // of kFloat
  std::string_view text;  // of kText and kOctets
};

}  // namespace entente::pattern
