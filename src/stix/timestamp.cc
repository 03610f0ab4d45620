// Timestamps at fixed positions: YYYY-MM-DDTHH:MM:SS, then optionally '.' and digits, then 'Z'. The
// fixed layout makes the text itself sort by time, which is what compare() falls back on when
// nanoseconds cannot tell two instants apart.
#include "stix/timestamp.h"

#include <algorithm>
#include <limits>

namespace entente::stix {
namespace {

constexpr size_t kSecondsSize = 19;
constexpr int64_t kNsPerSecond = 1'000'000'000;

// Two digits at `at`, or something above 99.
[[gnu::always_inline]] inline unsigned two(const char* at) {
  const auto tens = static_cast<unsigned>(at[0] - '0');
  const auto ones = static_cast<unsigned>(at[1] - '0');
  return tens > 9 || ones > 9 ? 1000 : tens * 10 + ones;
}

bool is_leap(unsigned year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

unsigned days_in(unsigned year, unsigned month) {
  static constexpr uint8_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[month - 1];
}

// Days since 1970-01-01 in the proleptic Gregorian calendar; years counted from March so that the
// leap day comes last.
int64_t days_from_civil(unsigned year, unsigned month, unsigned day) {
  const int64_t y = static_cast<int64_t>(year) - (month <= 2 ? 1 : 0);
  const int64_t era = (y >= 0 ? y : y - 399) / 400;
  const int64_t year_of_era = y - era * 400;
  const int64_t day_of_year = (153 * ((static_cast<int64_t>(month) + 9) % 12) + 2) / 5 + day - 1;
  const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

int64_t to_ns(int64_t seconds, int64_t fraction_ns) {
  constexpr int64_t kSecondsMax = std::numeric_limits<int64_t>::max() / kNsPerSecond;
  if (seconds >= kSecondsMax) return std::numeric_limits<int64_t>::max();
  if (seconds <= -kSecondsMax) return std::numeric_limits<int64_t>::min();
  return seconds * kNsPerSecond + fraction_ns;
}

// The fraction digits, without the trailing zeros that say nothing.
std::string_view fraction_of(std::string_view text) {
  if (text.size() < kSecondsSize + 2 || text[kSecondsSize] != '.') return {};
  std::string_view digits = text.substr(kSecondsSize + 1, text.size() - kSecondsSize - 2);
  while (!digits.empty() && digits.back() == '0') digits.remove_suffix(1);
  return digits;
}

}  // namespace

std::optional<Timestamp> parse_timestamp(std::string_view text) {
  if (text.size() < kSecondsSize + 1 || text.back() != 'Z') return std::nullopt;
  const char* p = text.data();
  if (p[4] != '-' || p[7] != '-' || p[10] != 'T' || p[13] != ':' || p[16] != ':')
    return std::nullopt;
  const unsigned century = two(p);
  const unsigned year_of_century = two(p + 2);
  const unsigned month = two(p + 5);
  const unsigned day = two(p + 8);
  const unsigned hour = two(p + 11);
  const unsigned minute = two(p + 14);
  unsigned second = two(p + 17);
  if (century > 99 || year_of_century > 99) return std::nullopt;
  const unsigned year = century * 100 + year_of_century;
  if (year == 0 || month < 1 || month > 12 || day < 1 || day > days_in(year, month))
    return std::nullopt;
  if (hour > 23 || minute > 59 || second > 60) return std::nullopt;
  int64_t fraction_ns = 0;
  if (text.size() > kSecondsSize + 1) {
    if (text[kSecondsSize] != '.' || text.size() == kSecondsSize + 2) return std::nullopt;
    int64_t weight = kNsPerSecond / 10;
    for (const char c : text.substr(kSecondsSize + 1, text.size() - kSecondsSize - 2)) {
      if (c < '0' || c > '9') return std::nullopt;
      fraction_ns += weight * (c - '0');
      weight /= 10;
    }
  }
  if (second == 60) {  // A leap second: the last instant of its minute, so that order by ns agrees
                       // with order by text.
    second = 59;
    fraction_ns = kNsPerSecond - 1;
  }
  const int64_t seconds = days_from_civil(year, month, day) * 86400 + int64_t{hour} * 3600 +
                          int64_t{minute} * 60 + second;
  return Timestamp{to_ns(seconds, fraction_ns), text};
}

int compare(const Timestamp& a, const Timestamp& b) {
  if (a.ns != b.ns) return a.ns < b.ns ? -1 : 1;
  const int whole = a.text.substr(0, kSecondsSize).compare(b.text.substr(0, kSecondsSize));
  if (whole != 0) return whole < 0 ? -1 : 1;
  const int part = fraction_of(a.text).compare(fraction_of(b.text));
  return part == 0 ? 0 : part < 0 ? -1 : 1;
}

}  // namespace entente::stix
