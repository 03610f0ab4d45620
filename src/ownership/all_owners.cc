// Circle by circle, owners first. The list of a party is made of the lists of its holders, weighted, added up by
// owner and cut off. A small circle is solved by the inverse of its system; a large one by sweeps from
// below, which stop when they add little: what they miss is within the bound, since lists never exceed
// the truth.
#include "ownership/all_owners.h"

#include <algorithm>

#include "ownership/region.h"

namespace entente::ownership {
namespace {

constexpr size_t kInverseMax = 48;  // parties of a circle whose inverse is made
constexpr int kSweepsMax = 60;
constexpr double kSweepGain = 1e-7;

}  // namespace

AllOwners::AllOwners(const Snapshot& snapshot, double cut_off)
    : snapshot_(&snapshot), cut_off_(cut_off) {
  const auto count = static_cast<uint32_t>(snapshot.party_count());
  begin_.assign(count, 0);
  count_.assign(count, 0);
  traced_.assign(count, 0);
  is_ultimate_.assign(count, 0);
  entries_.reserve(snapshot.stake_count() * 2);
  std::vector<uint32_t> first(count + 1, 0), owner(snapshot.stake_count());
  for (PartyIndex party = 0; party < count; ++party) {
    const auto stakes = snapshot.owners_of(party);
    first[party + 1] = first[party] + static_cast<uint32_t>(stakes.size());
    for (size_t i = 0; i < stakes.size(); ++i) owner[first[party] + i] = stakes[i].owner;
  }
  const Components components = strong_components(first, owner);
  circle_of_.resize(count);
  const size_t circles = components.component_begin.size() - 1;
  for (uint32_t i = 0; i < circles; ++i) {
    const uint32_t begin = components.component_begin[i], end = components.component_begin[i + 1];
    for (uint32_t k = begin; k < end; ++k) circle_of_[components.order[k]] = i;
    if (end - begin == 1) {
      settle_single(components.order[begin]);
    } else {
      settle_circle(std::span(components.order).subspan(begin, end - begin));
    }
  }
}

double AllOwners::bound(PartyIndex party) const {
  double listed = 0;
  for (const Entry& entry : of(party)) listed += entry.share;
  return std::max(0.0, traced_[party] - listed);
}

// Adds what one holder brings: itself if it is ultimate, else its owners.
void AllOwners::gather(const Stake& stake) {
  const double share = stake.capital.low;
  if (share <= 0) return;
  if (is_ultimate_[stake.owner] != 0) {
    gathered_.push_back({stake.owner, share});
    return;
  }
  for (const Entry& entry : of(stake.owner))
    gathered_.push_back({entry.owner, entry.share * share});
}

// Sorts by owner, adds up, cuts off.
void AllOwners::add_up(double cut_off) {
  if (gathered_.size() > 1) {
    std::ranges::sort(gathered_, {}, &Entry::owner);
    size_t out = 0;
    for (size_t i = 1; i < gathered_.size(); ++i) {
      if (gathered_[i].owner == gathered_[out].owner) {
        gathered_[out].share += gathered_[i].share;
      } else {
        gathered_[++out] = gathered_[i];
      }
    }
    gathered_.resize(out + 1);
  }
  std::erase_if(gathered_, [&](const Entry& entry) { return entry.share < cut_off; });
}

void AllOwners::keep(PartyIndex party) {
  begin_[party] = entries_.size();
  count_[party] = static_cast<uint32_t>(gathered_.size());
  entries_.insert(entries_.end(), gathered_.begin(), gathered_.end());
}

void AllOwners::settle_single(PartyIndex party) {
  const auto stakes = snapshot_->owners_of(party);
  gathered_.clear();
  double own = 0, traced = 0;
  bool has_owner = false;
  for (const Stake& stake : stakes) {
    if (stake.owner == party) {
      own = stake.capital.low;
      continue;
    }
    has_owner = true;
    traced += stake.capital.low * (is_ultimate_[stake.owner] != 0 ? 1 : traced_[stake.owner]);
    gather(stake);
  }
  is_ultimate_[party] = !has_owner;
  if (!has_owner) return;
  if (own > 0) {
    const double scale = own < 1 ? 1 / (1 - own) : 0;
    traced *= scale;
    for (Entry& entry : gathered_) entry.share *= scale;
  }
  traced_[party] = std::min(1.0, traced);
  add_up(cut_off_);
  keep(party);
}

void AllOwners::settle_circle(std::span<const PartyIndex> circle) {
  const uint32_t number = circle_of_[circle[0]];
  const auto is_inside = [&](const Stake& stake) { return circle_of_[stake.owner] == number; };
  const bool is_closed = std::ranges::all_of(circle, [&](PartyIndex party) {
    return std::ranges::all_of(snapshot_->owners_of(party), is_inside);
  });
  if (is_closed) {
    for (const PartyIndex party : circle) is_ultimate_[party] = 1;
    for (const PartyIndex party : circle) {
      settle_single(party);
      is_ultimate_[party] = 1;
    }
    return;
  }
  CircleSystem system;
  system.size = static_cast<uint32_t>(circle.size());
  std::vector<PartyIndex> sorted(circle.begin(), circle.end());
  std::ranges::sort(sorted);
  const auto place_of = [&](PartyIndex party) {
    return static_cast<uint32_t>(std::ranges::lower_bound(sorted, party) - sorted.begin());
  };
  std::vector<std::vector<Entry>> outside(circle.size());
  std::vector<double> traced(circle.size(), 0);
  for (uint32_t i = 0; i < system.size; ++i) {
    gathered_.clear();
    double leak = 0, known = 0;
    for (const Stake& stake : snapshot_->owners_of(sorted[i])) {
      const double share = stake.capital.low;
      known += share;
      if (is_inside(stake)) {
        if (share > 0) system.entries.push_back({i, place_of(stake.owner), share});
        continue;
      }
      leak += share;
      traced[i] += share * (is_ultimate_[stake.owner] != 0 ? 1 : traced_[stake.owner]);
      gather(stake);
    }
    system.leak.push_back(leak + (1 - known));
    add_up(0);
    outside[i] = gathered_;
  }
  const CircleSolver solver(system);
  traced = solver.solve(traced, CircleSide::kValues);
  for (uint32_t i = 0; i < system.size; ++i) traced_[sorted[i]] = std::min(1.0, traced[i]);
  if (circle.size() <= kInverseMax) {
    settle_by_inverse(sorted, solver, outside);
  } else {
    settle_by_sweeps(sorted, outside);
  }
}

void AllOwners::settle_by_inverse(std::span<const PartyIndex> circle, const CircleSolver& solver,
                                  const std::vector<std::vector<Entry>>& outside) {
  for (size_t i = 0; i < circle.size(); ++i) {
    std::vector<double> unit(circle.size(), 0);
    unit[i] = 1;
    const std::vector<double> weight = solver.solve(unit, CircleSide::kShares);
    gathered_.clear();
    for (size_t k = 0; k < circle.size(); ++k) {
      for (const Entry& entry : outside[k])
        gathered_.push_back({entry.owner, entry.share * weight[k]});
    }
    add_up(cut_off_);
    keep(circle[i]);
  }
}

void AllOwners::settle_by_sweeps(std::span<const PartyIndex> circle,
                                 const std::vector<std::vector<Entry>>& outside) {
  constexpr double kFinerThanCut = 0.01;
  std::vector<std::vector<Entry>> lists = outside;
  const auto sum_of = [](const std::vector<Entry>& list) {
    double sum = 0;
    for (const Entry& entry : list) sum += entry.share;
    return sum;
  };
  const auto place_of = [&](PartyIndex party) {
    return static_cast<size_t>(std::ranges::lower_bound(circle, party) - circle.begin());
  };
  for (int sweep = 0; sweep < kSweepsMax; ++sweep) {
    double gain = 0;
    for (size_t i = 0; i < circle.size(); ++i) {
      gathered_ = outside[i];
      for (const Stake& stake : snapshot_->owners_of(circle[i])) {
        if (circle_of_[stake.owner] != circle_of_[circle[i]]) continue;
        for (const Entry& entry : lists[place_of(stake.owner)])
          gathered_.push_back({entry.owner, entry.share * stake.capital.low});
      }
      add_up(cut_off_ * kFinerThanCut);
      gain = std::max(gain, sum_of(gathered_) - sum_of(lists[i]));
      lists[i] = gathered_;
    }
    if (gain < kSweepGain) break;
  }
  for (size_t i = 0; i < circle.size(); ++i) {
    gathered_ = lists[i];
    add_up(cut_off_);
    keep(circle[i]);
  }
}

}  // namespace entente::ownership
