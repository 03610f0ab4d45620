// Parties in circles of one are settled in passing; the others by a linear system for the least values, and
// for the greatest by policy iteration: with the values of the round before, each party takes as much as
// it can of those owners that are worth most, and takes a new choice only where that is worth more.
#include "ownership/capital.h"

#include <algorithm>
#include <numeric>

#include "ownership/circle_system.h"
#include "ownership/limits.h"

namespace entente::ownership {
namespace {

constexpr double kWorthMore = 1e-14;  // a smaller gain is rounding

}  // namespace

Capital::Capital(const Region& region) : region_(&region) {
  if (!region.is_ultimate(0)) pass_down();  // behind a target
  for (uint32_t node = 0; node < region.size() && is_exact_; ++node) {
    for (const Region::Edge& edge : region.owners_of(node))
      is_exact_ = is_exact_ && edge.stake->capital.low == edge.stake->capital.high;
  }
}

// From the target to its owners, circle by circle: what a node owns in those it holds in.
void Capital::pass_down() {
  const Region& up = *region_;
  through_.assign(up.size(), 0.0);
  std::vector<uint32_t> place(up.size(), 0);
  for (size_t index = up.circle_count(); index-- > 0;) {
    if (const auto circle = up.circle(index); circle.size() == 1) {
      pass_down_single(circle[0]);
      continue;
    }
    CircleSystem system;
    std::vector<uint32_t> members;
    for (const uint32_t node : up.circle(index)) {
      if (up.is_ultimate(node)) continue;
      place[node] = system.size++;
      members.push_back(node);
    }
    const auto is_inside = [&](uint32_t node) {
      return up.circle_of(node) == index && !up.is_ultimate(node);
    };
    std::vector<double> b;
    for (const uint32_t node : members) {
      double owned = node == 0 ? 1.0 : 0.0, others = region_->capital_outside(node);
      for (const Region::Edge& edge : up.holdings_of(node)) {
        if (!is_inside(edge.node)) owned += edge.stake->capital.low * through_[edge.node];
      }
      for (const Region::Edge& edge : up.owners_of(node)) {
        const double share = edge.stake->capital.low;
        if (!is_inside(edge.node)) {
          others += share;
        } else if (share > 0) {
          system.entries.push_back({place[node], place[edge.node], share});
        }
      }
      b.push_back(owned);
      system.leak.push_back(others + (1 - up.known_capital(node)));
    }
    if (!system.entries.empty()) b = solve(system, b, CircleSide::kShares);
    for (size_t i = 0; i < members.size(); ++i) through_[members[i]] = b[i];
    for (const uint32_t node : up.circle(index)) {
      if (!up.is_ultimate(node)) continue;
      for (const Region::Edge& edge : up.holdings_of(node)) {
        if (!up.is_ultimate(edge.node))
          through_[node] += edge.stake->capital.low * through_[edge.node];
      }
    }
  }
}

std::vector<Range> Capital::held_by_ultimate() const {
  std::vector<uint8_t> is_owner(region_->size(), 0);
  for (uint32_t node = 0; node < region_->size(); ++node)
    is_owner[node] = region_->is_ultimate(node);
  const std::vector<double> low = values(is_owner, End::kLow);
  const std::vector<double> high = is_exact_ ? low : values(is_owner, End::kHigh);
  std::vector<Range> out(region_->size());
  for (size_t node = 0; node < out.size(); ++node)
    out[node] = {low[node], std::max(low[node], high[node])};
  return out;
}

void Capital::pass_down_single(uint32_t node) {
  const Region& up = *region_;
  double owned = node == 0 ? 1 : 0, own = 0;
  for (const Region::Edge& edge : up.holdings_of(node)) {
    if (edge.node == node) {
      own = edge.stake->capital.low;
    } else {
      owned += edge.stake->capital.low * through_[edge.node];
    }
  }
  if (own > 0 && !up.is_ultimate(node)) owned = own < 1 ? owned / (1 - own) : 0;
  through_[node] = owned;
}

Range Capital::share(std::span<const uint32_t> owners) const {
  if (is_exact_ && owners.size() == 1 && region_->is_ultimate(owners[0])) {
    const double share = std::min(1.0, through_[owners[0]]);
    return {share, share};
  }
  std::vector<uint8_t> is_owner(region_->size(), 0);
  bool is_ultimate = true;
  double low = 0;
  for (const uint32_t owner : owners) {
    is_ultimate = is_ultimate && region_->is_ultimate(owner);
    if (is_owner[owner] == 0) low += through_[owner];
    is_owner[owner] = 1;
  }
  low = std::min(1.0, is_ultimate ? low : value(is_owner, End::kLow));
  if (is_exact_) return {low, low};
  return {low, std::max(low, value(is_owner, End::kHigh))};
}

Range Capital::disclosed() const {
  std::vector<uint8_t> is_owner(region_->size(), 0);
  double low = 0;
  for (uint32_t node = 0; node < region_->size(); ++node) {
    is_owner[node] = region_->is_ultimate(node);
    if (is_owner[node] != 0) low += through_[node];
  }
  low = std::min(1.0, low);
  return {low, is_exact_ ? low : std::max(low, value(is_owner, End::kHigh))};
}

double Capital::value(const std::vector<uint8_t>& is_owner, End end) const {
  return values(is_owner, end)[0];
}

// What each node is worth if the owners are worth 1.
std::vector<double> Capital::values(const std::vector<uint8_t>& is_owner, End end) const {
  const Region& up = *region_;
  std::vector<double> values(up.size(), 0.0);
  std::vector<uint32_t> place(up.size(), 0);
  std::vector<uint8_t> is_fixed(up.size(), 0);
  for (uint32_t node = 0; node < up.size(); ++node) {
    is_fixed[node] = is_owner[node] != 0 || up.is_ultimate(node);
    values[node] = is_owner[node] != 0 ? 1 : 0;
  }
  for (size_t index = 0; index < up.circle_count(); ++index) {
    const auto circle = up.circle(index);
    const auto is_own = [&](const Region::Edge& edge) { return edge.node == circle[0]; };
    if (circle.size() > 1 || std::ranges::any_of(up.owners_of(circle[0]), is_own)) {
      settle_circle(circle, is_fixed, &place, &values, end);
    } else if (is_fixed[circle[0]] == 0) {
      values[circle[0]] = settle(circle[0], &values, end);
    }
  }
  for (double& one : values) one = std::min(1.0, one);
  return values;
}

// What a node is worth in no circle, from what its owners are worth.
double Capital::settle(uint32_t node, std::vector<double>* values, End end) const {
  const auto owners = region_->owners_of(node);
  double worth = 0;
  for (const Region::Edge& edge : owners) worth += edge.stake->capital.low * (*values)[edge.node];
  if (end == End::kLow || is_exact_) return worth;
  std::vector<std::pair<double, double>> rooms;  // worth of an owner, what it may have more
  for (const Region::Edge& edge : owners) {
    const Range& range = edge.stake->capital;
    if (range.high > range.low && (*values)[edge.node] > 0)
      rooms.emplace_back((*values)[edge.node], range.high - range.low);
  }
  std::ranges::sort(rooms, std::greater<>());
  double left = std::max(0.0, 1 - region_->known_capital(node));
  for (const auto& [value, room] : rooms) {
    const double more = std::min(left, room);
    worth += value * more;
    left -= more;
  }
  return worth;
}

namespace {

// One circle while its greatest values are sought.
class Choice {
 public:
  Choice(const Region& region, std::span<const uint32_t> members,
         const std::vector<uint8_t>& is_fixed)
      : up_(&region), members_(members), is_fixed_(&is_fixed) {
    for (const uint32_t node : members) {
      auto& weights = weights_.emplace_back();
      for (const Region::Edge& edge : up_->owners_of(node))
        weights.push_back(edge.stake->capital.low);
    }
  }

  void evaluate(std::vector<double>* values, std::vector<uint32_t>* place) const {
    CircleSystem system;
    system.size = static_cast<uint32_t>(members_.size());
    for (uint32_t i = 0; i < system.size; ++i) (*place)[members_[i]] = i;
    std::vector<double> b;
    for (uint32_t i = 0; i < system.size; ++i) {
      const auto owners = up_->owners_of(members_[i]);
      double outside = up_->capital_outside(members_[i]), all = outside, worth = 0;
      for (size_t e = 0; e < owners.size(); ++e) {
        const double weight = weights_[i][e];
        all += weight;
        if (is_inside(owners[e].node)) {
          if (weight > 0) system.entries.push_back({i, (*place)[owners[e].node], weight});
        } else {
          outside += weight;
          worth += weight * (*values)[owners[e].node];
        }
      }
      b.push_back(worth);
      system.leak.push_back(outside + (1 - all));
    }
    const std::vector<double> found = solve(system, b, CircleSide::kValues);
    for (uint32_t i = 0; i < system.size; ++i) (*values)[members_[i]] = std::min(1.0, found[i]);
  }

  // Whether any choice was changed.
  bool improve(const std::vector<double>& values) {
    bool is_better = false;
    for (size_t i = 0; i < members_.size(); ++i) {
      const auto owners = up_->owners_of(members_[i]);
      std::vector<uint32_t> order(owners.size());
      std::iota(order.begin(), order.end(), 0U);
      std::ranges::sort(order, [&](uint32_t a, uint32_t b) {
        const double worth_a = values[owners[a].node], worth_b = values[owners[b].node];
        if (worth_a != worth_b) return worth_a > worth_b;
        const bool is_in_a = is_inside(owners[a].node), is_in_b = is_inside(owners[b].node);
        return is_in_a != is_in_b ? is_in_b : a < b;
      });
      std::vector<double> best(owners.size());
      double left = 1 - up_->known_capital(members_[i]), old_worth = 0, new_worth = 0;
      for (size_t e = 0; e < owners.size(); ++e) {
        best[e] = owners[e].stake->capital.low;
        old_worth += weights_[i][e] * values[owners[e].node];
      }
      for (const uint32_t e : order) {
        const double more =
            std::clamp(owners[e].stake->capital.high - best[e], 0.0, std::max(0.0, left));
        best[e] += more;
        left -= more;
        new_worth += best[e] * values[owners[e].node];
      }
      if (new_worth <= old_worth + kWorthMore) continue;
      weights_[i] = std::move(best);
      is_better = true;
    }
    return is_better;
  }

 private:
  bool is_inside(uint32_t node) const {
    return (*is_fixed_)[node] == 0 && up_->circle_of(node) == up_->circle_of(members_[0]);
  }

  const Region* up_;
  std::span<const uint32_t> members_;
  const std::vector<uint8_t>* is_fixed_;
  std::vector<std::vector<double>> weights_;  // of the owners of each member
};

}  // namespace

void Capital::settle_circle(std::span<const uint32_t> circle, const std::vector<uint8_t>& is_fixed,
                            std::vector<uint32_t>* place, std::vector<double>* values,
                            End end) const {
  std::vector<uint32_t> members;
  for (const uint32_t node : circle) {
    if (is_fixed[node] == 0) members.push_back(node);
  }
  if (members.empty()) return;
  Choice choice(*region_, members, is_fixed);
  choice.evaluate(values, place);
  if (end == End::kLow || is_exact_) return;
  for (int round = 0; choice.improve(*values); ++round) {
    if (round == limits::kPolicyRoundsMax) {  // not settled: nobody is worth more than 1
      for (const uint32_t node : members) (*values)[node] = 1;
      return;
    }
    choice.evaluate(values, place);
  }
}

}  // namespace entente::ownership
