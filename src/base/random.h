// Random bytes as a value that is passed in, so that a run of a test can be repeated from its seed.
#pragma once

#include <cstdint>
#include <mutex>
#include <span>

namespace entente {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<uint8_t> out) = 0;
};

// The kernel's generator (libsodium). Thread-safe.
class SystemRandom final : public Random {
 public:
  void fill(std::span<uint8_t> out) override;
};

// A ChaCha20 stream from a seed: the same bytes in the same order. Thread-safe. For tests
// and demonstration data, never for secrets.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(uint64_t seed) : seed_(seed) {}
  void fill(std::span<uint8_t> out) override;

 private:
  std::mutex mutex_;
  uint64_t seed_;
  uint64_t calls_ = 0;
};

}  // namespace entente
