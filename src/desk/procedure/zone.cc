// A zone file has two blocks; only the second, with 64-bit times, is read. Behind the last transition the footer's
// rule holds, evaluated year by year.
#include "desk/procedure/zone.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "desk/procedure/limits.h"

namespace entente::procedure {
namespace {

constexpr int64_t kDaySeconds = 86'400;
constexpr size_t kHeaderBytes = 44;

int64_t floor_div(int64_t a, int64_t b) { return a >= 0 ? a / b : (a - b + 1) / b; }

uint64_t big_endian(std::string_view bytes) {
  uint64_t value = 0;
  for (const char c : bytes) value = value << 8 | static_cast<uint8_t>(c);
  return value;
}

// The six counts of a header. [RFC 8536 3.1]
struct Counts {
  uint64_t isut, isstd, leap, times, types, chars;
  // Bytes of the data block, where times and leap seconds take that many.
  uint64_t block(uint64_t time_bytes) const {
    return times * (time_bytes + 1) + types * 6 + chars + leap * (time_bytes + 4) + isstd + isut;
  }
};

std::optional<Counts> counts_of(std::string_view bytes) {
  if (bytes.size() < kHeaderBytes || !bytes.starts_with("TZif") || bytes[4] < '2')
    return std::nullopt;
  uint64_t n[6];
  for (size_t i = 0; i < 6; ++i) n[i] = big_endian(bytes.substr(20 + i * 4, 4));
  return Counts{n[0], n[1], n[2], n[3], n[4], n[5]};
}

// The local day on which a change falls in a year.
Day day_of_change(const ZoneRule::Change& change, int32_t year) {
  using Kind = ZoneRule::Change::Kind;
  if (change.kind == Kind::kZeroBased) return day_of(year, 1, 1) + change.day;
  if (change.kind == Kind::kJulian) {
    const bool after_leap = is_leap_year(year) && change.day >= 60;
    return day_of(year, 1, 1) + change.day - 1 + (after_leap ? 1 : 0);
  }
  const Day first = day_of(year, change.month, 1);
  const int32_t first_weekday = (static_cast<int32_t>(weekday_of(first)) + 1) % 7;  // 0 is Sunday
  int32_t day = 1 + (change.weekday - first_weekday + 7) % 7 + (change.week - 1) * 7;
  if (day > days_in_month(year, change.month)) day -= 7;
  return first + (day - 1);
}

}  // namespace

Result<TimeZone> TimeZone::parse(std::string_view bytes) {
  const auto wrong = [] { return fail(Code::kInvalid, "not a time zone file (RFC 8536)"); };
  if (bytes.size() > limits::kZoneBytesMax) return wrong();
  const auto first = counts_of(bytes);
  if (!first || first->block(4) > bytes.size() - kHeaderBytes) return wrong();
  bytes.remove_prefix(kHeaderBytes + first->block(4));
  const auto counts = counts_of(bytes);
  if (!counts || counts->types == 0 || counts->times > limits::kZoneTransitionsMax ||
      counts->block(8) > bytes.size() - kHeaderBytes) {
    return wrong();
  }
  bytes.remove_prefix(kHeaderBytes);
  const std::string_view times = bytes.substr(0, counts->times * 8);
  const std::string_view kinds = bytes.substr(times.size(), counts->times);
  const std::string_view types = bytes.substr(times.size() + kinds.size(), counts->types * 6);
  const auto offset = [&](size_t type) {
    return static_cast<int32_t>(static_cast<uint32_t>(big_endian(types.substr(type * 6, 4))));
  };
  TimeZone zone;
  for (size_t type = 0; type < counts->types; ++type) {
    if (std::abs(int64_t{offset(type)}) > 2 * kDaySeconds) return wrong();
  }
  zone.first_s_ = offset(0);
  for (size_t i = 0; i < counts->times; ++i) {
    const size_t type = static_cast<uint8_t>(kinds[i]);
    const auto at_s = static_cast<int64_t>(big_endian(times.substr(i * 8, 8)));
    if (type >= counts->types) return wrong();
    if (i > 0 && at_s <= zone.transitions_.back().at_s) return wrong();
    zone.transitions_.push_back({at_s, offset(type)});
  }
  bytes.remove_prefix(counts->block(8));
  if (bytes.size() < 2 || bytes.front() != '\n') return wrong();
  const size_t end = bytes.find('\n', 1);
  if (end == std::string_view::npos) return wrong();
  if (end > 1) zone.rule_ = TRY(parse_zone_rule(bytes.substr(1, end - 1)));
  return zone;
}

int32_t TimeZone::rule_offset_s(int64_t utc_s) const {
  if (!rule_.has_summer) return rule_.standard_s;
  const Day day{static_cast<int32_t>(floor_div(utc_s + rule_.standard_s, kDaySeconds))};
  const int32_t year = civil_of(day).year;
  // The last change at or before the instant, of this year and its neighbours.
  int64_t latest = INT64_MIN;
  int32_t offset = rule_.standard_s;
  for (int32_t y = year - 1; y <= year + 1; ++y) {
    const int64_t to_summer = day_of_change(rule_.to_summer, y).number * kDaySeconds +
                              rule_.to_summer.second - rule_.standard_s;
    const int64_t to_standard = day_of_change(rule_.to_standard, y).number * kDaySeconds +
                                rule_.to_standard.second - rule_.summer_s;
    if (to_summer <= utc_s && to_summer > latest) latest = to_summer, offset = rule_.summer_s;
    if (to_standard <= utc_s && to_standard > latest)
      latest = to_standard, offset = rule_.standard_s;
  }
  return offset;
}

int32_t TimeZone::offset_s(int64_t utc_s) const {
  const auto after = std::ranges::upper_bound(transitions_, utc_s, {}, &Transition::at_s);
  if (after == transitions_.end() && rule_.is_known) return rule_offset_s(utc_s);
  return after == transitions_.begin() ? first_s_ : std::prev(after)->offset_s;
}

std::pair<Day, int32_t> TimeZone::local(int64_t utc_ms) const {
  const int64_t utc_s = floor_div(utc_ms, 1000);
  const int64_t local_s = utc_s + offset_s(utc_s);
  const int64_t day = floor_div(local_s, kDaySeconds);
  return {Day{static_cast<int32_t>(day)}, static_cast<int32_t>(local_s - day * kDaySeconds)};
}

int64_t TimeZone::instant_ms(Day day, int32_t second) const {
  // Of the offsets that hold around it, the larger gives the earlier instant.
  const int64_t local_s = day.number * kDaySeconds + second;
  const int32_t before = offset_s(local_s - kDaySeconds), after = offset_s(local_s + kDaySeconds);
  for (const int32_t offset : {std::max(before, after), std::min(before, after)}) {
    if (offset_s(local_s - offset) == offset) return (local_s - offset) * 1000;
  }
  // Leapt over: the instant of the leap lies between the two readings.
  int64_t low = local_s - std::max(before, after), high = local_s - std::min(before, after);
  const int32_t old_offset = offset_s(low - 1);
  while (low < high) {
    const int64_t middle = low + (high - low) / 2;
    if (offset_s(middle) == old_offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low * 1000;
}

std::string TimeZone::format(int64_t utc_ms) const {
  const auto [day, second] = local(utc_ms);
  const int32_t offset = offset_s(floor_div(utc_ms, 1000));
  const int32_t ms = static_cast<int32_t>(utc_ms - floor_div(utc_ms, 1000) * 1000);
  const std::string fraction = ms == 0 ? std::string() : fmt::format(".{:03}", ms);
  return fmt::format("{}T{:02}:{:02}:{:02}{}{}{:02}:{:02}", format_day(day), second / 3600,
                     second / 60 % 60, second % 60, fraction, offset < 0 ? '-' : '+',
                     std::abs(offset) / 3600, std::abs(offset) / 60 % 60);
}

Result<const TimeZone*> Zones::find(std::string_view name) const {
  const bool is_name =
      !name.empty() && name.size() <= limits::kWordBytesMax && name.front() != '/' &&
      name.find("..") == std::string_view::npos && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '/' || c == '_' || c == '-' || c == '+';
      });
  if (!is_name) return fail(Code::kNotFound, fmt::format("no time zone '{}'", name));
  std::lock_guard lock(mutex_);
  if (const auto known = known_.find(name); known != known_.end()) return known->second.get();
  const std::string path = directory_ + "/" + std::string(name);
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return fail(Code::kNotFound, fmt::format("no time zone '{}'", name));
  std::string bytes;
  char piece[4096];
  ssize_t n = 0;
  while (bytes.size() <= limits::kZoneBytesMax && (n = ::read(fd, piece, sizeof piece)) > 0)
    bytes.append(piece, static_cast<size_t>(n));
  ::close(fd);
  if (n < 0) return fail(Code::kNotFound, fmt::format("no time zone '{}'", name));
  TimeZone zone = TRY(TimeZone::parse(bytes));
  const auto [placed, is_new] =
      known_.emplace(std::string(name), std::make_unique<TimeZone>(std::move(zone)));
  return placed->second.get();
}

}  // namespace entente::procedure
