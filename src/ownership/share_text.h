// Shares as people write them: "51", "51 %", "0.51", "25-50", "25..50", "[25,50]", "25 to 50", ">25", "at most 5",
// "unknown".
#pragma once

#include <optional>
#include <string_view>

#include "ownership/model.h"

namespace entente::ownership {

struct ShareText {
  Range range;              // as written; a percentage with its sign already as a fraction
  bool is_unknown = false;  // nothing, "?", "unknown", "n/a"
  bool has_sign = false;    // a percent sign: the range is a fraction
  // One end was left out: the range ends at nothing, or at the whole.
  bool low_is_open = false, high_is_open = false;
  bool is_above = false;  // "> 25": more than the low end
};

// nullopt: cannot be read as a share, or is negative, infinite or reversed.
std::optional<ShareText> parse_share(std::string_view text);

// What "more than 25 %" adds to 25 % so that it passes a test for more than 25 %, and stays far below any
// share that is written down.
inline constexpr double kStrictlyMore = 4e-9;

}  // namespace entente::ownership
