// Interests as a table: `owner,owned,capital,votes,from,to`, a header line first. Columns are found by name,
// in any order; only owner and owned must be there. See docs/ownership.md for the others:
// kind, owner_name, owned_name, owner_kind, owned_kind, owner_country, owned_country, owned_sector,
// source, confidence.
//
// A share without a percent sign is a percentage if any such share of the file is above 1, else a
// fraction, unless the caller says which. A blank share is not known; a blank owner is somebody, a
// party of its own for each line. `to` is the first day on which the interest is no longer held.
#pragma once

#include <string_view>

#include "ownership/model.h"

namespace entente::ownership {

enum class ShareUnit : uint8_t { kGuess, kPercent, kFraction };

// Adds the table to the graph. Lines that cannot be used are findings; kInvalid only if the header
// is not one, kTooLarge past the limits of a graph.
Result<void> read_interests_csv(std::string_view text, ShareUnit unit, Graph* graph,
                                Findings* findings);

}  // namespace entente::ownership
