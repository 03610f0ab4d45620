// The questions of capital.h, control.h and paths.h put to one Region, and their answers side by side.
#include "ownership/owners.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <unordered_set>

#include "ownership/capital.h"
#include "ownership/limits.h"

namespace entente::ownership {
namespace {

class Question {
 public:
  Question(const Snapshot& snapshot, PartyIndex target, const OwnersOptions& options,
           Scratch* scratch)
      : options_(options),
        up_(Region::behind(snapshot, target, scratch)),
        capital_(up_),
        control_(up_, options.control),
        paths_(up_),
        known_(capital_.disclosed()),
        is_controlled_(up_.size(), 0) {
    answer_.of = target;
    answer_.at = snapshot.at();
  }

  Owners ask() {
    size_t ultimate = 0;
    for (uint32_t node = 1; node < up_.size(); ++node) ultimate += up_.is_ultimate(node) ? 1 : 0;
    const size_t work = ultimate * up_.edge_count();
    tight_ = work <= limits::kTightWorkMax;
    weakest_ = work <= limits::kWeakestWorkMax;
    for (uint32_t node = 1; node < up_.size(); ++node) add(node);
    for (size_t i = 0; i < controllers_.size(); ++i)
      answer_.controllers[i].is_controlled = is_controlled_[controllers_[i]] != 0;
    for (const auto& group : options_.concerts) add_concert(group);
    answer_.undisclosed = {std::max(0.0, 1 - known_.high), std::max(0.0, 1 - known_.low)};
    sort();
    collect_findings();
    return std::move(answer_);
  }

 private:
  uint32_t node_of(PartyIndex party) const {
    for (uint32_t node = 0; node < up_.size(); ++node) {
      if (up_.party(node) == party) return node;
    }
    return kNoParty;
  }

  void collect_findings() {
    const auto& all = up_.snapshot().findings().list;
    if (all.empty()) return;
    std::unordered_set<std::string_view> ids;
    for (uint32_t node = 0; node < up_.size(); ++node)
      ids.insert(up_.snapshot().graph().parties[up_.party(node)].id);
    for (const Finding& finding : all) {
      if (ids.contains(finding.place)) answer_.findings.push_back(finding);
    }
  }

  void add(uint32_t node) {
    const uint32_t owners[] = {node};
    const Votes votes = control_.votes(owners);
    if (votes.controls != Certainty::kNo) {
      answer_.controllers.push_back({up_.party(node), votes, false});
      controllers_.push_back(node);
    }
    for (const uint32_t other : control_.certainly_controlled()) {
      if (other != node) is_controlled_[other] = 1;
    }
    if (!options_.all && !up_.is_ultimate(node)) return;
    Owner owner;
    owner.party = up_.party(node);
    owner.is_ultimate = up_.is_ultimate(node);
    owner.capital = capital_of(node);
    owner.votes = votes;
    if (weakest_) owner.weakest_link = control_.weakest_link(node);
    const bool has_share = owner.capital.high > 0 || votes.votes.high > 0;
    if (!has_share && votes.controls == Certainty::kNo && !options_.all) return;
    for (const Region::Edge& edge : up_.holdings_of(node))
      owner.is_nominee = owner.is_nominee || edge.stake->is_nominee;
    Paths found = paths_.largest(node, options_.paths_max);
    owner.has_more_paths = !found.is_complete;
    for (const Path& path : found.list) {
      OwnerPath& out = owner.paths.emplace_back();
      out.capital = path.capital;
      for (const uint32_t step : path.nodes) out.parties.push_back(up_.party(step));
    }
    answer_.owners.push_back(std::move(owner));
  }

  // Where the exact upper end would take too long: all that is not known to be others'.
  Range capital_of(uint32_t node) const {
    if (tight_ || capital_.is_exact() || !up_.is_ultimate(node)) {
      const uint32_t owners[] = {node};
      return capital_.share(owners);
    }
    const double low = std::min(1.0, capital_.through()[node]);
    return {low, std::clamp(1 - (known_.low - low), low, 1.0)};
  }

  void add_concert(const std::vector<PartyIndex>& group) {
    std::vector<uint32_t> nodes;
    for (const PartyIndex party : group) {
      if (const uint32_t node = node_of(party); node != kNoParty && node != 0)
        nodes.push_back(node);
    }
    Concert& concert = answer_.concerts.emplace_back();
    concert.parties = group;
    if (nodes.empty()) return;
    concert.capital = capital_.share(nodes);
    concert.votes = control_.votes(nodes);
  }

  void sort() {
    const auto& parties = up_.snapshot().graph().parties;
    std::ranges::sort(answer_.owners, [&](const Owner& a, const Owner& b) {
      const auto key = [&](const Owner& one) {
        return std::tuple(-one.capital.low, -one.capital.high, -one.votes.votes.low,
                          -one.votes.votes.high, std::string_view(parties[one.party].id));
      };
      return key(a) < key(b);
    });
    std::ranges::sort(answer_.controllers, [&](const Controller& a, const Controller& b) {
      const auto key = [&](const Controller& one) {
        return std::tuple(one.votes.controls != Certainty::kYes, one.is_controlled,
                          -one.votes.votes.low, std::string_view(parties[one.party].id));
      };
      return key(a) < key(b);
    });
  }

  const OwnersOptions& options_;
  Region up_;
  Capital capital_;
  ControlSearch control_;
  PathSearch paths_;
  Range known_;
  std::vector<uint8_t> is_controlled_;
  std::vector<uint32_t> controllers_;  // their nodes
  bool tight_ = true, weakest_ = true;
  Owners answer_;
};

}  // namespace

ControlGained control_gained(const Owners& before, const Owners& after) {
  const auto certain = [](const Owners& answer) {
    std::vector<PartyIndex> list;
    for (const Controller& one : answer.controllers) {
      if (one.votes.controls == Certainty::kYes) list.push_back(one.party);
    }
    std::ranges::sort(list);
    return list;
  };
  const std::vector<PartyIndex> old = certain(before), now = certain(after);
  ControlGained out;
  std::ranges::set_difference(now, old, std::back_inserter(out.gained));
  std::ranges::set_difference(old, now, std::back_inserter(out.lost));
  return out;
}

Owners owners_of(const Snapshot& snapshot, PartyIndex target, const OwnersOptions& options,
                 Scratch* scratch) {
  return Question(snapshot, target, options, scratch).ask();
}

}  // namespace entente::ownership
