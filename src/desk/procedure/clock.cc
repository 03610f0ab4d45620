// Limits in days are counted over local days, limits in hours over instants. Stops are turned into the set of days
// that they touch, or into spans that are left out.
#include "desk/procedure/clock.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "desk/procedure/limits.h"

namespace entente::procedure {
namespace {

constexpr int64_t kHourMs = 3'600'000;
constexpr std::array<std::pair<std::string_view, Unit>, 7> kUnits = {
    {{"hours", Unit::kHours},
     {"business-hours", Unit::kBusinessHours},
     {"days", Unit::kDays},
     {"working-days", Unit::kWorkingDays},
     {"weeks", Unit::kWeeks},
     {"months", Unit::kMonths},
     {"years", Unit::kYears}}};

// Stops in order, those that meet joined. An open one is the last.
struct Span {
  int64_t from_ms, until_ms;
};
std::vector<Span> joined(const std::vector<Stop>& stops, int64_t start_ms) {
  std::vector<Span> spans;
  for (const Stop& stop : stops) {
    const int64_t until_ms = stop.until_ms.value_or(INT64_MAX);
    if (until_ms > start_ms && until_ms >= stop.from_ms)
      spans.push_back({std::max(stop.from_ms, start_ms), until_ms});
  }
  std::ranges::sort(spans, {}, &Span::from_ms);
  std::vector<Span> out;
  for (const Span& span : spans) {
    if (!out.empty() && span.from_ms <= out.back().until_ms) {
      out.back().until_ms = std::max(out.back().until_ms, span.until_ms);
    } else {
      out.push_back(span);
    }
  }
  return out;
}

// Counts over the days of one clock.
class DayCount {
 public:
  DayCount(const Place& place, const std::vector<Span>& stops) : place_(place), stops_(stops) {
    for (const Span& stop : stops) {
      const Day from = place.zone->local(stop.from_ms).first;
      const bool is_open = stop.until_ms == INT64_MAX;
      touched_.push_back({from, is_open ? Day{INT32_MAX} : place.zone->local(stop.until_ms).first});
    }
  }

  Result<bool> is_working(Day day) const {
    if (place_.calendar == nullptr) return fail(Code::kInvalid, "this clock needs a calendar");
    if (!place_.calendar->covers(day)) {
      return fail(
          Code::kUnprocessable,
          fmt::format("the calendar {} says nothing of {}: it covers {} to {}",
                      place_.calendar->code(), format_day(day),
                      format_day(place_.calendar->first()), format_day(place_.calendar->last())));
    }
    return place_.calendar->is_working(day);
  }
  // Whether some stop touches the day.
  bool is_touched(Day day) const {
    return std::ranges::any_of(
        touched_, [&](const Days& days) { return days.from <= day && day <= days.until; });
  }
  // Whether the clock stands still for ever from a day on.
  bool stands_from(Day day) const {
    return !touched_.empty() && touched_.back().until.number == INT32_MAX &&
           touched_.back().from <= day;
  }
  // How many days in (after, until] stops touch.
  int32_t touched_between(Day after, Day until) const {
    int32_t count = 0;
    Day counted = after;
    for (const Days& days : touched_) {
      const Day from = std::max(days.from, counted + 1);
      const Day to = std::min(days.until, until);
      if (from <= to) count += to - from + 1, counted = to;
    }
    return count;
  }

  // The day on which `count` further days end, the first that may count being the one after `day`. nullopt: never.
  Result<std::optional<Day>> count(Day day, int32_t count, bool working) const {
    while (count > 0) {
      day = day + 1;
      if (stands_from(day)) return std::optional<Day>();
      const bool counts = !is_touched(day) && (!working || TRY(is_working(day)));
      if (counts) --count;
    }
    return std::optional(day);
  }

  // The same for whole months; `is_event`: `day` is that of the event and is counted.
  std::optional<Day> months(Day day, int32_t months, bool is_event) const {
    bool clipped = false;
    Day end = plus_months(day, months, &clipped);
    if (is_event && !clipped) end = end - 1;
    return shifted(is_event ? day - 1 : day, end);
  }

  // A day moved on by the days that stops touch, those that it then passes included. nullopt: for ever.
  std::optional<Day> shifted(Day after, Day end) const {
    int32_t moved = 0;
    for (;;) {
      if (stands_from(end + moved)) return std::nullopt;
      const int32_t touched = touched_between(after, end + moved);
      if (touched == moved) return end + moved;
      moved = touched;
    }
  }

 private:
  struct Days {
    Day from, until;  // both touched
  };
  const Place& place_;
  const std::vector<Span>& stops_;
  std::vector<Days> touched_;
};

bool is_of_days(Unit unit) { return unit != Unit::kHours && unit != Unit::kBusinessHours; }

// One period from a day; the first part may count it.
Result<std::optional<Day>> day_after(const Period& period, Day day, bool is_first,
                                     const DayCount& days) {
  const bool counts_it = is_first && period.counts_first_day;
  switch (period.unit) {
    case Unit::kDays:
      return days.count(counts_it ? day - 1 : day, period.count, false);
    case Unit::kWorkingDays:
      return days.count(counts_it ? day - 1 : day, period.count, true);
    case Unit::kWeeks:
      return days.count(counts_it ? day - 1 : day, period.count * 7, false);
    case Unit::kMonths:
      return days.months(day, period.count, counts_it);
    case Unit::kYears:
      return days.months(day, period.count * 12, counts_it);
    case Unit::kHours:
    case Unit::kBusinessHours:
      break;
  }
  return fail(Code::kInvalid, "an extension is counted in days where the limit is");
}

// The last day put right: a working day, and enough of those before it.
Result<Day> settled(const Period& period, Day first, Day last, const DayCount& days) {
  if (period.working_days_min > 0 && period.count >= 2) {
    int32_t working = 0;
    for (Day day = first + 1; day <= last; day = day + 1) {
      if (TRY(days.is_working(day)) && ++working >= period.working_days_min) break;
    }
    while (working < period.working_days_min) {
      last = last + 1;
      if (TRY(days.is_working(last))) ++working;
    }
  }
  if (period.ends_on_working_day) {
    for (;;) {
      const bool is_working = TRY(days.is_working(last));
      if (is_working) break;
      last = last + 1;
    }
  }
  return last;
}

Result<std::optional<int64_t>> end_in_days(const Period& period, const Place& place,
                                           const ClockRun& run, const std::vector<Span>& stops) {
  const DayCount days(place, stops);
  const Day first = place.zone->local(run.start_ms).first;
  std::optional<Day> last = TRY(day_after(period, first, true, days));
  for (const Extension& extension : run.extensions) {
    if (!last) return std::optional<int64_t>();
    last = TRY(day_after(extension.by, *last, false, days));
  }
  if (!last) return std::optional<int64_t>();
  const Day day = TRY(settled(period, period.counts_first_day ? first - 1 : first, *last, days));
  return std::optional(place.zone->instant_ms(day + 1, 0));
}

// Walks on from an instant over spans in which the clock runs.
std::optional<int64_t> run_on(int64_t from_ms, int64_t count_ms, const std::vector<Span>& stops) {
  for (const Span& stop : stops) {
    if (stop.until_ms <= from_ms) continue;
    const int64_t running_ms = std::max<int64_t>(0, stop.from_ms - from_ms);
    if (running_ms >= count_ms) return from_ms + count_ms;
    if (stop.until_ms == INT64_MAX) return std::nullopt;
    count_ms -= running_ms;
    from_ms = stop.until_ms;
  }
  return from_ms + count_ms;
}

Result<std::optional<int64_t>> end_in_business_hours(int64_t from_ms, int64_t count_ms,
                                                     const Place& place,
                                                     const std::vector<Span>& stops) {
  const DayCount days(place, stops);
  for (Day day = place.zone->local(from_ms).first;; day = day + 1) {
    if (!TRY(days.is_working(day))) continue;
    int64_t at_ms = std::max(from_ms, place.zone->instant_ms(day, place.calendar->opens_s()));
    const int64_t closes_ms = place.zone->instant_ms(day, place.calendar->closes_s());
    // The open hours of the day, less what is stopped in them.
    for (const Span& stop : stops) {
      if (stop.until_ms <= at_ms || stop.from_ms >= closes_ms) continue;
      const int64_t running_ms = std::max<int64_t>(0, stop.from_ms - at_ms);
      if (running_ms >= count_ms) return std::optional(at_ms + count_ms);
      count_ms -= running_ms;
      if (stop.until_ms == INT64_MAX) return std::optional<int64_t>();
      at_ms = stop.until_ms;
    }
    const int64_t running_ms = std::max<int64_t>(0, closes_ms - at_ms);
    if (running_ms >= count_ms) return std::optional(at_ms + count_ms);
    count_ms -= running_ms;
  }
}

Result<void> check(const Period& period) {
  if (period.count < 0 || period.count > limits::kPeriodCountMax)
    return fail(Code::kInvalid, fmt::format("a period has 0 to {} units", limits::kPeriodCountMax));
  return {};
}

}  // namespace

std::string_view name_of(Unit unit) {
  for (const auto& [name, one] : kUnits) {
    if (one == unit) return name;
  }
  return {};
}

std::optional<Unit> unit_from(std::string_view word) {
  for (const auto& [name, unit] : kUnits) {
    if (name == word || name.substr(0, name.size() - 1) == word) return unit;
  }
  return std::nullopt;
}

Result<std::optional<int64_t>> end_of(const Period& period, const Place& place,
                                      const ClockRun& run) {
  TRY(check(period));
  for (const Extension& extension : run.extensions) TRY(check(extension.by));
  if (run.stops.size() > limits::kStopsMax)
    return fail(Code::kTooLarge, fmt::format("more than {} stops", limits::kStopsMax));
  const auto [first, second] = place.zone->local(run.start_ms);
  const int32_t year = civil_of(first).year;
  if (year < limits::kYearMin || year > limits::kYearMax)
    return fail(Code::kInvalid,
                fmt::format("a clock starts in {} to {}", limits::kYearMin, limits::kYearMax));
  const std::vector<Span> stops = joined(run.stops, run.start_ms);
  if (is_of_days(period.unit)) return end_in_days(period, place, run, stops);
  std::optional<int64_t> end = run.start_ms;
  const auto add = [&](const Period& part) -> Result<void> {
    if (is_of_days(part.unit))
      return fail(Code::kInvalid, "an extension is counted in hours where the limit is");
    const int64_t count_ms = part.count * kHourMs;
    if (part.unit == Unit::kHours) {
      end = run_on(*end, count_ms, stops);
    } else {
      end = TRY(end_in_business_hours(*end, count_ms, place, stops));
    }
    return {};
  };
  TRY(add(period));
  for (const Extension& extension : run.extensions) {
    if (!end) break;
    TRY(add(extension.by));
  }
  return end;
}

}  // namespace entente::procedure
