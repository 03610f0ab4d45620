// Open-addressing table from a 64-bit hash to a row number; the keys themselves are in the rows.
//
// A slot is 8 bytes: the upper half of the hash, and the row plus one (0: empty). The caller compares full keys, which is
// needed about once a lookup. One writer; any number of readers at the same time: a slot is published with release, so
// the row that it names can be read. When half full, a table of twice the size is published; the old one is kept until
// the table dies, since a reader may still be in it (all old ones together are no larger than the current one).
// A table can also be a view of slots in a mapped file.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/result.h"

namespace entente::store {

inline constexpr uint32_t kNoRow = UINT32_MAX;

class Table {
 public:
  Table() : current_(make(kFirstSlots)) {}
  // Slots that outlive the table; their number must be a power of two.
  Table(const uint64_t* slots, uint64_t count) : current_(nullptr) {
    auto view = std::make_unique<Slots>();
    view->mask = count - 1;
    view->data = const_cast<uint64_t*>(slots);
    all_.push_back(std::move(view));
    current_ = all_.back().get();
  }
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  // The row with that hash for which same(row) holds, or kNoRow.
  template <class Same>
  uint32_t find(uint64_t hash, const Same& same) const {
    const Slots& slots = *current_.load(std::memory_order_acquire);
    const uint64_t tag = hash >> 32;
    // A mapped table may be damaged: never more steps than slots.
    for (uint64_t i = 0; i <= slots.mask; ++i) {
      const uint64_t slot = __atomic_load_n(&slots.data[(tag + i) & slots.mask], __ATOMIC_ACQUIRE);
      const uint32_t row = static_cast<uint32_t>(slot) - 1;
      if (row == kNoRow) return kNoRow;
      if (slot >> 32 == tag && same(row)) return row;
    }
    return kNoRow;
  }

  // For the writer alone: makes `row` the one found, and gives the one that was, or kNoRow.
  template <class Same>
  uint32_t exchange(uint64_t hash, uint32_t row, const Same& same) {
    Slots* slots = current_.load(std::memory_order_relaxed);
    if ((used_ + 1) * 2 > slots->mask + 1) slots = grow(slots);
    const uint64_t tag = hash >> 32;
    for (uint64_t i = 0;; ++i) {
      uint64_t& slot = slots->data[(tag + i) & slots->mask];
      const uint32_t old = static_cast<uint32_t>(slot) - 1;
      if (old != kNoRow && (slot >> 32 != tag || !same(old))) continue;
      __atomic_store_n(&slot, tag << 32 | (uint64_t{row} + 1), __ATOMIC_RELEASE);
      used_ += old == kNoRow;
      return old;
    }
  }

  // For writing to a file, once nothing is added any more.
  const uint64_t* slots() const { return current_.load()->data; }
  uint64_t slot_count() const { return current_.load()->mask + 1; }

 private:
  struct Slots {
    uint64_t mask = 0;
    uint64_t* data = nullptr;
    std::unique_ptr<uint64_t[]> owned;
  };
  static constexpr uint64_t kFirstSlots = 256;

  Slots* make(uint64_t count) {
    auto slots = std::make_unique<Slots>();
    slots->owned = std::make_unique<uint64_t[]>(count);
    slots->data = slots->owned.get();
    slots->mask = count - 1;
    all_.push_back(std::move(slots));
    return all_.back().get();
  }

  Slots* grow(const Slots* old) {
    CHECK(old->owned != nullptr);
    Slots* bigger = make((old->mask + 1) * 2);
    for (uint64_t i = 0; i <= old->mask; ++i) {
      const uint64_t slot = old->data[i];
      if (slot == 0) continue;
      uint64_t place = slot >> 32;
      while (bigger->data[place & bigger->mask] != 0) ++place;
      bigger->data[place & bigger->mask] = slot;
    }
    current_.store(bigger, std::memory_order_release);
    return bigger;
  }

  std::vector<std::unique_ptr<Slots>> all_;
  std::atomic<Slots*> current_;
  uint64_t used_ = 0;
};

}  // namespace entente::store
