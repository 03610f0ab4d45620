// Elimination from the last row to the first: I - M = U (D - L), where U has -M(j, n) / d(n) above its unit
// diagonal, D holds d(n) = leak + what the row has left of its diagonal, and L is what lies below. All are
// sums and products of numbers that are not negative.
#include "ownership/circle_system.h"

#include <Eigen/SparseCore>
#include <Eigen/SparseLU>
#include <algorithm>

#include "base/result.h"
#include "ownership/limits.h"

namespace entente::ownership {
namespace {

double over(double numerator, double denominator) {
  return denominator > 0 ? numerator / denominator : 0;
}

class Dense {
 public:
  explicit Dense(const CircleSystem& system)
      : size_(system.size), m_(size_t{size_} * size_, 0.0), diagonal_(size_, 0.0) {
    for (const CircleSystem::Entry& entry : system.entries)
      at(entry.row, entry.column) += entry.value;
    std::vector<double> leak = system.leak;
    for (uint32_t n = size_; n-- > 0;) {
      diagonal_[n] = leak[n];
      for (uint32_t i = 0; i < n; ++i) diagonal_[n] += at(n, i);
      for (uint32_t j = 0; j < n; ++j) {
        const double weight = over(at(j, n), diagonal_[n]);
        if (weight == 0) continue;
        for (uint32_t i = 0; i < n; ++i) at(j, i) += weight * at(n, i);
        leak[j] += weight * leak[n];
      }
    }
  }

  std::vector<double> values(std::vector<double> x) const {
    for (uint32_t n = size_; n-- > 0;) {
      const double part = over(x[n], diagonal_[n]);
      for (uint32_t j = 0; j < n; ++j) x[j] += at(j, n) * part;
    }
    for (uint32_t n = 0; n < size_; ++n) {
      for (uint32_t i = 0; i < n; ++i) x[n] += at(n, i) * x[i];
      x[n] = over(x[n], diagonal_[n]);
    }
    return x;
  }

  std::vector<double> shares(std::vector<double> x) const {
    for (uint32_t n = size_; n-- > 0;) {
      for (uint32_t m = n + 1; m < size_; ++m) x[n] += at(m, n) * x[m];
      x[n] = over(x[n], diagonal_[n]);
    }
    for (uint32_t n = 0; n < size_; ++n) {
      for (uint32_t j = 0; j < n; ++j) x[n] += over(at(j, n), diagonal_[n]) * x[j];
    }
    return x;
  }

 private:
  double& at(uint32_t row, uint32_t column) { return m_[size_t{row} * size_ + column]; }
  double at(uint32_t row, uint32_t column) const { return m_[size_t{row} * size_ + column]; }

  uint32_t size_;
  std::vector<double> m_, diagonal_;
};

// Rows from which a leak is reached over entries. What is in no such row stays in the circle for ever.
std::vector<uint8_t> leaking_rows(const CircleSystem& system) {
  std::vector<uint32_t> begin(system.size + 1, 0), row(system.entries.size()), open;
  for (const CircleSystem::Entry& entry : system.entries) ++begin[entry.column + 1];
  for (uint32_t i = 0; i < system.size; ++i) begin[i + 1] += begin[i];
  std::vector<uint32_t> next(begin.begin(), begin.end() - 1);
  for (const CircleSystem::Entry& entry : system.entries) row[next[entry.column]++] = entry.row;
  std::vector<uint8_t> leaks(system.size, 0);
  const auto visit = [&](uint32_t node) {
    if (leaks[node] == 0) open.push_back(node);
    leaks[node] = 1;
  };
  for (uint32_t i = 0; i < system.size; ++i) {
    if (system.leak[i] > 0) visit(i);
  }
  while (!open.empty()) {
    const uint32_t node = open.back();
    open.pop_back();
    for (uint32_t i = begin[node]; i < begin[node + 1]; ++i) visit(row[i]);
  }
  return leaks;
}

std::vector<double> solve_sparse(const CircleSystem& system, const std::vector<double>& b,
                                 CircleSide side) {
  using Matrix = Eigen::SparseMatrix<double>;
  std::vector<Eigen::Triplet<double>> triplets;
  triplets.reserve(system.entries.size() + system.size);
  for (uint32_t i = 0; i < system.size; ++i) triplets.emplace_back(i, i, 1.0);
  const std::vector<uint8_t> leaks = leaking_rows(system);
  for (const CircleSystem::Entry& entry : system.entries) {
    if (leaks[entry.row] == 0 || leaks[entry.column] == 0) continue;
    const bool is_transposed = side == CircleSide::kShares;
    triplets.emplace_back(is_transposed ? entry.column : entry.row,
                          is_transposed ? entry.row : entry.column, -entry.value);
  }
  Matrix matrix(system.size, system.size);
  matrix.setFromTriplets(triplets.begin(), triplets.end());
  Eigen::VectorXd right(system.size);
  for (uint32_t i = 0; i < system.size; ++i) right[i] = leaks[i] != 0 ? b[i] : 0;
  const Eigen::SparseLU<Matrix> decomposition(matrix);
  CHECK(decomposition.info() == Eigen::Success);  // irreducible parts with a leak: never singular
  Eigen::VectorXd solution = decomposition.solve(right);
  solution += decomposition.solve(right - matrix * solution);  // once refined
  std::vector<double> x(system.size);
  for (uint32_t i = 0; i < system.size; ++i) x[i] = std::max(0.0, solution[i]);
  return x;
}

}  // namespace

std::vector<double> solve(const CircleSystem& system, const std::vector<double>& b,
                          CircleSide side) {
  if (system.size > limits::kDenseCircleMax) return solve_sparse(system, b, side);
  const Dense dense(system);
  return side == CircleSide::kValues ? dense.values(b) : dense.shares(b);
}

}  // namespace entente::ownership
