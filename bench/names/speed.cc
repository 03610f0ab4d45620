// Time and memory with many entities. They are made of the words of the sets: persons of two or three words drawn from the
// word pairs, half of them in Latin, the others in the script of the pair; companies in Latin and in Chinese characters; a
// fifth has an alias. Queries are names of the list with an error, or in the other script.
#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <fstream>
#include <map>
#include <random>
#include <thread>

#include "base/text.h"
#include "names/explain.h"
#include "names/list.h"
#include "run.h"
#include "sets.h"

namespace entente::bench {
namespace {

constexpr size_t kTimedQueries = 4'000;

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

class Population {
 public:
  explicit Population(const std::string& directory) {
    for (TokenPair& pair : read_token_pairs(directory, Half::kTest)) {
      if (pair.latin.size() > 2) by_script_[pair.script].push_back(std::move(pair));
    }
    const std::string text = read_bench_file(directory + "/zh-company-short-names.txt.zst");
    for (const std::string_view line : split(text, '\n')) {
      if (line.size() >= 6) companies_.emplace_back(trim(line));
    }
  }
  bool is_empty() const { return by_script_.empty() || companies_.empty(); }

  struct Made {
    names::Entity entity;
    std::string other;  // the same name in the other script, or with an error
  };

  Made make(size_t number, std::mt19937& random) const {
    Made made;
    made.entity.id = "e" + std::to_string(number);
    const size_t what = random() % 10;
    if (what < 2) {
      const std::string& company = companies_[random() % companies_.size()];
      made.entity.kind = names::Kind::kOrganization;
      made.entity.names.push_back({company + "有限公司", names::NameKind::kPrimary});
      made.other = company + "股份有限公司";
      return made;
    }
    auto script = by_script_.begin();
    std::advance(script, random() % by_script_.size());
    std::string latin, native;
    // Common words are drawn more often than rare ones.
    for (size_t words = 2 + random() % 2; words > 0; --words) {
      const double share = std::pow(std::uniform_real_distribution<>(0, 1)(random), 3);
      const TokenPair& pair =
          script
              ->second[static_cast<size_t>(share * static_cast<double>(script->second.size() - 1))];
      latin += (latin.empty() ? "" : " ") + pair.latin;
      native += (native.empty()                                        ? ""
                 : script->first == "zh" || script->first == "ja-Kana" ? "・"
                                                                       : " ") +
                pair.native;
    }
    made.entity.kind = names::Kind::kPerson;
    made.entity.names.push_back({what < 6 ? latin : native, names::NameKind::kPrimary});
    if (what == 3 || what == 7)
      made.entity.names.push_back({what == 3 ? native : latin, names::NameKind::kAlias});
    made.other = what < 6 ? native : latin;
    if (what == 5) {
      made.other = latin;
      made.other.erase(made.other.size() / 2, 1);
    }
    return made;
  }

 private:
  std::map<std::string, std::vector<TokenPair>> by_script_;
  std::vector<std::string> companies_;
};

double share(std::vector<double>& values, double part) {
  std::ranges::sort(values);
  return values[std::min(values.size() - 1,
                         static_cast<size_t>(part * static_cast<double>(values.size())))];
}

void measure_batch(const names::NameList& list, const std::vector<names::Entity>& queries) {
  const auto start = std::chrono::steady_clock::now();
  const std::clock_t cpu = std::clock();
  std::vector<std::jthread> threads;
  for (size_t part = 0; part < 2; ++part) {
    threads.emplace_back([&, part] {
      names::Searcher own(list);
      for (size_t i = part; i < queries.size(); i += 2)
        own.search(queries[i], {.limit = 10, .threshold = 0});
    });
  }
  threads.clear();
  const double count = static_cast<double>(queries.size());
  fmt::print("batch of {} on 2 threads: {:.0f} queries/s; of processor time {:.0f} on two cores\n",
             queries.size(), count / seconds_since(start),
             2 * count / (static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC));
}

}  // namespace

int measure_speed(const NamesArguments& arguments) {
  const Population population(arguments.data);
  if (population.is_empty()) return 2;
  std::mt19937 random(3);
  std::vector<names::Entity> queries;
  std::vector<std::string> expected;
  names::ListBuilder builder;
  double building = 0;
  std::vector<names::Entity> block;
  for (size_t i = 0; i < arguments.entities;) {
    block.clear();
    for (; block.size() < 10'000 && i < arguments.entities; ++i) {
      Population::Made made = population.make(i, random);
      if (i % (arguments.entities / arguments.queries + 1) == 0) {
        names::Entity query;
        query.kind = made.entity.kind;
        query.names.push_back({made.other, names::NameKind::kPrimary});
        queries.push_back(std::move(query));
        expected.push_back(made.entity.id);
      }
      block.push_back(std::move(made.entity));
    }
    const auto begin = std::chrono::steady_clock::now();
    for (const names::Entity& one : block) {
      if (!builder.add(one)) return 2;
    }
    building += seconds_since(begin);
  }
  const auto begin = std::chrono::steady_clock::now();
  const names::NameList list = builder.finish();
  malloc_trim(0);
  building += seconds_since(begin);
  fmt::print("{} entities, {} names, {} words: built in {:.2f} s, {:.1f} MB of tables\n",
             list.entities(), list.names(), list.words(), building,
             static_cast<double>(list.bytes()) / 1e6);
  std::vector<double> times;
  size_t first = 0;
  names::Searcher searcher(list);
  const size_t step = queries.size() / kTimedQueries + 1;
  for (size_t i = 0; i < queries.size(); i += step) {
    const auto start = std::chrono::steady_clock::now();
    const auto matches = searcher.search(queries[i], {.limit = 10, .threshold = 0});
    size_t lines = 0;
    for (const names::Match& match : matches)
      lines += names::explain_match(list, queries[i], match).size();
    times.push_back(seconds_since(start) * 1e3 + (lines > 1'000'000 ? 1 : 0));
    first += !matches.empty() && list.entity_id(matches[0].entity) == expected[i] ? 1 : 0;
  }
  fmt::print(
      "{} queries, top 10 explained: p50 {:.3f} ms, p95 {:.3f} ms, p99 {:.3f} ms; {:.3f} first\n",
      times.size(), share(times, 0.5), share(times, 0.95), share(times, 0.99),
      static_cast<double>(first) / static_cast<double>(times.size()));
  measure_batch(list, queries);
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS") || line.starts_with("VmHWM")) fmt::print("{}\n", line);
  }
  return 0;
}

}  // namespace entente::bench
