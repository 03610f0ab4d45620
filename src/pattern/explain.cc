// A test is walked from left to right, as it reads: AND ends at the first operand that fails, OR at the
// first that holds; of an OR of which none holds the first failure is told.
#include "pattern/explain.h"

#include "pattern/reference.h"

namespace entente::pattern {
namespace {

constexpr size_t kFoundBytesMax = 200;

class Walk {
 public:
  Walk(const Pattern& pattern, const SeenObject& object, const Observation& seen)
      : pattern_(pattern), object_(object), seen_(seen) {}

  bool test(uint32_t index) {
    const Node& node = pattern_.nodes[index];
    if (node.kind == NodeKind::kComparison) {
      const Comparison& comparison = pattern_.comparisons[node.first];
      if (holds(pattern_, comparison, object_, seen_)) {
        out_.held.push_back(print_comparison(pattern_, comparison));
        return true;
      }
      if (out_.failed.empty()) {
        out_.failed = print_comparison(pattern_, comparison);
        out_.found = found(comparison);
      }
      return false;
    }
    const bool is_and = node.kind == NodeKind::kAnd;
    const std::string failed = out_.failed, found = out_.found;
    for (uint32_t child = node.first; child != kNone; child = pattern_.nodes[child].next) {
      const size_t held = out_.held.size();
      const bool is_true = test(child);
      if (is_and && !is_true) return false;
      if (!is_and && is_true) {
        out_.failed = failed;  // what failed before it does not matter
        out_.found = found;
        return true;
      }
      if (!is_and) out_.held.resize(held);
    }
    return is_and;
  }
  Explanation out_;

 private:
  std::string found(const Comparison& comparison) const {
    std::string out;
    for (const json::Value value : values_at(pattern_, comparison, object_, seen_)) {
      const std::string_view raw = value.raw();
      out += (out.empty() ? "" : ", ") + std::string(raw.substr(0, kFoundBytesMax));
      if (raw.size() > kFoundBytesMax) out += "...";
      if (out.size() > 4 * kFoundBytesMax) return out + ", ...";
    }
    return out.empty() ? "nothing" : out;
  }

  const Pattern& pattern_;
  const SeenObject& object_;
  const Observation& seen_;
};

}  // namespace

Explanation explain(const Pattern& pattern, uint32_t node, const Observation& seen) {
  Explanation best;
  for (const SeenObject& object : seen.objects) {
    Walk walk(pattern, object, seen);
    const bool is_satisfied = walk.test(pattern.nodes[node].first);
    Explanation& one = walk.out_;
    one.object = object.name;
    if (is_satisfied) {
      one.is_satisfied = true;
      one.failed.clear();
      one.found.clear();
      return one;
    }
    const bool is_of_type = one.found != "nothing" || !one.held.empty();
    if (is_of_type && (best.object.empty() || one.held.size() > best.held.size())) best = one;
    if (best.failed.empty()) {
      best.failed = one.failed;
      best.found = "nothing";
    }
  }
  return best;
}

}  // namespace entente::pattern
