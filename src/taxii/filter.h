// The filters of TAXII's object endpoints: from query string to exchange::Query. [taxii21 3.4]
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/route.h"
#include "exchange/view.h"

namespace entente::taxii {

// Which of the filters an endpoint takes; the others are ignored there. [taxii21 5.3 to 5.8]
struct FilterSet {
  bool pages = false;  // added_after, limit, next
  bool ids_and_types = false;
  bool version = false;
  bool spec_version = false;
};

struct Filters {
  exchange::Query query;
  std::string next;  // as given; empty: none
  std::string
      bound;  // what a cursor is bound to: every filter but limit and next, in a fixed order
};

// kInvalid for each malformed, repeated or contradictory parameter. Unknown parameters are ignored.
Result<Filters> read_filters(const QueryParts& parts, const FilterSet& taken);

}  // namespace entente::taxii
