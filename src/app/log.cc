// spdlog gives the queue, the thread and the sink; the line is made here, so that both forms hold the same fields. The one
// file that knows spdlog.
#include "app/log.h"

#include <fmt/format.h>
#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/text.h"

namespace entente::app {
namespace {

constexpr size_t kQueueLines = 4'096;

std::string_view name_of(Level level) {
  switch (level) {
    case Level::kDebug:
      return "debug";
    case Level::kInfo:
      return "info";
    case Level::kWarning:
      return "warning";
    case Level::kError:
      return "error";
  }
  return "error";
}

// Text with a space, quote or control in it is quoted, so that a line stays one line and its fields can be told apart.
void append_text(std::string& out, std::string_view text) {
  const bool is_plain =
      !text.empty() && text.find_first_of(" \"=\\") == std::string_view::npos &&
      text.find_first_not_of(
          "\x21\x22\x23\x24\x25\x26'()*+,-./0123456789:;<>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`"
          "abcdefghijklmnopqrstuvwxyz{|}~") == std::string_view::npos;
  if (is_plain) {
    out += text;
  } else {
    append_json_quoted(out, text);
  }
}

void append_value(std::string& out, const LogField& field, Log::Form form) {
  if (const auto* text = std::get_if<std::string_view>(&field.value)) {
    form == Log::Form::kJson ? append_json_quoted(out, *text) : append_text(out, *text);
  } else if (const auto* number = std::get_if<double>(&field.value)) {
    fmt::format_to(std::back_inserter(out), "{:.3f}", *number);
  } else if (const auto* whole = std::get_if<uint64_t>(&field.value)) {
    fmt::format_to(std::back_inserter(out), "{}", *whole);
  } else {
    fmt::format_to(std::back_inserter(out), "{}", std::get<int64_t>(field.value));
  }
}

}  // namespace

struct Log::Impl {
  std::shared_ptr<spdlog::details::thread_pool> pool =
      std::make_shared<spdlog::details::thread_pool>(kQueueLines, 1);
  std::shared_ptr<spdlog::async_logger> logger = std::make_shared<spdlog::async_logger>(
      "entente", std::make_shared<spdlog::sinks::stderr_sink_mt>(), pool,
      spdlog::async_overflow_policy::overrun_oldest);
};

Log::Log(const Clock& clock, Form form, Level level)
    : clock_(clock), form_(form), level_(level), impl_(std::make_unique<Impl>()) {
  impl_->logger->set_pattern("%v");
  impl_->logger->set_level(spdlog::level::trace);
}

Result<std::unique_ptr<Log>> Log::open(const Clock& clock, Form form, std::string_view level) {
  for (const Level one : {Level::kDebug, Level::kInfo, Level::kWarning, Level::kError}) {
    if (name_of(one) == level) return std::unique_ptr<Log>(new Log(clock, form, one));
  }
  return fail(Code::kInvalid,
              fmt::format("log level '{}': must be debug, info, warning or error", level));
}

Log::~Log() {
  impl_->logger.reset();
  impl_->pool.reset();  // its thread writes what waits, then ends
}

void Log::write(Level level, std::string_view event, std::initializer_list<LogField> fields) {
  if (!wants(level)) return;
  std::string line;
  line.reserve(256);
  const std::string at = format_time_ms(clock_.now_ms());
  if (form_ == Form::kJson) {
    fmt::format_to(std::back_inserter(line), R"({{"at":"{}","level":"{}","event":)", at,
                   name_of(level));
    append_json_quoted(line, event);
  } else {
    fmt::format_to(std::back_inserter(line), "{} {} {}", at, name_of(level), event);
  }
  for (const LogField& field : fields) {
    if (form_ == Form::kJson) {
      fmt::format_to(std::back_inserter(line), ",\"{}\":", field.name);
    } else {
      fmt::format_to(std::back_inserter(line), " {}=", field.name);
    }
    append_value(line, field, form_);
  }
  if (form_ == Form::kJson) line += '}';
  impl_->logger->log(spdlog::level::info, line);
}

void Log::flush() { impl_->logger->flush(); }

uint64_t Log::dropped() const { return impl_->pool->overrun_counter(); }

}  // namespace entente::app
