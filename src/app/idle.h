// What the server does when nobody asks it anything: give memory back, and wait for its end.
#pragma once

#include <csignal>
#include <cstdint>
#include <functional>

namespace entente::app {

// Waits for one of the signals, which must be blocked in every thread, and returns its number. About
// every second `requests_total` is asked: once requests came and then none for that long, what the
// allocator keeps for the next body goes back to the system.
int wait_for_signal(const sigset_t& signals, const std::function<uint64_t()>& requests_total);

}  // namespace entente::app
