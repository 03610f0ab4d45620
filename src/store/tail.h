// The writing end of the journal: frames go through a buffer into the last segment, new segments are begun, batches are
// closed and made durable, and everything can be taken back to the last commit.
//
// For the writer thread alone. After the first error nothing more is written until roll_back().
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/core.h"
#include "store/seal.h"
#include "store/segment.h"

namespace entente::store {

class Tail {
 public:
  // Where writing goes on: what recovery found.
  struct Resume {
    std::shared_ptr<GrowingSegment> segment;  // shared with the published state
    std::unique_ptr<File> file;
    uint64_t offset = 0;  // of the next frame; the file ends here
    Digest link{};
    int64_t last_tick_ms = 0;
    Position batches_end = 0;
  };
  Tail(Core& core, Resume resume);

  struct Open {
    std::shared_ptr<GrowingSegment> segment;  // shared with the state that publishes it
    std::unique_ptr<File> file;
    uint64_t bytes = 0;  // its length, once it is closed
  };
  struct Savepoint {
    size_t segments = 0;
    uint64_t offset = 0;
    Counts counts;
    Digest link{};
    uint32_t records = 0;
    bool failed = false;
  };

  // The tick of the batch that is being made.
  void set_tick(int64_t tick_ms) { tick_ms_ = tick_ms; }
  Position next_position() const {
    const GrowingSegment& last = *open_.back().segment;
    return last.first() + last.staged().entries;
  }
  Position add_object(Entry entry, const Sealed& sealed);
  // `references` are the object's.
  Position add_membership(Entry entry, std::span<const uint64_t> references);
  void add_control(ControlKind kind, uint64_t key, std::string_view bytes);
  // Ends the segment, so that the next record begins another.
  void roll();

  Savepoint savepoint() const;
  void undo_to(const Savepoint& savepoint);
  // Writes out what is in the buffer, so that it can be read from the mapping.
  void flush();
  // The segment of an entry of the batch that is being made.
  const GrowingSegment& segment_of(Position position) const;
  bool buffered(Position position) const;

  uint32_t records() const { return records_; }
  uint64_t batch_bytes() const { return batch_bytes_; }
  const std::optional<Error>& failure() const { return failure_; }
  bool sync_failed() const { return sync_failed_; }

  // Closes the batch and makes it durable; failure() tells if it could not. Nothing is published.
  void commit();
  // The batch's segments: all but the last are closed. Valid from commit() until finish().
  const std::vector<Open>& open_segments() const { return open_; }
  // After publication: the batch cannot be taken back any more.
  void finish();
  // Between batches: closes the segment and begins another, durably; failure() tells if it could not. Then settle().
  void seal();
  void settle();
  // Takes the whole batch back, on the disk too. False if the disk did not let it.
  bool roll_back();

  uint64_t offset() const { return buffer_offset_ + buffer_.size(); }
  int64_t last_tick_ms() const { return last_tick_ms_; }
  Position batches_end() const { return batches_end_; }
  Position batch_first() const { return batch_first_; }

 private:
  void make_room(uint64_t length);
  void begin_segment();
  Result<void> cut_file(uint64_t bytes);
  // Gives the frame at the end of the buffer its length and checksum.
  void seal_frame(size_t start);
  void fail_with(Error error, const char* doing);
  void stage(const Entry& entry, uint64_t offset, uint32_t length,
             std::span<const uint64_t> references);

  Core& core_;
  BufferedRandom random_;
  std::vector<Open> open_;
  std::string buffer_;
  uint64_t buffer_offset_ = 0;  // in the last segment
  Digest link_{};
  uint32_t records_ = 0;
  uint64_t batch_bytes_ = 0;
  int64_t tick_ms_ = 0;
  int64_t last_tick_ms_ = 0;
  Position batches_end_ = 0;
  Position batch_first_ = 0;
  CommitBody committed_body_;
  uint64_t commit_offset_ = 0;
  Savepoint committed_;
  std::optional<Error> failure_;
  bool sync_failed_ = false;
  bool ragged_ = false;  // the file may be longer than what was written to it whole
};

}  // namespace entente::store
