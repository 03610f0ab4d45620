// The filter's memory: whole cache lines, so that a key touches one.
#include "store/bloom.h"

#include <cstdlib>
#include <new>

namespace entente::store {

Bloom::Bloom(uint64_t keys_max) : keys_max_(keys_max), blocks_((keys_max * 12 + 511) / 512) {
  void* memory = std::aligned_alloc(64, blocks_ * 64);
  if (memory == nullptr) throw std::bad_alloc();
  auto* words = static_cast<std::atomic<uint64_t>*>(memory);
  for (uint64_t i = 0; i < blocks_ * 8; ++i) new (words + i) std::atomic<uint64_t>(0);
  words_.reset(words);
}

void Bloom::Free::operator()(std::atomic<uint64_t>* words) const { std::free(words); }

}  // namespace entente::store
