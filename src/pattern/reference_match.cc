// A pattern becomes the list of all ways in which it can match: each a row of observation expressions
// (slots) with constraints on the times of what is put into them. Then all rows of observations are
// tried. REPEATS is written out, as the standard defines it. [stix21 9.5.1, 9.5.2]
#include <algorithm>

#include "pattern/reference.h"

namespace entente::pattern {
namespace {

// t[later] >= t[earlier], or |t[a] - t[b]| < window.
struct Pair {
  size_t a, b;
  int64_t window_ns;  // 0: b is not before a
};
struct Bound {
  size_t slot;
  stix::Timestamp start, stop;
};
struct Way {
  std::vector<size_t> slots;  // indexes of leaves
  std::vector<Pair> pairs;
  std::vector<Bound> bounds;
};

Way join(const Way& a, const Way& b, bool is_ordered) {
  Way out = a;
  const size_t shift = a.slots.size();
  out.slots.insert(out.slots.end(), b.slots.begin(), b.slots.end());
  for (const Pair& pair : b.pairs)
    out.pairs.push_back({pair.a + shift, pair.b + shift, pair.window_ns});
  for (const Bound& bound : b.bounds)
    out.bounds.push_back({bound.slot + shift, bound.start, bound.stop});
  for (size_t i = 0; is_ordered && i < shift; ++i) {
    for (size_t j = 0; j < b.slots.size(); ++j) out.pairs.push_back({i, shift + j, 0});
  }
  return out;
}

std::vector<Way> join(const std::vector<Way>& a, const std::vector<Way>& b, bool is_ordered) {
  std::vector<Way> out;
  for (const Way& left : a) {
    for (const Way& right : b) out.push_back(join(left, right, is_ordered));
  }
  return out;
}

std::vector<Way> ways_of(const Pattern& pattern, const std::vector<uint32_t>& leaves,
                         uint32_t index) {
  const Node& node = pattern.nodes[index];
  std::vector<Way> out;
  switch (node.kind) {
    case NodeKind::kObservation: {
      const auto at = std::find(leaves.begin(), leaves.end(), index);
      out.push_back({{static_cast<size_t>(at - leaves.begin())}, {}, {}});
      return out;
    }
    case NodeKind::kAnyOf:
      for (uint32_t child = node.first; child != kNone; child = pattern.nodes[child].next) {
        for (Way& way : ways_of(pattern, leaves, child)) out.push_back(std::move(way));
      }
      return out;
    case NodeKind::kEveryOf:
    case NodeKind::kFollowedBy:
      out = ways_of(pattern, leaves, node.first);
      for (uint32_t child = pattern.nodes[node.first].next; child != kNone;
           child = pattern.nodes[child].next)
        out = join(out, ways_of(pattern, leaves, child), node.kind == NodeKind::kFollowedBy);
      return out;
    case NodeKind::kRepeats: {
      const std::vector<Way> once = ways_of(pattern, leaves, node.first);
      out = once;
      for (int64_t i = 1; i < node.quantity; ++i) out = join(out, once, false);
      return out;
    }
    case NodeKind::kWithin:
      out = ways_of(pattern, leaves, node.first);
      for (Way& way : out) {
        for (size_t i = 0; i < way.slots.size(); ++i) {
          for (size_t j = i + 1; j < way.slots.size(); ++j)
            way.pairs.push_back({i, j, node.quantity});
        }
      }
      return out;
    case NodeKind::kStartStop:
      out = ways_of(pattern, leaves, node.first);
      for (Way& way : out) {
        for (size_t i = 0; i < way.slots.size(); ++i) {
          way.bounds.push_back({i, *stix::parse_timestamp(pattern.slice(node.text)),
                                *stix::parse_timestamp(pattern.slice(node.stop))});
        }
      }
      return out;
    default:
      return out;
  }
}

// Whether there are times, one for each slot within its observation's, that satisfy all constraints:
// the longest-path form of difference constraints. All are t[b] - t[a] <= c in whole nanoseconds;
// digits beyond the ninth count for START and STOP alone.
bool has_times(const Way& way, const std::vector<uint32_t>& chosen,
               const std::vector<ReferenceTimes>& seen) {
  const size_t n = way.slots.size();
  std::vector<int64_t> earliest(n), latest(n);
  for (size_t i = 0; i < n; ++i) {
    earliest[i] = seen[chosen[i]].first.ns;
    latest[i] = seen[chosen[i]].last.ns;
  }
  for (const Bound& bound : way.bounds) {
    const ReferenceTimes& one = seen[chosen[bound.slot]];
    // Some moment of [first, last] is in [start, stop).
    if (stix::compare(one.last, bound.start) < 0 || stix::compare(one.first, bound.stop) >= 0 ||
        stix::compare(bound.start, bound.stop) >= 0)
      return false;
    earliest[bound.slot] = std::max(earliest[bound.slot], bound.start.ns);
    const bool is_below = stix::compare(one.last, bound.stop) < 0;
    if (!is_below)
      latest[bound.slot] =
          std::min(latest[bound.slot], std::max(earliest[bound.slot], bound.stop.ns - 1));
  }
  // Raise each slot's earliest time until nothing changes; as many rounds as there are slots suffice.
  for (size_t round = 0; round <= n; ++round) {
    bool has_changed = false;
    const auto raise = [&](size_t slot, int64_t to) {
      if (earliest[slot] >= to) return;
      earliest[slot] = to;
      has_changed = true;
    };
    for (const Pair& pair : way.pairs) {
      if (pair.window_ns == 0) {
        raise(pair.b, earliest[pair.a]);
      } else if (pair.window_ns != INT64_MAX) {
        raise(pair.a, earliest[pair.b] - pair.window_ns + 1);
        raise(pair.b, earliest[pair.a] - pair.window_ns + 1);
      }
    }
    for (size_t i = 0; i < n; ++i) {
      if (earliest[i] > latest[i]) return false;
    }
    if (!has_changed) return true;
  }
  return false;
}

struct Trial {
  const Way& way;
  const std::vector<std::vector<uint32_t>>& fitting;
  const std::vector<ReferenceTimes>& seen;
  std::vector<uint64_t> used;
  std::vector<uint32_t> chosen;
  std::vector<bool>& takes_part;

  void run() {
    const size_t slot = chosen.size();
    if (slot == way.slots.size()) {
      if (!has_times(way, chosen, seen)) return;
      for (const uint32_t each : chosen) takes_part[each] = true;
      return;
    }
    for (const uint32_t each : fitting[way.slots[slot]]) {
      // Distinct observations; an observed-data supplies number_observed of them. [stix21 9.1, 9.5]
      if (used[each] == seen[each].count) continue;
      ++used[each];
      chosen.push_back(each);
      run();
      chosen.pop_back();
      --used[each];
    }
  }
};

}  // namespace

Reference::Reference(const Pattern& pattern) : pattern_(pattern) {
  for (uint32_t i = 0; i < pattern.nodes.size(); ++i) {
    if (pattern.nodes[i].kind == NodeKind::kObservation) leaves_.push_back(i);
  }
  fitting_.resize(leaves_.size());
}

void Reference::add(const Observation& seen) {
  const auto number = static_cast<uint32_t>(seen_.size());
  for (size_t i = 0; i < leaves_.size(); ++i) {
    if (satisfies(pattern_, leaves_[i], seen)) fitting_[i].push_back(number);
  }
  seen_.push_back({seen.first, seen.last, seen.count});
}

std::vector<uint32_t> Reference::participants() const {
  std::vector<bool> takes_part(seen_.size(), false);
  for (const Way& way : ways_of(pattern_, leaves_, pattern_.root))
    Trial{way, fitting_, seen_, std::vector<uint64_t>(seen_.size(), 0), {}, takes_part}.run();
  std::vector<uint32_t> out;
  for (uint32_t i = 0; i < seen_.size(); ++i) {
    if (takes_part[i]) out.push_back(i);
  }
  return out;
}

}  // namespace entente::pattern
