// Tails are sums of probabilities from the k-th on, each from the logarithm of the gamma function: exact enough
// for bounds (relative 1e-10), and without loss where they are tiny.
#include "ownership/rush.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "base/text.h"
#include "ownership/control.h"
#include "ownership/holdings.h"
#include "ownership/report.h"

namespace entente::ownership {
namespace {

double log_choose(size_t n, size_t k) {
  const auto real = [](size_t x) { return static_cast<double>(x); };
  int sign = 0;
  return ::lgamma_r(real(n) + 1, &sign) - ::lgamma_r(real(k) + 1, &sign) -
         ::lgamma_r(real(n - k) + 1, &sign);
}

bool is_wanted(const Deal& deal, const RushOptions& options) {
  const auto is_member = [&](const std::string& one) {
    return equal_ignoring_case(one, deal.member);
  };
  const auto is_sector = [&](const std::string& one) { return is_within_sector(deal.sector, one); };
  return (options.members.empty() || std::ranges::any_of(options.members, is_member)) &&
         (options.sectors.empty() || std::ranges::any_of(options.sectors, is_sector));
}

// Deals of one group or of the market, by day.
using Days = std::vector<Day>;

size_t count_in(const Days& days, Day from, Day to) {
  return static_cast<size_t>(std::ranges::lower_bound(days, to) -
                             std::ranges::lower_bound(days, from));
}

class Test {
 public:
  Test(const RushOptions& options, Day from, Day to, const Days& market, size_t tested)
      : options_(options),
        share_(static_cast<double>(options.window_days) /
               static_cast<double>(static_cast<int64_t>(to) - from)),
        tested_(static_cast<double>(tested)),
        market_(market) {
    for (const Day day : market_)
      market_windows_.push_back(count_in(market_, day, day + options.window_days));
  }

  double by_time(size_t deals, size_t in_window) const {
    return bounded(static_cast<double>(deals) * binomial_tail(deals - 1, share_, in_window - 1));
  }

  double by_market(size_t deals, size_t in_window) const {
    double sum = 0;
    // Equal windows have equal tails; there are few sizes.
    std::map<size_t, size_t> sizes;
    for (const size_t size : market_windows_) ++sizes[size];
    for (const auto& [size, windows] : sizes)
      sum += static_cast<double>(windows) *
             hypergeometric_tail(market_.size(), size, deals, in_window);
    return bounded(sum);
  }

  void judge(Rush* rush) const {
    const size_t n = rush->deals_in_period;
    rush->expected = static_cast<double>(n) * share_;
    rush->p = by_time(n, rush->deals_in_window);
    rush->market_p = by_market(n, rush->deals_in_window);
    const auto p_of = [&](size_t k) {
      return options_.usual == RushOptions::Usual::kTime ? by_time(n, k) : by_market(n, k);
    };
    rush->is_alarm = p_of(rush->deals_in_window) <= options_.false_alarm;
    // Tails fall with k, so that the first to pass is found by halving.
    size_t low = 1, high = n + 1;
    while (low < high) {
      const size_t middle = (low + high) / 2;
      if (middle <= n && p_of(middle) > options_.false_alarm) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    rush->deals_for_alarm = low <= n ? low : 0;
  }

 private:
  double bounded(double p) const { return std::min(1.0, p * tested_); }

  const RushOptions& options_;
  double share_, tested_;
  const Days& market_;
  std::vector<size_t> market_windows_;
};

// The fullest window of a group's deals, which are sorted by day.
Rush fullest_window(const std::vector<const Deal*>& deals, int32_t window_days) {
  Rush rush;
  rush.deals_in_period = deals.size();
  size_t end = 0, first = 0;
  for (size_t begin = 0; begin < deals.size(); ++begin) {
    while (end < deals.size() && deals[end]->day < deals[begin]->day + window_days) ++end;
    if (end - begin <= rush.deals_in_window) continue;
    rush.deals_in_window = end - begin;
    first = begin;
  }
  rush.window_from = deals[first]->day;
  std::set<std::string> buyers, members;
  for (size_t i = first; i < first + rush.deals_in_window; ++i) {
    rush.deals.push_back(*deals[i]);
    buyers.insert(deals[i]->buyer);
    if (!deals[i]->member.empty()) members.insert(deals[i]->member);
  }
  rush.buyers.assign(buyers.begin(), buyers.end());
  rush.members.assign(members.begin(), members.end());
  return rush;
}

class Union {
 public:
  explicit Union(size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0U); }
  uint32_t root(uint32_t node) {
    while (parent_[node] != node) node = parent_[node] = parent_[parent_[node]];
    return node;
  }
  void join(uint32_t a, uint32_t b) { parent_[root(a)] = root(b); }

 private:
  std::vector<uint32_t> parent_;
};

}  // namespace

double binomial_tail(size_t n, double p, size_t k) {
  if (k == 0) return 1;
  if (k > n || p <= 0) return 0;
  if (p >= 1) return 1;
  double sum = 0;
  for (size_t i = k; i <= n; ++i) {
    const double term = std::exp(log_choose(n, i) + static_cast<double>(i) * std::log(p) +
                                 static_cast<double>(n - i) * std::log1p(-p));
    sum += term;
    if (static_cast<double>(i) > static_cast<double>(n) * p && term < sum * 1e-17) break;
  }
  return std::min(1.0, sum);
}

double hypergeometric_tail(size_t all, size_t marked, size_t drawn, size_t k) {
  if (k == 0) return 1;
  const size_t most = std::min(marked, drawn);
  const size_t least = marked + drawn > all ? marked + drawn - all : 0;
  double sum = 0;
  for (size_t i = std::max(k, least); i <= most; ++i)
    sum += std::exp(log_choose(marked, i) + log_choose(all - marked, drawn - i) -
                    log_choose(all, drawn));
  return std::min(1.0, sum);
}

Result<RushAnswer> find_rushes(const std::vector<Deal>& deals,
                               const std::vector<uint32_t>& group_of, const RushOptions& options) {
  RushAnswer answer;
  answer.false_alarm = options.false_alarm;
  if (deals.empty()) return answer;
  const auto [first, last] = std::ranges::minmax(deals, {}, &Deal::day);
  answer.from = options.from == kDayFirst ? first.day : options.from;
  answer.to = options.to == kDayLast ? last.day + 1 : options.to;
  if (options.window_days < 1 ||
      static_cast<int64_t>(answer.to) - answer.from <= options.window_days) {
    return fail(Code::kInvalid,
                fmt::format("the period, {} to {}, is not longer than the window of {} days",
                            format_day(answer.from), format_day(answer.to), options.window_days));
  }
  std::map<uint32_t, std::vector<const Deal*>> groups;
  Days market;
  for (size_t i = 0; i < deals.size(); ++i) {
    const Deal& deal = deals[i];
    if (deal.day < answer.from || deal.day >= answer.to || !is_wanted(deal, options)) continue;
    groups[group_of[i]].push_back(&deal);
    market.push_back(deal.day);
  }
  std::ranges::sort(market);
  answer.deals = market.size();
  answer.groups = groups.size();
  answer.groups_tested = static_cast<size_t>(
      std::ranges::count_if(groups, [](const auto& group) { return group.second.size() > 1; }));
  const Test test(options, answer.from, answer.to, market, answer.groups_tested);
  for (auto& [group, list] : groups) {
    if (list.size() < 2) continue;
    std::ranges::sort(list, {}, [](const Deal* one) { return std::pair(one->day, one->line); });
    Rush rush = fullest_window(list, options.window_days);
    test.judge(&rush);
    answer.rushes.push_back(std::move(rush));
  }
  std::ranges::sort(answer.rushes, {}, [&](const Rush& rush) {
    return std::pair(options.usual == RushOptions::Usual::kTime ? rush.p : rush.market_p,
                     rush.buyers);
  });
  return answer;
}

std::vector<uint32_t> connected_buyers(const std::vector<Deal>& deals, const Snapshot& snapshot,
                                       const std::vector<std::vector<PartyIndex>>& concerts,
                                       Scratch* scratch) {
  const Graph& graph = snapshot.graph();
  std::map<std::string, uint32_t> others;  // buyers that the graph does not know
  std::vector<uint32_t> group_of;
  for (const Deal& deal : deals) {
    const auto known = graph.find(deal.buyer);
    const auto next = static_cast<uint32_t>(graph.parties.size() + others.size());
    group_of.push_back(known ? *known : others.try_emplace(deal.buyer, next).first->second);
  }
  Union groups(graph.parties.size() + others.size());
  std::set<uint32_t> seen;
  for (const uint32_t buyer : group_of) {
    if (buyer >= graph.parties.size() || !seen.insert(buyer).second) continue;
    const Region region = Region::behind(snapshot, buyer, scratch);
    ControlSearch control(region);
    for (uint32_t node = 1; node < region.size(); ++node) {
      const uint32_t owners[] = {node};
      if (control.votes(owners).controls == Certainty::kYes) groups.join(buyer, region.party(node));
    }
  }
  for (const auto& concert : concerts) {
    for (const PartyIndex party : concert) groups.join(party, concert.front());
  }
  for (uint32_t& group : group_of) group = groups.root(group);
  return group_of;
}

}  // namespace entente::ownership
