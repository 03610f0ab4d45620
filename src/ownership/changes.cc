// Supposing that N acts for Z, or that A and B act as one, is asking for the votes of both together.
#include "ownership/changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "ownership/report.h"

namespace entente::ownership {
namespace {

class Search {
 public:
  Search(const Snapshot& snapshot, PartyIndex target, const ChangesOptions& options,
         Scratch* scratch)
      : options_(options),
        graph_(snapshot.graph()),
        region_(Region::behind(snapshot, target, scratch)),
        control_(region_, options.control),
        is_nominee_(region_.size(), 0) {}

  std::vector<Change> run() {
    rank_owners();
    for (const Ranked& one : owners_) {
      if (one.votes.controls == Certainty::kYes) continue;
      suppose_unknown_votes(one);
      for (const Ranked& other : owners_) {
        if (other.node == one.node || other.votes.controls == Certainty::kYes) continue;
        if (is_nominee_[other.node] != 0) {
          suppose_together(one, other, Change::If::kNomineeActsFor);
        } else if (is_nominee_[one.node] == 0 && one.rank < other.rank) {
          suppose_together(one, other, Change::If::kConcert);
        }
      }
    }
    std::ranges::sort(found_, [](const Change& a, const Change& b) {
      const auto key = [](const Change& one) {
        return std::tuple(!one.is_stated, one.kind, -one.votes.low, one.controller, one.with);
      };
      return key(a) < key(b);
    });
    if (found_.size() > options_.changes_max) found_.resize(options_.changes_max);
    return std::move(found_);
  }

 private:
  struct Ranked {
    uint32_t node = 0;
    size_t rank = 0;
    Votes votes;
  };

  void rank_owners() {
    for (uint32_t node = 1; node < region_.size(); ++node) {
      for (const Region::Edge& edge : region_.holdings_of(node))
        is_nominee_[node] = is_nominee_[node] != 0 || edge.stake->is_nominee;
      if (!region_.is_ultimate(node) && is_nominee_[node] == 0) continue;
      const uint32_t owners[] = {node};
      owners_.push_back({node, 0, control_.votes(owners)});
    }
    std::ranges::sort(owners_, [](const Ranked& a, const Ranked& b) {
      return std::tuple(-a.votes.votes.low, -a.votes.votes.high, a.node) <
             std::tuple(-b.votes.votes.low, -b.votes.votes.high, b.node);
    });
    if (owners_.size() > options_.owners_max) owners_.resize(options_.owners_max);
    for (size_t i = 0; i < owners_.size(); ++i) owners_[i].rank = i;
  }

  // Votes in the target that are nobody's yet, and those of owners whom no source names.
  void suppose_unknown_votes(const Ranked& one) {
    double unknown = std::max(0.0, 1 - region_.known_votes(0));
    for (const Region::Edge& edge : region_.owners_of(0)) {
      const Party& party = graph_.parties[region_.party(edge.node)];
      if (party.kind == PartyKind::kAnonymous && edge.node != one.node)
        unknown += edge.stake->votes.low;
    }
    const double reach = std::min(1.0, one.votes.votes.low + unknown);
    if (one.votes.votes.low <= 0 || reach <= options_.control.threshold + kShareEpsilon) return;
    if (graph_.parties[region_.party(one.node)].kind == PartyKind::kAnonymous) return;
    found_.push_back({Change::If::kUnknownVotesAre,
                      region_.party(one.node),
                      kNoParty,
                      {one.votes.votes.low, reach},
                      false});
  }

  void suppose_together(const Ranked& one, const Ranked& other, Change::If kind) {
    const uint32_t both[] = {one.node, other.node};
    const Votes votes = control_.votes(both);
    if (votes.controls != Certainty::kYes) return;
    found_.push_back({kind, region_.party(one.node), region_.party(other.node), votes.votes,
                      kind == Change::If::kNomineeActsFor && is_stated(one.node, other.node)});
  }

  bool is_stated(uint32_t nominator, uint32_t nominee) const {
    return std::ranges::any_of(graph_.interests, [&](const Interest& interest) {
      return interest.kind == InterestKind::kNominator &&
             interest.owner == region_.party(nominator) && interest.owned == region_.party(nominee);
    });
  }

  const ChangesOptions& options_;
  const Graph& graph_;
  Region region_;
  ControlSearch control_;
  std::vector<uint8_t> is_nominee_;
  std::vector<Ranked> owners_;
  std::vector<Change> found_;
};

std::string_view name_of(Change::If kind) {
  switch (kind) {
    case Change::If::kNomineeActsFor:
      return "nominee-acts-for";
    case Change::If::kUnknownVotesAre:
      return "unknown-votes-are";
    case Change::If::kConcert:
      return "concert";
  }
  return "concert";
}

}  // namespace

std::vector<Change> changes_of_control(const Snapshot& snapshot, PartyIndex target,
                                       const ChangesOptions& options, Scratch* scratch) {
  return Search(snapshot, target, options, scratch).run();
}

std::string to_json(const std::vector<Change>& changes, const Graph& graph) {
  std::string out = "[";
  for (const Change& change : changes) {
    out += fmt::format("{}{{\"if\":\"{}\"", out.size() > 1 ? "," : "", name_of(change.kind));
    if (change.with != kNoParty)
      out += fmt::format(",\"with\":{}", json_quote(graph.parties[change.with].id));
    out += fmt::format(",\"controls\":{},\"votes\":{}",
                       json_quote(graph.parties[change.controller].id), json_of(change.votes));
    if (change.kind == Change::If::kNomineeActsFor)
      out += fmt::format(",\"stated\":{}", change.is_stated);
    out += "}";
  }
  return out + "]";
}

std::string to_text(const std::vector<Change>& changes, const Graph& graph) {
  std::string out;
  for (const Change& change : changes) {
    const std::string who = text_of(graph.parties[change.controller]);
    const std::string with = change.with == kNoParty ? "" : text_of(graph.parties[change.with]);
    switch (change.kind) {
      case Change::If::kNomineeActsFor:
        out += fmt::format("if {} acts for {}{}, {} controls, with {} of the votes\n", with, who,
                           change.is_stated ? " (as a source states)" : "", who,
                           text_of(change.votes));
        break;
      case Change::If::kUnknownVotesAre:
        out += fmt::format(
            "if the votes that are not accounted for are {}'s, {} controls, with up to {}\n", who,
            who, text_of(Range{change.votes.high, change.votes.high}));
        break;
      case Change::If::kConcert:
        out += fmt::format("if {} and {} act in concert, they control, with {} of the votes\n", who,
                           with, text_of(change.votes));
        break;
    }
  }
  return out;
}

}  // namespace entente::ownership
