// Every limit of log mappings, named, in one place. Each is tested at its value and one past it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace entente::logs::limits {

inline constexpr size_t kMappingBytesMax = size_t{1} << 20;  // the text of a mapping
inline constexpr uint32_t kRecordsMax = 256;                 // kinds of log line in a mapping
inline constexpr uint32_t kObjectsMax = 256;                 // rules for objects in one of them
inline constexpr uint32_t kDepthMax = 16;                    // properties within properties
inline constexpr uint32_t kElementsMax = 1'000;           // objects that one rule makes of one line
inline constexpr size_t kLineBytesMax = size_t{4} << 20;  // one log line
inline constexpr uint32_t kFieldPartsMax = 8;             // dots in the name of a field

}  // namespace entente::logs::limits
