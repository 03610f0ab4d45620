// Integrated shares of capital: what each party owns of one target, directly and through any number of
// others, circles included.
//
// Let a(i, j) be what i holds directly in j. The share of an ultimate party P in the target is the
// least solution v(target) of
//     v(P) = 1,   v(other ultimate parties) = 0,   v(j) = sum over i of a(i, j) v(i).
// For parties in which nobody holds it is the entry (P, target) of A (I - A)^-1, the integrated ownership of
// [Brioschi, Buzzacchi, Colombo 1989]; for a party in which others hold it leaves out what returns through
// that party itself, as the net integrated ownership of [Baldone, Brioschi, Paleari 1998]. Shares of all
// ultimate parties and what is not disclosed add up to 1.
//
// Where direct shares are ranges, an answer is the range from its least to its greatest value over all
// ways to fill them in with columns that add up to at most 1; both ends are attained. The upper end is
// the value of an interval Markov chain, found by policy iteration in each circle.
// [Howard 1960; Givan, Leach, Dean 2000]
//
// Threads: as Region. Cost: one pass over the interests behind the target, and for ranges one more for
// each owner asked for.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ownership/region.h"

namespace entente::ownership {

class Capital {
 public:
  explicit Capital(const Region& region);  // borrows it

  // Of a region behind a target: what each ultimate node owns of it at least; for others what passes
  // through them, which may exceed 1.
  const std::vector<double>& through() const { return through_; }
  // Whether all shares behind the target are numbers, so that `through` is the exact answer.
  bool is_exact() const { return is_exact_; }

  // The share of some nodes together in the target. Those in which others hold are taken as if nobody did.
  Range share(std::span<const uint32_t> owners) const;
  // Of any region: what its ultimate nodes together own of each node; of themselves, all.
  std::vector<Range> held_by_ultimate() const;
  // The share of all ultimate nodes together.
  Range disclosed() const;

 private:
  enum class End : uint8_t { kLow, kHigh };

  void pass_down();
  void pass_down_single(uint32_t node);
  double value(const std::vector<uint8_t>& is_owner, End end) const;
  std::vector<double> values(const std::vector<uint8_t>& is_owner, End end) const;
  double settle(uint32_t node, std::vector<double>* values, End end) const;
  void settle_circle(std::span<const uint32_t> circle, const std::vector<uint8_t>& is_fixed,
                     std::vector<uint32_t>* place, std::vector<double>* values, End end) const;

  const Region* region_;
  std::vector<double> through_;
  bool is_exact_ = true;
};

}  // namespace entente::ownership
