// main.cc lets the allocator keep what request bodies used, since giving it back and taking it again
// costs a third of the time of taking objects in. Between two loads it is no use to anybody.
#include "app/idle.h"

#include <malloc.h>

#include <ctime>
#include <optional>

namespace entente::app {

int wait_for_signal(const sigset_t& signals, const std::function<uint64_t()>& requests_total) {
  constexpr timespec kPatience{1, 0};
  uint64_t seen = requests_total();
  std::optional<uint64_t> trimmed_at;  // not yet: the start, too, leaves memory behind
  for (;;) {
    const int signal = ::sigtimedwait(&signals, nullptr, &kPatience);
    if (signal > 0) return signal;
    const uint64_t now = requests_total();
    if (now == seen && now != trimmed_at) {
      ::malloc_trim(0);
      trimmed_at = now;
    }
    seen = now;
  }
}

}  // namespace entente::app
