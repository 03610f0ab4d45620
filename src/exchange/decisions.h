// What a reader may read: the answer for each mark-set, decided once and kept until something that
// decides changes.
//
//   Decisions decisions(principal);                    // one per reader and epoch
//   decisions.decide(atoms, state, ..., now_ms);       // those mark-sets that are new
//   for (const Admission& one : decisions.of(mark_set)) ...
//
// An admission says for what was released when (groups may count from release on), with which
// parts cut, and since when this has been so without a break: what was released before then entered
// the reader's world late. [DESIGN: section 4]
//
// A marking counts for a reader only if the reader may read the marking itself, whole, or could before
// it was withdrawn: else what they see would depend on what they do not. For the same reason, where an
// id has several definitions that count (the submitter's own, and authorities'), the first of them
// that the reader may read is the one. Markings of markings are followed to a depth of 4, past which
// nobody but the originator reads.
//
// Threads: they belong to one thread until published, then never change.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/limits.h"
#include "exchange/atoms.h"
#include "exchange/principal.h"
#include "exchange/state.h"
#include "release/timeline.h"
#include "store/journal.h"

namespace entente::exchange {

struct Admission {
  int64_t released_from_ms = INT64_MIN;
  int64_t released_until_ms = INT64_MAX;
  int64_t since_ms = INT64_MIN;
  int64_t whole_ms = INT64_MIN;  // since when something of it shows
  // Since when each part may be read; of those that are cut: any.
  std::array<int64_t, limits::kGranularPartsMax> part_ms{};
  // The same as positions of the journal.
  store::Position from = 0;
  store::Position until = store::kNone;
  store::Position late_before = 0;  // entries before it entered late
  uint8_t cut = 0;                  // bit n: part n is cut

  // What an entry of those marks that was withdrawn at `end_ms` showed at last; nullopt: nothing.
  std::optional<uint8_t> edition_before(int64_t end_ms, const release::MarkSet& marks) const;
  // Since when it had shown that; INT64_MAX: nothing showed by then.
  int64_t since_before_ms(int64_t end_ms, const release::MarkSet& marks) const;
  bool covers(store::Position position) const { return from <= position && position < until; }
};

class Decisions {
 public:
  enum class Answer : uint8_t {
    kNo,
    kYes,
    kPartly
  };  // kYes: whole, whenever released, and never late

  // When entries were withdrawn, by position.
  using Withdrawals = std::unordered_map<store::Position, int64_t>;
  Decisions(const Principal& who, std::shared_ptr<const Withdrawals> withdrawn_ms)
      : reader_{who.party, who.restriction.exercise, who.restriction.clearances},
        restriction_(who.restriction),
        withdrawn_ms_(std::move(withdrawn_ms)) {}

  // Decides the state's mark-sets that were not decided yet.
  void decide(Atoms& atoms, const State& state, const store::Snapshot& snapshot, int64_t now_ms);

  size_t size() const { return answers_.size(); }
  Answer answer(release::MarkSetNumber number) const {
    return number < answers_.size() ? answers_[number] : Answer::kNo;
  }
  // The answers for entries in [begin, end) alone, by mark-set: kPartly only where it is so among them.
  std::vector<Answer> answers_within(store::Position begin, store::Position end) const;
  // Of a mark-set whose answer is kPartly; rising, not overlapping.
  std::span<const Admission> of(release::MarkSetNumber number) const;
  // The one that covers an entry; nullptr: none does. For kYes, one that admits all.
  const Admission* admission(release::MarkSetNumber number, store::Position position) const;
  // Of an entry that an act took from the reader, who had seen it: how it was seen. nullptr: of any other.
  const Admission* taken(store::Position position) const;
  // Whether the reader may read a marking whole, now or before it was withdrawn; raises *since_ms to when
  // it could.
  bool reads_marking(const release::KnownMarkings::Counting& marking, const State& state,
                     int64_t* since_ms) const;
  bool has_late() const { return late_end_ > 0; }
  // Past the last entry that can be late.
  store::Position late_end() const { return late_end_; }
  bool has_cuts() const { return has_cuts_; }
  // The first instant at which time alone may change an answer; INT64_MAX: never.
  int64_t next_change_ms() const { return next_change_ms_; }

 private:
  class Deciding;
  release::Reader reader_;
  release::Restriction restriction_;
  std::shared_ptr<const Withdrawals> withdrawn_ms_;  // shared by the decisions of one epoch
  int64_t now_ms_ = INT64_MIN;
  std::vector<Answer> answers_;
  std::unordered_map<release::MarkSetNumber, std::vector<Admission>> admissions_;
  // Of entries that acts are about, whatever their mark-sets say.
  struct ByActs {
    release::MarkSetNumber mark_set = 0;
    std::optional<Admission> admission;  // nullopt: not admitted
    std::optional<Admission> taken;      // as it was admitted before, if it is no more
  };
  std::map<store::Position, ByActs> by_acts_;
  store::Position late_end_ = 0;
  bool has_cuts_ = false;
  int64_t next_change_ms_ = INT64_MAX;
};

}  // namespace entente::exchange
