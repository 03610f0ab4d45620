// Backtracking over slots in the order of the text, each slot's candidates in the order of time. Two
// prunings make the common cases linear: equal slots take candidates in rising order, and are given
// up as soon as what is left within the window cannot fill them. Where spans are moments, agreement
// in pairs is agreement of all; else the times are settled once all slots are filled.
#include "pattern/solve.h"

#include <algorithm>

#include "pattern/limits.h"

namespace entente::pattern {
namespace {

constexpr uint32_t kNobody = UINT32_MAX;

bool is_in(uint32_t run, RunRange range) { return run >= range.begin && run < range.end; }

bool is_before(const Candidate& a, const Candidate& b) {
  return a.from_ns != b.from_ns ? a.from_ns < b.from_ns : a.seen < b.seen;
}

}  // namespace

int64_t plus(int64_t a, int64_t b) {
  int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) return b > 0 ? INT64_MAX : INT64_MIN;
  return sum;
}

void offer(const Plan& plan, uint32_t leaf, uint32_t number, const Observation& seen,
           Candidates* candidates) {
  for (size_t i = 0; i < plan.classes.size(); ++i) {
    const SlotClass& one = plan.classes[i];
    if (!std::binary_search(one.leaves.begin(), one.leaves.end(), leaf)) continue;
    Candidate made{number, static_cast<uint32_t>(std::min<uint64_t>(seen.count, UINT32_MAX)),
                   seen.first.ns, seen.last.ns};
    const auto is_within = [&](const Bound& bound) {
      return bound.clip(seen.first, seen.last, &made.from_ns, &made.to_ns);
    };
    if (!std::all_of(one.bounds.begin(), one.bounds.end(), is_within)) continue;
    // It may have come already, by another leaf of the class: then it stands beside its place.
    std::vector<Candidate>& list = (*candidates)[i];
    const auto at = std::lower_bound(list.begin(), list.end(), made, is_before);
    if (at != list.end() && at->seen == number) continue;
    list.insert(at, made);
  }
}

Solver::Answer Solver::all(const Plan& plan, const Candidates& candidates) {
  return with(plan, candidates, kNobody);
}

Solver::Answer Solver::with(const Plan& plan, const Candidates& candidates, uint32_t seen) {
  plan_ = &plan;
  candidates_ = &candidates;
  total_left_ = limits::kSearchStepsTotalMax;
  known_.clear();
  Answer answer;
  for (const Way& way : plan.ways) {
    if (way.runs.size() == 1) {
      single_run(way, seen, &answer);
      continue;
    }
    const bool is_hopeless = std::any_of(way.runs.begin(), way.runs.end(), [&](const Run& run) {
      return candidates[run.slot_class].empty();
    });
    if (is_hopeless) continue;
    prepare(way);
    explore(seen, &answer);
  }
  answer.seen.assign(known_.begin(), known_.end());
  std::sort(answer.seen.begin(), answer.seen.end());
  return answer;
}

// One class, so many times, perhaps within a window: a stretch of time [s, s + window) is good if the
// observations whose spans meet it are enough, and then all of them take part. Only ends of spans need
// to be tried as s: the earliest end among those chosen.
void Solver::single_run(const Way& way, uint32_t must, Answer* answer) {
  const std::vector<Candidate>& list = (*candidates_)[way.runs[0].slot_class];
  const uint64_t wanted = way.runs[0].times;
  int64_t window = INT64_MAX;
  for (const Window& one : way.windows) window = std::min(window, one.window_ns);
  if (wanted == 1 || window == INT64_MAX) {
    uint64_t sum = 0;
    bool has_must = must == kNobody;
    for (const Candidate& each : list) {
      sum += each.count;
      has_must |= each.seen == must;
    }
    if (sum < wanted || !has_must) return;
    for (const Candidate& each : list) {
      if (wanted > 1 || must == kNobody || each.seen == must) known_.insert(each.seen);
    }
    return;
  }
  std::vector<int64_t> starts;
  for (const Candidate& each : list) starts.push_back(each.to_ns);
  std::sort(starts.begin(), starts.end());
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
  std::vector<bool> takes_part(list.size(), false);
  int64_t longest = 0;
  for (const Candidate& each : list) longest = std::max(longest, each.to_ns - each.from_ns);
  for (const int64_t start : starts) {
    // Candidates that meet the stretch begin before its end, and not longer before it than any lasts.
    const Candidate low{0, 0, plus(start, -longest), 0}, high{0, 0, plus(start, window), 0};
    const auto first = std::lower_bound(list.begin(), list.end(), low, is_before) - list.begin();
    const auto past = std::lower_bound(list.begin(), list.end(), high, is_before) - list.begin();
    uint64_t sum = 0;
    bool has_must = must == kNobody;
    if (total_left_ < static_cast<uint64_t>(past - first)) {
      answer->is_complete = false;
      break;
    }
    total_left_ -= static_cast<uint64_t>(past - first);
    for (auto i = first; i < past; ++i) {
      const Candidate& each = list[static_cast<size_t>(i)];
      if (each.to_ns < start) continue;
      sum += each.count;
      has_must |= each.seen == must;
    }
    if (sum < wanted || !has_must) continue;
    for (auto i = first; i < past; ++i) {
      if (list[static_cast<size_t>(i)].to_ns >= start) takes_part[static_cast<size_t>(i)] = true;
    }
  }
  for (size_t i = 0; i < list.size(); ++i) {
    if (takes_part[i]) known_.insert(list[i].seen);
  }
}

void Solver::prepare(const Way& way) {
  way_ = &way;
  slots_.clear();
  for (uint32_t run = 0; run < way.runs.size(); ++run) {
    Slot slot;
    slot.run = run;
    slot.slot_class = way.runs[run].slot_class;
    for (uint32_t i = 0; i < way.windows.size(); ++i) {
      if (is_in(run, way.windows[i].range)) slot.windows.push_back(i);
    }
    for (uint32_t i = 0; i < way.orders.size(); ++i) {
      if (is_in(run, way.orders[i].before)) slot.befores.push_back(i);
      if (is_in(run, way.orders[i].after)) slot.afters.push_back(i);
    }
    slots_.insert(slots_.end(), way.runs[run].times, slot);
  }
  room_.assign(plan_->classes.size(), {});
  for (size_t i = 0; i < room_.size(); ++i) {
    uint64_t sum = 0;
    room_[i].push_back(0);
    for (const Candidate& each : (*candidates_)[i]) room_[i].push_back(sum += each.count);
  }
}

// Asks for every candidate of every slot whether there is a match with it (and with `must`) in that
// slot; each match that is found answers for all that are in it.
void Solver::explore(uint32_t must, Answer* answer) {
  const bool has_must = must != kNobody;
  const auto is_repeated = [&](uint32_t i) { return i > 0 && slots_[i].run == slots_[i - 1].run; };
  for (uint32_t held = 0; held < (has_must ? slots_.size() : 1); ++held) {
    if (is_repeated(held)) continue;  // equal slots: the first stands for all
    const auto begin = [&] {
      for (Slot& slot : slots_) slot.is_chosen = slot.is_held = false;
      return !has_must || hold(held, must);
    };
    if (!begin() || ask(answer) != Found::kYes) continue;
    for (uint32_t i = 0; i < slots_.size(); ++i) {
      if (has_must ? i == held || (is_repeated(i) && i != held + 1) : is_repeated(i)) continue;
      for (const Candidate& each : (*candidates_)[slots_[i].slot_class]) {
        if (!known_.contains(each.seen) && begin() && hold(i, each.seen)) ask(answer);
      }
    }
  }
}

Solver::Found Solver::ask(Answer* answer) {
  const uint64_t steps = std::min(limits::kSearchStepsMax, total_left_);
  steps_left_ = steps;
  const Found found = steps == 0 ? Found::kGaveUp : search();
  total_left_ -= steps - steps_left_;
  if (found == Found::kGaveUp) answer->is_complete = false;
  if (found == Found::kYes) {
    for (const Slot& slot : slots_) known_.insert(chosen(slot).seen);
  }
  return found;
}

// Puts an observation into a slot before the search begins; false if it does not go there.
bool Solver::hold(uint32_t slot, uint32_t seen) {
  const std::vector<Candidate>& list = (*candidates_)[slots_[slot].slot_class];
  const auto at = std::find_if(list.begin(), list.end(),
                               [&](const Candidate& each) { return each.seen == seen; });
  if (at == list.end() || !fits(slot, *at)) return false;
  slots_[slot].is_chosen = slots_[slot].is_held = true;
  slots_[slot].candidate = static_cast<uint32_t>(at - list.begin());
  return true;
}

Solver::Found Solver::search() {
  const bool is_free = way_->orders.empty() && way_->windows.empty();
  return is_free ? assign_freely() : descend(0);
}

Solver::Found Solver::descend(uint32_t slot) {
  while (slot < slots_.size() && slots_[slot].is_held) ++slot;
  if (slot == slots_.size()) return has_times() ? Found::kYes : Found::kNo;
  Slot& mine = slots_[slot];
  const std::vector<Candidate>& list = (*candidates_)[mine.slot_class];
  uint32_t from = 0;
  // Equal slots take candidates in rising order, those that are held apart.
  for (uint32_t before = slot; before-- > 0 && slots_[before].run == mine.run;) {
    if (slots_[before].is_held) continue;
    from = slots_[before].candidate;
    break;
  }
  Found result = Found::kNo;
  for (uint32_t i = from; i < list.size() && result == Found::kNo; ++i) {
    if (steps_left_ == 0) return Found::kGaveUp;
    --steps_left_;
    if (!has_room(slot, i)) return Found::kNo;
    if (!fits(slot, list[i])) continue;
    mine.is_chosen = true;
    mine.candidate = i;
    result = descend(slot + 1);
    if (result != Found::kYes) mine.is_chosen = false;
  }
  return result;
}

// Whether what is left from a candidate on can fill the equal slots from this one on.
bool Solver::has_room(uint32_t slot, uint32_t from) const {
  const Slot& mine = slots_[slot];
  const std::vector<Candidate>& list = (*candidates_)[mine.slot_class];
  int64_t until = INT64_MAX;  // the first moment that is too late for any window
  for (uint32_t other = 0; other < slots_.size(); ++other) {
    const Slot& theirs = slots_[other];
    if (!theirs.is_chosen || other == slot) continue;
    for (const uint32_t window : theirs.windows) {
      const Window& one = way_->windows[window];
      if (is_in(mine.run, one.range))
        until = std::min(until, plus(chosen(theirs).to_ns, one.window_ns));
    }
  }
  uint64_t wanted = 0;
  for (uint32_t i = slot; i < slots_.size() && slots_[i].run == mine.run; ++i)
    wanted += slots_[i].is_held ? 0 : 1;
  size_t past = list.size();
  if (until != INT64_MAX) {
    const Candidate limit{0, 0, until, 0};
    past = static_cast<size_t>(std::lower_bound(list.begin(), list.end(), limit, is_before) -
                               list.begin());
  }
  const std::vector<uint64_t>& room = room_[mine.slot_class];
  return past > from && room[past] - room[from] >= wanted;
}

bool Solver::fits(uint32_t slot, const Candidate& candidate) const {
  uint32_t used = 0;
  for (uint32_t other = 0; other < slots_.size(); ++other) {
    if (!slots_[other].is_chosen || other == slot) continue;
    const Candidate& theirs = chosen(slots_[other]);
    if (theirs.seen == candidate.seen && ++used >= candidate.count) return false;
    if (!agrees(slot, candidate, other, theirs)) return false;
  }
  return true;
}

// Whether there are moments for the two alone.
bool Solver::agrees(uint32_t slot, const Candidate& candidate, uint32_t other,
                    const Candidate& theirs) const {
  const Slot& mine = slots_[slot];
  const uint32_t run = slots_[other].run;
  for (const uint32_t index : mine.windows) {
    const Window& window = way_->windows[index];
    if (!is_in(run, window.range)) continue;
    if (candidate.from_ns >= plus(theirs.to_ns, window.window_ns)) return false;
    if (theirs.from_ns >= plus(candidate.to_ns, window.window_ns)) return false;
  }
  for (const uint32_t index : mine.befores) {
    if (is_in(run, way_->orders[index].after) && theirs.to_ns < candidate.from_ns) return false;
  }
  for (const uint32_t index : mine.afters) {
    if (is_in(run, way_->orders[index].before) && candidate.to_ns < theirs.from_ns) return false;
  }
  return true;
}

// Whether all slots, filled, have moments that satisfy all constraints at once. Each slot's earliest
// moment is raised until nothing changes; constraints never ask for more than there are slots rounds.
bool Solver::has_times() const {
  std::vector<int64_t> earliest;
  bool has_spans = false;
  for (const Slot& slot : slots_) {
    earliest.push_back(chosen(slot).from_ns);
    has_spans |= chosen(slot).from_ns != chosen(slot).to_ns;
  }
  if (!has_spans) return true;  // pairs have been compared
  for (size_t round = 0; round <= slots_.size(); ++round) {
    bool has_changed = false;
    const auto raise = [&](RunRange range, int64_t to) {
      for (size_t i = 0; i < slots_.size(); ++i) {
        if (!is_in(slots_[i].run, range) || earliest[i] >= to) continue;
        earliest[i] = to;
        has_changed = true;
      }
    };
    const auto latest_of = [&](RunRange range) {
      int64_t out = INT64_MIN;
      for (size_t i = 0; i < slots_.size(); ++i) {
        if (is_in(slots_[i].run, range)) out = std::max(out, earliest[i]);
      }
      return out;
    };
    for (const Order& order : way_->orders) raise(order.after, latest_of(order.before));
    for (const Window& window : way_->windows) {
      if (window.window_ns != INT64_MAX)
        raise(window.range, plus(latest_of(window.range), 1 - window.window_ns));
    }
    for (size_t i = 0; i < slots_.size(); ++i) {
      if (earliest[i] > chosen(slots_[i]).to_ns) return false;
    }
    if (!has_changed) return true;
  }
  return false;
}

// Without times it is a question of who stands where: a matching of slots and observations, found by
// augmenting paths.
Solver::Found Solver::assign_freely() {
  for (uint32_t slot = 0; slot < slots_.size(); ++slot) {
    if (slots_[slot].is_held) continue;
    std::unordered_set<uint32_t> visited;
    const Found found = augment(slot, &visited);
    if (found != Found::kYes) return found;
  }
  return Found::kYes;
}

Solver::Found Solver::augment(uint32_t slot, std::unordered_set<uint32_t>* visited) {
  const std::vector<Candidate>& list = (*candidates_)[slots_[slot].slot_class];
  for (uint32_t i = 0; i < list.size(); ++i) {
    if (steps_left_ == 0) return Found::kGaveUp;
    --steps_left_;
    if (visited->contains(list[i].seen)) continue;
    visited->insert(list[i].seen);
    uint32_t used = 0;
    for (const Slot& other : slots_)
      used += other.is_chosen && chosen(other).seen == list[i].seen ? 1U : 0U;
    bool is_free = used < list[i].count;
    for (uint32_t other = 0; other < slots_.size() && !is_free; ++other) {
      Slot& theirs = slots_[other];
      if (!theirs.is_chosen || theirs.is_held || chosen(theirs).seen != list[i].seen) continue;
      const Found moved = augment(other, visited);
      if (moved == Found::kGaveUp) return moved;
      is_free = moved == Found::kYes;
    }
    if (!is_free) continue;
    slots_[slot].is_chosen = true;
    slots_[slot].candidate = i;
    return Found::kYes;
  }
  return Found::kNo;
}

}  // namespace entente::pattern
