// The certain set grows by least votes; the possible set starts from it and grows by greatest votes, which
// end at what those outside the set hold at least. Both only grow, so that one pass over the interests of
// each member suffices. Tallies are cleared by what was touched, not as a whole.
#include "ownership/control.h"

#include <algorithm>
#include <queue>
#include <utility>

namespace entente::ownership {

ControlSearch::ControlSearch(const Region& region, const ControlOptions& options)
    : region_(&region),
      options_(options),
      tally_(region.size()),
      certain_(region.size(), 0),
      possible_(region.size(), 0) {
  for (uint32_t node = 0; node < region.size(); ++node) {
    known_votes_.push_back(region.known_votes(node));
    known_capital_.push_back(region.known_capital(node));
  }
}

void ControlSearch::Sum::add(const Range& share, bool is_certain) {
  if (is_certain) {
    low += share.low;
  } else {
    high += share.high;
    low_of_possible += share.low;
  }
}

Range ControlSearch::Sum::bounds(double known) const {
  const double left_by_others = 1 - (known - low_of_possible);
  return {std::min(1.0, low), std::max(low, std::min({1.0, high, left_by_others}))};
}

Range ControlSearch::votes_in(uint32_t node) const {
  return tally_[node].votes.bounds(known_votes_[node]);
}

Range ControlSearch::capital_in(uint32_t node) const {
  return tally_[node].capital.bounds(known_capital_[node]);
}

bool ControlSearch::passes(uint32_t node, bool is_certain) const {
  const auto is_enough = [&](Range held) {
    const double share = is_certain ? held.low : held.high;
    return options_.at_least ? share >= options_.threshold - kShareEpsilon
                             : share > options_.threshold + kShareEpsilon;
  };
  return (options_.measure != Measure::kCapital && is_enough(votes_in(node))) ||
         (options_.measure != Measure::kVotes && is_enough(capital_in(node)));
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
    for (const Region::Edge& edge : region_->holdings_of(member)) {
      const Stake& stake = *edge.stake;
      touched_.push_back(edge.node);
      tally_[edge.node].votes.add(stake.votes, is_certain);
      tally_[edge.node].capital.add(stake.capital, is_certain);
      const Control needed = is_certain ? Control::kCertain : Control::kPossible;
      const bool by_right = options_.by_rights && stake.control >= needed;
      if (edge.node == 0 && by_right) by_right_ = true;
      if (by_right || passes(edge.node, is_certain)) add(edge.node);
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
  width_.assign(region_->size(), 0.0);
  std::priority_queue<std::pair<double, uint32_t>> open;
  width_[owner] = 1;
  open.emplace(1, owner);
  while (!open.empty()) {
    const auto [width, node] = open.top();
    open.pop();
    if (width < width_[node] || node == 0) continue;
    for (const Region::Edge& edge : region_->holdings_of(node)) {
      const double through = std::min(width, edge.stake->votes.*end);
      if (through <= width_[edge.node]) continue;
      width_[edge.node] = through;
      open.emplace(through, edge.node);
    }
  }
  double sum = 0;
  for (const Region::Edge& edge : region_->owners_of(0))
    sum += std::min(width_[edge.node], edge.stake->votes.*end);
  return std::min(1.0, sum);
}

Range ControlSearch::weakest_link(uint32_t owner) {
  const double low = widest(owner, &Range::low);
  return {low, std::max(low, widest(owner, &Range::high))};
}

}  // namespace entente::ownership
