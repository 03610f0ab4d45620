// Real time is the anchor plus what the monotonic clock has counted since. The machine's clock is
// believed, and becomes the anchor, as long as it is not far ahead of that. Behind it is never believed:
// the anchor stays, so that a clock that is put right after it was set back is no leap.
#include "exchange/node_clock.h"

#include <algorithm>

namespace entente::exchange {

NodeClock::NodeClock(const Clock& machine)
    : machine_(machine),
      now_ms_(machine.now_ms()),
      anchor_ms_(now_ms_),
      anchor_ns_(machine.monotonic_ns()) {}

int64_t NodeClock::look() const {
  constexpr int64_t kNsPerMs = 1'000'000;
  const int64_t machine_ms = machine_.now_ms();
  const int64_t at_ns = machine_.monotonic_ns();
  const int64_t real_ms = anchor_ms_ + (at_ns - anchor_ns_) / kNsPerMs;
  is_held_ = leap_ms_max_ > 0 && machine_ms > real_ms && machine_ms - real_ms > leap_ms_max_;
  if (is_held_) {
    now_ms_ = std::max(now_ms_, real_ms);
  } else {
    if (machine_ms >= real_ms) {
      anchor_ms_ = machine_ms;
      anchor_ns_ = at_ns;
    }
    now_ms_ = std::max(now_ms_, machine_ms);
  }
  return machine_ms;
}

int64_t NodeClock::now_ms() const {
  const std::lock_guard lock(mutex_);
  look();
  return now_ms_;
}

void NodeClock::not_before(int64_t ms) {
  const std::lock_guard lock(mutex_);
  look();
  now_ms_ = std::max(now_ms_, ms);
  if (ms > anchor_ms_) {
    anchor_ms_ = ms;
    anchor_ns_ = machine_.monotonic_ns();
  }
}

void NodeClock::set_leap_ms_max(int64_t ms) {
  const std::lock_guard lock(mutex_);
  leap_ms_max_ = ms;
}

NodeClock::Status NodeClock::status() const {
  const std::lock_guard lock(mutex_);
  const int64_t machine_ms = look();
  return {now_ms_, machine_ms, is_held_};
}

bool NodeClock::accept() {
  const std::lock_guard lock(mutex_);
  const int64_t machine_ms = look();
  if (!is_held_) return false;
  anchor_ms_ = machine_ms;
  anchor_ns_ = machine_.monotonic_ns();
  look();
  return true;
}

NodeClock::Saved NodeClock::save() const {
  const Status status = this->status();
  return {status.now_ms, status.machine_ms, status.is_held};
}

void NodeClock::resume(const Saved& saved) {
  if (saved.is_held && saved.machine_ms > saved.now_ms) {
    const std::lock_guard lock(mutex_);
    const int64_t passed_ms = std::max<int64_t>(0, machine_.now_ms() - saved.machine_ms);
    now_ms_ = saved.now_ms + passed_ms;
    anchor_ms_ = now_ms_;
    anchor_ns_ = machine_.monotonic_ns();
    look();
    return;
  }
  not_before(saved.now_ms);
}

}  // namespace entente::exchange
