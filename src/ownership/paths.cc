// Dijkstra's algorithm from the target over owners gives each node its largest path; best-first search
// from an owner with that as its bound then meets complete paths in falling order.
#include "ownership/paths.h"

#include <algorithm>
#include <queue>
#include <utility>

#include "ownership/limits.h"

namespace entente::ownership {
namespace {

// Far below any product of shares that could matter, and above zero over limits::kPathStepsMax steps.
constexpr double kVotesAlone = 1e-3;
constexpr double kRightAlone = 1e-4;

// A partial path: its last node, and the place of the one before it.
struct Step {
  uint32_t node = 0;
  uint32_t before = UINT32_MAX;
  uint32_t length = 1;
  double size = 1;
  Range capital{1, 1};
};

}  // namespace

double path_weight(const Stake& stake) {
  const double capital = (stake.capital.low + stake.capital.high) / 2;
  if (capital > 0) return std::min(1.0, capital);
  const double votes = (stake.votes.low + stake.votes.high) / 2;
  if (votes > 0) return kVotesAlone * std::min(1.0, votes);
  return kRightAlone;
}

PathSearch::PathSearch(const Region& region) : region_(&region), best_(region.size(), 0.0) {
  std::priority_queue<std::pair<double, uint32_t>> open;
  best_[0] = 1;
  open.emplace(1, 0);
  while (!open.empty()) {
    const auto [size, node] = open.top();
    open.pop();
    if (size < best_[node] || region.is_ultimate(node)) continue;
    for (const Region::Edge& edge : region.owners_of(node)) {
      const double through = size * path_weight(*edge.stake);
      if (through <= best_[edge.node]) continue;
      best_[edge.node] = through;
      open.emplace(through, edge.node);
    }
  }
}

Paths PathSearch::largest(uint32_t owner, size_t paths_max) const {
  Paths found;
  std::vector<Step> steps{{.node = owner}};
  std::priority_queue<std::pair<double, uint32_t>> open;
  open.emplace(best_[owner], 0);
  const auto is_on_path = [&](uint32_t at, uint32_t node) {
    for (; at != UINT32_MAX; at = steps[at].before) {
      if (steps[at].node == node) return true;
    }
    return false;
  };
  while (!open.empty()) {
    const uint32_t at = open.top().second;
    if (found.list.size() == paths_max || steps.size() > limits::kPathSearchMax) {
      found.is_complete = false;
      break;
    }
    open.pop();
    const Step step = steps[at];
    if (step.node == 0 && at != 0) {
      Path& path = found.list.emplace_back();
      path.capital = step.capital;
      for (uint32_t i = at; i != UINT32_MAX; i = steps[i].before)
        path.nodes.push_back(steps[i].node);
      std::ranges::reverse(path.nodes);
      continue;
    }
    if (step.length > limits::kPathStepsMax) {
      found.is_complete = false;
      continue;
    }
    for (const Region::Edge& edge : region_->holdings_of(step.node)) {
      // Chains end behind ultimate parties, and within a circle of those each stands for itself.
      if (region_->is_ultimate(edge.node) || is_on_path(at, edge.node)) continue;
      const double size = step.size * path_weight(*edge.stake);
      open.emplace(size * best_[edge.node], static_cast<uint32_t>(steps.size()));
      steps.push_back({edge.node,
                       at,
                       step.length + 1,
                       size,
                       {step.capital.low * edge.stake->capital.low,
                        step.capital.high * edge.stake->capital.high}});
    }
  }
  return found;
}

}  // namespace entente::ownership
