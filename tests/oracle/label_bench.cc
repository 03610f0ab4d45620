// How fast labels decide: decisions of one reader with groups resolved, and what a change of the
// directory costs a reader (tables resolved, every atom dated).
//
//   label_bench [ATOMS [PARTIES [MILLIONS_OF_DECISIONS]]]
//
// Medians of several rounds. Made to be run by name; the suite runs it tiny, so that it cannot rot.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

#include "base/result.h"
#include "release/timeline.h"

namespace {

using namespace entente::release;

double now_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct Bench {
  std::mt19937_64 engine{42};
  Directory directory;
  std::vector<PartySet> party_sets;
  AtomTable atoms;
  int parties = 0;

  int64_t below(int64_t bound) {
    return static_cast<int64_t>(engine() % static_cast<uint64_t>(bound));
  }
  void apply(const std::string& change) {
    const auto outcome = directory.apply(change, 0);
    CHECK(outcome.has_value());
  }
  std::string party() { return "P" + std::to_string(below(parties)); }
  std::string group() { return "G" + std::to_string(below(50)); }
  void make_directory(int count) {
    for (parties = 0; parties < count; ++parties) {
      const std::string digits = std::to_string(100'000 + parties);
      apply(R"({"op":"party","code":"P)" + std::to_string(parties) +
            R"(","identity":"identity--00000000-0000-4000-8000-000000)" + digits + "\"}");
    }
    for (int n = 0; n < 50; ++n) {
      apply(R"({"op":"group","code":"G)" + std::to_string(n) + "\"}");
      for (int m = 0; m < std::min(30, parties); ++m) {
        apply(R"({"op":"member","group":"G)" + std::to_string(n) + R"(","member":"P)" +
              std::to_string((n * 7 + m) % parties) + R"(","from":)" +
              std::to_string(below(1'000'000)) + "}");
      }
    }
    apply(
        R"({"op":"collection","alias":"k","id":"6f8c1f5e-0000-4000-8000-000000000001","read":["G1","G2"],"write":[]})");
    apply(R"({"op":"policy","name":"P","levels":["LOW","MID","TOP"],"categories":["a"]})");
    for (int n = 0; n < 20; ++n) {
      PartySet set;
      for (int p = 0; p < parties; ++p) {
        if (below(2) == 0) set.push_back(static_cast<PartyNumber>(p));
      }
      party_sets.push_back(std::move(set));
    }
  }
  void make_atoms(size_t count) {
    const char* levels[] = {"LOW", "MID", "TOP"};
    while (atoms.size() < count) {
      Atom atom;
      atom.originator = static_cast<PartyNumber>(below(parties));
      atom.collection = 1;
      atom.audience = static_cast<uint32_t>(below(20));
      atom.community = static_cast<uint32_t>(below(20));
      atom.tlp_levels = static_cast<uint8_t>(1u << below(5));
      if (below(2) == 0) {
        atom.releasable_to.emplace_back();
        for (int64_t left = below(4); left >= 0; --left)
          atom.releasable_to.back().push_back(below(2) == 0 ? party() : group());
      }
      if (below(4) == 0) atom.classifications.push_back({"P", levels[below(3)], {}});
      if (below(10) == 0) atom.embargo_until_ms = below(2'000'000);
      atoms.add(std::move(atom));
    }
  }
};

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

}  // namespace

int main(int count, char** values) {
  const auto argument = [&](int n, long otherwise) {
    return count > n ? std::strtol(values[n], nullptr, 10) : otherwise;
  };
  const auto atoms = static_cast<size_t>(argument(1, 10'000));
  const auto decisions = static_cast<size_t>(argument(3, 100)) * 1'000'000;
  Bench bench;
  bench.make_directory(static_cast<int>(argument(2, 1'000)));
  bench.make_atoms(atoms);
  constexpr int kRounds = 7;
  constexpr int64_t kNowMs = 1'500'000;
  std::vector<double> rates, resolves, timelines, dates;
  size_t reads = 0;
  for (int round = 0; round < kRounds; ++round) {
    const Reader reader{static_cast<PartyNumber>(round * 7 % bench.parties), "", std::nullopt};
    double start_s = now_s();
    const Resolved resolved(bench.atoms, bench.directory, bench.party_sets, reader, kNowMs);
    resolves.push_back(now_s() - start_s);
    start_s = now_s();
    size_t done = 0;
    int64_t released_ms = 0;
    for (; done < decisions / kRounds; done += atoms) {
      released_ms = (released_ms + 77'777) % 1'000'000;
      for (AtomNumber n = 0; n < atoms; ++n)
        reads += resolved.reads(n, released_ms, kNowMs) ? 1 : 0;
    }
    rates.push_back(static_cast<double>(done) / (now_s() - start_s));
    start_s = now_s();
    const Timeline timeline(bench.atoms, bench.directory, bench.party_sets, reader, kNowMs);
    timelines.push_back(now_s() - start_s);
    start_s = now_s();
    for (AtomNumber n = 0; n < atoms; ++n) reads += timeline.intervals(n).size();
    dates.push_back(now_s() - start_s);
  }
  std::printf("%zu atoms, %d parties, 50 dated groups (%zu)\n", atoms, bench.parties, reads);
  std::printf("decisions, groups resolved   %8.1f million/s\n", median(rates) / 1e6);
  std::printf("resolve one reader           %8.2f ms\n", median(resolves) * 1e3);
  std::printf("timeline of one reader       %8.2f ms\n", median(timelines) * 1e3);
  std::printf("date every atom for it       %8.2f ms\n", median(dates) * 1e3);
  return 0;
}
