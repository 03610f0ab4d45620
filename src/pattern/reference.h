// The oracle: patterns evaluated straight from the text of the standard, one clause after the other,
// with nothing remembered and nothing skipped. It is slow on purpose, shares no code with the engine
// but the leaves (LIKE, regular expressions, networks, octets, timestamps), and serves nobody: tests
// and fuzz targets compare the engine with it. [stix21 9]
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pattern/event.h"
#include "pattern/pattern.h"

namespace entente::pattern {

// An observation that outlives its document: what the oracle remembers of it.
struct ReferenceTimes {
  stix::Timestamp first, last;
  uint64_t count = 1;
};

class Reference {
 public:
  explicit Reference(const Pattern& pattern);

  // Adds an observation; its timestamps' texts must stay. Observations are numbered from 0.
  void add(const Observation& seen);

  // The observations that take part in at least one match of the pattern, in order; empty if it does
  // not match. Time grows without bound with the observations and with the size of the pattern.
  std::vector<uint32_t> participants() const;

 private:
  const Pattern& pattern_;
  std::vector<uint32_t> leaves_;                // nodes of observation expressions
  std::vector<std::vector<uint32_t>> fitting_;  // of each leaf: observations that satisfy it
  std::vector<ReferenceTimes> seen_;
};

// Whether a comparison is true of an object of an observation, and the values that its path leads to.
bool holds(const Pattern& pattern, const Comparison& comparison, const SeenObject& object,
           const Observation& seen);
std::vector<json::Value> values_at(const Pattern& pattern, const Comparison& comparison,
                                   const SeenObject& object, const Observation& seen);

// Whether an observation satisfies the test in brackets of a kObservation node. [stix21 9.5, 9.6]
bool satisfies(const Pattern& pattern, uint32_t node, const Observation& seen);

}  // namespace entente::pattern
