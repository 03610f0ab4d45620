// Limits of this module, named, each tested at its value and one past it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace entente::procedure::limits {

inline constexpr size_t kPackBytesMax = size_t{1} << 20;  // text of a rule pack or a calendar
inline constexpr size_t kPackLinesMax = 20'000;
inline constexpr size_t kPackNamesMax = 256;     // of one kind in a pack: states, acts, clocks...
inline constexpr size_t kWordBytesMax = 64;      // a name in a pack
inline constexpr size_t kQuotedBytesMax = 4096;  // a text in a pack
inline constexpr size_t kZoneBytesMax = size_t{1} << 20;    // one file of the tz database
inline constexpr size_t kZoneTransitionsMax = 10'000;       // of one zone
inline constexpr int32_t kPeriodCountMax = 100'000;         // days, hours or months of a period
inline constexpr int32_t kYearMin = 1900, kYearMax = 2200;  // of a date that is counted with
inline constexpr size_t kStopsMax = 10'000;                 // of one clock
inline constexpr size_t kRecordsMax = 1'000'000;            // of one procedure
inline constexpr size_t kTextBytesMax = size_t{4} << 20;    // a draft, or another attachment
inline constexpr size_t kFiledSectorsMax = 100;             // of a filing, that are asked about
inline constexpr size_t kFiledObjectsMax = 1'000;           // that a filing names
inline constexpr size_t kCheckedMax = 200'000;              // signatures that a node remembers
inline constexpr size_t kPersonsMax = 1'000;                // of a case
inline constexpr size_t kAttachedObjectsMax = 100;          // of one act
inline constexpr size_t kReasonBytesMax = 10'000;           // why of an act
inline constexpr size_t kCheckStatesMax = 1'000'000;        // situations that the checker visits
inline constexpr uint32_t kCheckActsMax = 64;               // length of the paths that it walks

}  // namespace entente::procedure::limits
