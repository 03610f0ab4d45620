// The ultimate owners of every party of a snapshot at once, down to a cut-off.
//
// Shares are those of capital.h, by the least shares known. Owners whose share in a party is below the
// cut-off are dropped there, and so do not count in what that party holds either. What that loses is bounded, not
// guessed: all ultimate owners of a party together hold `traced`, which is computed exactly, so that the
// share of any owner lies between what is listed for it (0 if it is not) and that plus
// traced - sum of what is listed.
//
// Immutable after construction; any number of threads may read. Cost: some 0.2 us an interest.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ownership/circle_system.h"
#include "ownership/snapshot.h"

namespace entente::ownership {

class AllOwners {
 public:
  struct Entry {
    PartyIndex owner = kNoParty;
    double share = 0;
  };

  AllOwners(const Snapshot& snapshot, double cut_off);

  // By owner.
  std::span<const Entry> of(PartyIndex party) const {
    return std::span(entries_).subspan(begin_[party], count_[party]);
  }
  // What all ultimate owners of a party hold of it together.
  double traced(PartyIndex party) const { return traced_[party]; }
  // By how much a share in a party may be more than what is listed.
  double bound(PartyIndex party) const;
  size_t entry_count() const { return entries_.size(); }

 private:
  void settle_single(PartyIndex party);
  void settle_circle(std::span<const PartyIndex> circle);
  void settle_by_inverse(std::span<const PartyIndex> circle, const CircleSolver& solver,
                         const std::vector<std::vector<Entry>>& outside);
  void settle_by_sweeps(std::span<const PartyIndex> circle,
                        const std::vector<std::vector<Entry>>& outside);
  void gather(const Stake& stake);
  void add_up(double cut_off);
  void keep(PartyIndex party);

  const Snapshot* snapshot_;
  double cut_off_;
  std::vector<uint64_t> begin_;
  std::vector<uint32_t> count_, circle_of_;
  std::vector<Entry> entries_, gathered_;
  std::vector<double> traced_;
  std::vector<uint8_t> is_ultimate_;
};

}  // namespace entente::ownership
