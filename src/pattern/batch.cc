// Observations go through the engine once; what they satisfy is remembered, and put together at the end.
#include "pattern/batch.h"

#include <algorithm>

namespace entente::pattern {

void Batch::see(const Observation& seen) {
  engine_.match(seen, [&](uint32_t pattern, uint32_t leaf) {
    const Plan* plan = engine_.plan(pattern);
    if (plan == nullptr) {
      plain_.emplace_back(pattern, seen_);
      return;
    }
    Candidates& candidates = partial_[pattern];
    candidates.resize(plan->classes.size());
    offer(*plan, leaf, seen_, seen, &candidates);
  });
  ++seen_;
}

void Batch::finish(const Sink& sink) {
  std::vector<uint32_t> patterns;
  for (const auto& [pattern, observation] : plain_) patterns.push_back(pattern);
  for (const auto& [pattern, candidates] : partial_) patterns.push_back(pattern);
  std::sort(patterns.begin(), patterns.end());
  patterns.erase(std::unique(patterns.begin(), patterns.end()), patterns.end());
  std::sort(plain_.begin(), plain_.end());
  Solver solver;
  std::vector<uint32_t> seen;
  size_t at = 0;
  for (const uint32_t pattern : patterns) {
    seen.clear();
    for (; at < plain_.size() && plain_[at].first == pattern; ++at)
      seen.push_back(plain_[at].second);
    if (!seen.empty()) {
      sink(pattern, seen, true);
      continue;
    }
    const Solver::Answer answer = solver.all(*engine_.plan(pattern), partial_[pattern]);
    if (!answer.seen.empty() || !answer.is_complete) sink(pattern, answer.seen, answer.is_complete);
  }
}

}  // namespace entente::pattern
