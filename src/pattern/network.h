// IPv4 and IPv6 addresses and networks, for ISSUBSET and ISSUPERSET. [stix21 6.7, 6.8, 9.6.1]
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace entente::pattern {

// An address with the number of leading bits that count; the others are zero. A bare address has
// all of them. IPv4 and IPv6 are apart: neither is within the other.
struct Network {
  std::array<uint8_t, 16> bytes{};  // IPv4 in the first four
  uint8_t bits = 0;
  bool is_v6 = false;

  // Whether every address of this network is one of the other.
  bool is_within(const Network& other) const;
  friend bool operator==(const Network&, const Network&) = default;
};

// "198.51.100.7", "198.51.100.0/24", "2001:db8::/32", "::ffff:192.0.2.1". nullopt for anything
// else: octets with leading zeros, zones, prefixes that are too long.
std::optional<Network> parse_network(std::string_view text);

}  // namespace entente::pattern
