// Is there a rush: more acquisitions by connected buyers, in some sectors across members, within a window
// than their usual rate explains?
//
// Buyers are connected if, on the day asked for, one controls the other, or somebody controls both, or they are said
// to act in concert. For each group the test is a scan statistic: with n deals in T days, S is the
// most in any window of w days. If deals came at a constant rate, whatever it is, then given n their days
// are uniform, and
//     P(S >= k) <= n P(Bin(n - 1, w / T) >= k - 1),
// since a window that holds k of them can be moved to begin with one of them. That is an upper bound, not an
// approximation; it is multiplied by the number of groups that are tested. So the probability that
// a run raises any alarm while nothing but usual business goes on is at most `false_alarm`.
// [Naus 1965 for the statistic; Bonferroni for the bounds]
//
// A rate that changes for everybody (a boom) is not constant. `market_p` therefore asks, given all days of
// deals in the sector, whether so many of them in one window fell to this group by chance: a hypergeometric
// bound over all windows. `usual = kMarket` decides by it.
//
// Pure functions. Cost: sorting, and for the market one pass over the sector for each group.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ownership/deals.h"
#include "ownership/region.h"

namespace entente::ownership {

struct RushOptions {
  enum class Usual : uint8_t {
    kTime,    // the group's own rate over the period
    kMarket,  // the group's part of all deals in the sector
  };
  std::vector<std::string> sectors;  // codes or their beginnings; empty: all
  std::vector<std::string> members;  // countries; empty: all
  Day from = kDayFirst,
      to = kDayLast;  // the period; open ends are the first and last deal of the table
  int32_t window_days = 90;
  double false_alarm = 0.01;  // of a whole run
  Usual usual = Usual::kTime;
};

struct Rush {
  std::vector<std::string> buyers;   // of the group that have deals
  std::vector<std::string> members;  // across which they bought
  size_t deals_in_period = 0;
  size_t deals_in_window = 0;
  size_t deals_for_alarm = 0;  // so many would have raised one; 0: no number of them could
  double expected = 0;         // deals in a window at the usual rate
  double p = 1;                // bound on the probability of such a window, over all groups
  double market_p = 1;
  bool is_alarm = false;
  Day window_from = 0;
  std::vector<Deal> deals;  // in the window
};

struct RushAnswer {
  Day from = 0, to = 0;
  size_t deals = 0, groups = 0, groups_tested = 0;
  double false_alarm = 0;
  std::vector<Rush> rushes;  // every tested group, least p first
};

// `group_of` gives each deal the group of its buyer, as connected_buyers does. kInvalid if the window is not
// shorter than the period.
Result<RushAnswer> find_rushes(const std::vector<Deal>& deals,
                               const std::vector<uint32_t>& group_of, const RushOptions& options);

// The group of each deal's buyer: numbers that are equal for connected buyers. Buyers that the graph does not
// know are groups of their own.
std::vector<uint32_t> connected_buyers(const std::vector<Deal>& deals, const Snapshot& snapshot,
                                       const std::vector<std::vector<PartyIndex>>& concerts,
                                       Scratch* scratch);

// P(Bin(n, p) >= k).
double binomial_tail(size_t n, double p, size_t k);
// P(at least k of `drawn` without return out of `all` are among the `marked`).
double hypergeometric_tail(size_t all, size_t marked, size_t drawn, size_t k);

std::string to_json(const RushAnswer& answer, const Findings* reading = nullptr);
std::string to_text(const RushAnswer& answer);

}  // namespace entente::ownership
