// All owners at once, against one question after the other.
#include "ownership/all_owners.h"

#include <gtest/gtest.h>

#include "ownership/test_kit.h"

namespace entente::ownership {
namespace {

using namespace test;

void compare(const Graph& graph, uint32_t companies, double cut_off, double near) {
  const Snapshot snapshot(graph, 0);
  const AllOwners all(snapshot, cut_off);
  for (PartyIndex company = 0; company < companies; ++company) {
    const Owners expected = ask(graph, graph.parties[company].id, {}, {}, "1970-01-01");
    double traced = 0;
    const double bound = all.bound(company);
    std::vector<double> listed(graph.parties.size(), 0);
    for (const AllOwners::Entry& entry : all.of(company)) {
      EXPECT_GE(entry.share, cut_off);
      listed[entry.owner] = entry.share;
    }
    for (const Owner& owner : expected.owners) {
      traced += owner.capital.low;
      ASSERT_LE(listed[owner.party], owner.capital.low + 1e-9);
      ASSERT_GE(listed[owner.party] + bound, owner.capital.low - 1e-9);
      if (cut_off == 0) {
        ASSERT_NEAR(listed[owner.party], owner.capital.low, near);
      }
    }
    ASSERT_NEAR(all.traced(company), traced, 1e-9);
    ASSERT_LE(all.of(company).size(), expected.owners.size());
  }
}

TEST(AllOwners, WithoutACutOffAreTheOwnersOfEach) {
  Random random(21);
  for (int i = 0; i < 200; ++i) {
    const RandomGraph made(random, 2 + below(random, 20), 3, 0.05 + 0.3 * uniform(random));
    compare(made.graph, made.companies, 0, 1e-9);
    if (HasFatalFailure()) FAIL() << "graph " << i;
  }
}

TEST(AllOwners, WithACutOffStayWithinTheirBound) {
  Random random(22);
  for (int i = 0; i < 200; ++i) {
    const RandomGraph made(random, 2 + below(random, 20), 12, 0.05 + 0.3 * uniform(random));
    compare(made.graph, made.companies, 0.05, 0);
    if (HasFatalFailure()) FAIL() << "graph " << i;
  }
}

TEST(AllOwners, LargeCirclesAreSwept) {
  Random random(23);
  RandomGraph made(random, 120, 6, 0.0);
  for (uint32_t owned = 0; owned < 120; ++owned)
    made.add_column(random, owned, {(owned + 1) % 120, below(random, 120), 120 + below(random, 6)},
                    0.9);
  compare(made.graph, 120, 0, 1e-5);
  compare(made.graph, 120, 0.01, 0);
}

}  // namespace
}  // namespace entente::ownership
