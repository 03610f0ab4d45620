// Local time: one zone of the tz database, read from its compiled form. [RFC 8536]
//
//   Zones zones;                                       // the system's: /usr/share/zoneinfo
//   const TimeZone* tokyo = TRY(zones.find("Asia/Tokyo"));
//   tokyo->offset_s(utc_s);                            // seconds east of Greenwich
//   tokyo->instant_ms(day, seconds);                   // local to UTC
//
// Threads: a TimeZone is immutable; Zones may be used from any thread. Ownership: what find() gives lives as
// long as the Zones.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "desk/procedure/civil.h"

namespace entente::procedure {

// The rule behind the last transition, as the footer of a zone file says it. [POSIX.1 8.3, RFC 8536 3.3]
struct ZoneRule {
  struct Change {
    enum class Kind : uint8_t { kJulian, kZeroBased, kMonthWeekDay } kind = Kind::kMonthWeekDay;
    int32_t day = 0;                           // of kJulian and kZeroBased
    int32_t month = 0, week = 0, weekday = 0;  // 0 is Sunday
    int32_t second = 7200;                     // of the local day; may be negative or past it
  };
  bool is_known = false;
  int32_t standard_s = 0, summer_s = 0;
  bool has_summer = false;
  Change to_summer, to_standard;
};

class TimeZone {
 public:
  // kInvalid: not a zone file of version 2 or later, or damaged.
  static Result<TimeZone> parse(std::string_view bytes);

  // Seconds to add to UTC for local time at that instant.
  int32_t offset_s(int64_t utc_s) const;
  // The local day and second of it at an instant.
  std::pair<Day, int32_t> local(int64_t utc_ms) const;
  // The instant of a local time, `second` from 0 to 86,400 or beyond. What occurs twice is the first; what does
  // not occur (the clocks leapt over it) is the instant of the leap.
  int64_t instant_ms(Day day, int32_t second) const;
  // "2028-02-29T24:00:00+09:00" is never written; "2028-03-01T00:00:00+09:00" is.
  std::string format(int64_t utc_ms) const;

 private:
  int32_t rule_offset_s(int64_t utc_s) const;

  struct Transition {
    int64_t at_s = 0;
    int32_t offset_s = 0;  // from then on
  };
  int32_t first_s_ = 0;  // before the first transition
  std::vector<Transition> transitions_;
  ZoneRule rule_;
};

// kInvalid: not a TZ string.
Result<ZoneRule> parse_zone_rule(std::string_view text);

class Zones {
 public:
  explicit Zones(std::string directory = "/usr/share/zoneinfo")
      : directory_(std::move(directory)) {}
  // kNotFound: no such zone; kInvalid: its file is damaged.
  Result<const TimeZone*> find(std::string_view name) const;

 private:
  std::string directory_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::unique_ptr<TimeZone>, std::less<>> known_;
};

}  // namespace entente::procedure
