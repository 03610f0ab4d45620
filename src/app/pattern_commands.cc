// Patterns against a file of events, or against events as they come.
#include "app/pattern_commands.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <unordered_map>

#include "app/json_text.h"
#include "app/pattern_explain.h"
#include "app/pattern_follow.h"
#include "app/pattern_input.h"
#include "app/render.h"
#include "app/whole_file.h"
#include "base/text.h"
#include "pattern/batch.h"
#include "pattern/check.h"

namespace entente::app {
namespace {

NameLines name_lines(const CommandLine& line) {
  return line.map.empty() ? NameLines::kNo : NameLines::kYes;
}

double ms_since(std::chrono::steady_clock::time_point from) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count();
}

// All events first, then a line for each pattern.
Result<int> match_all(const CommandLine& line, const WholeFile& patterns,
                      const logs::Mapping* mapping) {
  // Never freed: the process ends with this command, and giving back patterns one by one takes as long as a tenth of all.
  static pattern::Batch& batch = *new pattern::Batch;
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

Result<int> run_pattern_duplicates(const CommandLine& line) {
  const WholeFile file = TRY(WholeFile::open(line.patterns));
  const pattern::ParseOptions options{line.stix20};
  pattern::Pattern pattern;
  std::unordered_map<std::string, uint32_t> by_form;  // normal form to set
  struct Set {
    std::string canonical;
    std::vector<size_t> members;  // among the valid patterns
  };
  std::vector<Set> sets;
  size_t valid = 0;
  const std::vector<Source> sources = add_patterns_of(
      line, file.text(),
      [&](std::string_view text) -> std::expected<uint32_t, pattern::ParseError> {
        if (auto parsed = pattern::parse_and_check(text, options, &pattern); !parsed)
          return std::unexpected(std::move(parsed).error());
        const auto [known, is_new] = by_form.emplace(pattern::normal_form(pattern), sets.size());
        if (is_new) sets.push_back({pattern::print(pattern), {}});
        sets[known->second].members.push_back(valid++);
        return known->second;
      });
  LinePrinter printer;
  for (const Set& set : sets) {
    if (set.members.size() < 2) continue;
    std::string lines, ids;
    for (const size_t member : set.members) {
      const Source& source = sources[member];
      lines += (lines.empty() ? "" : ",") + std::to_string(source.line);
      ids += (ids.empty() ? "" : ",") + (source.id.empty() ? "null" : json_quote(source.id));
    }
    TRY(printer.add(JsonObject()
                        .add("canonical", set.canonical)
                        .add_raw("patterns", "[" + lines + "]")
                        .add_raw("ids", "[" + ids + "]")
                        .text()));
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
