// The law: the answer of a node to a reader equals, byte for byte, the answer of a node that never received what the
// reader may not see. [DESIGN: idea 3]
//
//   ENTENTE_LAW_HISTORIES, ENTENTE_LAW_READERS   how much; 100 and 10 if absent
//   ENTENTE_LAW_SEED                             of the first history; each further one is one more
#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdio>
#include <string>

#include "history.h"
#include "leaks.h"
#include "probes.h"
#include "runner.h"

namespace entente::law {
namespace {

uint64_t setting(const char* name, uint64_t otherwise) {
  const char* text = ::getenv(name);
  return text == nullptr ? otherwise : ::strtoull(text, nullptr, 10);
}

uint64_t first_seed() { return setting("ENTENTE_LAW_SEED", 20'260'101); }

constexpr uint64_t kBreachesMax = 3;
constexpr uint64_t kLeakHistoriesMax = 25;

void add(const Report& report, Report* total) {
  total->entries += report.entries;
  total->hidden += report.hidden;
  total->cut += report.cut;
  total->parted += report.parted;
  for (const auto& [operation, counts] : report.reached) {
    total->reached[operation].first += counts.first;
    total->reached[operation].second += counts.second;
  }
}

// Reports a breach or a disagreement, and the same made as short as it gets.
void explain(const History& history, const RunOptions& options, const Report& report) {
  std::printf("seed %s: %s%s\nshortening\n", std::to_string(history.seed).c_str(),
              report.disagreement.c_str(), report.breach.c_str());
  std::fflush(stdout);
  const History small = shrink(history, options, report.breach_party);
  const Report again = run(small, thorough(options, report.breach_party));
  ADD_FAILURE() << report.disagreement << report.breach << "\nshortened:\n"
                << describe(small) << again.disagreement << again.breach;
}

}  // namespace

TEST(Law, EveryRouteHasAGenerator) {
  for (const std::string& operation : routes_without_generator())
    ADD_FAILURE() << "no generator for " << operation;
}

TEST(Law, WhatIsHiddenChangesNothing) {
  ASSERT_TRUE(routes_without_generator().empty());
  const uint64_t histories = setting("ENTENTE_LAW_HISTORIES", 100);
  const uint64_t first = first_seed();
  RunOptions options;
  options.readers = static_cast<uint32_t>(setting("ENTENTE_LAW_READERS", 10));
  std::printf("histories %s, readers %u, first seed %s\n", std::to_string(histories).c_str(),
              options.readers, std::to_string(first).c_str());
  Report total;
  uint64_t done = 0, drawn = 0, breaches = 0;
  while (done < histories && breaches < kBreachesMax) {
    const History history = draw_history(first + drawn++);
    const Report report = run(history, options);
    ASSERT_TRUE(report.makes_sense) << describe(history);
    if (!report.disagreement.empty() || !report.breach.empty()) {
      ++breaches;
      explain(history, options, report);
    }
    if (report.readers == 0) continue;  // nothing to compare: draw again
    ++done;
    add(report, &total);
  }
  std::printf(
      "%s histories drawn, %s entries, %s hidden, %s cut and %s shared batches parted (summed "
      "over readers)\n",
      std::to_string(drawn).c_str(), std::to_string(total.entries).c_str(),
      std::to_string(total.hidden).c_str(), std::to_string(total.cut).c_str(),
      std::to_string(total.parted).c_str());
  for (const auto& [operation, counts] : total.reached) {
    std::printf("%-20s %10s asked %10s answered\n", operation.c_str(),
                std::to_string(counts.first).c_str(), std::to_string(counts.second).c_str());
  }
  if (breaches > 0) return;
  // The test must not go blind: each endpoint gave something, and much was hidden.
  for (const Route* route : all_routes()) {
    EXPECT_GE(total.reached[std::string(route->operation)].second, done / 4) << route->operation;
  }
  EXPECT_GE(total.hidden, done * options.readers);
  EXPECT_GE(total.cut, done * options.readers / 2);
  EXPECT_GE(total.parted, done * options.readers / 2);
}

// A comparer that reports nothing proves nothing: a node that leaks must be caught, in each way of leaking.
TEST(Law, PlantedLeaksAreCaught) {
  for (const PlantedLeak& planted : planted_leaks()) {
    RunOptions options;
    options.readers = 3;
    options.leak = planted.leak;
    uint64_t tried = 0;
    std::string breach;
    while (breach.empty() && tried < kLeakHistoriesMax) {
      const Report report = run(draw_history(first_seed() + tried++), options);
      ASSERT_TRUE(report.makes_sense && report.disagreement.empty())
          << planted.name << report.disagreement;
      breach = report.breach;
    }
    EXPECT_FALSE(breach.empty()) << "not caught in " << tried << " histories: " << planted.name;
    std::printf("%-14s caught in history %s\n", planted.name, std::to_string(tried).c_str());
  }
}

}  // namespace entente::law
