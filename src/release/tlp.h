// The Traffic Light Protocol in STIX: levels, their names, and the marking definitions whose ids
// the standards fix.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace entente::release {

// From open to closed. [FIRST TLP 2.0]
enum class Tlp : uint8_t { kClear, kGreen, kAmber, kAmberStrict, kRed };

// "tlp:amber+strict" and the like, case ignored; "tlp:white" is CLEAR.
std::optional<Tlp> tlp_from(std::string_view text);
std::string_view name_of(Tlp level);

// The level of a marking-definition id, TLP 1.0 [stix21 7.2.1.4] or 2.0 (the OASIS extension);
// nullopt for others.
std::optional<Tlp> tlp_of_marking(std::string_view marking_id);
// The TLP 2.0 marking-definition id of a level.
std::string_view marking_of(Tlp level);

}  // namespace entente::release
