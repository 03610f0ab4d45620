// The server's log, on standard error: one event a line, as text ("2024-03-07T10:11:12.345Z info request method=GET ...") or
// as JSON. It never holds keys, bodies or query values: callers give it names and numbers.
//
// Lines are written by a thread of its own; when standard error takes none for long, the oldest are dropped and counted.
// Threads: any.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "base/clock.h"
#include "base/result.h"

namespace entente::app {

enum class Level : uint8_t { kDebug, kInfo, kWarning, kError };

struct LogField {
  std::string_view name;
  std::variant<std::string_view, int64_t, uint64_t, double> value;
};

class Log {
 public:
  enum class Form : uint8_t { kText, kJson };
  // `level` is debug, info, warning or error; kInvalid otherwise.
  static Result<std::unique_ptr<Log>> open(const Clock& clock, Form form, std::string_view level);
  ~Log();  // writes what waits
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  bool wants(Level level) const { return level >= level_; }
  void write(Level level, std::string_view event, std::initializer_list<LogField> fields);
  void flush();
  uint64_t dropped() const;

 private:
  struct Impl;
  Log(const Clock& clock, Form form, Level level);
  const Clock& clock_;
  const Form form_;
  const Level level_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace entente::app
