// main.cc lets the allocator keep what request bodies used, since giving it back and taking it again
// costs a third of the time of taking objects in. Between two loads it is no use to anybody.
#include "app/idle.h"

#include <malloc.h>

#include <ctime>

namespace entente::app {

int wait_for_signal(const sigset_t& signals, const Idle& idle) {
  constexpr timespec kSecond{1, 0};
  constexpr int kTrim = 1, kSettle = 2, kTrimAgain = 3;  // seconds without a request
  uint64_t seen = idle.requests_total();
  for (int quiet = 0;;) {
    const int signal = ::sigtimedwait(&signals, nullptr, &kSecond);
    if (signal > 0) return signal;
    const uint64_t now = idle.requests_total();
    quiet = now != seen ? 0 : quiet > kTrimAgain ? quiet : quiet + 1;
    seen = now;
    if (quiet == kSettle) idle.settle();
    if (quiet == kTrim || quiet == kTrimAgain) ::malloc_trim(0);
  }
}

}  // namespace entente::app
