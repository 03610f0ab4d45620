// Growing containers that one thread writes while others read: nothing that was written ever moves.
//
// Rows<T>: an array in pieces of doubling size, or a view of a mapped array. A reader may read row i once it has learnt,
// through something that synchronises (a published State, a table's slot), that there are more than i rows.
// Bits: a dense bit array of the same kind, whose bits may be set while they are read.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/result.h"

namespace entente::store {

template <class T>
class Rows {
 public:
  Rows() = default;
  explicit Rows(const T* mapped) : mapped_(mapped) {}

  const T& operator[](uint32_t i) const {
    if (mapped_ != nullptr) return mapped_[i];
    const uint64_t j = uint64_t{i} + kFirst;
    const unsigned piece = static_cast<unsigned>(std::bit_width(j)) - kFirstLog2 - 1;
    return pieces_[piece][j - (uint64_t{kFirst} << piece)];
  }

  // For the writer alone. Row i must be one that no reader may read yet.
  T& at(uint32_t i) {
    CHECK(mapped_ == nullptr);
    const uint64_t j = uint64_t{i} + kFirst;
    const unsigned piece = static_cast<unsigned>(std::bit_width(j)) - kFirstLog2 - 1;
    if (pieces_[piece] == nullptr) {
      pieces_[piece] = std::make_unique_for_overwrite<T[]>(size_t{kFirst} << piece);
    }
    return pieces_[piece][j - (uint64_t{kFirst} << piece)];
  }

 private:
  static constexpr unsigned kFirstLog2 = 8;
  static constexpr uint32_t kFirst = 1u << kFirstLog2;
  const T* mapped_ = nullptr;
  std::array<std::unique_ptr<T[]>, 33 - kFirstLog2> pieces_;
};

class Bits {
 public:
  // For the writer alone: makes room for bits below `count`.
  void reserve(uint64_t count) {
    while (reserved_ < count) {
      pieces_[reserved_ / kBitsPerPiece].store(
          new std::atomic<uint64_t>[kWordsPerPiece] {}, std::memory_order_release);
      reserved_ += kBitsPerPiece;
    }
  }
  void set(uint32_t bit) {
    pieces_[bit / kBitsPerPiece].load(std::memory_order_relaxed)[word_of(bit)].fetch_or(
        mask_of(bit), std::memory_order_relaxed);
  }
  bool test(uint32_t bit) const {
    const std::atomic<uint64_t>* words =
        pieces_[bit / kBitsPerPiece].load(std::memory_order_acquire);
    return words != nullptr && (words[word_of(bit)].load(std::memory_order_relaxed) & mask_of(bit));
  }

  Bits() : pieces_(new std::atomic<std::atomic<uint64_t>*>[kPieces] {}) {}
  ~Bits() {
    for (size_t i = 0; i < kPieces; ++i) delete[] pieces_[i].load();
  }
  Bits(const Bits&) = delete;
  Bits& operator=(const Bits&) = delete;

 private:
  static constexpr uint64_t kBitsPerPiece = uint64_t{1} << 20;  // 128 KiB
  static constexpr size_t kWordsPerPiece = kBitsPerPiece / 64;
  static constexpr size_t kPieces = (uint64_t{1} << 32) / kBitsPerPiece;
  static size_t word_of(uint32_t bit) { return (bit % kBitsPerPiece) / 64; }
  static uint64_t mask_of(uint32_t bit) { return uint64_t{1} << (bit % 64); }

  std::unique_ptr<std::atomic<std::atomic<uint64_t>*>[]> pieces_;
  uint64_t reserved_ = 0;
};

}  // namespace entente::store
