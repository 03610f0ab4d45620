// The dense oracle: Eigen alone, none of the engine's own arithmetic.
#include "ownership/test_kit.h"

#include <Eigen/Dense>

namespace entente::ownership::test {

Square dense(const Graph& graph) {
  Square a(graph.parties.size());
  for (const Interest& interest : graph.interests)
    a(interest.owner, interest.owned) += interest.capital.low;
  return a;
}

Square integrated(const Square& a) {
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const auto size = static_cast<Eigen::Index>(a.size);
  const Eigen::Map<const Matrix> shares(a.cells.data(), size, size);
  // Y (I - A) = A, solved as (I - A)' Y' = A'.
  const Matrix left = (Matrix::Identity(size, size) - shares).transpose();
  const Matrix found = left.fullPivLu().solve(shares.transpose()).transpose();
  Square out(a.size);
  Eigen::Map<Matrix>(out.cells.data(), size, size) = found;
  return out;
}

}  // namespace entente::ownership::test
