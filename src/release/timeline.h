// Since when: not only whether a reader reads an atom now, but since when that has been so without a
// break, for every date of release; and when time alone will next change it. This dates what enters
// a reader's world late. [DESIGN: section 4]
//
//   Timeline timeline(atoms, directory, party_sets, reader, now_ms);
//   for (const Timeline::Interval& interval : timeline.intervals(atom)) ...
//
// What was so at a past instant is judged by what was known then: a membership that is recorded
// today and dated back to last year opens what it opens today, so that no entry is ever dated before
// the tick that made it visible. Pass as now_ms an instant that is not before the last tick and
// never goes back.
//
// Cost: a Resolved for each tick and date that concerns the reader (few), of which only the first is made whole; an
// atom none of whose lists, classifications and collections means something else at any of them is asked once.
// Borrows everything given. Immutable: share it between threads.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "release/resolved.h"

namespace entente::release {

class Timeline {
 public:
  // Atoms released in [released_from_ms, released_until_ms).
  struct Interval {
    int64_t released_from_ms = INT64_MIN;
    int64_t released_until_ms = INT64_MAX;
    bool reads = false;
    int64_t since_ms = INT64_MIN;  // INT64_MIN: ever since the reader's party was made
    friend bool operator==(const Interval&, const Interval&) = default;
  };

  Timeline(const AtomTable& atoms, const Directory& directory,
           const std::vector<PartySet>& party_sets, const Reader& reader, int64_t now_ms);

  bool reads(AtomNumber atom, int64_t released_ms) const {
    return past_.back().resolved.reads(atom, released_ms, now_ms_);
  }
  // What holds now, for all dates of release, rising: neighbours differ.
  std::vector<Interval> intervals(AtomNumber atom) const;
  // The first instant after now at which time alone changes the answer for some date of release, if
  // nothing more is recorded; INT64_MAX: none.
  int64_t next_change_ms(AtomNumber atom) const;
  // The least of that of all atoms, or an instant before it.
  int64_t next_change_ms() const { return next_ms_; }

 private:
  // Between from_ms and the next span's, only embargoes change.
  struct Stretch {
    int64_t from_ms;
    Resolved resolved;
  };
  // Bit n: with the n-th stretch of past_ something changed; the last bit stands for all stretches from there on.
  using Changes = uint64_t;
  static constexpr size_t kLastBit = 63;
  static bool may_change(Changes changes, size_t stretch) {
    return (changes >> std::min(stretch, kLastBit) & 1) != 0;
  }
  void note_changes(const Resolved& resolved, size_t stretch);
  Changes changes_of(AtomNumber atom) const;
  const Resolved& at(const std::vector<Stretch>& stretches, int64_t ms) const;
  std::vector<int64_t> releases(AtomNumber atom, Changes changes) const;
  Interval interval(AtomNumber atom, int64_t released_ms, Changes changes) const;

  const AtomTable* atoms_;
  int64_t now_ms_;
  int64_t next_ms_ = INT64_MAX;
  Changes all_changed_ = 0;
  std::vector<Changes> list_sets_changed_;  // index: the number in the AtomTable
  std::vector<Changes> settings_changed_;
  std::vector<Stretch> past_;    // up to now, rising; the first is the beginning
  std::vector<Stretch> future_;  // after now, rising
};

}  // namespace entente::release
