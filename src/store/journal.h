// The journal: the append-only, hash-chained truth of a node, and the row of immutable indexes
// beside it.
//
//   auto journal = TRY(Journal::open(files, "data/journal", options));
//   journal->append(std::make_unique<MyPlan>(...));   // any thread; answered after fdatasync
//   Snapshot now = journal->snapshot();               // any thread; never blocks, never changes
//   now.bytes(world, position);
//
// Entries. A record of an object is an entry; a further membership of that object in another
// collection is an entry too. Entries are numbered from 0 over the whole journal: a Position.
// Control records (directory, mark-sets, statuses, ...) are not entries; the store keeps their
// order and finds them, and does not know what they mean.
//
// Batches. Whatever waits is planned one after the other on the writer thread, written, closed by
// one commit record with one tick, made durable by one fdatasync, published, and only then
// answered. A batch is visible whole or not at all.
//
// Threads. append, snapshot and the const functions are for any thread; plans run on the journal's
// own writer thread.
// Ownership. A Snapshot keeps alive every mapping that its string_views point into.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "base/random.h"
#include "base/result.h"
#include "release/world.h"
#include "store/files.h"

namespace entente::store {

using Position = uint32_t;
inline constexpr Position kNone = UINT32_MAX;

enum Flag : uint16_t {
  kAttested = 1,      // the submitter is the claimed creator's party
  kMembership = 2,    // an entry that puts an earlier record into a further collection
  kRevoked = 4,       // the object says so of itself
  kSpec20 = 8,        // a STIX 2.0 object
  kUnversioned = 16,  // neither `modified` nor `created`: version_ns is the tick of its batch
  // Set by the store alone, never by a plan:
  kErased = 0x4000,  // its content was erased: bytes() is empty
  kDamaged =
      0x8000,  // its record was destroyed on the disk: all other columns are 0, bytes() is empty
};

// The fixed columns of an entry.
struct Entry {
  uint64_t id_hash = 0;       // Journal::hash of the object's id
  int64_t version_ns = 0;     // `modified`, else `created`, else the batch's tick
  uint64_t content_hash = 0;  // Journal::hash of the bytes
  Position object = kNone;    // of its record: itself, or the earlier entry a membership refers to
                              // (set by the store)
  Position previous = kNone;  // the entry before it with the same id_hash (set by the store)
  uint32_t mark_set = 0;
  uint16_t type = 0;
  uint16_t collection = 0;  // 0: in no collection
  uint16_t submitter = 0;
  uint16_t flags = 0;
};

// A salt and the commitment to what it covers: SHA-256(salt, references, bytes). Made before the
// writer thread is asked.
struct Sealed {
  std::array<uint8_t, 16> salt{};
  Digest commitment{};
  std::string_view bytes;                // the object as it came
  std::span<const uint64_t> references;  // Journal::hash of each identifier it refers to
};
Sealed seal(std::string_view bytes, std::span<const uint64_t> references, Random& random);

// Kinds of control records. Those below kFoldedBelow are replayed at every start, in order; the
// others are only found by key.
using ControlKind = uint8_t;
inline constexpr ControlKind kFoldedBelow = 128;

struct Control {
  ControlKind kind = 0;
  uint64_t key = 0;  // Journal::hash of what it is found by, or 0
  std::string_view bytes;
  int64_t tick_ms = 0;    // of its batch
  Position position = 0;  // entries before it in the journal
};

// What a plan may see and do while it is the writer's turn.
class Plan {
 public:
  virtual ~Plan() = default;
  virtual Position next_position() const = 0;
  virtual int64_t tick_ms() const = 0;  // of the batch being made
  // The newest entry with that id hash, those of this batch included; kNone if there is none.
  virtual Position find(uint64_t id_hash) const = 0;
  // find() will be asked for it soon.
  virtual void expect(uint64_t id_hash) const = 0;
  virtual Entry entry(Position position) const = 0;  // any, those of this batch included
  virtual std::string_view bytes(
      Position position) const = 0;  // of entries added by earlier plans or batches
  virtual Position add_object(const Entry& entry, const Sealed& sealed) = 0;
  virtual Position add_membership(const Entry& entry, Position object) = 0;
  virtual void add_control(ControlKind kind, uint64_t key, std::string_view bytes) = 0;
};

struct Committed {
  int64_t tick_ms = 0;
  Position first = 0;  // of the batch (which may hold other plans' entries too)
  Position end = 0;
};

// Work for the writer thread. One Append is atomic. The object lives until done() returns.
class Append {
 public:
  virtual ~Append() = default;
  // Adds what is to be added; an error undoes what this plan added and nothing else. Called until
  // it returns false (nothing more to add): a large append works in steps, so that memory stays
  // bounded.
  virtual Result<bool> plan(Plan& plan) = 0;
  // Called on the writer thread when the batch is durable and about to be visible, in order of
  // planning, before any done() of the batch: the place to fold what was added into views.
  virtual void commit(const Committed& committed) = 0;
  // The outcome, once, after publication. kUnavailable: it could not be made durable and nothing of
  // it was kept.
  virtual void done(Result<Committed> outcome) = 0;
  // Bytes it holds, for limits::kWriteQueueBytesMax.
  virtual size_t size_bytes() const = 0;
};

struct BatchInfo {
  Position first = 0;
  Position end = 0;
  int64_t tick_ms = 0;
};

// One segment's columns as spans, for building views (worlds, types) by scan. Index 0 is position
// `first`.
struct ColumnSpans {
  Position first = 0;
  uint32_t count = 0;
  // Runs of at most this many entries; a sealed segment is one run.
  const uint32_t* mark_set = nullptr;
  const uint16_t* type = nullptr;
  const uint16_t* collection = nullptr;
  const uint16_t* submitter = nullptr;
  const uint16_t* flags = nullptr;
};

// What the journal held at one moment. Cheap to copy. Functions that show anything take the
// reader's World.
class Snapshot {
 public:
  struct State;
  explicit Snapshot(std::shared_ptr<const State> state) : state_(std::move(state)) {}

  Position end() const;  // number of entries
  int64_t last_tick_ms() const;

  // Columns of an entry. CHECKs that the world contains it.
  Entry entry(const release::World& world, Position position) const;
  // The object's bytes, of memberships too. CHECKs that the world contains it. Empty if erased.
  std::string_view bytes(const release::World& world, Position position) const;
  // The newest entry of the world with that id hash, or kNone. Continue with older().
  Position newest(const release::World& world, uint64_t id_hash) const;
  Position older(const release::World& world, Position position) const;
  // False only if no entry with the same id hash follows it in the journal: the cheap way out of
  // walking chains.
  bool may_have_newer(Position position) const;
  // Calls visit(position) for each entry of the world that refers to the target, newest first,
  // until it returns false.
  void referring(const release::World& world, uint64_t target_hash,
                 const std::function<bool(Position)>& visit) const;

  // Order of time; of no content. The batch that holds the position.
  BatchInfo batch_of(Position position) const;
  // First position whose batch has a tick at or past it; end() if there is none.
  Position first_at_tick(int64_t tick_ms) const;

  // For views alone: every column run that overlaps [begin, end), in order, clipped to it.
  void scan_columns_for_views(Position begin, Position end,
                              const std::function<void(const ColumnSpans&)>& visit) const;
  Entry entry_for_views(Position position) const;
  // Some of its fields alone, where entries are many and their columns may be cold.
  Position previous_for_views(Position position) const;
  uint16_t flags_for_views(Position position) const;
  uint32_t mark_set_for_views(Position position) const;
  Position object_for_views(Position position) const;
  std::pair<uint16_t, uint16_t> collection_and_type_for_views(Position position) const;
  // Lets the processor fetch the columns that a page reads of an entry; nothing past the end.
  void prefetch_columns_for_views(Position position) const;
  std::string_view bytes_for_views(Position position) const;
  // The bytes of each, in order: memory is fetched ahead, where one by one each would wait for it.
  void bytes_for_views(std::span<const Position> positions,
                       std::vector<std::string_view>* out) const;
  Position newest_for_views(uint64_t id_hash) const;

  // The newest control record of that kind and key. The views stay valid while the snapshot lives.
  std::optional<Control> find_control(ControlKind kind, uint64_t key) const;
  // What the mappings of these bytes hang on, for responses that are sent without copying.
  std::shared_ptr<const void> owner() const { return state_; }

 private:
  std::shared_ptr<const State> state_;
};

struct Options {
  const Clock* clock = nullptr;
  Random* random = nullptr;
  size_t segment_bytes = 0;  // 0: limits::kSegmentBytes
  // Called on the opening thread for each folded control record, in order, before open() returns.
  std::function<void(const Control&)> fold;
};

// What open() found and did.
struct Recovery {
  uint64_t cut_bytes = 0;  // beyond the last commit: never acknowledged
  std::vector<std::string>
      quarantined;  // damage before it: named segment and byte range, kept aside, not cut
  std::vector<std::string> rebuilt;  // indexes that were missing or damaged and were made anew
};

struct VerifyReport {
  uint64_t records = 0;  // entries and control records checked
  std::vector<std::string> problems;
};

struct JournalStats {
  uint64_t entries = 0;
  uint64_t bytes = 0;  // of all segments
  uint32_t segments = 0;
  uint64_t batches = 0;
  int64_t last_tick_ms = 0;
  bool writable = true;  // false after a failed sync: reads go on, writes are refused until restart
  uint64_t queued_bytes = 0;
};

class Journal {
 public:
  // Opens or creates. One process at a time: kConflict if another holds the directory's lock.
  static Result<std::unique_ptr<Journal>> open(Files& files, const std::string& directory,
                                               Options options, Recovery* recovery);
  // Waits for what was queued, then closes.
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  // Queues work; done() is called later, from the writer thread (or from this one if refused at
  // once).
  void append(std::unique_ptr<Append> append);
  // Runs append and waits for its outcome; for callers that have a thread to spare. Not from the
  // writer thread.
  Result<Committed> append_and_wait(std::unique_ptr<Append> append);

  Snapshot snapshot() const;
  JournalStats stats() const;

  // XXH3 keyed by the node's secret: for ids, references, content and control keys.
  uint64_t hash(std::string_view bytes) const;

  // Checks every checksum, the chain and every index against the records. Does not stop at the
  // first problem.
  VerifyReport verify(const std::function<void(uint64_t done, uint64_t total)>& progress) const;

  // Erases what these entries hold, for good: content, salt, content hash and references of their
  // records, for every membership of them too. The chain still verifies; lengths, ids and versions
  // stay. Rewrites each segment concerned, so gather what is to be erased. Snapshots taken before
  // see the old bytes until they die; backups are not touched. kNotFound for a position that does
  // not exist: then nothing is erased. After another error, some may be: ask again.
  // `also`: erases what these control records hold, too; an erased one is found with no bytes.
  // `trace`, if not empty: damaged bytes that hold this text, or a record that was to be erased, are wiped,
  // and copies of damage that hold it are removed.
  using ControlTest = std::function<bool(const Control&)>;
  Result<void> erase(std::span<const Position> positions, const ControlTest& also = {},
                     std::string_view trace = {});

  // Copies the journal as of now into another directory (made if absent), while it is written to.
  // What an earlier backup there already holds whole is not copied again. The copy is complete when
  // this returns without an error.
  Result<void> backup(const std::string& directory) const;

 private:
  class Impl;
  explicit Journal(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Removes every derived index of a closed journal, so that the next open makes them anew.
Result<void> drop_indexes(Files& files, const std::string& directory);

}  // namespace entente::store
