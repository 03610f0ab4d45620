// Elimination from the last row to the first: I - M = U (D - L), where U has -M(j, n) / d(n) above its unit
// diagonal, D holds d(n) = leak + what the row has left of its diagonal, and L is what lies below. All are
// sums and products of numbers that are not negative.
#include "ownership/circle_system.h"

#include <Eigen/SparseCore>
#include <Eigen/SparseLU>
#include <algorithm>
#include <cmath>
#include <optional>

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

// Large circles. Sweeps of Gauss and Seidel settle nearly all of them in some tens of rounds, since something
// leaks out of each turn; a decomposition, which may fill in, is made only for one that they do not settle.
class Sparse {
 public:
  explicit Sparse(const CircleSystem& system) : leaks_(leaking_rows(system)), size_(system.size) {
    for (const CircleSystem::Entry& entry : system.entries) {
      if (leaks_[entry.row] != 0 && leaks_[entry.column] != 0)
        entries_.emplace_back(entry.row, entry.column, entry.value);
    }
  }

  std::vector<double> solve(std::vector<double> b, CircleSide side) {
    for (size_t i = 0; i < b.size(); ++i) {
      if (leaks_[i] == 0) b[i] = 0;
    }
    Matrix weights(size_, size_);  // row by row
    weights.setFromTriplets(entries_.begin(), entries_.end());
    if (side == CircleSide::kShares) weights = Matrix(weights.transpose());
    if (auto swept = sweep(weights, b)) return std::move(*swept);
    return decompose(weights, b);
  }

 private:
  using Matrix = Eigen::SparseMatrix<double, Eigen::RowMajor>;
  static constexpr int kSweepsMax = 1000;
  static constexpr double kLeft = 1e-14;  // of the largest value: what further sweeps would add

  // From below to the least solution. nullopt if that would take too many sweeps.
  std::optional<std::vector<double>> sweep(const Matrix& weights,
                                           const std::vector<double>& b) const {
    std::vector<double> x(b.size(), 0.0);
    double before = 0;
    for (int round = 0; round < kSweepsMax; ++round) {
      double gain = 0, largest = 0;
      for (Eigen::Index row = 0; row < weights.outerSize(); ++row) {
        const auto place = static_cast<size_t>(row);
        double sum = b[place], own = 0;
        for (Matrix::InnerIterator entry(weights, row); entry; ++entry) {
          if (entry.col() == row) {
            own = entry.value();
          } else {
            sum += entry.value() * x[static_cast<size_t>(entry.col())];
          }
        }
        const double value = over(sum, 1 - own);
        gain = std::max(gain, std::abs(value - x[place]));
        largest = std::max(largest, value);
        x[place] = value;
      }
      // Gains shrink by a steady ratio in the end; what is left is then a geometric series.
      const double ratio = before > 0 ? gain / before : 1;
      if (gain <= kLeft * largest || (ratio < 1 && gain * ratio / (1 - ratio) <= kLeft * largest))
        return x;
      before = gain;
    }
    return std::nullopt;
  }

  std::vector<double> decompose(const Matrix& weights, const std::vector<double>& b) const {
    Eigen::SparseMatrix<double> matrix(size_, size_);
    matrix.setIdentity();
    matrix -= Eigen::SparseMatrix<double>(weights);
    matrix.makeCompressed();
    const Eigen::SparseLU<Eigen::SparseMatrix<double>> decomposition(matrix);
    std::vector<double> x(b.size(), 0.0);
    // Irreducible parts with a leak are never singular; rounded shares of more than a whole may be.
    if (decomposition.info() != Eigen::Success) return x;
    const Eigen::Map<const Eigen::VectorXd> right(b.data(), size_);
    Eigen::VectorXd solution = decomposition.solve(right);
    solution += decomposition.solve(right - matrix * solution);  // once refined
    for (size_t i = 0; i < x.size(); ++i)
      x[i] = std::max(0.0, solution[static_cast<Eigen::Index>(i)]);
    return x;
  }

  std::vector<uint8_t> leaks_;
  uint32_t size_;
  std::vector<Eigen::Triplet<double>> entries_;
};

}  // namespace

struct CircleSolver::Impl {
  std::optional<Dense> dense;
  std::optional<Sparse> sparse;
};

CircleSolver::CircleSolver(const CircleSystem& system) : impl_(std::make_unique<Impl>()) {
  if (system.size > limits::kDenseCircleMax) {
    impl_->sparse.emplace(system);
  } else {
    impl_->dense.emplace(system);
  }
}

CircleSolver::~CircleSolver() = default;

std::vector<double> CircleSolver::solve(const std::vector<double>& b, CircleSide side) const {
  if (impl_->sparse) return impl_->sparse->solve(b, side);
  return side == CircleSide::kValues ? impl_->dense->values(b) : impl_->dense->shares(b);
}

std::vector<double> solve(const CircleSystem& system, const std::vector<double>& b,
                          CircleSide side) {
  return CircleSolver(system).solve(b, side);
}

}  // namespace entente::ownership
