// Time limits: from when a clock starts, how long it is, what stops and extends it, to the exact instant at which
// it ends.
//
//   Period review{45, Unit::kDays, ...};
//   const auto end = TRY(end_of(review, place, run));      // nullopt while the clock stands still
//   place.zone->format(*end);                              // the same instant in local time
//
// Rules, as the packs choose among them:
// - An end is the first instant that no longer belongs to the time limit: of a limit in days, the midnight after its
//   last day. What is done before it is in time. [Regulation 1182/71 Art. 3(2)(b): "the last hour of the last day"]
// - The day of the event is not counted, or it is ("beginning with the day on which"). [Regulation 1182/71 Art. 3(1)]
// - A limit in months or years ends with the day of the same date, or with the last of the month where there is none;
//   one that begins with the day of the event ends the day before it. [Regulation 1182/71 Art. 3(2)(c)]
// - A last day that is no working day moves to the next one, if the law says so. [Regulation 1182/71 Art. 3(4)]
// - No day that a stop touches is counted; an hour's clock stands still from stop to restart.
// - An extension is counted from the end of what it extends; the last day moves once, at the very end.
//
// Everything is a value; functions are pure. Cost: one step a day that is counted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "desk/procedure/calendar.h"
#include "desk/procedure/zone.h"

namespace entente::procedure {

enum class Unit : uint8_t {
  kHours,          // of 3,600 seconds, whatever the local clocks do
  kBusinessHours,  // while the office is open
  kDays,           // calendar days
  kWorkingDays,    // days that the calendar has as working days
  kWeeks,
  kMonths,
  kYears,
};
std::string_view name_of(Unit unit);
std::optional<Unit> unit_from(std::string_view word);

struct Period {
  int32_t count = 0;
  Unit unit = Unit::kDays;
  bool counts_first_day = false;  // "beginning with the day"
  bool ends_on_working_day = false;
  int32_t working_days_min =
      0;  // a limit of two days or more has so many at least [1182/71 Art. 3(5)]
  friend bool operator==(const Period&, const Period&) = default;
};

// Where a clock runs: whose days count, in whose local time a day ends. Both borrowed; the calendar may be
// null where no working day is asked about.
struct Place {
  const Calendar* calendar = nullptr;
  const TimeZone* zone = nullptr;
};

// [from_ms, until_ms); without an end the clock still stands.
struct Stop {
  int64_t from_ms = 0;
  std::optional<int64_t> until_ms;
  std::string reason;
};

struct Extension {
  Period by;
  std::string reason;
};

// One clock as it went.
struct ClockRun {
  int64_t start_ms = 0;
  std::vector<Stop> stops;
  std::vector<Extension> extensions;
};

// When the limit ends; nullopt: it stands still. kUnprocessable: a day that it counts is outside the calendar's
// span; kInvalid: a period past its limit, or one that needs a calendar and has none.
Result<std::optional<int64_t>> end_of(const Period& period, const Place& place,
                                      const ClockRun& run);

}  // namespace entente::procedure
