// A reader's world: the set of journal entries the reader may see at one snapshot. No function of
// the store or of an engine that shows anything can be called without one.
//
// A World is a value (two pointers and three numbers): copy it freely, share it between threads.
#pragma once

#include <cstdint>
#include <memory>

#include "base/bitmap.h"

namespace entente::release {

// Parties, groups and collections are numbered in the order of their journal records; numbers are
// never reused.
using PartyNumber = uint16_t;
inline constexpr PartyNumber kNoParty = UINT16_MAX;

class World {
 public:
  // `entries` may hold positions at or past `end`: they are outside this world.
  World(PartyNumber reader, std::shared_ptr<const Bitmap> entries, uint32_t end)
      : entries_(std::move(entries)), end_(end), reader_(reader) {}

  PartyNumber reader() const { return reader_; }
  uint32_t end() const { return end_; }
  bool contains(uint32_t position) const { return position < end_ && entries_->contains(position); }
  // Positions of the world; those at or past end() must be ignored.
  const Bitmap& entries() const { return *entries_; }

 private:
  std::shared_ptr<const Bitmap> entries_;  // shared with the cache that extends a copy of it
  uint32_t end_;
  PartyNumber reader_;
};

}  // namespace entente::release
