// One line, rewritten at most ten times a second.
#include "app/meter.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstdio>

namespace entente::app {
namespace {

constexpr int64_t kQuietNs = 1'000'000'000;
constexpr int64_t kEveryNs = 100'000'000;

}  // namespace

std::string grouped(uint64_t value) {
  std::string digits = std::to_string(value);
  for (size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string as_bytes(double bytes) {
  constexpr std::array<std::string_view, 5> kUnits{"B", "kB", "MB", "GB", "TB"};
  size_t unit = 0;
  while (bytes >= 1000 && unit + 1 < kUnits.size()) {
    bytes /= 1000;
    ++unit;
  }
  return unit == 0 ? fmt::format("{:.0f} B", bytes) : fmt::format("{:.1f} {}", bytes, kUnits[unit]);
}

std::string as_duration(double seconds) {
  const auto whole = static_cast<uint64_t>(seconds + 0.5);
  if (whole >= 3600) return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
  if (whole >= 60) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} s", whole);
}

Meter::Meter(std::string_view what, Unit unit, const Clock& clock)
    : what_(what),
      unit_(unit),
      clock_(clock),
      active_(::isatty(STDERR_FILENO) == 1),
      began_ns_(clock.monotonic_ns()) {}

Meter::~Meter() {
  if (has_line_) std::fputs("\r\x1b[K", stderr);
}

void Meter::show(const Progress& progress) {
  if (!active_) return;
  const int64_t now_ns = clock_.monotonic_ns();
  if (now_ns - began_ns_ < kQuietNs || now_ns - shown_ns_ < kEveryNs) return;
  shown_ns_ = now_ns;
  has_line_ = true;
  const double seconds = static_cast<double>(now_ns - began_ns_) / 1e9;
  const double rate = static_cast<double>(progress.done) / seconds;
  std::string line = what_ + ":";
  if (progress.objects > 0) {
    line += fmt::format(
        "  {} objects ({}/s)", grouped(progress.objects),
        grouped(static_cast<uint64_t>(static_cast<double>(progress.objects) / seconds)));
  }
  if (unit_ == Unit::kBytes) {
    line += fmt::format("  {}  {}/s", as_bytes(static_cast<double>(progress.done)), as_bytes(rate));
  } else {
    line += fmt::format("  {} of {} records", grouped(progress.done), grouped(progress.total));
  }
  if (progress.total > progress.done && rate > 0) {
    line += fmt::format(
        "  {:.0f} %  {} left",
        100.0 * static_cast<double>(progress.done) / static_cast<double>(progress.total),
        as_duration(static_cast<double>(progress.total - progress.done) / rate));
  }
  std::fprintf(stderr, "\r%s\x1b[K", line.c_str());
  std::fflush(stderr);
}

}  // namespace entente::app
