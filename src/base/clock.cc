#include "base/clock.h"

#include <ctime>

namespace entente {
namespace {

timespec read_clock(clockid_t id) {
  timespec at{};
  clock_gettime(id, &at);
  return at;
}

}  // namespace

int64_t SystemClock::now_ms() const {
  const timespec at = read_clock(CLOCK_REALTIME);
  return int64_t{at.tv_sec} * 1000 + at.tv_nsec / 1'000'000 + ahead_ms_;
}

int64_t SystemClock::monotonic_ns() const {
  // Goes on while the machine sleeps: what passed then has passed.
  const timespec at = read_clock(CLOCK_BOOTTIME);
  return int64_t{at.tv_sec} * 1'000'000'000 + at.tv_nsec;
}

}  // namespace entente
