// What a pattern asks of several observations, apart from what it asks of each: which may stand
// together, in which order, how close. [stix21 9.5.1, 9.5.2]
//
// Made once for each pattern that is more than one observation expression; see solve.h for its use.
// Values, copy freely.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "pattern/event.h"
#include "pattern/pattern.h"

namespace entente::pattern {

// START ... STOP, kept to the digit.
struct Bound {
  std::string start, stop;

  // The part of an observation's span that is within, in nanoseconds, both ends included; false if
  // there is none.
  bool clip(const stix::Timestamp& first, const stix::Timestamp& last, int64_t* from,
            int64_t* to) const;
};

// Observations that may fill a slot: those that satisfy one of some observation expressions, at a
// time within all bounds. Leaves are observation expressions by their number in the text.
struct SlotClass {
  std::vector<uint32_t> leaves;
  std::vector<Bound> bounds;
  friend bool operator==(const SlotClass& a, const SlotClass& b);
};

// `times` slots of one class.
struct Run {
  uint32_t slot_class = 0;
  uint32_t times = 1;
};

// Runs from `begin` to before `end`.
struct RunRange {
  uint32_t begin = 0, end = 0;
};

// Nothing of the second range is before anything of the first.
struct Order {
  RunRange before, after;
};

// The last of the range is less than `window_ns` after the first.
struct Window {
  RunRange range;
  int64_t window_ns = 0;
};

// One way to match.
struct Way {
  std::vector<Run> runs;
  std::vector<Order> orders;
  std::vector<Window> windows;
};

struct Plan {
  std::vector<SlotClass> classes;
  std::vector<Way> ways;

  // How long after the end of an observation's span another can still be in a match with it; INT64_MAX
  // if there is no bound.
  int64_t reach_ns() const;
};

// kTooLarge past limits::kSlotsMax and limits::kWaysMax.
Result<Plan> make_plan(const Pattern& pattern);

// Nodes of the observation expressions, in the order of their numbers.
std::vector<uint32_t> leaves_of(const Pattern& pattern);

}  // namespace entente::pattern
