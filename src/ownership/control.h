// Who controls whom, by votes, and by rights that need no votes.
//
// *Full transfer*: a party controls another if it, together with all that it controls, casts more than
// the threshold of its votes, or if one of them holds a right that controls (the board, a contract).
// What a party controls is the least set that is closed under this: a circle of companies that have
// each other's votes is controlled by nobody for that reason alone. Its votes in the target are then
// its own and those of all that it controls. Ranges give two answers: controls under every
// way to fill them in, or under some ("possible"); rights of a veto or of influence are possible control.
//
// The same search answers legal tests that reach through other measures: through more than some share of
// the capital, or at least so much of it (ControlOptions).
//
// *Weakest link*: for each direct holder in the target, the widest chain from the owner to it, as wide as
// its narrowest link of votes, at most the holder's own votes; added up over the holders. Each block of
// votes counts once, through its best chain, so that the sum stays within a whole on any graph.
// [La Porta, Lopez-de-Silanes, Shleifer 1999; Claessens, Djankov, Lang 2000]
//
// Threads: as Region. Cost: as the interests that the owner and what it controls hold.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ownership/region.h"

namespace entente::ownership {

enum class Certainty : uint8_t { kNo, kPossible, kYes };

enum class Measure : uint8_t { kVotes, kCapital, kEither };

struct ControlOptions {
  double threshold = 0.5;  // more than that controls
  bool at_least = false;   // as much as that does too
  Measure measure = Measure::kVotes;
  bool by_rights = true;  // rights that need no votes count
};

struct Votes {
  Range votes = kNothing;  // in the target, with those of all it controls
  Certainty controls = Certainty::kNo;
  bool by_right = false;  // the target is controlled, or may be, by a right other than votes
};

class ControlSearch {
 public:
  explicit ControlSearch(const Region& region, const ControlOptions& options = {});

  // Of several nodes that act as one, or of one, in the target.
  Votes votes(std::span<const uint32_t> owners);
  // After votes(): whether those owners control a node; the owners themselves do.
  Certainty controls(uint32_t node) const;
  // After votes(): the votes in a node that those owners cast, with all that they control.
  Range votes_in(uint32_t node) const;
  // After votes(): the capital of a node that those owners, and all that they control, hold directly.
  Range capital_in(uint32_t node) const;
  // After votes(): the nodes that those owners control for certain, themselves included, without order.
  const std::vector<uint32_t>& certainly_controlled() const { return certain_list_; }
  // The share of the target's votes by weakest link.
  Range weakest_link(uint32_t owner);

 private:
  // Held by what is controlled for certain, or possibly.
  struct Sum {
    double low = 0, high = 0, low_of_possible = 0;
    void add(const Range& share, bool is_certain);
    Range bounds(double known) const;
  };
  struct Tally {
    Sum votes, capital;
  };
  bool passes(uint32_t node, bool is_certain) const;
  void spread(std::span<const uint32_t> owners, Certainty as);
  double widest(uint32_t owner, double Range::* end);

  const Region* region_;
  ControlOptions options_;
  std::vector<double> known_votes_, known_capital_;  // by node: sums of the least shares
  std::vector<Tally> tally_;
  std::vector<uint8_t> certain_, possible_;
  std::vector<double> width_;
  std::vector<uint32_t> touched_, open_, certain_list_;
  bool by_right_ = false;
};

}  // namespace entente::ownership
