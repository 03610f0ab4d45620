// Worlds: which entries each reader may see, and when each entered, kept as bitmaps that grow with
// the journal.
//
// A reader's sets are built by one scan over the mark-set column with the reader's decisions
// (decisions.h; 3 ms for 5 million entries) and then extended by what is new. A change of the
// directory, of markings, or of what time alone decides builds them anew.
//
// Dates. date_added of an entry for a reader is the tick of its batch in ms, plus its rank among
// that batch's entries in the reader's world as microseconds. Entries that entered the world later
// than their batch (their marking came after them, an embargo ended, the reader joined a group) are dated
// from the instant of that change, a thousand a millisecond, and shown once that time has come; a batch whose own time falls among theirs follows
// them. Dates are therefore unique for a reader and rise in the order of reading, and they are
// functions of the world alone. [DESIGN: section 4]
//
// Threads: any. Results are immutable and shared.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/bitmap.h"
#include "exchange/decisions.h"
#include "exchange/state.h"
#include "release/world.h"
#include "store/journal.h"

namespace entente::exchange {

struct Dated {
  int64_t us = 0;
  store::Position position = 0;
};

// One reader's entries at one snapshot. What was withdrawn is no longer an entry but keeps its
// date, so that the dates of its neighbours stay.
struct ReaderWorld {
  std::shared_ptr<const Bitmap> entries;       // all that is visible now
  std::shared_ptr<const Bitmap> on_time;       // those dated by their batch, withdrawn ones too
  std::vector<Dated> late;                     // the others whose date has come, by date
  std::map<store::Position, int64_t> late_us;  // the same by position
  store::Position late_end = 0;                // behind the last of them
  std::shared_ptr<const Decisions> decisions;  // shared between the worlds of one epoch
};

// A set narrowed to a collection, a type or both; 0 is any.
struct Narrowing {
  uint16_t collection = 0;
  uint16_t type = 0;
  friend auto operator<=>(const Narrowing&, const Narrowing&) = default;
};

class Worlds {
 public:
  // The reader's world as of the snapshot and state, which must belong together.
  std::shared_ptr<const ReaderWorld> world(const Principal& who, const store::Snapshot& snapshot,
                                           const State& state, int64_t now_ms);
  // The reader's world narrowed; members past the snapshot's end must be ignored.
  std::shared_ptr<const Bitmap> narrowed(const Principal& who, Narrowing narrowing,
                                         const ReaderWorld& world, const store::Snapshot& snapshot,
                                         const State& state, int64_t now_ms);

 private:
  // What a set was built from: another value means building anew.
  struct Epoch {
    uint64_t directory = 0;
    uint64_t markings = 0;
    uint64_t acts = 0;
    friend bool operator==(const Epoch&, const Epoch&) = default;
  };
  struct Set {
    std::shared_ptr<const Bitmap> bits;
    store::Position built_to = 0;
    size_t withdrawn_applied = 0;
  };
  struct Reader {
    std::mutex mutex;
    Epoch epoch;
    std::shared_ptr<const Decisions> decisions;
    // As of the epoch's beginning.
    std::shared_ptr<const Decisions::Withdrawals> withdrawn_ms =
        std::make_shared<Decisions::Withdrawals>();
    int64_t late_until_us = INT64_MIN;  // last date that is not by batch
    int64_t reveal_ms = INT64_MAX;      // when the next late entry shows
    std::shared_ptr<const ReaderWorld> world;
    Set all;                       // withdrawn ones too
    size_t withdrawn_applied = 0;  // to world->entries
    bool has_repeated = false;     // entries that `narrowed` may hold and `all` does not
    std::map<Narrowing, Set> narrowed;
  };

  std::shared_ptr<Reader> reader(const Principal& who);
  void refresh(Reader& reader, const Principal& who, const store::Snapshot& snapshot,
               const State& state, int64_t now_ms);
  void decide(Reader& reader, const Principal& who, const store::Snapshot& snapshot,
              const State& state, int64_t now_ms);
  static void drop_never_shown(Reader& reader, release::PartyNumber party,
                               const store::Snapshot& snapshot, const State& state);
  static void drop_repeated(Reader& reader, store::Position from, const store::Snapshot& snapshot,
                            const State& state);
  static bool extend_from_world(const Reader& reader, Narrowing narrowing, Set& set,
                                const store::Snapshot& snapshot);
  static void extend(const Reader& reader, const release::Restriction& restriction,
                     Narrowing narrowing, Set& set, const store::Snapshot& snapshot);
  static void subtract_withdrawn(Set& set, const State& state);
  static std::shared_ptr<ReaderWorld> date_late(Reader& reader, const store::Snapshot& snapshot,
                                                const State& state);
  static void publish(Reader& reader, std::shared_ptr<ReaderWorld> world, const State& state,
                      int64_t now_ms);

  Atoms atoms_;
  std::mutex mutex_;
  // Principals of one party with one restriction see one world.
  std::map<std::pair<release::PartyNumber, release::Restriction>, std::shared_ptr<Reader>> readers_;
};

}  // namespace entente::exchange
