// Files are read whole and cut into lines. A line of events is a JSON text of its own, or the file is
// one.
#include "app/pattern_commands.h"

#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <functional>
#include <unordered_set>

#include "app/commands.h"
#include "app/input.h"
#include "app/json_text.h"
#include "app/render.h"
#include "app/whole_file.h"
#include "base/limits.h"
#include "base/text.h"
#include "json/json.h"
#include "pattern/batch.h"
#include "pattern/check.h"
#include "pattern/stream.h"

namespace entente::app {
namespace {

constexpr size_t kOutputBytes = size_t{1} << 16;  // written at once

// Output that is gathered into pieces.
class Printer {
 public:
  Result<void> add(std::string_view line) {
    buffer_ += line;
    buffer_ += '\n';
    return buffer_.size() < kOutputBytes ? Result<void>() : flush();
  }
  Result<void> flush() {
    const bool is_written =
        std::fwrite(buffer_.data(), 1, buffer_.size(), stdout) == buffer_.size() &&
        std::fflush(stdout) == 0;
    buffer_.clear();
    if (is_written) return {};
    return fail(Code::kInternal,
                std::string("cannot write to standard output: ") + std::strerror(errno));
  }

 private:
  std::string buffer_;
};

// Takes the next line off the front, without its end.
std::string_view take_line(std::string_view* rest) {
  const size_t end = rest->find('\n');
  std::string_view line = rest->substr(0, end);
  rest->remove_prefix(end == std::string_view::npos ? rest->size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

void report(const std::string& path, uint64_t line, uint32_t column, std::string_view what) {
  std::fprintf(stderr, "entente: %s:%llu:%u: %s\n", printable(path).c_str(),
               static_cast<unsigned long long>(line), column, printable(what).c_str());
}

// A pattern with where it came from.
struct Source {
  uint64_t line = 0;  // from 0
  std::string id;     // of the indicator; empty: none
};

struct Indicator {
  std::string id, pattern;
};

// The pattern of an indicator in JSON, or what keeps it from being one.
Result<Indicator> read_indicator(std::string_view text, json::Parser& parser) {
  const std::string bytes = json::padded(text);
  json::Document document;
  const auto parsed = parser.parse(std::string_view(bytes).substr(0, text.size()), &document);
  if (!parsed) return fail(Code::kInvalid, "not JSON: " + parsed.error().detail);
  const json::Value root = document.root();
  const auto pattern = root.find("pattern"), id = root.find("id"), type = root.find("pattern_type");
  if (!pattern || !pattern->is_string()) return fail(Code::kInvalid, "an object without a pattern");
  if (type && !type->text_is("stix"))
    return fail(Code::kInvalid, "a pattern of another language than stix");
  return Indicator{id && id->is_string() ? id->text() : std::string(), pattern->text()};
}

using AddPattern = std::function<std::expected<uint32_t, pattern::ParseError>(std::string_view)>;

// Adds the patterns of a file, reports those that are malformed, and gives where the others came from,
// by their numbers.
std::vector<Source> add_patterns_of(const std::string& path, std::string_view rest,
                                    const AddPattern& add) {
  std::vector<Source> sources;
  json::Parser parser;
  for (uint64_t number = 0; !rest.empty(); ++number) {
    const std::string_view text = trim(take_line(&rest));
    if (text.empty()) continue;
    std::string_view pattern = text;
    Indicator indicator;
    std::string prefix;
    if (text.starts_with('{')) {
      auto read = read_indicator(text, parser);
      if (!read) {
        report(path, number + 1, 1, read.error().detail);
        continue;
      }
      indicator = std::move(*read);
      pattern = indicator.pattern;
      if (!indicator.id.empty()) prefix = indicator.id + ": ";
    }
    const auto added = add(pattern);
    if (added) {
      sources.push_back({number, indicator.id});
    } else {
      const pattern::ParseError& error = added.error();
      // Of a pattern in JSON, line and column are those in the pattern itself.
      const bool is_plain = !text.starts_with('{');
      report(path, number + 1, error.column,
             is_plain ? error.message
                      : fmt::format("{}pattern line {}, column {}: {}", prefix, error.line,
                                    error.column, error.message));
    }
  }
  return sources;
}

// Reads events, hands each to the sink, and reports what is not well-formed.
class Events {
 public:
  using Sink = std::function<void(const pattern::Observation& seen)>;
  Events(const std::string& path, Sink sink) : path_(path), sink_(std::move(sink)) {}

  // A whole file, with padding behind it.
  void read(std::string_view rest) {
    while (!rest.empty()) {
      std::string_view after = rest;
      if (!read_line(take_line(&after), line_ == 1 ? rest : std::string_view())) break;
      rest = after;
    }
  }
  // The next line, with padding behind it. `whole`: the file may be one JSON text over several lines;
  // false if it is.
  bool read_line(std::string_view line, std::string_view whole) {
    if (!trim(line).empty()) {
      const auto parsed = parser_.parse(line, &document_);
      if (parsed) {
        take();
      } else if (!whole.empty() && parser_.parse(whole, &document_)) {
        take();
        return false;
      } else {
        complain(parsed.error().offset + 1, "not JSON: " + parsed.error().detail);
      }
    }
    ++line_;
    return true;
  }
  int exit_code() const { return is_clean_ ? kExitDone : kExitFound; }

 private:
  void take() {
    reader_.read(document_, sink_, [&](const pattern::EventTrouble& trouble) {
      complain(1,
               trouble.id.empty() ? trouble.what : fmt::format("{}: {}", trouble.id, trouble.what));
    });
  }
  void complain(size_t column, const std::string& what) {
    is_clean_ = false;
    report(path_, line_, static_cast<uint32_t>(column), what);
  }

  const std::string& path_;
  Sink sink_;
  json::Parser parser_;
  json::Document document_;
  pattern::EventReader reader_;
  uint64_t line_ = 1;
  bool is_clean_ = true;
};

// Different observed-data may carry one id; it is named once.
std::string match_line(const Source& source, const std::vector<std::string_view>& ids) {
  std::string out = fmt::format("{{\"pattern\":{},\"id\":", source.line);
  if (source.id.empty()) {
    out += "null";
  } else {
    append_json_quoted(out, source.id);
  }
  out += ",\"observed_data\":[";
  std::unordered_set<std::string_view> named;
  for (const std::string_view id : ids) {
    if (ids.size() > 1 && !named.insert(id).second) continue;
    if (out.back() != '[') out += ',';
    append_json_quoted(out, id);
  }
  return out + "]}";
}

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

double ms_since(std::chrono::steady_clock::time_point from) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count();
}

// All events first, then a line for each pattern.
Result<int> match_all(const CommandLine& line, const WholeFile& patterns) {
  pattern::Batch batch;
  if (line.stats) batch.measure();
  const auto begin = std::chrono::steady_clock::now();
  const std::vector<Source> sources = add_patterns_of(
      line.patterns, patterns.text(),
      [&](std::string_view text) { return batch.add(text, pattern::ParseOptions{line.stix20}); });
  const double load_ms = ms_since(begin);
  std::vector<std::string> ids;
  Events events(line.events, [&](const pattern::Observation& seen) {
    ids.emplace_back(seen.id);
    batch.see(seen);
  });
  const WholeFile file = TRY(WholeFile::open(line.events));
  const auto read_begin = std::chrono::steady_clock::now();
  events.read(file.text());
  const double read_ms = ms_since(read_begin);
  Printer printer;
  Result<void> printed;
  std::vector<std::string_view> named;
  batch.finish([&](uint32_t number, const std::vector<uint32_t>& seen, bool is_complete) {
    if (!is_complete) {
      report(line.patterns, sources[number].line + 1, 1,
             "too many ways to match: there may be more matches than are named");
    }
    if (seen.empty() || !printed) return;
    named.clear();
    for (const uint32_t each : seen) named.push_back(ids[each]);
    printed = printer.add(match_line(sources[number], named));
  });
  TRY(std::move(printed));
  TRY(printer.flush());
  if (line.stats) print_stats(batch.stats(), load_ms, read_ms);
  return events.exit_code();
}

// Each match as soon as its last event has come; events a line each, as they come.
Result<int> match_as_they_come(const CommandLine& line, const WholeFile& patterns) {
  pattern::Engine engine;
  if (line.stats) engine.measure();
  const auto begin = std::chrono::steady_clock::now();
  const std::vector<Source> sources = add_patterns_of(
      line.patterns, patterns.text(),
      [&](std::string_view text) { return engine.add(text, pattern::ParseOptions{line.stix20}); });
  const double load_ms = ms_since(begin);
  pattern::StreamOptions options;
  if (line.lateness_s) options.lateness_ns = static_cast<int64_t>(*line.lateness_s * 1e9);
  pattern::Stream stream(&engine, options);
  Printer printer;
  Result<void> printed;
  Events events(line.events, [&](const pattern::Observation& seen) {
    stream.see(seen, [&](uint32_t number, const std::vector<std::string_view>& ids) {
      if (printed) printed = printer.add(match_line(sources[number], ids));
    });
  });
  const auto source = TRY(open_input(line.events, nullptr));
  const auto read_begin = std::chrono::steady_clock::now();
  std::string rest;
  const auto take = [&](std::string_view text) { events.read_line(text, {}); };
  for (bool is_end = false; !is_end && printed;) {
    const std::string_view piece = TRY(source->next());
    is_end = piece.empty();
    rest += piece;
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
  Printer printer;
  while (!rest.empty()) {
    const std::string_view one = take_line(&rest);
    const auto parsed = pattern::parse_and_check(one, options, &pattern);
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

Result<int> run_match(const CommandLine& line) {
  if (line.patterns == "-" && line.events == "-")
    return fail(Code::kInvalid, "patterns and events cannot both come from standard input");
  const WholeFile patterns = TRY(WholeFile::open(line.patterns));
  return line.follow ? match_as_they_come(line, patterns) : match_all(line, patterns);
}

}  // namespace entente::app
