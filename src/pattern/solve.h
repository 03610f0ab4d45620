// Finds which observations take part in matches of a plan.
//
// Whether a pattern matches is asked of all choices of observations and of all moments within their
// spans [stix21 9.1]. That is hard in general, so the search is bounded; what is common is exact and
// quick: one observation expression, its repetition with or without a window, ANDs without times.
// Threads: a Solver belongs to one.
#pragma once

#include <cstdint>
#include <unordered_set>
#include <vector>

#include "pattern/plan.h"

namespace entente::pattern {

// a + b, or the end of the range that it is beyond.
int64_t plus(int64_t a, int64_t b);

// An observation that can fill the slots of a class, with the part of its span that is within the
// bounds. `seen` is the caller's number of it; `count` as in number_observed.
struct Candidate {
  uint32_t seen = 0;
  uint32_t count = 1;
  int64_t from_ns = 0, to_ns = 0;
};

// For each class of the plan its candidates, sorted by `from_ns`, each `seen` once.
using Candidates = std::vector<std::vector<Candidate>>;

// Notes that an observation satisfies a leaf: it becomes a candidate of each class that takes the
// leaf, unless its span is out of the class's bounds. `number` is what it is called in answers.
void offer(const Plan& plan, uint32_t leaf, uint32_t number, const Observation& seen,
           Candidates* candidates);

class Solver {
 public:
  struct Answer {
    std::vector<uint32_t> seen;  // sorted, each once
    bool is_complete = true;     // false: a bound on the search was met, there may be more
  };

  // All observations that take part in some match.
  Answer all(const Plan& plan, const Candidates& candidates);
  // All that take part in some match together with `seen`.
  Answer with(const Plan& plan, const Candidates& candidates, uint32_t seen);

 private:
  enum class Found { kNo, kYes, kGaveUp };
  struct Slot {
    uint32_t run = 0, slot_class = 0;
    bool is_chosen = false;
    bool is_held = false;  // chosen before the search
    uint32_t candidate = 0;
    std::vector<uint32_t> windows, befores, afters;  // constraints that it is in
  };

  void prepare(const Way& way);
  void single_run(const Way& way, uint32_t must, Answer* answer);
  void explore(uint32_t must, Answer* answer);
  bool hold(uint32_t slot, uint32_t seen);
  Found ask(Answer* answer);
  Found search();
  Found descend(uint32_t slot);
  bool fits(uint32_t slot, const Candidate& candidate) const;
  bool agrees(uint32_t slot, const Candidate& candidate, uint32_t other,
              const Candidate& theirs) const;
  bool has_room(uint32_t slot, uint32_t from) const;
  bool has_times() const;
  Found assign_freely();
  Found augment(uint32_t slot, std::unordered_set<uint32_t>* visited);
  const Candidate& chosen(const Slot& slot) const {
    return (*candidates_)[slot.slot_class][slot.candidate];
  }

  const Plan* plan_ = nullptr;
  const Way* way_ = nullptr;
  const Candidates* candidates_ = nullptr;
  std::vector<Slot> slots_;
  std::vector<std::vector<uint64_t>> room_;  // of each class: sums of counts up to each candidate
  std::unordered_set<uint32_t> known_;       // found to take part
  uint64_t steps_left_ = 0;
  uint64_t total_left_ = 0;
};

}  // namespace entente::pattern
