// Ownership at scale: the owners of one party, exactly and with paths, and those of all parties at once.
//
//   bench_ownership [--parties 1000000] [--interests 3000000] [--queries 20000] [--seed 1]
//
// The graph: 55 % of the parties are companies, the rest persons. A company has one to three corporate holders with
// probability 0.3 (nine in ten times one that came shortly before it, else any that came before it), and for the
// rest persons; numbers of holders follow a geometric law, and one company in 2,000 has a thousand. Shares are
// random parts of 60 to 100 %. Circles: one company in a hundred is held besides by one that stands up to five
// levels below it. Processor time of the one thread, by CLOCK_THREAD_CPUTIME_ID.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <random>
#include <string>

#include "arguments.h"
#include "ownership/all_owners.h"
#include "ownership/owners.h"

namespace {

using namespace entente::ownership;

double cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

class Maker {
 public:
  Maker(uint32_t parties, uint32_t interests, uint64_t seed)
      : random_(seed),
        companies_(parties / 100 * 55),
        persons_(parties - companies_),
        interests_(interests) {}

  Graph make() {
    for (uint32_t i = 0; i < companies_ + persons_; ++i) graph_.party(fmt::format("{:08}", i));
    const double mean = static_cast<double>(interests_) / companies_;
    // Corporate holders are about half a party, the thousand of the few half another.
    std::geometric_distribution<uint32_t> persons_of(1 / (mean - 1.0));
    for (uint32_t company = 0; company < companies_; ++company) {
      std::vector<PartyIndex> owners;
      corporate_owners(company, &owners);
      uint32_t count = persons_of(random_) + (owners.empty() ? 1 : 0);
      if (below(2000) == 0) count = 1000;
      for (uint32_t i = 0; i < count; ++i) owners.push_back(companies_ + below(persons_));
      add(company, owners);
    }
    return std::move(graph_);
  }

 private:
  uint32_t below(uint32_t end) {
    return std::uniform_int_distribution<uint32_t>(0, end - 1)(random_);
  }
  double uniform() { return std::uniform_real_distribution<double>(0, 1)(random_); }

  void corporate_owners(uint32_t company, std::vector<PartyIndex>* owners) {
    if (company > 0 && uniform() < 0.3) {
      for (uint32_t left = 1 + below(3); left > 0; --left) {
        const bool is_near = uniform() < 0.9;
        owners->push_back(is_near ? company - 1 - below(std::min(company, 1000U)) : below(company));
      }
    }
    if (below(100) != 0) return;
    // A circle: whoever is some levels below, if it has been linked to this one, holds in it.
    uint32_t at = company;
    for (uint32_t level = 1 + below(5); level > 0 && at > 0; --level) {
      const uint32_t above = at - 1 - below(std::min(at, 1000U));
      links_.push_back({above, at});
      at = above;
    }
    links_.push_back({company, at});
  }

  void add(uint32_t owned, const std::vector<PartyIndex>& owners) {
    std::vector<double> parts;
    double sum = 0;
    for (size_t i = 0; i < owners.size(); ++i) sum += parts.emplace_back(uniform() + 0.01);
    const double whole = 0.6 + 0.4 * uniform();
    for (size_t i = 0; i < owners.size(); ++i) push(owners[i], owned, whole * parts[i] / sum);
    for (const auto& [owner, held] : links_) push(owner, held, 0.3 * uniform());
    links_.clear();
  }

  void push(PartyIndex owner, PartyIndex owned, double share) {
    Interest interest;
    interest.owner = owner;
    interest.owned = owned;
    interest.capital = interest.votes = {share, share};
    graph_.interests.push_back(interest);
  }

  std::mt19937_64 random_;
  uint32_t companies_, persons_, interests_;
  std::vector<std::pair<PartyIndex, PartyIndex>> links_;
  Graph graph_;
};

std::string quantiles(std::vector<double> values) {
  std::ranges::sort(values);
  const auto at = [&](double part) {
    return values[std::min(values.size() - 1,
                           static_cast<size_t>(part * static_cast<double>(values.size())))];
  };
  return fmt::format("p50 {:.3f}, p95 {:.3f}, p99 {:.3f}, most {:.3f}", at(0.5), at(0.95), at(0.99),
                     values.back());
}

void ask_each(const Snapshot& snapshot, uint32_t companies, uint32_t queries, uint64_t seed) {
  std::mt19937_64 random(seed + 1);
  std::uniform_int_distribution<uint32_t> any(0, companies - 1);
  Scratch scratch;
  std::vector<double> ms, owners;
  for (uint32_t i = 0; i < queries; ++i) {
    const PartyIndex target = any(random);
    const double start = cpu_ms();
    const Owners answer = owners_of(snapshot, target, {}, &scratch);
    ms.push_back(cpu_ms() - start);
    owners.push_back(static_cast<double>(answer.owners.size()));
  }
  fmt::print("owners of one, exact, 10 paths each, ms: {}\n", quantiles(ms));
  fmt::print("  ultimate owners found: {}\n", quantiles(owners));
}

void report_circles(const Snapshot& snapshot) {
  std::vector<uint32_t> begin{0}, owner;
  for (PartyIndex party = 0; party < snapshot.party_count(); ++party) {
    for (const Stake& stake : snapshot.owners_of(party)) owner.push_back(stake.owner);
    begin.push_back(static_cast<uint32_t>(owner.size()));
  }
  const Components components = strong_components(begin, owner);
  size_t circles = 0, members = 0, largest = 0;
  for (size_t i = 0; i + 1 < components.component_begin.size(); ++i) {
    const size_t size = components.component_begin[i + 1] - components.component_begin[i];
    if (size < 2) continue;
    ++circles;
    members += size;
    largest = std::max(largest, size);
  }
  fmt::print("circles: {} with {} parties, the largest of {}\n", circles, members, largest);
}

}  // namespace

int main(int argc, char** argv) {
  const entente::bench::Arguments arguments(argc, argv, 1,
                                            {"parties", "interests", "queries", "seed"});
  const auto parties = static_cast<uint32_t>(arguments.number("parties", 1'000'000));
  const auto interests = static_cast<uint32_t>(arguments.number("interests", 3'000'000));
  const auto queries = static_cast<uint32_t>(arguments.number("queries", 20'000));
  const uint64_t seed = arguments.number("seed", 1);
  double start = cpu_ms();
  const Graph graph = Maker(parties, interests, seed).make();
  fmt::print("made {} parties, {} interests in {:.0f} ms\n", graph.parties.size(),
             graph.interests.size(), cpu_ms() - start);
  start = cpu_ms();
  const Snapshot snapshot(graph, 0);
  fmt::print("snapshot of a day: {:.0f} ms\n", cpu_ms() - start);
  report_circles(snapshot);
  for (int round = 0; round < 3; ++round) {
    start = cpu_ms();
    const AllOwners all(snapshot, 0.01);
    const double took = cpu_ms() - start;
    double bound = 0, worst = 0;
    for (PartyIndex party = 0; party < parties; ++party) {
      bound += all.bound(party);
      worst = std::max(worst, all.bound(party));
    }
    fmt::print(
        "owners of all, cut off at 1 %: {:.0f} ms; {} listed; bound {:.5f} on average, {:.3f} at "
        "most\n",
        took, all.entry_count(), bound / parties, worst);
  }
  ask_each(snapshot, parties / 100 * 55, queries, seed);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("memory at most: {} MB\n", usage.ru_maxrss / 1024);
  return 0;
}
