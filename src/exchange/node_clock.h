// The time by which a node decides: the machine's clock, guarded. Whoever sets that clock moves who may
// read what (embargoes end, memberships begin), so it is believed only as far as it is plausible:
//
// - it never goes back: set back, it stands still until the machine's clock has caught up, so that no
//   embargo closes again and no tick is given twice;
// - it never leaps: when the machine's clock moves ahead of the time that has really passed (monotonic)
//   by more than a limit, it goes on at the pace of real time until the operator accepts the leap or the
//   clock has been put right.
//
//   NodeClock clock(machine);
//   clock.resume(saved);                 // what save() gave when the node last ran, if there is any
//   clock.not_before(last_tick_ms);
//
// Threads: any.
#pragma once

#include <cstdint>
#include <mutex>

#include "base/clock.h"
#include "base/limits.h"

namespace entente::exchange {

class NodeClock final : public Clock {
 public:
  explicit NodeClock(const Clock& machine);

  int64_t now_ms() const override;
  int64_t monotonic_ns() const override { return machine_.monotonic_ns(); }

  // Never tells less than this from now on.
  void not_before(int64_t ms);
  // How far ahead of real time the machine's clock may move at once. 0 or less: any way.
  void set_leap_ms_max(int64_t ms);

  struct Status {
    int64_t now_ms = 0;      // what the node goes by
    int64_t machine_ms = 0;  // what the machine's clock says
    bool is_held = false;    // a leap waits for the operator
  };
  Status status() const;
  // Believes the machine's clock as it is now; false if nothing waited.
  bool accept();

  // What a node that is started again needs to know of this one.
  struct Saved {
    int64_t now_ms = INT64_MIN;
    int64_t machine_ms = INT64_MIN;
    bool is_held = false;
  };
  Saved save() const;
  // A leap that waited then goes on waiting: time passed meanwhile as the machine's clock tells.
  void resume(const Saved& saved);

 private:
  int64_t look() const;  // with mutex_ held

  const Clock& machine_;
  mutable std::mutex mutex_;
  int64_t leap_ms_max_ = limits::kClockLeapMsMax;
  mutable int64_t now_ms_;     // the last answer
  mutable int64_t anchor_ms_;  // a time that was believed,
  mutable int64_t anchor_ns_;  // and the monotonic instant at which it was
  mutable bool is_held_ = false;
};

}  // namespace entente::exchange
