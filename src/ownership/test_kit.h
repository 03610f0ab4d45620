// What tests of this module share: graphs from short texts, random graphs, and a dense oracle.
#pragma once

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "ownership/interests_csv.h"
#include "ownership/owners.h"

namespace entente::ownership::test {

inline constexpr std::string_view kHead = "owner,owned,capital,votes,from,to\n";

// A table without its head.
inline Graph graph_of(std::string_view rows, std::string_view head = kHead) {
  Graph graph;
  Findings findings;
  const auto read = read_interests_csv(std::string(head) + std::string(rows), ShareUnit::kGuess,
                                       &graph, &findings);
  CHECK(read.has_value() && findings.errors == 0);
  return graph;
}

inline Owners ask(const Graph& graph, std::string_view of, OwnersOptions options = {},
                  SnapshotOptions how = {}, std::string_view at = "2026-06-01") {
  const Snapshot snapshot(graph, *parse_day(at), how);
  Scratch scratch;
  return owners_of(snapshot, *graph.find(of), options, &scratch);
}

inline const Owner* find_owner(const Owners& answer, const Graph& graph, std::string_view id) {
  for (const Owner& owner : answer.owners) {
    if (graph.parties[owner.party].id == id) return &owner;
  }
  return nullptr;
}

using Random = std::mt19937_64;
inline double uniform(Random& random) {
  return std::uniform_real_distribution<double>(0, 1)(random);
}
inline uint32_t below(Random& random, uint32_t end) {
  return std::uniform_int_distribution<uint32_t>(0, end - 1)(random);
}

// Companies 0 .. companies - 1 that hold in each other at random, circles and holdings in themselves
// included, and persons behind them in whom nobody holds. Columns add up to at most 1.
struct RandomGraph {
  uint32_t companies = 0, persons = 0;
  Graph graph;
  RandomGraph(Random& random, uint32_t companies_, uint32_t persons_, double density)
      : companies(companies_), persons(persons_) {
    for (uint32_t i = 0; i < companies + persons; ++i) graph.party("p" + std::to_string(i));
    for (uint32_t owned = 0; owned < companies; ++owned) {
      std::vector<uint32_t> owners;
      for (uint32_t owner = 0; owner < companies + persons; ++owner) {
        if (uniform(random) < density) owners.push_back(owner);
      }
      const double whole = uniform(random) < 0.3 ? 1 : uniform(random);
      add_column(random, owned, owners, whole);
    }
  }
  void add_column(Random& random, uint32_t owned, const std::vector<uint32_t>& owners,
                  double whole) {
    std::vector<double> weights;
    double sum = 0;
    for (size_t i = 0; i < owners.size(); ++i) sum += weights.emplace_back(uniform(random) + 1e-3);
    for (size_t i = 0; i < owners.size(); ++i) {
      const double share = whole * weights[i] / sum;
      Interest interest;
      interest.owner = owners[i];
      interest.owned = owned;
      interest.capital = interest.votes = {share, share};
      graph.interests.push_back(interest);
    }
  }
  uint32_t size() const { return companies + persons; }
};

// A square matrix of shares, row by row.
struct Square {
  size_t size = 0;
  std::vector<double> cells;
  explicit Square(size_t size_) : size(size_), cells(size_ * size_, 0.0) {}
  double& operator()(size_t row, size_t column) { return cells[row * size + column]; }
  double operator()(size_t row, size_t column) const { return cells[row * size + column]; }
};

// A(i, j): what i holds directly of j.
Square dense(const Graph& graph);

// Integrated ownership, A (I - A)^-1, by dense elimination with full pivoting.
Square integrated(const Square& a);

}  // namespace entente::ownership::test
