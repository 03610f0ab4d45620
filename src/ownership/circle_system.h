// The linear system of one circle of parties: (I - M) x = b, where M(j, i) is what i owns of j, both in
// the circle. Rows of M add up to at most 1, and what is missing, the row's leak, is owned by others or
// not disclosed.
//
// Small circles are eliminated densely without a single subtraction [Grassmann, Taksar, Heyman 1985],
// so that every digit of a tiny leak counts; large ones are swept from below until nothing is
// added, and go to a sparse LU decomposition if that would take long.
// A part of a circle that nobody outside reaches has no least solution but 0, which is what it gets.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace entente::ownership {

struct CircleSystem {
  struct Entry {
    uint32_t row = 0, column = 0;
    double value = 0;
  };
  uint32_t size = 0;
  std::vector<Entry> entries;  // at most one a place; none negative
  // By row: 1 less its entries. Negative only where rounded shares exceed a whole; what has no least solution
  // then is 0.
  std::vector<double> leak;
};

enum class CircleSide : uint8_t {
  kValues,  // x = b + M x: what each is worth, from what its owners are worth
  kShares,  // x = b + M' x: what each owns, from what it owns in others
};

// A system taken apart once, for any number of right sides. Immutable after construction.
// Cost: cube of the size up to limits::kDenseCircleMax; beyond, some tens of sweeps.
class CircleSolver {
 public:
  explicit CircleSolver(const CircleSystem& system);
  ~CircleSolver();
  CircleSolver(const CircleSolver&) = delete;
  CircleSolver& operator=(const CircleSolver&) = delete;
  std::vector<double> solve(const std::vector<double>& b, CircleSide side) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The same for one right side.
std::vector<double> solve(const CircleSystem& system, const std::vector<double>& b,
                          CircleSide side);

}  // namespace entente::ownership
