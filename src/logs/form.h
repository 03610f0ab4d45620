// Values of log lines brought into the form that STIX has for them. Pure functions over text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "logs/mapping.h"

namespace entente::logs {

// A point in time, with as many digits of its second as were written, 3 to 9.
struct Moment {
  int64_t ns = 0;
  uint32_t digits = 3;
};

// Seconds since 1970 or, from 100,000,000,000 on, milliseconds; or date and time with 'T' or a space between
// them and Z, UTC, +HH:MM, +HHMM or nothing, which is UTC, behind them. nullopt for anything else, and outside
// of 1678 to 2261.
std::optional<Moment> read_moment(std::string_view text);

// "1.5" as nanoseconds, exact to the ninth digit; an exponent is taken too. nullopt for anything else.
std::optional<int64_t> read_seconds_ns(std::string_view text);

// A STIX timestamp with the moment's digits. [stix21 2.16]
std::string format_moment(const Moment& moment);
// The same with three digits exactly, as created and modified have them. [stix21 3.2]
std::string format_moment_ms(const Moment& moment);

enum class HostKind : uint8_t { kNone, kIpv4, kIpv6, kDomain };

// What a text is, and how it is usually written: addresses as RFC 5952 has them, IPv4 in IPv6 as IPv4, domain names
// in lower case without the dot at their end. Behind a space, as in "type:  5 a.example", counts what is last.
HostKind read_host(std::string_view text, std::string* out);

// Appends JSON; false, and nothing is appended, if the text has not the form. kAsIs and kText quote it.
bool append_form(Form form, std::string_view text, std::string* out);

}  // namespace entente::logs
