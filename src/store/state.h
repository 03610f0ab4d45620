// What the journal holds at one moment, and how entries are found in it. A State never changes; the
// journal publishes a new one after each batch. What it shares with later ones only grows beyond
// what it counts.
#pragma once

#include <memory>
#include <vector>

#include "store/bloom.h"
#include "store/journal.h"
#include "store/rows.h"
#include "store/segment.h"

namespace entente::store {

struct SegmentRef {
  std::shared_ptr<const Segment> segment;  // shared by the states that hold it
  Counts counts;                           // what of it may be read
  Position batches_end = 0;  // end of the last batch that was committed in it or before it
  int64_t last_tick_ms = 0;  // of that batch
  uint64_t bytes = 0;        // of the file that is committed
  bool indexed = false;      // has its index file
};

struct Snapshot::State {
  std::shared_ptr<const std::vector<SegmentRef>>
      sealed;  // in order; shared until a segment is sealed
  SegmentRef active;
  std::shared_ptr<Bloom> ids;   // of every id hash and control hash; the writer adds to the newest
  std::shared_ptr<Bits> newer;  // positions that a later entry supersedes; one for all states
  Position end = 0;
  int64_t last_tick_ms = 0;
  uint64_t batches = 0;
  uint64_t sealed_bytes = 0;

  size_t segments() const { return sealed->size() + 1; }
  const SegmentRef& at(size_t i) const { return i < sealed->size() ? (*sealed)[i] : active; }
  // The segment of a position that exists.
  const Segment& segment_of(Position position) const;
  Entry entry(Position position) const;
  Position previous(Position position) const;
  std::string_view bytes(Position position) const;
  // Asks for the columns of an entry that a page reads.
  void prefetch_columns(Position position) const;
  // Asks for the position's frame.
  void prefetch(Position position) const;
  // Asks for the position's frame to be read from the disk.
  void will_need(Position position) const;
  std::vector<uint64_t> references(Position position) const;
  // The newest entry with that id hash before `end`, or kNone.
  Position newest(uint64_t id_hash) const;
};

}  // namespace entente::store
