// One segment as readers see it: columns, tables and rows, and the file's bytes. Two makers:
// GrowingSegment (segment.h, in memory, for the one that is written) and open_index (index.h, a
// view of an index file).
//
// Local numbers: an entry's is its position minus `first`; references, control records and batches
// have row numbers. Readers may use what is below the Counts that their snapshot gives.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/frame.h"
#include "store/journal.h"
#include "store/rows.h"
#include "store/table.h"

namespace entente::store {

struct Counts {
  uint32_t entries = 0;
  uint32_t references = 0;
  uint32_t controls = 0;
  uint32_t batches = 0;
};

// Columns of a run of entries.
struct Run {
  const uint64_t* id_hash = nullptr;
  const int64_t* version_ns = nullptr;
  const uint64_t* content_hash = nullptr;
  const uint32_t* object = nullptr;
  const uint32_t* previous = nullptr;
  const uint32_t* mark_set = nullptr;
  const uint32_t* offset = nullptr;  // of the frame in the segment; 0: damaged
  const uint32_t* length = nullptr;  // of the bytes; 0: membership, erased or damaged
  const uint16_t* type = nullptr;
  const uint16_t* collection = nullptr;
  const uint16_t* submitter = nullptr;
  const uint16_t* flags = nullptr;
};

struct ReferenceRow {
  uint64_t target = 0;
  uint32_t entry = 0;       // local
  uint32_t older = kNoRow;  // row of the same target
};

struct ControlRow {
  uint64_t key = 0;
  int64_t tick_ms = 0;
  uint32_t position = 0;
  uint32_t offset = 0;      // of the frame
  uint32_t length = 0;      // of the bytes
  uint32_t older = kNoRow;  // row of the same kind and key
  uint32_t kind = 0;
  uint32_t reserved = 0;
};

// What a control record is found by, in tables and filter.
inline uint64_t control_hash(ControlKind kind, uint64_t key) {
  uint64_t x = key ^ (uint64_t{kind} + 1) * 0x9E3779B97F4A7C15ULL;
  x ^= x >> 32;
  x *= 0xD6E8FEB86659FD93ULL;
  x ^= x >> 32;
  return x;
}

// Thread-safe for reading within published counts.
class Segment {
 public:
  virtual ~Segment() = default;
  Segment(const Segment&) = delete;
  Segment& operator=(const Segment&) = delete;

  uint32_t number() const { return number_; }
  uint32_t generation() const { return generation_; }
  Position first() const { return first_; }

  const Run& run(uint32_t local) const { return runs_[uint64_t{local} >> run_log2_]; }
  uint32_t in_run(uint32_t local) const {
    return static_cast<uint32_t>(local & ((uint64_t{1} << run_log2_) - 1));
  }
  uint32_t run_entries() const { return run_log2_ >= 32 ? UINT32_MAX : uint32_t{1} << run_log2_; }
  Entry entry(uint32_t local) const;
  uint32_t previous(uint32_t local) const { return run(local).previous[in_run(local)]; }
  uint64_t id_hash(uint32_t local) const { return run(local).id_hash[in_run(local)]; }
  // Lets the processor fetch the columns of an entry that a page reads.
  void prefetch_columns(uint32_t local) const {
    const Run& columns = run(local);
    const uint32_t i = in_run(local);
    __builtin_prefetch(columns.flags + i);
    __builtin_prefetch(columns.previous + i);
    __builtin_prefetch(columns.object + i);
    __builtin_prefetch(columns.offset + i);
    __builtin_prefetch(columns.length + i);
    __builtin_prefetch(columns.mark_set + i);
    __builtin_prefetch(columns.collection + i);
    __builtin_prefetch(columns.type + i);
  }
  // Lets it fetch what bytes() will read, and the first of what it gives.
  void prefetch(uint32_t local) const {
    constexpr size_t kLine = 64, kAhead = 1024;
    const char* const frame = data() + run(local).offset[in_run(local)];
    for (size_t at = 0; at < kAhead; at += kLine) __builtin_prefetch(frame + at);
  }
  // Asks for the frame of an object entry to be read from the disk.
  void will_need(uint32_t local) const;
  // The bytes of an object entry; empty for others.
  std::string_view bytes(uint32_t local) const;
  // The references of an object entry, copied from its frame; none for others.
  std::vector<uint64_t> references(uint32_t local) const;

  // Local number of the newest entry with that id hash, or kNoRow.
  uint32_t newest(uint64_t id_hash) const {
    return ids_->find(id_hash, [&](uint32_t row) {
      return row < bounds_.entries && this->id_hash(row) == id_hash;
    });
  }
  uint32_t newest_reference(uint64_t target) const {
    return targets_->find(target, [&](uint32_t row) {
      return row < bounds_.references && references_[row].target == target;
    });
  }
  uint32_t newest_control(ControlKind kind, uint64_t key) const {
    return keys_->find(control_hash(kind, key), [&](uint32_t row) {
      return row < bounds_.controls && controls_[row].key == key && controls_[row].kind == kind;
    });
  }
  const ReferenceRow& reference(uint32_t row) const { return references_[row]; }
  const ControlRow& control_row(uint32_t row) const { return controls_[row]; }
  Control control(uint32_t row) const;
  // Whether the record's frame passes its checksum.
  bool control_is_whole(uint32_t row, const FrameKey& key) const;
  const BatchInfo& batch(uint32_t row) const { return batches_[row]; }

  // The segment file. What is past its end may not be touched.
  const char* data() const { return data_->data(); }
  size_t mapped_bytes() const { return data_->size(); }

  const Table& ids() const { return *ids_; }
  const Table& targets() const { return *targets_; }
  const Table& keys() const { return *keys_; }

 protected:
  Segment(uint32_t number, uint32_t generation, Position first, unsigned run_log2,
          std::shared_ptr<const Mapping> data)
      : number_(number),
        generation_(generation),
        first_(first),
        run_log2_(run_log2),
        data_(std::move(data)) {}

  const Run* runs_ = nullptr;
  Counts bounds_{UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX};  // of rows that exist
  std::unique_ptr<Table> ids_;
  std::unique_ptr<Table> targets_;
  std::unique_ptr<Table> keys_;
  Rows<ReferenceRow> references_;
  Rows<ControlRow> controls_;
  Rows<BatchInfo> batches_;

 private:
  uint32_t number_;
  uint32_t generation_;
  Position first_;
  unsigned run_log2_;
  std::shared_ptr<const Mapping>
      data_;  // shared with the segment that takes this one's place once it has an index
};

// The segment that is being written. Rows are first staged, where no reader sees them, then
// published or taken back. One writer.
class GrowingSegment final : public Segment {
 public:
  // `bytes_max`: how long the file can become.
  GrowingSegment(uint32_t number, uint32_t generation, Position first, uint64_t bytes_max,
                 std::shared_ptr<const Mapping> data);
  ~GrowingSegment() override;

  void stage(const Entry& entry, uint32_t offset, uint32_t length,
             std::span<const uint64_t> references);
  void stage_control(const Control& control, uint32_t offset, uint32_t length);
  void stage_batch(const BatchInfo& batch);
  const Counts& staged() const { return staged_; }
  const Counts& published() const { return published_; }
  // Back to earlier counts, not below what was published.
  void unstage(const Counts& counts);
  // Enters all that is staged into the tables.
  void publish();
  // For recovery: the tick of staged control records, once their commit was read, and columns that
  // it mends.
  void set_staged_ticks(int64_t tick_ms);
  void mend_previous(uint32_t local, Position previous);

 private:
  struct Chunk;
  static constexpr unsigned kChunkLog2 = 12;
  std::vector<std::unique_ptr<Chunk>> chunks_;
  std::unique_ptr<Run[]> run_store_;
  size_t chunks_max_;
  Counts staged_;
  Counts published_;
};

}  // namespace entente::store
