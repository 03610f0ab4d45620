// Three ends: that of the input where it is none that grows, a signal, and, if it is asked for, a time without an event. Each leads
// to the same summary.
#include "app/pattern_follow.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>

#include "app/input.h"
#include "app/live_patterns.h"
#include "app/pattern_input.h"
#include "app/tail.h"
#include "base/limits.h"
#include "pattern/live.h"

namespace entente::app {
namespace {

constexpr int kPollMs = 50;

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point from) {
  return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
}

// Cuts what comes into lines, and hands each on with padding behind it.
class LineCutter {
 public:
  explicit LineCutter(Events* events) : events_(*events) {}

  Result<void> add(std::string_view piece) {
    const size_t begin = rest_.size();
    rest_ += piece;
    const size_t end = piece.rfind('\n');
    if (end != std::string_view::npos) take(begin + end + 1);
    if (rest_.size() > limits::kEnvelopeBytesMax)
      return fail(Code::kTooLarge, "a line of events is too long");
    return {};
  }
  void finish() { take(rest_.size()); }

 private:
  void take(size_t end) {
    const size_t size = rest_.size();
    rest_.append(json::kPaddingBytes, ' ');
    for (std::string_view lines(rest_.data(), end); !lines.empty();)
      events_.read_line(take_line(&lines), {});
    rest_.resize(size);
    rest_.erase(0, end);
  }

  Events& events_;
  std::string rest_;
};

// What --events names: a file that is followed, or whatever else that has an end. `idle_waits` counts waits since something
// came: counted, not timed, so that a busy machine does not end the watch early.
Result<std::unique_ptr<exchange::Source>> open_events(const CommandLine& line,
                                                      const StopSignals& signals,
                                                      uint64_t* idle_waits) {
  if (!TailedFile::can_follow(line.events)) return open_input(line.events, nullptr);
  const auto waits_max =
      line.idle_s ? static_cast<uint64_t>(*line.idle_s * 1000 / kPollMs) : UINT64_MAX;
  auto tailed = TRY(TailedFile::open(line.events, [&signals, waits_max, idle_waits] {
    return (*idle_waits)++ < waits_max && signals.wait(kPollMs);
  }));
  return tailed;
}

void tell_what_is_missing(const pattern::StreamStats& stats) {
  if (stats.dropped + stats.incomplete == 0) return;
  std::fprintf(stderr,
               "entente: matches may be missing: %llu observations dropped, %llu searches cut\n",
               static_cast<unsigned long long>(stats.dropped),
               static_cast<unsigned long long>(stats.incomplete));
}

}  // namespace

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

Result<int> match_as_they_come(const CommandLine& line, const WholeFile& patterns,
                               const logs::Mapping* mapping) {
  pattern::StreamOptions options;
  if (line.lateness_s) options.lateness_ns = static_cast<int64_t>(*line.lateness_s * 1e9);
  if (line.age_s) options.age_ns_max = static_cast<int64_t>(*line.age_s * 1e9);
  if (line.remember) options.candidates_max = *line.remember;
  pattern::Live live(options);
  if (line.stats) live.measure();
  const auto begin = Clock::now();
  LivePatterns watched(line, &live);
  watched.load(patterns.text());
  const double load_ms = ms_since(begin);
  if (line.reload) watched.watch_file();
  const NameLines lines = mapping == nullptr ? NameLines::kNo : NameLines::kYes;
  LinePrinter printer;
  Result<void> printed;
  Events events(line.events, mapping, [&](const pattern::Observation& seen) {
    live.see(seen, [&](uint32_t number, const std::vector<pattern::StreamSeen>& match) {
      const auto source = watched.source(number);
      if (source && printed) printed = printer.add(match_line_open(*source, match, lines) + "}");
    });
  });
  const StopSignals signals;
  uint64_t idle_waits = 0;
  const auto source = TRY(open_events(line, signals, &idle_waits));
  const auto read_begin = Clock::now();
  LineCutter cutter(&events);
  for (bool is_end = false; !is_end && printed;) {
    const auto piece = source->next();
    if (!piece)
      return fail(piece.error().code, fmt::format("{}: {}", line.events, piece.error().detail));
    is_end = piece->empty();
    idle_waits = 0;
    TRY(cutter.add(*piece));
    if (is_end) cutter.finish();
    if (printed) printed = printer.flush();
  }
  TRY(std::move(printed));
  tell_what_is_missing(live.stream_stats());
  if (line.stats) print_stats(live.engine_stats(), load_ms, ms_since(read_begin));
  return events.exit_code();
}

}  // namespace entente::app
