// Every limit of the pattern engine, named, in one place. Each is tested at its value and one past
// it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace entente::pattern::limits {

inline constexpr size_t kPatternBytesMax = size_t{1} << 20;  // one pattern
inline constexpr uint32_t kDepthMax = 64;                    // parentheses within parentheses
inline constexpr uint32_t kComparisonsMax = 16'384;          // of one pattern
inline constexpr uint32_t kConstantsMax = 65'536;            // of one pattern, lists included
inline constexpr uint32_t kStepsMax = 32;                    // of one object path
inline constexpr uint32_t kRepeatsMax = 1'000'000;           // REPEATS x TIMES
inline constexpr uint32_t kSlotsMax =
    1'024;  // observations that one match binds, but for REPEATS of a single one
inline constexpr uint32_t kWaysMax = 256;  // in which a pattern may match, for its ORs

inline constexpr uint32_t kIndexMax = 1'000'000;  // list index in a path

// Regular expressions of partners: what one search may cost.
inline constexpr size_t kRegexBytesMax = 7'000;
inline constexpr uint32_t kRegexStepsMax = 1'000'000;  // of backtracking, in one search
inline constexpr uint32_t kRegexStepsEventMax =
    4'000'000;                                     // of all searches in one observation together
inline constexpr size_t kRegexesKeptMax = 10'000;  // compiled, for the next search
inline constexpr uint32_t kRegexHeapKiBMax = 4'096;
inline constexpr size_t kRegexSubjectBytesMax = size_t{1} << 20;  // longer values are not searched

// Events.
inline constexpr uint32_t kEventStepsMax = 1'000'000;  // steps of paths taken in one observation

// Matching across observations.
inline constexpr uint64_t kSearchStepsMax = 200'000;  // for one observation that may take part
inline constexpr uint64_t kSearchStepsTotalMax = 20'000'000;  // for all of one pattern

}  // namespace entente::pattern::limits
