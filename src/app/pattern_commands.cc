// Files are read whole and cut into lines. A line of events is a JSON text of its own, or the file is
// one.
#include "app/pattern_commands.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <unordered_set>

#include "app/commands.h"
#include "app/input.h"
#include "app/json_text.h"
#include "app/render.h"
#include "base/text.h"
#include "json/json.h"
#include "pattern/batch.h"
#include "pattern/check.h"

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

Result<std::string> read_all(const std::string& path) {
  const auto source = TRY(open_input(path, nullptr));
  std::string text;
  for (;;) {
    const std::string_view piece = TRY(source->next());
    if (piece.empty()) return text;
    text += piece;
  }
}

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

void add_patterns_of(const std::string& path, std::string_view rest, const CommandLine& line,
                     pattern::Batch* batch, std::vector<Source>* sources) {
  const pattern::ParseOptions options{line.stix20};
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
    const auto added = batch->add(pattern, options);
    if (added) {
      sources->push_back({number, indicator.id});
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
}

// Reads events and hands them to the batch; false if some were not well-formed.
class Events {
 public:
  Events(const std::string& path, pattern::Batch* batch) : path_(path), batch_(*batch) {}

  bool read(std::string text) {
    const size_t size = text.size();
    text.append(json::kPaddingBytes, ' ');
    std::string_view rest(text.data(), size);
    for (line_ = 1; !rest.empty(); ++line_) {
      std::string_view after = rest;
      const std::string_view line = take_line(&after);
      if (!trim(line).empty()) {
        const auto parsed = parser_.parse(line, &document_);
        if (parsed) {
          take();
        } else if (line_ == 1 && parser_.parse(rest, &document_)) {
          take();  // one JSON text over several lines
          break;
        } else {
          complain(parsed.error().offset + 1, "not JSON: " + parsed.error().detail);
        }
      }
      rest = after;
    }
    return is_clean_;
  }
  const std::vector<std::string>& ids() const { return ids_; }

 private:
  void take() {
    reader_.read(
        document_,
        [&](const pattern::Observation& seen) {
          ids_.emplace_back(seen.id);
          batch_.see(seen);
        },
        [&](const pattern::EventTrouble& trouble) {
          complain(1, trouble.id.empty() ? trouble.what
                                         : fmt::format("{}: {}", trouble.id, trouble.what));
        });
  }
  void complain(size_t column, const std::string& what) {
    is_clean_ = false;
    report(path_, line_, static_cast<uint32_t>(column), what);
  }

  const std::string& path_;
  pattern::Batch& batch_;
  json::Parser parser_;
  json::Document document_;
  pattern::EventReader reader_;
  std::vector<std::string> ids_;
  uint64_t line_ = 1;
  bool is_clean_ = true;
};

std::string match_line(const Source& source, const std::vector<std::string>& ids,
                       const std::vector<uint32_t>& seen) {
  std::string out = fmt::format("{{\"pattern\":{},\"id\":", source.line);
  if (source.id.empty()) {
    out += "null";
  } else {
    append_json_quoted(out, source.id);
  }
  out += ",\"observed_data\":[";
  // Different observed-data may carry one id; it is named once.
  std::unordered_set<std::string_view> named;
  for (const uint32_t each : seen) {
    if (seen.size() > 1 && !named.insert(ids[each]).second) continue;
    if (out.back() != '[') out += ',';
    append_json_quoted(out, ids[each]);
  }
  return out + "]}";
}

}  // namespace

Result<int> run_pattern_check(const CommandLine& line) {
  const std::string text = TRY(read_all("-"));
  std::string_view rest = text;
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
  pattern::Batch batch;
  std::vector<Source> sources;
  add_patterns_of(line.patterns, TRY(read_all(line.patterns)), line, &batch, &sources);
  Events events(line.events, &batch);
  const bool is_clean = events.read(TRY(read_all(line.events)));
  Printer printer;
  Result<void> printed;
  batch.finish([&](uint32_t number, const std::vector<uint32_t>& seen, bool is_complete) {
    if (!is_complete) {
      report(line.patterns, sources[number].line + 1, 1,
             "too many ways to match: there may be more matches than are named");
    }
    if (!seen.empty() && printed)
      printed = printer.add(match_line(sources[number], events.ids(), seen));
  });
  TRY(std::move(printed));
  TRY(printer.flush());
  return is_clean ? kExitDone : kExitFound;
}

}  // namespace entente::app
