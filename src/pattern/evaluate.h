// Tests of compiled patterns on the flat values of one object. [stix21 9.6]
//
// Threads: an Evaluator belongs to one.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "pattern/compiled.h"
#include "pattern/regex.h"
#include "pattern/value.h"

namespace entente::pattern {

class Evaluator {
 public:
  // Begins an observation: its regular expressions share limits::kRegexStepsEventMax.
  void begin();

  // Whether the object with these values, sorted by path, satisfies a leaf of a pattern.
  bool satisfies(const Compiled& pattern, uint32_t leaf, const std::vector<FlatValue>& values);

  // Forgets what is kept for a pattern: call before it goes.
  void forget(const Compiled& pattern);

  // Searches that were given up.
  uint64_t given_up() const { return given_up_; }

 private:
  enum class Truth { kFalse, kTrue, kUnknown };
  bool test(const Compiled& pattern, uint32_t root, const std::vector<FlatValue>& values);
  bool compare(const Compiled& pattern, const CompiledComparison& comparison,
               const std::vector<FlatValue>& values);
  Truth test_value(const Compiled& pattern, const CompiledComparison& comparison,
                   const FlatValue& value);
  Truth test_text(const Compiled& pattern, const CompiledComparison& comparison,
                  const FlatValue& value);
  Regex* regex(const Compiled& pattern, const CompiledComparison& comparison);

  // Expressions that have been searched, by their comparison.
  std::unordered_map<const void*, std::unique_ptr<Regex>> regexes_;
  std::string scratch_;
  uint32_t steps_left_ = 0;
  uint64_t given_up_ = 0;
};

}  // namespace entente::pattern
