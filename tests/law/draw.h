// Random choices of the law test: a small generator with a seed of its own, so that a run can be repeated from what it
// printed, on any machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace entente::law {

class Draw {
 public:
  explicit Draw(uint64_t seed) : state_(seed) {}
  // Another stream for a part of the same run.
  static Draw of(uint64_t seed, uint64_t part) {
    return Draw(mix(seed * 0x9E3779B97F4A7C15u + mix(part)));
  }

  uint64_t next() { return mix(state_ += 0x9E3779B97F4A7C15u); }
  // 0 to n - 1; n is not 0.
  uint32_t below(uint64_t n) { return static_cast<uint32_t>(next() % n); }
  // from `first` to `last`, both included.
  int64_t between(int64_t first, int64_t last) {
    return first + static_cast<int64_t>(next() % static_cast<uint64_t>(last - first + 1));
  }
  bool chance(uint32_t percent) { return below(100) < percent; }
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[below(from.size())];
  }
  // An index, each as likely as its weight.
  size_t weighted(std::initializer_list<uint32_t> weights) {
    uint32_t sum = 0;
    for (const uint32_t weight : weights) sum += weight;
    uint32_t at = below(sum);
    size_t index = 0;
    for (const uint32_t weight : weights) {
      if (at < weight) break;
      at -= weight;
      ++index;
    }
    return index;
  }

 private:
  static uint64_t mix(uint64_t x) {
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
  }
  uint64_t state_;
};

}  // namespace entente::law
