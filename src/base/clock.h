// Time as a value that is passed in. Only SystemClock reads the machine's clock; everything else is
// given a Clock, so that tests and exercises run in a time of their own.
#pragma once

#include <atomic>
#include <cstdint>

namespace entente {

class Clock {
 public:
  virtual ~Clock() = default;
  // Milliseconds since 1970-01-01T00:00:00Z. May be set back by the operator: see store for what
  // guards against it.
  virtual int64_t now_ms() const = 0;
  // Nanoseconds since an arbitrary start; never goes back.
  virtual int64_t monotonic_ns() const = 0;
};

// The machine's clock, or one that runs beside it at a distance. Thread-safe.
class SystemClock final : public Clock {
 public:
  explicit SystemClock(int64_t ahead_ms = 0) : ahead_ms_(ahead_ms) {}
  int64_t now_ms() const override;
  int64_t monotonic_ns() const override;

 private:
  int64_t ahead_ms_;
};

// A clock that stands still until it is told to move. Thread-safe.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(int64_t start_ms) : ms_(start_ms) {}
  int64_t now_ms() const override { return ms_.load(); }
  int64_t monotonic_ns() const override { return ms_.load() * 1'000'000; }
  void set_ms(int64_t ms) { ms_.store(ms); }
  void advance_ms(int64_t ms) { ms_.fetch_add(ms); }

 private:
  std::atomic<int64_t> ms_;
};

}  // namespace entente
