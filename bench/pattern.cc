// What matching patterns costs. Prints lines of name=value. bench/run pattern runs each part.
//
//   bench_pattern parse  --patterns N              patterns parsed a second; with --file F those of a file
//   bench_pattern load   --patterns N              an engine with so many: time and memory
//   bench_pattern match  --patterns N --events N   events a second, beside the JSON parse of the same events
//   bench_pattern multi  --patterns N --events N   sequences WITHIN 300 SECONDS over a stream
//   bench_pattern change --patterns N              what one pattern more or less takes, among so many
//   bench_pattern differ --file F --events N       index on and off over patterns of a file: must be equal
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
#include "base/text.h"
#include "json/json.h"
#include "pattern/batch.h"
#include "pattern/engine.h"
#include "pattern/stream.h"
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

// One object that some comparisons of two patterns ask for, in their type: whole values, or with a
// character more.
std::string event_for(const std::vector<pattern::Pattern>& patterns, uint64_t number) {
  std::string objects, refs;
  for (uint64_t k = 0; k < 3; ++k) {
    const pattern::Pattern& one = patterns[(number * 7919 + k * 104'729) % patterns.size()];
    std::string members;
    const std::string_view type = one.slice(one.comparisons[0].type);
    for (const pattern::Comparison& comparison : one.comparisons) {
      if (one.slice(comparison.type) != type || comparison.constants_count == 0) continue;
      const pattern::Constant& constant =
          one.constants[comparison.constants_begin + number % comparison.constants_count];
      std::string scratch, open, close;
      const bool is_text = constant.kind == pattern::ConstantKind::kString;
      std::string value(is_text ? pattern::string_of(one, constant, &scratch)
                                : one.slice(constant.text));
      if (comparison.op == pattern::Operator::kLike)
        std::replace(value.begin(), value.end(), '%', 'q');
      if (is_text && number % 5 == k) value += 'x';
      bool is_plain = true;
      for (uint32_t i = 0; i < comparison.steps_count; ++i) {
        const pattern::Step& step = one.steps[comparison.steps_begin + i];
        if (step.kind == pattern::StepKind::kName) {
          std::string name_scratch;
          open +=
              (i == 0 ? "" : "{") + json_quote(pattern::name_of(one, step, &name_scratch)) + ":";
          close = (i == 0 ? "" : "}") + close;
        } else {
          open += "[";
          close = "]" + close;
        }
        is_plain &= members.find(open) == std::string::npos || i + 1 < comparison.steps_count;
      }
      if (!is_plain) continue;
      const bool is_number = constant.kind == pattern::ConstantKind::kInteger;
      members += "," + open + (is_number ? value : json_quote(value)) + close;
    }
    const std::string id = fmt::format("x--{}", k);
    refs += (k == 0 ? "\"" : ",\"") + id + "\"";
    objects += fmt::format(R"(,{{"type":{},"id":"{}"{}}})", json_quote(type), id, members);
  }
  return fmt::format(
      R"({{"type":"bundle","objects":[{{"type":"observed-data","id":"observed-data--1","first_observed":"2026-01-01T00:00:00Z","last_observed":"2026-01-01T00:00:00Z","number_observed":1,"object_refs":[{}]}}{}]}})",
      refs, objects);
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

void multi(const Arguments& arguments) {
  const uint64_t patterns = arguments.number("patterns", 10'000);
  const uint64_t count = arguments.number("events", 100'000);
  pattern::Engine engine;
  for (uint64_t i = 0; i < patterns; ++i) {
    if (!engine.add(sequence_pattern(i))) die("a pattern that is not valid");
  }
  pattern::StreamOptions options;
  options.lateness_ns = int64_t{60} * 1'000'000'000;
  pattern::Stream stream(&engine, options);
  json::Parser parser;
  json::Document document;
  pattern::EventReader reader;
  uint64_t matches = 0;
  double all_s = 0, parse_s = 0;
  constexpr uint64_t kPiece =
      10'000;  // events made and matched at once, so that they need no memory
  for (uint64_t from = 0; from < count; from += kPiece) {
    std::vector<std::string> events;
    for (uint64_t i = from; i < std::min(count, from + kPiece); ++i)
      events.push_back(json::padded(sequence_event(i, patterns)));
    double begin = cpu_s();
    for (const std::string& each : events) {
      if (!parser.parse(each, &document)) die("not JSON");
    }
    parse_s += cpu_s() - begin;
    begin = cpu_s();
    for (const std::string& each : events) {
      if (!parser.parse(each, &document)) die("not JSON");
      reader.read(
          document,
          [&](const pattern::Observation& seen) {
            stream.see(seen, [&](uint32_t, const std::vector<pattern::StreamSeen>&) { ++matches; });
          },
          [](const pattern::EventTrouble& trouble) { die(trouble.what); });
    }
    all_s += cpu_s() - begin;
  }
  const pattern::StreamStats stats = stream.stats();
  const double n = static_cast<double>(count);
  fmt::print("patterns={}\nevents={}\nmatches={}\nevents_per_s={:.0f}\njson_events_per_s={:.0f}\n",
             patterns, count, matches, n / all_s, n / parse_s);
  fmt::print("remembered={}\nexpired={}\ndropped={}\n", stats.remembered, stats.expired,
             stats.dropped);
}

// Events are made of the values of the patterns, whole and damaged, so that they meet them.
void differ(const Arguments& arguments) {
  const std::vector<std::string> patterns = patterns_of(arguments);
  pattern::Engine indexed(pattern::Engine::Mode::kIndex), scanned(pattern::Engine::Mode::kScan);
  std::vector<pattern::Pattern> parsed;
  for (const std::string& each : patterns) {
    pattern::Pattern one;
    if (!indexed.add(each)) continue;
    if (!scanned.add(each) || !pattern::parse(each, {}, &one)) die("valid once");
    parsed.push_back(std::move(one));
  }
  json::Parser parser;
  json::Document document;
  uint64_t satisfied = 0, differences = 0;
  const uint64_t count = arguments.number("events", 1'000);
  using Found = std::vector<std::pair<uint32_t, uint32_t>>;
  const auto found_by = [](pattern::Engine& engine, const pattern::Observation& seen) {
    Found out;
    engine.match(seen, [&](uint32_t number, uint32_t leaf) { out.emplace_back(number, leaf); });
    return out;
  };
  for (uint64_t i = 0; i < count; ++i) {
    const std::string event = event_for(parsed, i);
    const std::string text = json::padded(event);
    if (!parser.parse(std::string_view(text).substr(0, event.size()), &document))
      die("not JSON: " + event);
    pattern::EventReader reader;
    reader.read(
        document,
        [&](const pattern::Observation& seen) {
          const Found a = found_by(indexed, seen), b = found_by(scanned, seen);
          satisfied += a.size();
          differences += a == b ? 0U : 1U;
        },
        [](const pattern::EventTrouble& trouble) { die(trouble.what); });
  }
  fmt::print("patterns={}\nevents={}\nsatisfied={}\ndifferences={}\n", parsed.size(), count,
             satisfied, differences);
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

// The longest that observations wait for a pattern that comes or goes while they are matched.
void change(const Arguments& arguments) {
  pattern::Engine engine;
  for (const std::string& each : patterns_of(arguments)) {
    if (!engine.add(each)) die("a pattern that is not valid: " + each);
  }
  std::vector<std::string> more;
  for (uint64_t i = 0; i < 1'000; ++i) more.push_back(mix_pattern(i + 5'000'000));
  std::string longest = "[", list = "[domain-name:value IN (";
  for (int i = 0; i < 16'384; ++i)
    longest += fmt::format("{}domain-name:value = 'name-{}.example'", i == 0 ? "" : " OR ", i);
  for (int i = 0; i < 65'536; ++i) list += fmt::format("{}'{}.example'", i == 0 ? "" : ",", i);
  const auto time_of = [&](const std::string& text, double* add_us, double* remove_us) {
    auto prepared = pattern::prepare(text);
    if (!prepared) die("a pattern that is not valid");
    const double begin = cpu_s();
    const uint32_t number = engine.add(std::move(*prepared));
    const double added = cpu_s();
    engine.remove(number);
    *add_us = std::max(*add_us, (added - begin) * 1e6);
    *remove_us = std::max(*remove_us, (cpu_s() - added) * 1e6);
  };
  double add_us = 0, remove_us = 0, long_add_us = 0, long_remove_us = 0;
  double list_add_us = 0, list_remove_us = 0;
  for (const std::string& each : more) time_of(each, &add_us, &remove_us);
  time_of(longest + "]", &long_add_us, &long_remove_us);
  time_of(list + ")]", &list_add_us, &list_remove_us);
  // One of very many that share their witness, and that came first.
  std::vector<uint32_t> same;
  for (int i = 0; i < 100'000; ++i)
    same.push_back(*engine.add("[domain-name:value = 'same.example']"));
  const double begin = cpu_s();
  engine.remove(same.front());
  const double same_remove_us = (cpu_s() - begin) * 1e6;
  fmt::print("slowest_add_us={:.0f}\nslowest_remove_us={:.0f}\n", add_us, remove_us);
  fmt::print("of_16384_comparisons_add_us={:.0f}\nof_16384_comparisons_remove_us={:.0f}\n",
             long_add_us, long_remove_us);
  fmt::print("list_of_65536_add_us={:.0f}\nlist_of_65536_remove_us={:.0f}\n", list_add_us,
             list_remove_us);
  fmt::print("first_of_100000_equal_remove_us={:.0f}\n", same_remove_us);
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
  } else if (what == "multi") {
    multi(arguments);
  } else if (what == "change") {
    change(arguments);
  } else if (what == "differ") {
    differ(arguments);
  } else if (what == "write") {
    write(arguments);
  } else {
    die("bench_pattern parse|load|match|multi|change|differ|write");
  }
  return 0;
}
