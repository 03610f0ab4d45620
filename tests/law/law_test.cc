// The law: the answer of a node to a reader equals, byte for byte, the answer of a node that never received what the
// reader may not see. [DESIGN: idea 3]
//
//   ENTENTE_LAW_HISTORIES, ENTENTE_LAW_READERS   how much; 200 and 10 if absent
//   ENTENTE_LAW_SEED                             of the first history; each further one is one more
#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdio>

#include "history.h"
#include "probes.h"
#include "runner.h"

namespace entente::law {
namespace {

uint64_t setting(const char* name, uint64_t otherwise) {
  const char* text = ::getenv(name);
  return text == nullptr ? otherwise : ::strtoull(text, nullptr, 10);
}

}  // namespace

TEST(Law, EveryRouteHasAGenerator) {
  for (const std::string& operation : routes_without_generator()) ADD_FAILURE() << "no generator for " << operation;
}

TEST(Law, WhatIsHiddenChangesNothing) {
  ASSERT_TRUE(routes_without_generator().empty());
  const uint64_t histories = setting("ENTENTE_LAW_HISTORIES", 200);
  const uint64_t first = setting("ENTENTE_LAW_SEED", 20'260'101);
  RunOptions options;
  options.readers = static_cast<uint32_t>(setting("ENTENTE_LAW_READERS", 10));
  std::printf("histories %llu, readers %u, first seed %llu\n", static_cast<unsigned long long>(histories), options.readers,
              static_cast<unsigned long long>(first));
  Report total;
  uint64_t done = 0, drawn = 0, breaches = 0;
  while (done < histories && breaches < 5) {
    const History history = draw_history(first + drawn++);
    const Report report = run(history, options);
    ASSERT_TRUE(report.makes_sense) << describe(history);
    ASSERT_EQ(report.disagreement, "") << describe(history);
    if (!report.breach.empty()) {
      ++breaches;
      const History small = shrink(history, options, report.breach_party);
      RunOptions again = options;
      again.only_party = report.breach_party;
      again.readers = 2;
      again.rounds = 12;
      again.moments = 8;
      ADD_FAILURE() << report.breach << "\nshortened:\n" << describe(small) << run(small, again).breach;
    }
    if (report.readers == 0) continue;   // nothing is hidden: draw again
    ++done;
    total.entries += report.entries;
    total.hidden += report.hidden;
    for (const auto& [operation, counts] : report.reached) {
      total.reached[operation].first += counts.first;
      total.reached[operation].second += counts.second;
    }
  }
  std::printf("%llu histories drawn, %llu entries, %llu hidden (summed over readers)\n", static_cast<unsigned long long>(drawn),
              static_cast<unsigned long long>(total.entries), static_cast<unsigned long long>(total.hidden));
  for (const auto& [operation, counts] : total.reached) {
    std::printf("%-20s %8llu asked %8llu answered\n", operation.c_str(), static_cast<unsigned long long>(counts.first),
                static_cast<unsigned long long>(counts.second));
  }
}

}  // namespace entente::law
