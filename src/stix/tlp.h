// The fixed Traffic Light Protocol markings: TLP 1.0 as STIX 2.1 defines it, TLP 2.0 as OASIS
// published it. [stix21 7.2.1] [TLP 2.0]
#pragma once

#include <cstdint>
#include <string_view>

namespace entente::stix {

enum class TlpVersion : uint8_t { k1, k2 };

// Each level of each version is one marking-definition with an id that never changes.
enum class TlpLevel : uint8_t {
  kNone,
  kWhite1,
  kGreen1,
  kAmber1,
  kRed1,
  kClear2,
  kGreen2,
  kAmber2,
  kAmberStrict2,
  kRed2,
};

// The id of the extension-definition that TLP 2.0 markings carry.
inline constexpr std::string_view kTlp2Extension =
    "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

// The level whose fixed id this is; kNone for any other id.
TlpLevel tlp_level_of(std::string_view marking_id);
// The fixed id of a level; empty for kNone.
std::string_view tlp_id_of(TlpLevel level);
// The level that a marking states of itself: "white", "amber+strict"; kNone for any other word. Of
// TLP 1.0, "clear" is taken for white.
TlpLevel tlp_level_named(std::string_view word, TlpVersion version);
// "TLP:AMBER+STRICT", "TLP:WHITE".
std::string_view name_of(TlpLevel level);

}  // namespace entente::stix
