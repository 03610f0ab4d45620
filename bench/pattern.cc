// What matching patterns costs. Prints lines of name=value. bench/run pattern runs each part.
//
//   bench_pattern parse  --patterns N              patterns parsed a second; with --file F those of a file
//   bench_pattern load   --patterns N              an engine with so many: time and memory
//   bench_pattern match  --patterns N --events N   events a second, beside the JSON parse of the same events
//   bench_pattern write  --patterns N --events N --to DIR    patterns.txt and events.jsonl, for `entente match`
//
// Figures are processor time of this thread. Patterns and events are made up (pattern_mix.h).
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <vector>

#include "arguments.h"
#include "json/json.h"
#include "pattern/batch.h"
#include "pattern/engine.h"
#include "pattern_mix.h"

namespace entente::bench {
namespace {

// Processor seconds of this thread so far.
double cpu_s() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

std::vector<std::string> patterns_of(const Arguments& arguments) {
  std::vector<std::string> out;
  const std::string path = arguments.text("file");
  if (path.empty()) {
    for (uint64_t i = 0; i < arguments.number("patterns", 1000); ++i) out.push_back(mix_pattern(i));
    return out;
  }
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

void parse(const Arguments& arguments) {
  const std::vector<std::string> patterns = patterns_of(arguments);
  pattern::Pattern pattern;
  std::vector<double> rates;
  size_t valid = 0, bytes = 0;
  for (const std::string& each : patterns) bytes += each.size();
  for (uint64_t round = 0; round < arguments.number("rounds", 9); ++round) {
    valid = 0;
    const double begin = cpu_s();
    for (const std::string& each : patterns) valid += pattern::parse(each, {}, &pattern) ? 1U : 0U;
    rates.push_back(static_cast<double>(patterns.size()) / (cpu_s() - begin));
  }
  fmt::print("patterns={}\nvalid={}\nbytes={}\nparsed_per_s={:.0f}\n", patterns.size(), valid,
             bytes, median(rates));
}

void print_stats(const pattern::EngineStats& stats) {
  fmt::print(
      "expressions={}\nwithout_witness={}\nmemory_bytes_per_pattern={:.1f}\ntext_bytes_per_pattern="
      "{:.1f}\n",
      stats.expressions, stats.without_witness,
      static_cast<double>(stats.memory_bytes) / static_cast<double>(stats.patterns),
      static_cast<double>(stats.text_bytes) / static_cast<double>(stats.patterns));
}

size_t resident_bytes() {
  std::ifstream in("/proc/self/statm");
  size_t pages = 0, resident = 0;
  in >> pages >> resident;
  return resident * 4096;
}

void load(const Arguments& arguments) {
  const std::vector<std::string> patterns = patterns_of(arguments);
  pattern::Engine engine;
  const size_t before = resident_bytes();
  std::chrono::steady_clock::duration longest{};
  const double begin = cpu_s();
  for (const std::string& each : patterns) {
    const auto from = std::chrono::steady_clock::now();
    if (!engine.add(each)) die("a pattern that is not valid: " + each);
    longest = std::max(longest, std::chrono::steady_clock::now() - from);
  }
  const double end = cpu_s();
  fmt::print("patterns={}\nload_s={:.3f}\nlongest_add_us={:.0f}\n", patterns.size(), end - begin,
             std::chrono::duration<double, std::micro>(longest).count());
  fmt::print("resident_bytes_per_pattern={:.1f}\n",
             static_cast<double>(resident_bytes() - before) / static_cast<double>(patterns.size()));
  print_stats(engine.stats());
}

void match(const Arguments& arguments) {
  const std::vector<std::string> patterns = patterns_of(arguments);
  const uint64_t count = arguments.number("events", 20'000);
  std::string text;
  std::vector<std::pair<size_t, size_t>> lines;
  for (uint64_t i = 0; i < count; ++i) {
    const std::string event = mix_event(i, patterns.size());
    lines.emplace_back(text.size(), event.size());
    text += event + "\n";
  }
  text = json::padded(text);
  pattern::Engine engine;
  for (const std::string& each : patterns) {
    if (!engine.add(each)) die("a pattern that is not valid: " + each);
  }
  json::Parser parser;
  json::Document document;
  std::vector<double> parse_s, match_s;
  uint64_t matches = 0;
  for (uint64_t round = 0; round < arguments.number("rounds", 5); ++round) {
    double begin = cpu_s();
    for (const auto& [at, size] : lines) {
      if (!parser.parse(std::string_view(text).substr(at, size), &document)) die("not JSON");
    }
    parse_s.push_back(cpu_s() - begin);
    matches = 0;
    pattern::EventReader reader;
    begin = cpu_s();
    for (const auto& [at, size] : lines) {
      if (!parser.parse(std::string_view(text).substr(at, size), &document)) die("not JSON");
      reader.read(
          document,
          [&](const pattern::Observation& seen) {
            engine.match(seen, [&](uint32_t, uint32_t) { ++matches; });
          },
          [](const pattern::EventTrouble& trouble) { die(trouble.what); });
    }
    match_s.push_back(cpu_s() - begin);
  }
  const double n = static_cast<double>(count);
  fmt::print("patterns={}\nevents={}\nevent_bytes={:.0f}\nmatches={}\n", patterns.size(), count,
             static_cast<double>(text.size()) / n, matches);
  fmt::print("json_events_per_s={:.0f}\nevents_per_s={:.0f}\nshare_of_json={:.3f}\n",
             n / median(parse_s), n / median(match_s), median(parse_s) / median(match_s));
  const pattern::EngineStats stats = engine.stats();
  fmt::print("candidates_per_event={:.2f}\nvalues_per_event={:.2f}\n",
             static_cast<double>(stats.candidates) / static_cast<double>(stats.observations),
             static_cast<double>(stats.values) / static_cast<double>(stats.observations));
}

void write(const Arguments& arguments) {
  const std::string folder = arguments.required("to");
  const uint64_t patterns = arguments.number("patterns", 10'000);
  std::ofstream out(folder + "/patterns.txt");
  for (uint64_t i = 0; i < patterns; ++i) out << mix_pattern(i) << '\n';
  std::ofstream events(folder + "/events.jsonl");
  for (uint64_t i = 0; i < arguments.number("events", 1000); ++i)
    events << mix_event(i, patterns) << '\n';
}

}  // namespace
}  // namespace entente::bench

int main(int argc, char** argv) {
  using namespace entente::bench;
  const std::string_view what = argc > 1 ? argv[1] : "";
  const Arguments arguments(argc, argv, 2, {"patterns", "events", "rounds", "file", "to"});
  if (what == "parse") {
    parse(arguments);
  } else if (what == "load") {
    load(arguments);
  } else if (what == "match") {
    match(arguments);
  } else if (what == "write") {
    write(arguments);
  } else {
    die("bench_pattern parse|load|match|write");
  }
  return 0;
}
