// The part of a snapshot that a question is about, with its circles found and put in order: everything that
// stands behind one party, or everything in which some parties hold. The engine's questions are
// answered on this part alone.
//
// Nothing leads on behind an *ultimate* node. Behind a party those are the parties in whom nobody holds,
// and those in a circle of parties that hold in each other and in which nobody else holds; the party
// asked about is not, even then. Ahead of some parties it is those parties themselves.
//
// Reuse one Scratch for many questions: it keeps a number for each party of the snapshot. Threads:
// one for each Scratch. Cost: as the interests in the region.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ownership/snapshot.h"

namespace entente::ownership {

class Scratch {
 public:
  // Local number of each party, or kNoParty.
  std::vector<uint32_t> local;
};

class Region {
 public:
  struct Edge {
    uint32_t node = 0;  // local number of the owner, or, in `out`, of what is owned
    const Stake* stake = nullptr;
  };

  // All from which interests lead to the target, which is node 0.
  static Region behind(const Snapshot& snapshot, PartyIndex target, Scratch* scratch);
  // All to which interests lead from the owners, which are the first nodes, each once.
  static Region ahead(const Snapshot& snapshot, std::span<const PartyIndex> owners,
                      Scratch* scratch);

  const Snapshot& snapshot() const { return *snapshot_; }
  size_t size() const { return parties_.size(); }
  size_t edge_count() const { return in_.size(); }
  PartyIndex party(uint32_t node) const { return parties_[node]; }
  bool is_ultimate(uint32_t node) const { return is_ultimate_[node]; }
  // Holders within the region.
  std::span<const Edge> owners_of(uint32_t node) const {
    return std::span(in_).subspan(in_begin_[node], in_begin_[node + 1] - in_begin_[node]);
  }
  std::span<const Edge> holdings_of(uint32_t node) const {
    return std::span(out_).subspan(out_begin_[node], out_begin_[node + 1] - out_begin_[node]);
  }
  // What all holders together hold at least, those outside the region included.
  double known_capital(uint32_t node) const { return known(node, &Stake::capital); }
  double known_votes(uint32_t node) const { return known(node, &Stake::votes); }
  // What holders outside the region hold at least; nothing behind a party, whose region is closed.
  double capital_outside(uint32_t node) const;
  // Circles (parties that hold in each other, directly or not) and single parties: owners before
  // what they own.
  size_t circle_count() const { return circle_begin_.size() - 1; }
  std::span<const uint32_t> circle(size_t index) const {
    return std::span(order_).subspan(circle_begin_[index],
                                     circle_begin_[index + 1] - circle_begin_[index]);
  }
  size_t circle_of(uint32_t node) const { return circle_of_[node]; }

 private:
  double known(uint32_t node, Range Stake::* share) const;
  explicit Region(const Snapshot& snapshot) : snapshot_(&snapshot) {}
  void reach_behind(PartyIndex target, Scratch* scratch);
  void reach_ahead(std::span<const PartyIndex> owners, Scratch* scratch);
  void index_holdings();
  void find_circles();
  void find_ultimate();

  const Snapshot* snapshot_;
  std::vector<PartyIndex> parties_;
  std::vector<uint32_t> in_begin_, out_begin_;
  std::vector<Edge> in_, out_;
  std::vector<uint32_t> order_, circle_begin_, circle_of_;
  std::vector<uint8_t> is_ultimate_;
  bool is_closed_ = false;
};

// The strongly connected components of a graph given as lists of successors (`begin` has one place more
// than there are nodes), each after those that it leads to: `order` holds the nodes, component by
// component, and `component_begin` where each begins. Tarjan's algorithm without recursion.
// [Tarjan 1972]
struct Components {
  std::vector<uint32_t> order, component_begin;
};
Components strong_components(std::span<const uint32_t> begin, std::span<const uint32_t> successor);

}  // namespace entente::ownership
