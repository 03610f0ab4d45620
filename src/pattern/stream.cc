// Candidates leave in the order in which they came. One that outlives those before it holds back those
// behind it, which costs memory within the bound and nothing else: searches compare times themselves.
#include "pattern/stream.h"

#include <algorithm>

#include "pattern/solve.h"

namespace entente::pattern {

void Stream::see(const Observation& seen, const Sink& sink) {
  if (latest_ns_ != INT64_MIN && seen.first.ns < plus(latest_ns_, -options_.lateness_ns))
    ++stats_.late;
  latest_ns_ = std::max(latest_ns_, seen.first.ns);
  if (!due_.empty()) expire();
  if (options_.replaces_same_id && !by_id_.empty()) replace(seen.id);
  touched_.clear();
  const uint32_t number = next_seen_;
  engine_.match(seen, [&](uint32_t pattern, uint32_t leaf) {
    const Plan* plan = engine_.plan(pattern);
    if (plan == nullptr) {
      match_.assign(1, {seen.id, seen.tag});
      sink(pattern, match_);
      return;
    }
    Candidates& candidates = partial_[pattern];
    candidates.resize(plan->classes.size());
    offer(*plan, leaf, number, seen, &candidates);
    if (touched_.empty() || touched_.back() != pattern) touched_.push_back(pattern);
  });
  if (touched_.empty()) return;
  ++next_seen_;
  for (const uint32_t pattern : touched_) remember(pattern, number, *engine_.plan(pattern), seen);
  for (const uint32_t pattern : touched_) {
    const auto partial = partial_.find(pattern);
    if (partial == partial_.end()) continue;
    const Solver::Answer answer = solver_.with(*engine_.plan(pattern), partial->second, number);
    stats_.incomplete += answer.is_complete ? 0 : 1;
    if (answer.seen.empty()) continue;
    match_.clear();
    for (const uint32_t each : answer.seen) {
      if (const auto known = kept_.find(each); known != kept_.end())
        match_.push_back({known->second.id, known->second.tag});
    }
    sink(pattern, match_);
  }
}

bool Stream::recall(const Observation& seen, const std::function<bool(uint32_t)>& wanted) {
  const auto named = by_id_.find(std::string(seen.id));
  const bool is_known = named != by_id_.end();
  const uint32_t number = is_known ? named->second : next_seen_;
  const int64_t until = plus(latest_ns_, -options_.lateness_ns);
  touched_.clear();
  engine_.match(seen, [&](uint32_t pattern, uint32_t leaf) {
    const Plan* const plan = engine_.plan(pattern);
    if (plan == nullptr || !wanted(pattern)) return;
    const int64_t reach = std::min(plan->reach_ns(), options_.age_ns_max);
    if (plus(seen.last.ns, reach) <= until) return;  // it can be in no match any more
    Candidates& candidates = partial_[pattern];
    candidates.resize(plan->classes.size());
    offer(*plan, leaf, number, seen, &candidates);
    if (touched_.empty() || touched_.back() != pattern) touched_.push_back(pattern);
  });
  const std::vector<uint32_t> before = is_known ? kept_[number].patterns : std::vector<uint32_t>();
  if (!is_known && !touched_.empty()) ++next_seen_;
  for (const uint32_t pattern : touched_) {
    if (std::ranges::find(before, pattern) == before.end())
      remember(pattern, number, *engine_.plan(pattern), seen);
  }
  return !is_known && kept_.contains(number);
}

void Stream::remember(uint32_t pattern, uint32_t seen, const Plan& plan,
                      const Observation& observation) {
  Kept& kept = kept_[seen];
  if (kept.uses == 0) {
    kept.id = observation.id;
    kept.tag = observation.tag;
    if (options_.replaces_same_id) by_id_[kept.id] = seen;
  }
  ++kept.uses;
  if (options_.replaces_same_id) kept.patterns.push_back(pattern);
  const int64_t reach = std::min(plan.reach_ns(), options_.age_ns_max);
  due_.push_back({pattern, seen, plus(observation.last.ns, reach)});
  ++stats_.remembered;
  while (due_.size() > options_.candidates_max) {
    ++stats_.dropped;
    drop_front();
  }
}

void Stream::expire() {
  const int64_t until = plus(latest_ns_, -options_.lateness_ns);
  while (!due_.empty() && due_.front().expires_ns <= until) {
    ++stats_.expired;
    drop_front();
  }
}

void Stream::drop_front() {
  const Due due = due_.front();
  due_.pop_front();
  --stats_.remembered;
  drop_use(due.seen);
  drop_candidate(due.pattern, due.seen);
}

// One pattern less needs the observation.
void Stream::drop_use(uint32_t seen) {
  const auto known = kept_.find(seen);
  if (known == kept_.end() || --known->second.uses > 0) return;
  if (options_.forgotten) options_.forgotten(known->second.tag);
  if (const auto named = by_id_.find(known->second.id);
      named != by_id_.end() && named->second == seen)
    by_id_.erase(named);
  kept_.erase(known);
}

void Stream::drop_candidate(uint32_t pattern, uint32_t seen) {
  const auto partial = partial_.find(pattern);
  if (partial == partial_.end()) return;
  bool is_empty = true;
  for (std::vector<Candidate>& list : partial->second) {
    const auto at = std::find_if(list.begin(), list.end(),
                                 [&](const Candidate& each) { return each.seen == seen; });
    if (at != list.end()) list.erase(at);
    is_empty &= list.empty();
  }
  if (is_empty) partial_.erase(partial);
}

// What is due in the order of coming still leaves in its turn; it then finds nothing to drop.
void Stream::replace(std::string_view id) {
  const auto named = by_id_.find(std::string(id));
  if (named == by_id_.end()) return;
  const uint32_t seen = named->second;
  by_id_.erase(named);
  const auto known = kept_.find(seen);
  if (known == kept_.end()) return;
  for (const uint32_t pattern : known->second.patterns) drop_candidate(pattern, seen);
  if (options_.forgotten) options_.forgotten(known->second.tag);
  kept_.erase(known);
}

}  // namespace entente::pattern
