// The certain set grows by least votes; the possible set starts from it and grows by greatest votes, which
// end at what those outside the set hold at least. Both only grow, so that one pass over the interests of
// each member suffices. Tallies are cleared by what was touched, not as a whole.
#include "ownership/control.h"

#include <algorithm>
#include <queue>
#include <utility>

namespace entente::ownership {

ControlSearch::ControlSearch(const Upstream& upstream, const ControlOptions& options)
    : upstream_(&upstream),
      threshold_(options.threshold),
      known_votes_(upstream.size(), 0.0),
      tally_(upstream.size()),
      certain_(upstream.size(), 0),
      possible_(upstream.size(), 0) {
  for (uint32_t node = 0; node < upstream.size(); ++node) {
    for (const Upstream::Edge& edge : upstream.owners_of(node))
      known_votes_[node] += edge.stake->votes.low;
  }
}

Range ControlSearch::votes_in(uint32_t node) const {
  const Tally& tally = tally_[node];
  const double left_by_others = 1 - (known_votes_[node] - tally.low_of_possible);
  return {std::min(1.0, tally.low),
          std::max(tally.low, std::min({1.0, tally.high, left_by_others}))};
}

// Adds owners, and what they come to control, to the certain or to the possible set.
void ControlSearch::spread(std::span<const uint32_t> owners, Certainty as) {
  const bool is_certain = as == Certainty::kYes;
  std::vector<uint8_t>& members = is_certain ? certain_ : possible_;
  open_.clear();
  const auto add = [&](uint32_t node) {
    if (members[node] != 0) return;
    members[node] = 1;
    touched_.push_back(node);
    open_.push_back(node);
  };
  for (const uint32_t node : owners) add(node);
  while (!open_.empty()) {
    const uint32_t member = open_.back();
    open_.pop_back();
    for (const Upstream::Edge& edge : upstream_->holdings_of(member)) {
      const Stake& stake = *edge.stake;
      Tally& tally = tally_[edge.node];
      touched_.push_back(edge.node);
      if (is_certain) {
        tally.low += stake.votes.low;
      } else {
        tally.high += stake.votes.high;
        tally.low_of_possible += stake.votes.low;
      }
      const Control needed = is_certain ? Control::kCertain : Control::kPossible;
      const Range held = votes_in(edge.node);
      const bool by_right = stake.control >= needed;
      if (edge.node == 0 && by_right) by_right_ = true;
      if (by_right || (is_certain ? held.low : held.high) > threshold_ + kShareEpsilon)
        add(edge.node);
    }
  }
}

Votes ControlSearch::votes(std::span<const uint32_t> owners) {
  for (const uint32_t node : touched_) {
    tally_[node] = {};
    certain_[node] = possible_[node] = 0;
  }
  touched_.clear();
  by_right_ = false;
  spread(owners, Certainty::kYes);
  certain_list_.clear();
  for (const uint32_t node : touched_) {
    if (certain_[node] == 1) certain_list_.push_back(node);
    certain_[node] = certain_[node] != 0 ? 2 : 0;  // listed
  }
  spread(certain_list_, Certainty::kPossible);
  return {votes_in(0), controls(0), by_right_};
}

Certainty ControlSearch::controls(uint32_t node) const {
  if (certain_[node] != 0) return Certainty::kYes;
  return possible_[node] != 0 ? Certainty::kPossible : Certainty::kNo;
}

// The widest chains from the owner, widest first; then the direct holders' blocks.
double ControlSearch::widest(uint32_t owner, double Range::* end) {
  width_.assign(upstream_->size(), 0.0);
  std::priority_queue<std::pair<double, uint32_t>> open;
  width_[owner] = 1;
  open.emplace(1, owner);
  while (!open.empty()) {
    const auto [width, node] = open.top();
    open.pop();
    if (width < width_[node] || node == 0) continue;
    for (const Upstream::Edge& edge : upstream_->holdings_of(node)) {
      const double through = std::min(width, edge.stake->votes.*end);
      if (through <= width_[edge.node]) continue;
      width_[edge.node] = through;
      open.emplace(through, edge.node);
    }
  }
  double sum = 0;
  for (const Upstream::Edge& edge : upstream_->owners_of(0))
    sum += std::min(width_[edge.node], edge.stake->votes.*end);
  return std::min(1.0, sum);
}

Range ControlSearch::weakest_link(uint32_t owner) {
  const double low = widest(owner, &Range::low);
  return {low, std::max(low, widest(owner, &Range::high))};
}

}  // namespace entente::ownership
