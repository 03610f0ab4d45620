// Ways are composed from the leaves up. An OR of plain observation expressions becomes one slot that
// takes either, so that REPEATS of such an OR stays one run; any other OR makes as many ways as it
// has operands. REPEATS of several ways is every multiset of them, since AND has no order.
#include "pattern/plan.h"

#include <algorithm>

#include "pattern/limits.h"

namespace entente::pattern {
namespace {

uint64_t slots_of(const Way& way) {
  uint64_t slots = 0;
  for (const Run& run : way.runs) slots += run.times;
  return slots;
}

bool is_single(const Way& way) { return way.runs.size() == 1 && way.runs[0].times == 1; }

class Planner {
 public:
  Planner(const Pattern& pattern, Plan* plan)
      : pattern_(pattern), plan_(*plan), leaves_(leaves_of(pattern)) {}

  Result<std::vector<Way>> ways(uint32_t index) {
    const Node& node = pattern_.nodes[index];
    switch (node.kind) {
      case NodeKind::kObservation: {
        const auto at = std::lower_bound(leaves_.begin(), leaves_.end(), index);
        const auto leaf = static_cast<uint32_t>(at - leaves_.begin());
        return std::vector<Way>{Way{{{class_of({{leaf}, {}}), 1}}, {}, {}}};
      }
      case NodeKind::kAnyOf:
        return any_of(node);
      case NodeKind::kRepeats:
        return repeated(node);
      case NodeKind::kWithin:
        return within(node);
      case NodeKind::kStartStop:
        return bounded(node);
      default:
        break;
    }
    std::vector<Way> out = TRY(ways(node.first));
    for (uint32_t child = pattern_.nodes[node.first].next; child != kNone;
         child = pattern_.nodes[child].next) {
      const std::vector<Way> more = TRY(ways(child));
      out = TRY(join(out, more, node.kind == NodeKind::kFollowedBy));
    }
    return out;
  }

 private:
  uint32_t class_of(SlotClass wanted) {
    for (uint32_t i = 0; i < plan_.classes.size(); ++i) {
      if (plan_.classes[i] == wanted) return i;
    }
    plan_.classes.push_back(std::move(wanted));
    return static_cast<uint32_t>(plan_.classes.size() - 1);
  }

  static std::unexpected<Error> too_large() {
    return fail(Code::kTooLarge, "its parts can be put together in more ways than are tried (" +
                                     std::to_string(limits::kWaysMax) + " ways, " +
                                     std::to_string(limits::kSlotsMax) + " observations in each)");
  }

  Result<Way> join(const Way& a, const Way& b, bool is_ordered) {
    Way out = a;
    const auto shift = static_cast<uint32_t>(a.runs.size());
    const auto end = static_cast<uint32_t>(shift + b.runs.size());
    out.runs.insert(out.runs.end(), b.runs.begin(), b.runs.end());
    const auto moved = [shift](RunRange range) {
      return RunRange{range.begin + shift, range.end + shift};
    };
    for (const Order& order : b.orders)
      out.orders.push_back({moved(order.before), moved(order.after)});
    for (const Window& window : b.windows)
      out.windows.push_back({moved(window.range), window.window_ns});
    if (is_ordered) out.orders.push_back({{0, shift}, {shift, end}});
    if (slots_of(out) > limits::kSlotsMax) return too_large();
    return out;
  }

  Result<std::vector<Way>> join(const std::vector<Way>& a, const std::vector<Way>& b,
                                bool is_ordered) {
    if (a.size() * b.size() > limits::kWaysMax) return too_large();
    std::vector<Way> out;
    for (const Way& left : a) {
      for (const Way& right : b) {
        Way joined = TRY(join(left, right, is_ordered));
        out.push_back(std::move(joined));
      }
    }
    return out;
  }

  Result<std::vector<Way>> any_of(const Node& node) {
    std::vector<Way> out;
    std::vector<SlotClass> merged;  // of single slots, one for each set of bounds
    for (uint32_t child = node.first; child != kNone; child = pattern_.nodes[child].next) {
      std::vector<Way> more = TRY(ways(child));
      for (Way& way : more) {
        if (!is_single(way)) {
          out.push_back(std::move(way));
          if (out.size() > limits::kWaysMax) return too_large();
          continue;
        }
        const SlotClass& one = plan_.classes[way.runs[0].slot_class];
        const auto same = std::find_if(merged.begin(), merged.end(), [&](const SlotClass& other) {
          return SlotClass{{}, other.bounds} == SlotClass{{}, one.bounds};
        });
        if (same == merged.end()) {
          merged.push_back(one);
        } else {
          same->leaves.insert(same->leaves.end(), one.leaves.begin(), one.leaves.end());
        }
      }
    }
    for (SlotClass& one : merged) {
      std::sort(one.leaves.begin(), one.leaves.end());
      out.push_back(Way{{{class_of(std::move(one)), 1}}, {}, {}});
    }
    if (out.size() > limits::kWaysMax) return too_large();
    return out;
  }

  Result<std::vector<Way>> repeated(const Node& node) {
    const std::vector<Way> once = TRY(ways(node.first));
    const auto times = static_cast<uint32_t>(node.quantity);
    if (times == 1) return once;
    if (once.size() == 1 && once[0].runs.size() == 1 && once[0].windows.empty()) {
      const uint64_t all = uint64_t{once[0].runs[0].times} * times;
      if (all > limits::kRepeatsMax) return too_large();
      Way way = once[0];
      way.runs[0].times = static_cast<uint32_t>(all);
      return std::vector<Way>{std::move(way)};
    }
    if (times > limits::kSlotsMax) return too_large();
    std::vector<Way> out;
    std::vector<uint32_t> chosen;
    TRY(multisets(once, times, 0, &chosen, &out));
    return out;
  }

  // Every choice of `times` ways, in the order of their numbers.
  Result<void> multisets(const std::vector<Way>& once, uint32_t times, uint32_t from,
                         std::vector<uint32_t>* chosen, std::vector<Way>* out) {
    if (from + 1 == once.size()) {
      Way way;
      for (const uint32_t each : *chosen) way = TRY(join(way, once[each], false));
      for (size_t i = chosen->size(); i < times; ++i) way = TRY(join(way, once[from], false));
      out->push_back(std::move(way));
      return out->size() > limits::kWaysMax ? Result<void>(too_large()) : Result<void>();
    }
    const size_t before = chosen->size();
    while (true) {
      TRY(multisets(once, times, from + 1, chosen, out));
      if (chosen->size() == times) break;
      chosen->push_back(from);
    }
    chosen->resize(before);
    return {};
  }

  Result<std::vector<Way>> within(const Node& node) {
    std::vector<Way> out = TRY(ways(node.first));
    for (Way& way : out) {
      // One observation is close to itself.
      if (!is_single(way))
        way.windows.push_back({{0, static_cast<uint32_t>(way.runs.size())}, node.quantity});
    }
    return out;
  }

  Result<std::vector<Way>> bounded(const Node& node) {
    std::vector<Way> out = TRY(ways(node.first));
    const Bound bound{std::string(pattern_.slice(node.text)),
                      std::string(pattern_.slice(node.stop))};
    for (Way& way : out) {
      for (Run& run : way.runs) {
        SlotClass made = plan_.classes[run.slot_class];
        made.bounds.push_back(bound);
        run.slot_class = class_of(std::move(made));
      }
    }
    return out;
  }

  const Pattern& pattern_;
  Plan& plan_;
  std::vector<uint32_t> leaves_;
};

}  // namespace

bool operator==(const SlotClass& a, const SlotClass& b) {
  const auto same = [](const Bound& x, const Bound& y) {
    return x.start == y.start && x.stop == y.stop;
  };
  return a.leaves == b.leaves &&
         std::equal(a.bounds.begin(), a.bounds.end(), b.bounds.begin(), b.bounds.end(), same);
}

bool Bound::clip(const stix::Timestamp& first, const stix::Timestamp& last, int64_t* from,
                 int64_t* to) const {
  const auto begin = stix::parse_timestamp(start), end = stix::parse_timestamp(stop);
  if (!begin || !end || stix::compare(*begin, *end) >= 0) return false;
  // At or after START, before STOP. [stix21 9.5.1]
  if (stix::compare(last, *begin) < 0 || stix::compare(first, *end) >= 0) return false;
  *from = std::max(*from, begin->ns);
  if (stix::compare(last, *end) >= 0) *to = std::min(*to, std::max(*from, end->ns - 1));
  return *from <= *to;
}

int64_t Plan::reach_ns() const {
  int64_t reach = 0;
  for (const Way& way : ways) {
    int64_t one = INT64_MAX;
    for (const Window& window : way.windows) {
      if (window.range.begin == 0 && window.range.end == way.runs.size())
        one = std::min(one, window.window_ns);
    }
    if (way.runs.size() == 1 && way.runs[0].times == 1) one = 0;
    reach = std::max(reach, one);
  }
  return reach;
}

std::vector<uint32_t> leaves_of(const Pattern& pattern) {
  std::vector<uint32_t> out;
  for (uint32_t i = 0; i < pattern.nodes.size(); ++i) {
    if (pattern.nodes[i].kind == NodeKind::kObservation) out.push_back(i);
  }
  return out;
}

Result<Plan> make_plan(const Pattern& pattern) {
  Plan plan;
  Planner planner(pattern, &plan);
  plan.ways = TRY(planner.ways(pattern.root));
  return plan;
}

}  // namespace entente::pattern
