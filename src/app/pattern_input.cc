// Files are cut into lines. A line of events is a JSON text of its own, or the file is one.
#include "app/pattern_input.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iterator>
#include <unordered_set>

#include "app/render.h"
#include "app/whole_file.h"
#include "base/text.h"
#include "pattern/aliases.h"

namespace entente::app {
namespace {

constexpr size_t kOutputBytes = size_t{1} << 16;  // written at once

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

}  // namespace

Result<void> LinePrinter::add(std::string_view line) {
  buffer_ += line;
  buffer_ += '\n';
  return buffer_.size() < kOutputBytes ? Result<void>() : flush();
}

Result<void> LinePrinter::flush() {
  const bool is_written =
      std::fwrite(buffer_.data(), 1, buffer_.size(), stdout) == buffer_.size() &&
      std::fflush(stdout) == 0;
  buffer_.clear();
  if (is_written) return {};
  return fail(Code::kInternal,
              std::string("cannot write to standard output: ") + std::strerror(errno));
}

std::string_view take_line(std::string_view* rest) {
  const size_t end = rest->find('\n');
  std::string_view line = rest->substr(0, end);
  rest->remove_prefix(end == std::string_view::npos ? rest->size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

void report_place(const std::string& path, uint64_t line, uint32_t column, std::string_view what) {
  std::fprintf(stderr, "entente: %s:%llu:%u: %s\n", printable(path).c_str(),
               static_cast<unsigned long long>(line), column, printable(what).c_str());
}

std::string without_aliases(std::string_view text, const pattern::ParseOptions& options) {
  pattern::Pattern pattern;
  if (!pattern::parse(text, options, &pattern)) return std::string(text);
  return pattern::resolve_aliases(pattern).value_or(std::string(text));
}

std::vector<Source> add_patterns_of(const CommandLine& line, std::string_view rest,
                                    const AddPattern& add) {
  const std::string& path = line.patterns;
  std::string resolved;
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
        report_place(path, number + 1, 1, read.error().detail);
        continue;
      }
      indicator = std::move(*read);
      pattern = indicator.pattern;
      if (!indicator.id.empty()) prefix = indicator.id + ": ";
    }
    if (line.aliases) {
      resolved = without_aliases(pattern, pattern::ParseOptions{line.stix20});
      pattern = resolved;
    }
    const auto added = add(pattern);
    if (added) {
      sources.push_back({number, indicator.id});
    } else {
      const pattern::ParseError& error = added.error();
      // Of a pattern in JSON, line and column are those in the pattern itself.
      const bool is_plain = !text.starts_with('{');
      report_place(path, number + 1, error.column,
                   is_plain ? error.message
                            : fmt::format("{}pattern line {}, column {}: {}", prefix, error.line,
                                          error.column, error.message));
    }
  }
  return sources;
}

Events::Events(const std::string& path, const logs::Mapping* mapping, Sink sink)
    : path_(path), sink_(std::move(sink)) {
  if (mapping != nullptr) log_ = std::make_unique<logs::LogReader>(*mapping);
}
Events::~Events() = default;

void Events::read(std::string_view rest) {
  while (!rest.empty()) {
    std::string_view after = rest;
    if (!read_line(take_line(&after), line_ == 1 ? rest : std::string_view())) break;
    rest = after;
  }
}

void Events::read_log_line(std::string_view line) {
  const auto bundle = log_->read(line);
  if (!bundle) {
    complain(log_->wrong_at() + 1, bundle.error().detail);
  } else if (!bundle->empty() && parser_.parse(*bundle, &document_)) {
    take();
  }
}

bool Events::read_line(std::string_view line, std::string_view whole) {
  reader_.set_tag(line_ - 1);
  if (trim(line).empty()) {
    ++line_;
    return true;
  }
  if (log_ != nullptr) {
    read_log_line(line);
  } else {
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

void Events::take() {
  reader_.read(document_, sink_, [&](const pattern::EventTrouble& trouble) {
    complain(1,
             trouble.id.empty() ? trouble.what : fmt::format("{}: {}", trouble.id, trouble.what));
  });
}

void Events::complain(size_t column, const std::string& what) {
  is_clean_ = false;
  if (!is_silent_) report_place(path_, line_, static_cast<uint32_t>(column), what);
}

std::string match_line_open(const Source& source, const std::vector<pattern::StreamSeen>& match,
                            NameLines lines) {
  std::string out = fmt::format("{{\"pattern\":{},\"id\":", source.line);
  if (source.id.empty()) {
    out += "null";
  } else {
    append_json_quoted(out, source.id);
  }
  out += ",\"observed_data\":[";
  std::unordered_set<std::string_view> named;
  for (const auto& [id, line] : match) {
    if (match.size() > 1 && !named.insert(id).second) continue;
    if (out.back() != '[') out += ',';
    append_json_quoted(out, id);
  }
  out += ']';
  if (lines == NameLines::kNo) return out;
  out += ",\"lines\":[";
  for (const auto& [id, line] : match)
    fmt::format_to(std::back_inserter(out), "{}{}", out.back() == '[' ? "" : ",", line);
  return out + "]";
}

Result<std::unique_ptr<const logs::Mapping>> open_mapping(const std::string& name) {
  if (name.empty()) return nullptr;
  std::string text(logs::shipped_text(name));
  if (text.empty()) {
    const auto file = WholeFile::open(name);
    if (!file) {
      std::string known;
      for (const std::string_view each : logs::shipped_names()) known += " " + std::string(each);
      return fail(file.error().code,
                  file.error().detail + "; mappings that come with the program:" + known);
    }
    text = file->text();
  }
  auto mapping = logs::Mapping::parse(text);
  if (!mapping) return fail(mapping.error().code, name + ": " + mapping.error().detail);
  return std::make_unique<const logs::Mapping>(std::move(*mapping));
}

}  // namespace entente::app
