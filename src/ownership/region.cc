// Breadth-first over owners, or over holdings; then Tarjan's algorithm, whose components come out with
// owners first, since the lists it follows are those of owners.
#include "ownership/region.h"

#include <algorithm>

namespace entente::ownership {

Components strong_components(std::span<const uint32_t> begin, std::span<const uint32_t> successor) {
  constexpr uint32_t kNew = UINT32_MAX;
  const auto count = static_cast<uint32_t>(begin.size() - 1);
  Components found;
  found.order.reserve(count);
  std::vector<uint32_t> index(count, kNew), low(count), next(count), stack, path;
  std::vector<uint8_t> on_stack(count, 0);
  uint32_t clock = 0;
  const auto enter = [&](uint32_t node) {
    index[node] = low[node] = clock++;
    next[node] = begin[node];
    stack.push_back(node);
    on_stack[node] = 1;
    path.push_back(node);
  };
  for (uint32_t root = 0; root < count; ++root) {
    if (index[root] != kNew) continue;
    enter(root);
    while (!path.empty()) {
      const uint32_t node = path.back();
      if (next[node] < begin[node + 1]) {
        const uint32_t to = successor[next[node]++];
        if (index[to] == kNew) {
          enter(to);
        } else if (on_stack[to] != 0) {
          low[node] = std::min(low[node], index[to]);
        }
        continue;
      }
      path.pop_back();
      if (!path.empty()) low[path.back()] = std::min(low[path.back()], low[node]);
      if (low[node] != index[node]) continue;
      found.component_begin.push_back(static_cast<uint32_t>(found.order.size()));
      uint32_t member = kNew;
      do {
        member = stack.back();
        stack.pop_back();
        on_stack[member] = 0;
        found.order.push_back(member);
      } while (member != node);
    }
  }
  found.component_begin.push_back(count);
  return found;
}

Region Region::behind(const Snapshot& snapshot, PartyIndex target, Scratch* scratch) {
  Region region(snapshot);
  region.is_closed_ = true;
  region.reach_behind(target, scratch);
  region.index_holdings();
  region.find_circles();
  region.find_ultimate();
  return region;
}

Region Region::ahead(const Snapshot& snapshot, std::span<const PartyIndex> owners,
                     Scratch* scratch) {
  Region region(snapshot);
  region.reach_ahead(owners, scratch);
  region.index_holdings();
  region.find_circles();
  return region;
}

void Region::reach_behind(PartyIndex target, Scratch* scratch) {
  scratch->local.resize(snapshot_->party_count(), kNoParty);
  parties_.push_back(target);
  scratch->local[target] = 0;
  in_begin_.push_back(0);
  for (uint32_t node = 0; node < parties_.size(); ++node) {
    for (const Stake& stake : snapshot_->owners_of(parties_[node])) {
      uint32_t& owner = scratch->local[stake.owner];
      if (owner == kNoParty) {
        owner = static_cast<uint32_t>(parties_.size());
        parties_.push_back(stake.owner);
      }
      in_.push_back({owner, &stake});
    }
    in_begin_.push_back(static_cast<uint32_t>(in_.size()));
  }
  for (const PartyIndex party : parties_) scratch->local[party] = kNoParty;
}

void Region::reach_ahead(std::span<const PartyIndex> owners, Scratch* scratch) {
  scratch->local.resize(snapshot_->party_count(), kNoParty);
  const auto add = [&](PartyIndex party) {
    if (scratch->local[party] != kNoParty) return;
    scratch->local[party] = static_cast<uint32_t>(parties_.size());
    parties_.push_back(party);
  };
  for (const PartyIndex owner : owners) add(owner);
  const size_t source_count = parties_.size();
  for (uint32_t node = 0; node < parties_.size(); ++node) {
    for (const Holding& holding : snapshot_->holdings_of(parties_[node])) add(holding.owned);
  }
  in_begin_.push_back(0);
  for (const PartyIndex party : parties_) {
    for (const Stake& stake : snapshot_->owners_of(party)) {
      if (scratch->local[stake.owner] != kNoParty)
        in_.push_back({scratch->local[stake.owner], &stake});
    }
    in_begin_.push_back(static_cast<uint32_t>(in_.size()));
  }
  for (const PartyIndex party : parties_) scratch->local[party] = kNoParty;
  is_ultimate_.assign(size(), 0);
  std::fill_n(is_ultimate_.begin(), source_count, uint8_t{1});
}

void Region::index_holdings() {
  out_begin_.assign(parties_.size() + 1, 0);
  for (const Edge& edge : in_) ++out_begin_[edge.node + 1];
  for (size_t i = 1; i < out_begin_.size(); ++i) out_begin_[i] += out_begin_[i - 1];
  out_.resize(in_.size());
  std::vector<uint32_t> next(out_begin_.begin(), out_begin_.end() - 1);
  for (uint32_t node = 0; node < parties_.size(); ++node) {
    for (const Edge& edge : owners_of(node)) out_[next[edge.node]++] = {node, edge.stake};
  }
}

double Region::known(uint32_t node, Range Stake::* share) const {
  double sum = 0;
  for (const Stake& stake : snapshot_->owners_of(parties_[node])) sum += (stake.*share).low;
  return sum;
}

double Region::capital_outside(uint32_t node) const {
  if (is_closed_) return 0;
  double outside = known_capital(node);
  for (const Edge& edge : owners_of(node)) outside -= edge.stake->capital.low;
  return std::max(0.0, outside);
}

void Region::find_circles() {
  std::vector<uint32_t> owners(in_.size());
  std::ranges::transform(in_, owners.begin(), &Edge::node);
  Components found = strong_components(in_begin_, owners);
  order_ = std::move(found.order);
  circle_begin_ = std::move(found.component_begin);
  circle_of_.resize(size());
  for (uint32_t i = 0; i < circle_count(); ++i) {
    for (const uint32_t node : circle(i)) circle_of_[node] = i;
  }
}

void Region::find_ultimate() {
  is_ultimate_.assign(size(), 0);
  for (size_t i = 0; i < circle_count(); ++i) {
    const auto has_owner_outside = [&](uint32_t node) {
      return std::ranges::any_of(owners_of(node),
                                 [&](const Edge& edge) { return circle_of_[edge.node] != i; });
    };
    if (std::ranges::any_of(circle(i), has_owner_outside)) continue;
    for (const uint32_t node : circle(i)) is_ultimate_[node] = node != 0;
  }
}

}  // namespace entente::ownership
