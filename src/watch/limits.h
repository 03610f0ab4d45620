// Every limit of watching, named, in one place. Each is tested at its value and one past it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace entente::watch::limits {

inline constexpr size_t kWatchedMax = 1'000'000;           // indicators of one party
inline constexpr size_t kRememberedMax = 100'000;          // observations, for patterns of several
inline constexpr size_t kRememberedBytesMax = 64U << 20U;  // their texts; the oldest go first
inline constexpr size_t kObservedRefsMax = 1'000;          // of a sighting, the newest
inline constexpr int64_t kRememberedDays = 30;             // where no WITHIN says less
inline constexpr int64_t kLatenessSeconds = 3'600;  // an event may come so long after later ones
inline constexpr int64_t kBackfillDays = 30;        // how old a kept observation may be
inline constexpr size_t kBackfillMax = 100'000;     // kept observations, the newest
inline constexpr size_t kTroublesMax = 100;         // listed in an answer; all are counted
inline constexpr size_t kMarkingsMax = 16;          // that a request marks observations with

}  // namespace entente::watch::limits

namespace entente::watch {

// What an operator may set.
struct Bounds {
  size_t watched_max = limits::kWatchedMax;
  size_t remembered_max = limits::kRememberedMax;
  size_t remembered_bytes_max = limits::kRememberedBytesMax;
  int64_t remembered_days = limits::kRememberedDays;
  int64_t lateness_seconds = limits::kLatenessSeconds;
  int64_t backfill_days = limits::kBackfillDays;
  size_t backfill_max = limits::kBackfillMax;
};

}  // namespace entente::watch
