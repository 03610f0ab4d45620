// What the commands about patterns share: reading patterns and events, writing lines.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/command_line.h"
#include "app/commands.h"
#include "base/result.h"
#include "json/json.h"
#include "logs/mapping.h"
#include "logs/reader.h"
#include "pattern/event.h"
#include "pattern/pattern.h"
#include "pattern/stream.h"

namespace entente::app {

// Lines of standard output, gathered into pieces.
class LinePrinter {
 public:
  Result<void> add(std::string_view line);
  Result<void> flush();

 private:
  std::string buffer_;
};

// Takes the next line off the front, without its end.
std::string_view take_line(std::string_view* rest);

// "FILE:LINE:COLUMN: what" on standard error; both from 1.
void report_place(const std::string& path, uint64_t line, uint32_t column, std::string_view what);

// A pattern with where it came from.
struct Source {
  uint64_t line = 0;  // from 0
  std::string id;     // of the indicator; empty: none
};

using AddPattern = std::function<std::expected<uint32_t, pattern::ParseError>(std::string_view)>;

// The text of a pattern with misspelt names put right; as it is if it cannot be parsed.
std::string without_aliases(std::string_view text, const pattern::ParseOptions& options);

// Adds the patterns of a file, reports those that are malformed, and gives where the others came from,
// by their numbers.
std::vector<Source> add_patterns_of(const CommandLine& line, std::string_view rest,
                                    const AddPattern& add);

// Reads events, hands each to the sink, and reports what is not well-formed.
class Events {
 public:
  using Sink = std::function<void(const pattern::Observation& seen)>;
  // `mapping`: lines are those of a log, with a mapping; null: bundles. Borrowed.
  Events(const std::string& path, const logs::Mapping* mapping, Sink sink);
  ~Events();

  // A whole file, with padding behind it.
  void read(std::string_view rest);
  // The next line, with padding behind it. Observations are tagged with its number, from 0. `whole`: the file may be one JSON text over several lines;
  // false if it is.
  bool read_line(std::string_view line, std::string_view whole);
  // Reports nothing from now on.
  void be_silent() { is_silent_ = true; }
  int exit_code() const { return is_clean_ ? kExitDone : kExitFound; }

 private:
  void take();
  void read_log_line(std::string_view line);
  void complain(size_t column, const std::string& what);

  const std::string& path_;
  Sink sink_;
  json::Parser parser_;
  json::Document document_;
  pattern::EventReader reader_;
  std::unique_ptr<logs::LogReader> log_;  // null: bundles
  uint64_t line_ = 1;
  bool is_clean_ = true;
  bool is_silent_ = false;
};

// {"pattern":LINE,"id":...,"observed_data":[...]} without its last brace, and of log lines with their numbers, from 0,
// in "lines". Different observed-data may carry one id; it is named once.
enum class NameLines : uint8_t { kNo, kYes };
std::string match_line_open(const Source& source, const std::vector<pattern::StreamSeen>& match,
                            NameLines lines);

// The mapping that --map names: one that comes with the program, or a file. Null without --map.
Result<std::unique_ptr<const logs::Mapping>> open_mapping(const std::string& name);

}  // namespace entente::app
