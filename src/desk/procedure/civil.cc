// Days and dates by era arithmetic: 400 years have 146,097 days. [Hinnant, chrono-compatible low-level date
// algorithms]
#include "desk/procedure/civil.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"
#include "desk/procedure/limits.h"

namespace entente::procedure {

bool is_leap_year(int32_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int32_t days_in_month(int32_t year, int32_t month) {
  constexpr std::array<int32_t, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap_year(year) ? 29 : kDays[static_cast<size_t>(month - 1)];
}

Day day_of(int32_t year, int32_t month, int32_t day) {
  const int32_t y = month <= 2 ? year - 1 : year;
  const int32_t era = (y >= 0 ? y : y - 399) / 400;
  const int32_t year_of_era = y - era * 400;
  const int32_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return {era * 146'097 + day_of_era - 719'468};
}

YearMonthDay civil_of(Day day) {
  const int32_t z = day.number + 719'468;
  const int32_t era = (z >= 0 ? z : z - 146'096) / 146'097;
  const int32_t day_of_era = z - era * 146'097;
  const int32_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const int32_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int32_t shifted = (5 * day_of_year + 2) / 153;  // March is 0
  const int32_t month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month,
          day_of_year - (153 * shifted + 2) / 5 + 1};
}

Weekday weekday_of(Day day) {
  // 1970-01-01 was a Thursday.
  const int32_t n = (day.number % 7 + 7 + 3) % 7;
  return static_cast<Weekday>(n);
}

Day plus_months(Day day, int32_t months, bool* clipped) {
  const YearMonthDay from = civil_of(day);
  const int32_t count = from.year * 12 + from.month - 1 + months;
  const int32_t year = count >= 0 ? count / 12 : (count - 11) / 12;
  const int32_t month = count - year * 12 + 1;
  const int32_t last = days_in_month(year, month);
  *clipped = from.day > last;
  return day_of(year, month, *clipped ? last : from.day);
}

Day easter_sunday(int32_t year) {
  const int32_t a = year % 19, b = year / 100, c = year % 100;
  const int32_t d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int32_t h = (19 * a + b - d - g + 15) % 30;
  const int32_t i = c / 4, k = c % 4;
  const int32_t l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int32_t m = (a + 11 * h + 22 * l) / 451;
  const int32_t n = h + l - 7 * m + 114;
  return day_of(year, n / 31, n % 31 + 1);
}

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int32_t parts[3] = {0, 0, 0};
  constexpr std::array<std::pair<size_t, size_t>, 3> kSpans = {{{0, 4}, {5, 2}, {8, 2}}};
  for (size_t i = 0; i < 3; ++i) {
    for (const char c : text.substr(kSpans[i].first, kSpans[i].second)) {
      if (c < '0' || c > '9') return std::nullopt;
      parts[i] = parts[i] * 10 + (c - '0');
    }
  }
  const auto [year, month, day] = parts;
  if (year < limits::kYearMin || year > limits::kYearMax || month < 1 || month > 12 || day < 1 ||
      day > days_in_month(year, month)) {
    return std::nullopt;
  }
  return day_of(year, month, day);
}

std::string format_day(Day day) {
  const YearMonthDay date = civil_of(day);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::optional<Weekday> parse_weekday(std::string_view text) {
  constexpr std::array<std::string_view, 7> kNames = {"mon", "tue", "wed", "thu",
                                                      "fri", "sat", "sun"};
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (text == kNames[i]) return static_cast<Weekday>(i);
  }
  return std::nullopt;
}

}  // namespace entente::procedure
