// A growing array in blocks that never move, so that growing by one never copies the rest: adding to a
// million takes no longer than adding to ten. Threads: one at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace entente::pattern {

template <class T, size_t kPerBlock = 4096>
class Blocks {
 public:
  T& operator[](size_t index) { return blocks_[index / kPerBlock][index % kPerBlock]; }
  const T& operator[](size_t index) const { return blocks_[index / kPerBlock][index % kPerBlock]; }
  size_t size() const { return size_; }
  size_t memory_bytes() const { return blocks_.size() * kPerBlock * sizeof(T); }

  void emplace_back() {
    if (size_ % kPerBlock == 0) blocks_.push_back(std::make_unique<T[]>(kPerBlock));
    ++size_;
  }

 private:
  std::vector<std::unique_ptr<T[]>> blocks_;
  size_t size_ = 0;
};

}  // namespace entente::pattern
