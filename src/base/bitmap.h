// Sets of 32-bit numbers, compressed. The one door to CRoaring: its header is known to bitmap.cc
// alone.
//
// A Bitmap is a value: copying copies. Not thread-safe for writing; any number of readers may share
// a const one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace entente {

class Bitmap {
 public:
  Bitmap();
  ~Bitmap();
  Bitmap(const Bitmap& other);
  Bitmap(Bitmap&& other) noexcept;
  Bitmap& operator=(const Bitmap& other);
  Bitmap& operator=(Bitmap&& other) noexcept;

  void add(uint32_t value);
  void add_range(uint32_t begin, uint32_t end);  // [begin, end)
  void add_many(const uint32_t* values, size_t count);
  void remove(uint32_t value);
  bool contains(uint32_t value) const;
  uint64_t count() const;
  bool empty() const;
  // How many members are in [begin, end).
  uint64_t count_in(uint32_t begin, uint32_t end) const;
  // The rank-th smallest member (rank from 0) into *value; false if there are not that many.
  bool select(uint32_t rank, uint32_t* value) const;
  void unite(const Bitmap& other);      // this |= other
  void intersect(const Bitmap& other);  // this &= other
  void subtract(const Bitmap& other);   // this &= ~other
  void compact();                       // smallest form, run lengths included

  // Walks members upwards from the first that is not below `from`, fetching some hundred at a time.
  // The bitmap must outlive it and not change.
  class Cursor {
   public:
    Cursor(const Bitmap& bitmap, uint32_t from);
    ~Cursor();
    Cursor(Cursor&&) noexcept;
    bool done() const { return at_ == fetched_; }
    uint32_t value() const { return values_[at_]; }
    void next() {
      if (++at_ == fetched_) fetch();
    }

   private:
    void fetch();
    struct State;
    std::unique_ptr<State> state_;
    uint32_t at_ = 0;
    uint32_t fetched_ = 0;
    std::array<uint32_t, 256> values_;
  };

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace entente
