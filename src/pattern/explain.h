// Why an observation satisfies an observation expression, or why not: the comparisons that held, and the
// first that failed. By the oracle, so that it explains the standard and not the index.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pattern/event.h"
#include "pattern/pattern.h"

namespace entente::pattern {

struct Explanation {
  bool is_satisfied = false;
  std::string
      object;  // the id of the object that it is about; empty: none has a type of the expression
  std::vector<std::string> held;  // comparisons that were true, as canonical text
  std::string failed;             // the first that was not; empty if it is satisfied
  std::string found;              // what stood there: JSON of up to 200 bytes a value, or "nothing"
};

// Of a kObservation node. Of several objects the one that got furthest.
Explanation explain(const Pattern& pattern, uint32_t node, const Observation& seen);

}  // namespace entente::pattern
