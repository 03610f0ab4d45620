// What a silence procedure must come to, worked out the long way from the written rule and from nothing of the engine's:
// it walks the records of a world minute by minute.
//
// The rule. The draft is with the members from its opening. It is withdrawn or broken at the instant at which its initiator
// or a member of that instant says so, with a reason for the latter. Suspended silence stands still, and goes on with what was left.
// A later closing instant replaces the one before. A corrected text begins anew: as long as the first, or until the
// instant that it names; who had the old text has not the new one. At the closing instant it is adopted if every member of that
// instant has the text, else it has lapsed. What is done then or later changes nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "desk/procedure/fold.h"

namespace entente::sim {

struct Truth {
  std::string outcome;    // empty: none yet
  int64_t at_ms = 0;      // of the outcome
  int64_t closes_ms = 0;  // INT64_MAX: silence stands still
};

Truth silence_truth(const procedure::Case& one, int64_t now_ms);

}  // namespace entente::sim
