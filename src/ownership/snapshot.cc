// Counting sorts by owned party and by owner; everything else is done list by list. Lists are short
// but for listed companies, so that equal owners are found by sorting.
#include "ownership/snapshot.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace entente::ownership {
namespace {

bool is_in_force(const Interest& interest, Day at) {
  return interest.from <= at && at < interest.to;
}

bool carries_nothing(const Stake& stake) {
  return stake.capital.high <= 0 && stake.votes.high <= 0 && stake.control == Control::kNone;
}

Range plus(Range a, Range b) { return {a.low + b.low, std::min(1.0, a.high + b.high)}; }

// Turns counts at index + 1 into the places where lists begin.
void sum_up(std::vector<uint32_t>* counts) {
  std::partial_sum(counts->begin(), counts->end(), counts->begin());
}

}  // namespace

Snapshot::Snapshot(const Graph& graph, Day at, const SnapshotOptions& options)
    : graph_(&graph), at_(at) {
  std::vector<PartyIndex> stands_for(graph.parties.size());
  std::iota(stands_for.begin(), stands_for.end(), PartyIndex{0});
  for (const auto& [nominee, nominator] : options.acting_for) stands_for[nominee] = nominator;
  std::vector<uint32_t> used;
  collect(options, &used);
  drop_explained_indirect(&used, stands_for);
  place(used, stands_for, options);
  merge_and_tighten();
  index_holdings();
}

void Snapshot::collect(const SnapshotOptions& options, std::vector<uint32_t>* used) const {
  used->reserve(graph_->interests.size());
  for (uint32_t i = 0; i < graph_->interests.size(); ++i) {
    const Interest& interest = graph_->interests[i];
    if (is_in_force(interest, at_) && interest.confidence >= options.confidence_min)
      used->push_back(i);
  }
}

void Snapshot::drop_explained_indirect(std::vector<uint32_t>* used,
                                       const std::vector<PartyIndex>& stands_for) const {
  const auto& interests = graph_->interests;
  const auto is_indirect = [&](uint32_t i) { return interests[i].is_indirect; };
  if (std::ranges::none_of(*used, is_indirect)) return;
  std::unordered_map<PartyIndex, std::vector<PartyIndex>> direct_owners;
  for (const uint32_t i : *used) {
    if (!is_indirect(i))
      direct_owners[interests[i].owned].push_back(stands_for[interests[i].owner]);
  }
  std::unordered_map<PartyIndex, std::unordered_set<PartyIndex>> behind;
  const auto owners_behind = [&](PartyIndex owned) -> const std::unordered_set<PartyIndex>& {
    const auto [found, is_new] = behind.try_emplace(owned);
    std::vector<PartyIndex> open;
    if (is_new) open.push_back(owned);
    while (!open.empty()) {
      const PartyIndex at = open.back();
      open.pop_back();
      const auto list = direct_owners.find(at);
      if (list == direct_owners.end()) continue;
      for (const PartyIndex owner : list->second) {
        if (found->second.insert(owner).second) open.push_back(owner);
      }
    }
    return found->second;
  };
  std::erase_if(*used, [&](uint32_t i) {
    return is_indirect(i) &&
           owners_behind(interests[i].owned).contains(stands_for[interests[i].owner]);
  });
}

void Snapshot::place(const std::vector<uint32_t>& used, const std::vector<PartyIndex>& stands_for,
                     const SnapshotOptions& options) {
  begin_.assign(graph_->parties.size() + 1, 0);
  for (const uint32_t i : used) ++begin_[graph_->interests[i].owned + 1];
  sum_up(&begin_);
  std::vector<uint32_t> next(begin_.begin(), begin_.end() - 1);
  stakes_.resize(used.size());
  for (const uint32_t i : used) {
    const Interest& interest = graph_->interests[i];
    Stake& stake = stakes_[next[interest.owned]++];
    stake.owner = stands_for[interest.owner];
    stake.control = control_of(interest.kind);
    stake.is_nominee = interest.kind == InterestKind::kNominee;
    stake.capital = interest.capital;
    stake.votes = interest.votes;
    if (!options.one_share_one_vote) continue;
    if (stake.votes == kUnknown) stake.votes = stake.capital;
    if (stake.capital == kUnknown) stake.capital = stake.votes;
  }
}

void Snapshot::merge_and_tighten() {
  uint32_t out = 0, begin = 0;
  for (PartyIndex owned = 0; owned + 1 < begin_.size(); ++owned) {
    const uint32_t end = begin_[owned + 1], first = out;
    const std::span<Stake> list = std::span(stakes_).subspan(begin, end - begin);
    // Equal pairs in one order, so that the last digit of their sum never depends on the input's.
    std::ranges::sort(list, {}, [](const Stake& one) {
      return std::tuple(one.owner, one.capital.low, one.capital.high, one.votes.low,
                        one.votes.high);
    });
    for (const Stake& stake : list) {
      if (out > first && stakes_[out - 1].owner == stake.owner) {
        Stake& sum = stakes_[out - 1];
        sum.capital = plus(sum.capital, stake.capital);
        sum.votes = plus(sum.votes, stake.votes);
        sum.control = std::max(sum.control, stake.control);
        sum.is_nominee = sum.is_nominee || stake.is_nominee;
      } else {
        stakes_[out++] = stake;
      }
    }
    const std::span<Stake> merged = std::span(stakes_).subspan(first, out - first);
    tighten(owned, merged, &Stake::capital, "capital");
    tighten(owned, merged, &Stake::votes, "votes");
    out = first + static_cast<uint32_t>(std::ranges::remove_if(merged, carries_nothing).begin() -
                                        merged.begin());
    for (uint32_t i = first; i < out; ++i) {
      if (stakes_[i].capital.low != stakes_[i].capital.high) is_exact_ = false;
    }
    begin = end;
    begin_[owned + 1] = out;
  }
  stakes_.resize(out);
}

void Snapshot::tighten(PartyIndex owned, std::span<Stake> stakes, Range Stake::* share,
                       const char* what) {
  double known = 0;
  for (const Stake& stake : stakes) known += (stake.*share).low;
  const double excess = known - 1;
  if (excess > kRoundingMax + kShareEpsilon) {
    findings_.warning(std::string(what) + "-over-whole", graph_->parties[owned].id,
                      fmt::format("known shares add up to {} %: each is taken as up to {} points "
                                  "less",
                                  known * 100, excess * 100));
    known = 0;
    for (Stake& stake : stakes) {
      (stake.*share).low = std::max(0.0, (stake.*share).low - excess);
      known += (stake.*share).low;
    }
  }
  Stake* self = nullptr;
  for (Stake& stake : stakes) {
    Range& range = stake.*share;
    range.high = std::max(range.low, std::min(range.high, 1 - (known - range.low)));
    if (stake.owner == owned) self = &stake;
  }
  if (share != &Stake::votes || self == nullptr) return;
  const Range own = self->votes;
  for (Stake& stake : stakes) {
    if (&stake == self || own.high <= 0) continue;
    const double cast_most = 1 - own.low, cast_least = 1 - own.high;
    stake.votes.low = cast_most > 0 ? stake.votes.low / cast_most : 0;
    stake.votes.high =
        cast_least > 0 ? std::min(1.0, stake.votes.high / cast_least) : stake.votes.high > 0;
    stake.votes.high = std::max(stake.votes.low, stake.votes.high);
  }
  self->votes = kNothing;
}

void Snapshot::index_holdings() {
  held_begin_.assign(begin_.size(), 0);
  for (const Stake& stake : stakes_) ++held_begin_[stake.owner + 1];
  sum_up(&held_begin_);
  std::vector<uint32_t> next(held_begin_.begin(), held_begin_.end() - 1);
  holdings_.resize(stakes_.size());
  for (PartyIndex owned = 0; owned + 1 < begin_.size(); ++owned) {
    for (uint32_t i = begin_[owned]; i < begin_[owned + 1]; ++i)
      holdings_[next[stakes_[i].owner]++] = {owned, i};
  }
}

}  // namespace entente::ownership
