// What the server does when nobody asks it anything: give memory back, and wait for its end.
#pragma once

#include <csignal>
#include <cstdint>
#include <functional>

namespace entente::app {

struct Idle {
  // Asked about every second: how many requests came so far.
  std::function<uint64_t()> requests_total;
  // Called once requests came (or the server started) and then none for some seconds.
  std::function<void()> settle;
};

// Waits for one of the signals, which must be blocked in every thread, and returns its number. Meanwhile, when all is quiet,
// what is in memory for the next requests alone goes back to the system.
int wait_for_signal(const sigset_t& signals, const Idle& idle);

}  // namespace entente::app
