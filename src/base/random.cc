#include "base/random.h"

#include <sodium.h>

#include <cstring>

namespace entente {

void SystemRandom::fill(std::span<uint8_t> out) { randombytes_buf(out.data(), out.size()); }

void SeededRandom::fill(std::span<uint8_t> out) {
  uint64_t call;
  {
    std::lock_guard lock(mutex_);
    call = calls_++;
  }
  uint8_t seed[randombytes_SEEDBYTES] = {};
  std::memcpy(seed, &seed_, sizeof seed_);
  std::memcpy(seed + sizeof seed_, &call, sizeof call);
  randombytes_buf_deterministic(out.data(), out.size(), seed);
}

}  // namespace entente
