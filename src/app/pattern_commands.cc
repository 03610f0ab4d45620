// Patterns against a file of events, or against events as they come.
#include "app/pattern_commands.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>

#include "app/input.h"
#include "app/json_text.h"
#include "app/pattern_explain.h"
#include "app/pattern_input.h"
#include "app/render.h"
#include "app/whole_file.h"
#include "base/limits.h"
#include "base/text.h"
#include "pattern/batch.h"
#include "pattern/check.h"
#include "pattern/stream.h"

namespace entente::app {
namespace {

void print_stats(const pattern::EngineStats& stats, double load_ms, double read_ms) {
  const auto ms = [](int64_t ns) { return static_cast<double>(ns) * 1e-6; };
  std::string out = fmt::format(
      R"({{"patterns":{},"expressions":{},"without_witness":{},"observations":{},"objects":{},"values":{},)",
      stats.patterns, stats.expressions, stats.without_witness, stats.observations, stats.objects,
      stats.values);
  out += fmt::format(
      R"("candidates":{},"satisfied":{},"searches_given_up":{},"cut_short":{},"memory_bytes":{},)",
      stats.candidates, stats.satisfied, stats.searches_given_up, stats.cut_short,
      stats.memory_bytes + stats.text_bytes);
  out += fmt::format(
      R"("load_ms":{:.3f},"read_ms":{:.3f},"flatten_ms":{:.3f},"witness_ms":{:.3f},"verify_ms":{:.3f}}})",
      load_ms, read_ms, ms(stats.flatten_ns), ms(stats.witness_ns), ms(stats.verify_ns));
  std::fprintf(stderr, "%s\n", out.c_str());
}

NameLines name_lines(const CommandLine& line) {
  return line.map.empty() ? NameLines::kNo : NameLines::kYes;
}

double ms_since(std::chrono::steady_clock::time_point from) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count();
}

// All events first, then a line for each pattern.
Result<int> match_all(const CommandLine& line, const WholeFile& patterns,
                      const logs::Mapping* mapping) {
  pattern::Batch batch;
  if (line.stats) batch.measure();
  const auto begin = std::chrono::steady_clock::now();
  const std::vector<Source> sources = add_patterns_of(
      line, patterns.text(),
      [&](std::string_view text) { return batch.add(text, pattern::ParseOptions{line.stix20}); });
  const double load_ms = ms_since(begin);
  std::vector<std::pair<std::string, uint64_t>> seen_so_far;  // id and line
  Events events(line.events, mapping, [&](const pattern::Observation& seen) {
    seen_so_far.emplace_back(seen.id, seen.tag);
    batch.see(seen);
  });
  const WholeFile file = TRY(WholeFile::open(line.events));
  const auto read_begin = std::chrono::steady_clock::now();
  events.read(file.text());
  const double read_ms = ms_since(read_begin);
  LinePrinter printer;
  Result<void> printed;
  std::vector<pattern::StreamSeen> named;
  batch.finish([&](uint32_t number, const std::vector<uint32_t>& seen, bool is_complete) {
    if (!is_complete) {
      report_place(line.patterns, sources[number].line + 1, 1,
                   "too many ways to match: there may be more matches than are named");
    }
    if (seen.empty() || !printed) return;
    named.clear();
    for (const uint32_t each : seen)
      named.push_back({seen_so_far[each].first, seen_so_far[each].second});
    printed = printer.add(match_line_open(sources[number], named, name_lines(line)) + "}");
  });
  TRY(std::move(printed));
  TRY(printer.flush());
  if (line.stats) print_stats(batch.stats(), load_ms, read_ms);
  return events.exit_code();
}

// Each match as soon as its last event has come; events a line each, as they come.
Result<int> match_as_they_come(const CommandLine& line, const WholeFile& patterns,
                               const logs::Mapping* mapping) {
  pattern::Engine engine;
  if (line.stats) engine.measure();
  const auto begin = std::chrono::steady_clock::now();
  const std::vector<Source> sources = add_patterns_of(
      line, patterns.text(),
      [&](std::string_view text) { return engine.add(text, pattern::ParseOptions{line.stix20}); });
  const double load_ms = ms_since(begin);
  pattern::StreamOptions options;
  if (line.lateness_s) options.lateness_ns = static_cast<int64_t>(*line.lateness_s * 1e9);
  pattern::Stream stream(&engine, options);
  LinePrinter printer;
  Result<void> printed;
  Events events(line.events, mapping, [&](const pattern::Observation& seen) {
    stream.see(seen, [&](uint32_t number, const std::vector<pattern::StreamSeen>& match) {
      if (!printed) return;
      printed = printer.add(match_line_open(sources[number], match, name_lines(line)) + "}");
    });
  });
  const auto source = TRY(open_input(line.events, nullptr));
  const auto read_begin = std::chrono::steady_clock::now();
  std::string rest;
  const auto take = [&](std::string_view text) { events.read_line(text, {}); };
  for (bool is_end = false; !is_end && printed;) {
    const auto piece = source->next();
    if (!piece)
      return fail(piece.error().code, fmt::format("{}: {}", line.events, piece.error().detail));
    is_end = piece->empty();
    rest += *piece;
    const size_t end = is_end ? rest.size() : rest.rfind('\n') + 1;
    const size_t size = rest.size();
    rest.append(json::kPaddingBytes, ' ');
    for (std::string_view lines(rest.data(), end); !lines.empty();) take(take_line(&lines));
    rest.resize(size);
    rest.erase(0, end);
    if (printed) printed = printer.flush();
    if (rest.size() > limits::kEnvelopeBytesMax)
      return fail(Code::kTooLarge, "a line of events is too long");
  }
  TRY(std::move(printed));
  const pattern::StreamStats stats = stream.stats();
  if (stats.dropped + stats.incomplete > 0) {
    std::fprintf(stderr,
                 "entente: matches may be missing: %llu observations dropped, %llu searches cut\n",
                 static_cast<unsigned long long>(stats.dropped),
                 static_cast<unsigned long long>(stats.incomplete));
  }
  if (line.stats) print_stats(engine.stats(), load_ms, ms_since(read_begin));
  return events.exit_code();
}

}  // namespace

Result<int> run_pattern_check(const CommandLine& line) {
  const WholeFile file = TRY(WholeFile::open("-"));
  std::string_view rest = file.text();
  const pattern::ParseOptions options{line.stix20};
  pattern::Pattern pattern;
  LinePrinter printer;
  while (!rest.empty()) {
    const std::string_view one = take_line(&rest);
    const std::string resolved = line.aliases ? without_aliases(one, options) : std::string();
    const auto parsed = pattern::parse_and_check(line.aliases ? resolved : one, options, &pattern);
    JsonObject out;
    out.add_flag("valid", parsed.has_value());
    if (parsed) {
      out.add("canonical", pattern::print(pattern));
    } else {
      out.add_number("column", parsed.error().column).add("message", parsed.error().message);
    }
    TRY(printer.add(out.text()));
  }
  TRY(printer.flush());
  return kExitDone;
}

Result<int> run_pattern_mapping(const CommandLine& line) {
  LinePrinter printer;
  if (line.map.empty()) {
    for (const std::string_view name : logs::shipped_names()) TRY(printer.add(name));
  } else if (const std::string_view text = logs::shipped_text(line.map); !text.empty()) {
    TRY(printer.add(text));
  } else {
    const WholeFile file = TRY(WholeFile::open(line.map));
    if (const auto mapping = logs::Mapping::parse(file.text()); !mapping) {
      std::fprintf(stderr, "entente: %s: %s\n", printable(line.map).c_str(),
                   printable(mapping.error().detail).c_str());
      return kExitFound;
    }
    TRY(printer.add(trim(file.text())));
  }
  TRY(printer.flush());
  return kExitDone;
}

Result<int> run_match(const CommandLine& line) {
  if (line.patterns == "-" && line.events == "-")
    return fail(Code::kInvalid, "patterns and events cannot both come from standard input");
  if (line.explain && (line.follow || line.events == "-"))
    return fail(Code::kInvalid, "--explain reads a file of events twice: no --follow, no -");
  const WholeFile patterns = TRY(WholeFile::open(line.patterns));
  const auto mapping = TRY(open_mapping(line.map));
  if (line.explain) return explain_matches(line, patterns, mapping.get());
  return line.follow ? match_as_they_come(line, patterns, mapping.get())
                     : match_all(line, patterns, mapping.get());
}

}  // namespace entente::app
