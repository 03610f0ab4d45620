// STIX timestamps, kept to the digit. [stix21 2.16]
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace entente::stix {

// A point in time with its text. Ordered by `ns`; digits past the ninth are in the text only and
// never order anything but equal nanoseconds. Years 0001 to 9999 parse; ns is clamped outside 1678
// to 2261.
struct Timestamp {
  int64_t ns = 0;
  std::string_view text;  // as written, without quotes

  // Whole microseconds and milliseconds, rounded down: of the least `ns`, too.
  int64_t us() const { return floor(1'000); }
  int64_t ms() const { return floor(1'000'000); }

 private:
  int64_t floor(int64_t unit) const { return ns / unit - (ns % unit < 0 ? 1 : 0); }
};

// RFC 3339 with 'T', 'Z' and any number of fraction digits: nothing else is a STIX timestamp.
// nullopt otherwise.
std::optional<Timestamp> parse_timestamp(std::string_view text);

// -1, 0, 1 by time, exact to the last digit written ("1.50" equals "1.5").
int compare(const Timestamp& a, const Timestamp& b);

}  // namespace entente::stix
