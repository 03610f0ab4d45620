// Reading a segment file from its frames: what is whole, what is damaged, where the durable part ends (scan_segment), and
// entering it into a GrowingSegment (replay).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "store/frame.h"
#include "store/segment.h"

namespace entente::store {

struct ScannedCommit {
  uint64_t begin = 0;  // offset of the commit frame
  uint64_t end = 0;
  CommitBody body;
  bool whole = true;  // the batch's frames are all there and right, the commit's own included
};

struct ByteRange {
  uint64_t begin = 0;
  uint64_t end = 0;
};

struct Scan {
  std::vector<ScannedCommit> commits;  // those that count, in order
  std::vector<ByteRange> damage;       // before `end`
  uint64_t end = 0;                    // after the last commit that counts and its mark
  bool damaged_beyond = false;         // something past `end` was no frame
  bool records_beyond = false;         // whole records follow `end`
};

enum class ScanTail : uint8_t {
  kCut,   // the last segment: what no commit covers does not count
  kKeep,  // a later segment follows, so all of it was committed
};

// Checks every frame after the header. `first` is the position of the segment's first entry, if it is known.
Scan scan_segment(std::string_view segment, const FrameKey& key, std::optional<Position> first,
                  ScanTail tail);

// What replay needs of the rest of the journal.
struct ReplayContext {
  // Of an object entry of an earlier segment.
  std::function<Entry(Position)> entry;
  std::function<std::vector<uint64_t>(Position)> references;
  // The newest undamaged entry with that id hash in earlier segments, or kNone.
  std::function<Position(uint64_t id_hash)> find;
  int64_t last_tick_ms = 0;  // of the batches before this segment
  Position batches_end = 0;  // end of the last batch committed before this segment
  int64_t tail_tick_ms = 0;  // of the batch that a later segment closes
  Position tail_end =
      0;  // positions below this belong to the segment, whether their frames are there or not
};

// Enters and publishes what the scan found, damaged entries as placeholders. Updates last_tick_ms and batches_end.
void replay(std::string_view segment, const Scan& scan, GrowingSegment& out,
            ReplayContext& context);

}  // namespace entente::store
