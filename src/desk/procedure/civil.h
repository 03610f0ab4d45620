// Dates of the proleptic Gregorian calendar, as values: arithmetic on days, weekdays, Easter. Knows no
// time zone and no clock.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace entente::procedure {

// A day, as the number of days since 1970-01-01.
struct Day {
  int32_t number = 0;
  friend auto operator<=>(const Day&, const Day&) = default;
  Day operator+(int32_t days) const { return {number + days}; }
  Day operator-(int32_t days) const { return {number - days}; }
  int32_t operator-(Day other) const { return number - other.number; }
};

struct YearMonthDay {
  int32_t year = 1970;
  int32_t month = 1;  // 1 to 12
  int32_t day = 1;    // 1 to 31
};

enum class Weekday : uint8_t {
  kMonday,
  kTuesday,
  kWednesday,
  kThursday,
  kFriday,
  kSaturday,
  kSunday
};

bool is_leap_year(int32_t year);
int32_t days_in_month(int32_t year, int32_t month);
Day day_of(int32_t year, int32_t month, int32_t day);
YearMonthDay civil_of(Day day);
Weekday weekday_of(Day day);

// The same day of the month, that many months on; where that month has no such day, its last, and
// *clipped is set. [Regulation 1182/71 Art. 3(2)(c)]
Day plus_months(Day day, int32_t months, bool* clipped);

// Easter Sunday of the Gregorian computus. [Meeus, Astronomical Algorithms, ch. 8]
Day easter_sunday(int32_t year);

// "2028-02-29", within limits::kYearMin to kYearMax; nullopt otherwise.
std::optional<Day> parse_day(std::string_view text);
std::string format_day(Day day);
// "mon" to "sun".
std::optional<Weekday> parse_weekday(std::string_view text);

}  // namespace entente::procedure
