// A blocked Bloom filter: says of a key that was never added, with one cache miss, that it is not there.
//
// Why: a new id has to be looked for in every segment before it is known to be new. One filter over all of them answers
// in one step whatever their number. 12 to 18 bits a key, six of them set in one 64-byte block: about one key in 200 that
// is absent is looked for in vain.
//
// One writer adds while readers ask. It does not grow: the writer makes a larger one from all keys and publishes it.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace entente::store {

class Bloom {
 public:
  explicit Bloom(uint64_t keys_max);

  void add(uint64_t key) {
    std::atomic<uint64_t>* block = block_of(key);
    uint64_t bits = mix(key);
    for (int i = 0; i < kBitsPerKey; ++i, bits >>= 9) {
      std::atomic<uint64_t>& word = block[bits >> 6 & 7];
      const uint64_t mask = uint64_t{1} << (bits & 63);
      // One writer: a plain read tells whether the locked instruction is needed.
      if (!(word.load(std::memory_order_relaxed) & mask)) {
        word.store(word.load(std::memory_order_relaxed) | mask, std::memory_order_relaxed);
      }
    }
    ++count_;
  }
  void prefetch(uint64_t key) const { __builtin_prefetch(block_of(key), 1); }
  // Many keys wait for memory together.
  void add_many(const uint64_t* keys, size_t count) {
    constexpr size_t kAhead = 16;
    for (size_t i = 0; i < count; ++i) {
      if (i + kAhead < count) prefetch(keys[i + kAhead]);
      add(keys[i]);
    }
  }
  bool may_contain(uint64_t key) const {
    const std::atomic<uint64_t>* block = block_of(key);
    uint64_t bits = mix(key);
    for (int i = 0; i < kBitsPerKey; ++i, bits >>= 9) {
      const uint64_t word = block[bits >> 6 & 7].load(std::memory_order_relaxed);
      if (!(word >> (bits & 63) & 1)) return false;
    }
    return true;
  }
  // For the writer alone.
  bool full() const { return count_ >= keys_max_; }
  uint64_t keys_max() const { return keys_max_; }

 private:
  static constexpr int kBitsPerKey = 6;
  static uint64_t mix(uint64_t key) {
    key *= 0x9E3779B97F4A7C15ULL;
    return key ^ key >> 29;
  }
  std::atomic<uint64_t>* block_of(uint64_t key) const {
    return words_.get() + ((key >> 32) * blocks_ >> 32) * 8;  // fewer than 2^32 blocks
  }

  struct Free {
    void operator()(std::atomic<uint64_t>* words) const;
  };
  uint64_t keys_max_;
  uint64_t blocks_;
  uint64_t count_ = 0;
  std::unique_ptr<std::atomic<uint64_t>[], Free> words_;
};

}  // namespace entente::store
