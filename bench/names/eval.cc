// Searches every query of a half's sets and says, for each set and for all: the share whose entity comes first, is among
// ten, and scores above the threshold that one in a hundred queries without an entity exceeds; how many of the first two
// places tie; how well scores agree with frequencies.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <map>

#include "names/list.h"
#include "run.h"
#include "sets.h"

namespace entente::bench {
namespace {

struct Outcome {
  double top = 0;     // score of the first match
  double found = -1;  // score of the expected entity
  size_t rank = 0;    // its place; 0: not among the matches
  bool ties = false;
};

struct Tally {
  std::vector<double> clean;  // top scores of queries without an entity
  std::vector<Outcome> with_entity;
};

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 1;
  std::ranges::sort(values);
  return values[std::min(values.size() - 1, static_cast<size_t>(std::ceil(
                                                share * static_cast<double>(values.size()))))];
}

void print_row(const std::string& name, const Tally& tally, double common) {
  const double own = percentile(tally.clean, 0.99);
  size_t first = 0, ten = 0, own_recall = 0, common_recall = 0, ties = 0, false_common = 0;
  for (const Outcome& one : tally.with_entity) {
    first += one.rank == 1 ? 1 : 0;
    ten += one.rank > 0 ? 1 : 0;
    own_recall += one.found > own ? 1 : 0;
    common_recall += one.found > common ? 1 : 0;
    ties += one.ties ? 1 : 0;
  }
  for (const double score : tally.clean) false_common += score > common ? 1 : 0;
  const auto n = static_cast<double>(std::max<size_t>(tally.with_entity.size(), 1));
  fmt::print("{:24} {:6} {:6}  {:6.3f} {:6.3f}   {:6.3f} ({:.4f})  {:6.3f}   {:5.2f}%  {:5.2f}%\n",
             name, tally.with_entity.size(), tally.clean.size(), static_cast<double>(first) / n,
             static_cast<double>(ten) / n, static_cast<double>(own_recall) / n, own,
             static_cast<double>(common_recall) / n,
             100 * static_cast<double>(false_common) /
                 static_cast<double>(std::max<size_t>(tally.clean.size(), 1)),
             100 * static_cast<double>(ties) / n);
}

bool is_wanted(const std::string& set, const std::string& wanted) {
  return wanted.empty() || wanted == set || wanted == set + "+";
}

// What went wrong with a query of the set that was asked for.
void print_misses(const std::string& wanted, const Case& one, const Outcome& outcome,
                  const Sets& sets, const names::NameList& list,
                  const std::vector<names::Match>& matches) {
  const bool is_missed = !one.expected.empty() && outcome.rank != 1;
  if (wanted == one.set && is_missed) {
    fmt::print("miss {} \"{}\" rank {} score {:.4f}", one.expected, one.query.names[0].text,
               outcome.rank, outcome.found);
    for (const names::Entity& entity : sets.list) {
      if (entity.id == one.expected) fmt::print(" is \"{}\"", entity.names[0].text);
    }
    if (!matches.empty())
      fmt::print(" first \"{}\" {:.4f}", list.name_text(matches[0].name), matches[0].score);
    fmt::print("\n");
  }
  if (wanted == one.set + "+" && one.expected.empty() && outcome.top > 0.3)
    fmt::print("false \"{}\" first \"{}\" {:.4f}\n", one.query.names[0].text,
               list.name_text(matches[0].name), matches[0].score);
}

void print_calibration(const std::vector<std::pair<double, bool>>& judged) {
  for (int bin = 0; bin < 10; ++bin) {
    double sum = 0, right = 0, count = 0;
    for (const auto& [score, is_right] : judged) {
      if (static_cast<int>(std::min(score * 10, 9.999)) != bin) continue;
      sum += score;
      right += is_right ? 1 : 0;
      count += 1;
    }
    if (count > 0) fmt::print("  {:.3f}: {:.3f} ({:.0f})\n", sum / count, right / count, count);
  }
}

}  // namespace

int evaluate(const NamesArguments& arguments) {
  const Sets sets =
      make_sets(arguments.data, arguments.half == "train" ? Half::kTrain : Half::kTest);
  const auto begin = std::chrono::steady_clock::now();
  names::ListBuilder builder;
  for (const names::Entity& one : sets.list) {
    if (!builder.add(one)) return 2;
  }
  const names::NameList list = builder.finish();
  const auto built = std::chrono::steady_clock::now();
  names::Searcher searcher(list);
  std::map<std::string, Tally> tallies;
  Tally all;
  std::vector<std::pair<double, bool>> judged;
  size_t number = 0;
  for (const Case& one : sets.cases) {
    if (number++ % arguments.every != 0) continue;
    if (!is_wanted(one.set, arguments.misses)) continue;
    const auto matches = searcher.search(one.query, {.limit = 10, .threshold = 0});
    Outcome outcome;
    outcome.top = matches.empty() ? 0 : matches[0].score;
    outcome.ties = matches.size() > 1 && matches[0].score == matches[1].score;
    for (size_t i = 0; i < matches.size(); ++i) {
      const bool is_it = list.entity_id(matches[i].entity) == one.expected;
      if (is_it) {
        outcome.rank = i + 1;
        outcome.found = matches[i].score;
      }
      judged.emplace_back(matches[i].score, is_it);
    }
    for (Tally* tally : {&tallies[one.set], &all}) {
      if (one.expected.empty()) {
        tally->clean.push_back(outcome.top);
      } else {
        tally->with_entity.push_back(outcome);
      }
    }
    print_misses(arguments.misses, one, outcome, sets, list, matches);
  }
  const auto searched = std::chrono::steady_clock::now();
  const double common = percentile(all.clean, 0.99);
  fmt::print(
      "{} entities, {} names, {} words, {:.1f} MB; built in {:.2f} s; {} queries in {:.2f} s\n",
      list.entities(), list.names(), list.words(), static_cast<double>(list.bytes()) / 1e6,
      std::chrono::duration<double>(built - begin).count(), sets.cases.size(),
      std::chrono::duration<double>(searched - built).count());
  fmt::print("{:24} {:>6} {:>6}  {:>6} {:>6}   {:>6} {:>8}  {:>6}   {:>6}  {:>6}\n", "set", "with",
             "clean", "first", "ten", "recall", "at own", "common", "false", "ties");
  for (const auto& [name, tally] : tallies) print_row(name, tally, common);
  print_row("all", all, common);
  fmt::print(
      "threshold for one false match in a hundred clean queries: {:.4f}\nscore: share that is "
      "right\n",
      common);
  print_calibration(judged);
  if (!arguments.svg.empty() && !write_reliability(arguments.svg, judged)) return 2;
  return 0;
}

}  // namespace entente::bench
