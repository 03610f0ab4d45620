// Mark-sets are decided in the order of the depth of their markings, so that what a marking itself lets is known
// where it is asked for.
#include "exchange/decisions.h"

#include <algorithm>

namespace entente::exchange {

using release::Timeline;

std::optional<uint8_t> Admission::edition_before(int64_t end_ms,
                                                 const release::MarkSet& marks) const {
  uint8_t hidden = cut;
  for (size_t part = 0; part < marks.parts.size(); ++part) {
    if (part_ms[part] >= end_ms) hidden = static_cast<uint8_t>(hidden | 1u << part);
  }
  return marks.edition_for(hidden);
}

int64_t Admission::since_before_ms(int64_t end_ms, const release::MarkSet& marks) const {
  const auto edition = edition_before(end_ms, marks);
  if (!edition) return INT64_MAX;
  const uint8_t gone = marks.gone_parts(*edition);
  int64_t out_ms = whole_ms;
  for (size_t part = 0; part < marks.parts.size(); ++part) {
    if ((gone >> part & 1) == 0) out_ms = std::max(out_ms, part_ms[part]);
  }
  return out_ms;
}

// One run of decide().
class Decisions::Deciding {
 public:
  Deciding(Decisions& out, const release::AtomTable& table,
           const std::vector<CompiledMarks>& compiled, const ActsByEntry& acts, const State& state,
           const store::Snapshot& snapshot)
      : out_(out),
        compiled_(compiled),
        acts_(acts),
        state_(state),
        snapshot_(snapshot),
        timeline_(table, *state.directory, *state.party_sets, out.reader_, out.now_ms_) {}

  void run() {
    const size_t first = out_.answers_.size();
    const size_t end = state_.mark_sets->size();
    out_.answers_.resize(end, Answer::kNo);
    for (uint8_t depth = 0; depth <= kMarkingDepthMax + 1; ++depth) {
      for (size_t i = first; i < end; ++i) {
        if (compiled_[i].depth == depth) decide(static_cast<release::MarkSetNumber>(i));
      }
      decide_acts(depth);
    }
    out_.next_change_ms_ = std::min(out_.next_change_ms_, timeline_.next_change_ms());
  }

 private:
  // What holds for one scope, and since when it can hold at the earliest.
  struct Scope {
    std::vector<Timeline::Interval> intervals;
    int64_t earliest_ms = INT64_MIN;
    std::optional<size_t> option;  // whose markings count for the reader
    bool is_originator = false;
    const Timeline::Interval& at(int64_t released_ms) const {
      const auto after = std::ranges::upper_bound(intervals, released_ms, {},
                                                  &Timeline::Interval::released_from_ms);
      return after == intervals.begin() ? intervals.front() : *std::prev(after);
    }
  };

  Scope scope_of(const CompiledScope& compiled) const {
    Scope scope;
    // Its originator never waits for a marking.
    scope.intervals = timeline_.intervals(compiled.closed);
    scope.is_originator = scope.intervals.size() == 1 && scope.intervals.front().reads;
    if (scope.is_originator) return scope;
    for (size_t i = 0; i < compiled.options.size(); ++i) {
      const CompiledScope::Option& option = compiled.options[i];
      int64_t earliest_ms = INT64_MIN;
      const bool counts = std::ranges::all_of(option.markings, [&](const auto& marking) {
        return out_.reads_marking(marking, state_, &earliest_ms);
      });
      if (!counts) {
        scope.earliest_ms = std::max(scope.earliest_ms, kept_out_until_ms(option));
        continue;
      }
      scope.intervals = timeline_.intervals(option.atom);
      scope.earliest_ms = std::max(scope.earliest_ms, earliest_ms);
      scope.option = i;
      break;
    }
    return scope;
  }

  // Until when an option that does not count for the reader did, and kept it out; INT64_MIN: it never did.
  int64_t kept_out_until_ms(const CompiledScope::Option& option) const {
    const auto intervals = timeline_.intervals(option.atom);
    if (intervals.size() == 1 && intervals.front().reads) return INT64_MIN;
    int64_t out = INT64_MAX;
    for (const auto& marking : option.markings) {
      int64_t since_ms = INT64_MIN;
      if (!out_.reads_marking(marking, state_, &since_ms))
        out = std::min(out, unread_since_ms(marking));
    }
    return out;
  }

  // Since when the reader has not read a marking any more; INT64_MIN: it never did, or the marking was gone before.
  // Found once for each entry: many objects carry it.
  int64_t unread_since_ms(const release::KnownMarkings::Counting& marking) const {
    const auto known = unread_since_ms_.find(marking.seen->entry);
    if (known != unread_since_ms_.end()) return known->second;
    if (marking.seen->mark_set >= compiled_.size()) return INT64_MIN;
    if (!out_.restriction_.lets_into((*state_.mark_sets)[marking.seen->mark_set].collection))
      return INT64_MIN;
    const CompiledMarks& compiled = compiled_[marking.seen->mark_set];
    int64_t out = read_until_ms(compiled.whole, marking.seen->tick_ms);
    for (const CompiledScope& part : compiled.parts)
      out = std::min(out, read_until_ms(part, marking.seen->tick_ms));
    const auto acts = acts_.find(marking.seen->entry);
    if (out == INT64_MAX && acts != acts_.end()) out = acts->second.acts.back().tick_ms;
    if (out == INT64_MAX) out = INT64_MIN;
    unread_since_ms_.emplace(marking.seen->entry, out);
    return out;
  }

  // Until when the reader read what was released then and is so marked; INT64_MAX: until now, INT64_MIN: never. Each
  // choice of definitions decided as long as its definitions were read and no earlier choice did.
  int64_t read_until_ms(const CompiledScope& compiled, int64_t released_ms) const {
    const Scope scope = scope_of(compiled);
    if (scope.at(released_ms).reads) return INT64_MAX;
    int64_t out = INT64_MIN;
    for (size_t i = 0; i < compiled.options.size(); ++i) {
      const CompiledScope::Option& option = compiled.options[i];
      int64_t from_ms = INT64_MIN, until_ms = INT64_MAX;
      for (const auto& marking : option.markings) {
        if (!out_.reads_marking(marking, state_, &from_ms))
          until_ms = std::min(until_ms, unread_since_ms(marking));
      }
      if (scope.option && i > *scope.option) until_ms = std::min(until_ms, scope.earliest_ms);
      Scope chosen;
      chosen.intervals = timeline_.intervals(option.atom);
      const Timeline::Interval& lets = chosen.at(released_ms);
      if (lets.reads) {
        from_ms = std::max(from_ms, lets.since_ms);
      } else {
        until_ms = std::min(until_ms, lets.since_ms);
      }
      if (from_ms < until_ms) out = std::max(out, until_ms);
    }
    return out;
  }

  // Entries that acts are about are decided one by one, after the mark-sets of their depth.
  void decide_acts(uint8_t depth) {
    for (const auto& [position, compiled] : acts_) {
      if (position >= snapshot_.end() || compiled_[compiled.mark_set].depth != depth) continue;
      std::optional<Admission> taken;
      std::optional<Admission> admission = decide_acts(position, compiled, &taken);
      if (admission) {
        admission->late_before = position_of(admission->since_ms) > position ? position + 1 : 0;
        out_.late_end_ = std::max(out_.late_end_, admission->late_before);
        out_.has_cuts_ |= admission->cut != 0;
      }
      out_.by_acts_[position] = {compiled.mark_set, admission, admission ? std::nullopt : taken};
      Answer& answer = out_.answers_[compiled.mark_set];
      if (answer == Answer::kYes) out_.admissions_[compiled.mark_set] = {Admission()};
      answer = Answer::kPartly;
    }
  }

  std::optional<Admission> decide_acts(store::Position position, const CompiledActs& compiled,
                                       std::optional<Admission>* taken) const {
    const CompiledMarks& marks = compiled_[compiled.mark_set];
    const int64_t released_ms = snapshot_.batch_of(position).tick_ms;
    const Scope whole = scope_of(marks.whole);
    Timeline::Interval now = whole.at(released_ms);
    now.since_ms = std::max(now.since_ms, whole.earliest_ms);
    std::vector<Scope> parts;
    for (const CompiledScope& part : marks.parts) parts.push_back(scope_of(part));
    const auto admitted = [&]() -> std::optional<Admission> {
      Admission one;
      one.released_from_ms = released_ms;
      one.from = position;
      one.until = position + 1;
      const release::MarkSet& marked = (*state_.mark_sets)[compiled.mark_set];
      return admit_parts(now, parts, marked, &one) ? std::optional(one) : std::nullopt;
    };
    for (const CompiledActs::One& act : compiled.acts) {
      if (!whole.option) break;  // its originator, or nobody whom an act may concern
      Scope of_act;
      of_act.intervals = timeline_.intervals(act.atoms[*whole.option]);
      const Timeline::Interval& lets = of_act.at(act.tick_ms);
      if (act.kind == ReleaseStatement::Kind::kNarrow) {
        const bool was_seen = now.reads && std::max(now.since_ms, released_ms) < act.tick_ms;
        if (was_seen && !lets.reads) *taken = admitted();
        now.reads = now.reads && lets.reads;
        if (lets.since_ms > act.tick_ms) now.since_ms = std::max(now.since_ms, lets.since_ms);
      } else if (!now.reads && lets.reads) {
        now.reads = true;
        now.since_ms = std::max({lets.since_ms, act.tick_ms, whole.earliest_ms});
      }
    }
    return now.reads ? admitted() : std::nullopt;
  }

  store::Position position_of(int64_t released_ms) const {
    if (released_ms == INT64_MIN) return 0;
    return released_ms <= out_.now_ms_ ? snapshot_.first_at_tick(released_ms) : store::kNone;
  }

  void decide(release::MarkSetNumber number) {
    const CompiledMarks& compiled = compiled_[number];
    const release::MarkSet& marks = (*state_.mark_sets)[number];
    const Scope whole = scope_of(compiled.whole);
    if (whole.intervals.size() == 1 && !whole.intervals.front().reads) return;
    std::vector<Scope> parts;
    std::vector<int64_t> bounds;
    const auto note_bounds = [&](const Scope& scope) {
      for (const auto& interval : scope.intervals) bounds.push_back(interval.released_from_ms);
    };
    note_bounds(whole);
    for (const CompiledScope& part : compiled.parts) {
      parts.push_back(scope_of(part));
      note_bounds(parts.back());
    }
    std::ranges::sort(bounds);
    bounds.erase(std::ranges::unique(bounds).begin(), bounds.end());
    std::vector<Admission> admissions;
    for (size_t i = 0; i < bounds.size(); ++i) {
      Admission one;
      one.released_from_ms = bounds[i];
      one.released_until_ms = i + 1 < bounds.size() ? bounds[i + 1] : INT64_MAX;
      if (admit(whole, parts, marks, &one)) admissions.push_back(one);
    }
    keep(number, std::move(admissions));
  }

  // Since when: of what the reader sees. Since when a part is cut, or may be read where others hide all of it, tells
  // of nothing in the reader's world.
  bool admit(const Scope& whole, const std::vector<Scope>& parts, const release::MarkSet& marks,
             Admission* one) const {
    Timeline::Interval at = whole.at(one->released_from_ms);
    at.since_ms = std::max(at.since_ms, whole.earliest_ms);
    return at.reads && admit_parts(at, parts, marks, one);
  }

  bool admit_parts(const Timeline::Interval& whole, const std::vector<Scope>& parts,
                   const release::MarkSet& marks, Admission* one) const {
    for (size_t part = 0; part < parts.size(); ++part) {
      if (!parts[part].at(one->released_from_ms).reads)
        one->cut = static_cast<uint8_t>(one->cut | 1u << part);
    }
    const auto edition = marks.edition_for(one->cut);
    if (!edition) return false;
    one->cut = *edition;
    one->whole_ms = whole.since_ms;
    for (size_t part = 0; part < parts.size() && part < one->part_ms.size(); ++part) {
      one->part_ms[part] =
          std::max(parts[part].at(one->released_from_ms).since_ms, parts[part].earliest_ms);
    }
    one->since_ms = one->since_before_ms(INT64_MAX, marks);
    return true;
  }

  void keep(release::MarkSetNumber number, std::vector<Admission> admissions) {
    if (admissions.empty()) return;
    for (Admission& one : admissions) {
      one.from = position_of(one.released_from_ms);
      one.until =
          one.released_until_ms == INT64_MAX ? store::kNone : position_of(one.released_until_ms);
      one.late_before = std::min(position_of(one.since_ms), one.until);
    }
    // Mostly a marking comes before what it marks: it limits from some instant on, and no entry is older.
    const store::Position begin = (*state_.mark_set_begins)[number];
    const Admission& first = admissions.front();
    const bool is_simple = admissions.size() == 1 && first.cut == 0 && first.from <= begin &&
                           first.until == store::kNone && first.late_before <= begin;
    out_.answers_[number] = is_simple ? Answer::kYes : Answer::kPartly;
    if (is_simple) return;
    for (const Admission& one : admissions) {
      if (one.late_before > one.from) out_.late_end_ = std::max(out_.late_end_, one.late_before);
      out_.has_cuts_ |= one.cut != 0;
    }
    out_.admissions_.emplace(number, std::move(admissions));
  }

  Decisions& out_;
  const std::vector<CompiledMarks>& compiled_;
  const ActsByEntry& acts_;
  const State& state_;
  const store::Snapshot& snapshot_;
  const Timeline timeline_;
  mutable std::unordered_map<store::Position, int64_t> unread_since_ms_;
};

bool Decisions::reads_marking(const release::KnownMarkings::Counting& marking, const State& state,
                              int64_t* since_ms) const {
  const auto& seen = *marking.seen;
  const Answer its = answer(seen.mark_set);
  if (its == Answer::kNo) return false;
  if (!restriction_.lets_into((*state.mark_sets)[seen.mark_set].collection)) return false;
  int64_t read_ms = INT64_MIN;
  if (its == Answer::kPartly) {
    const Admission* found = admission(seen.mark_set, seen.entry);
    if (found == nullptr || found->cut != 0) return false;
    read_ms = found->since_ms;
  }
  // A marking that was gone before this reader could have seen it marks nothing for this reader.
  const auto gone = withdrawn_ms_->find(seen.entry);
  const release::Party* party = state.directory->party(reader_.party);
  const int64_t made_ms = party == nullptr ? INT64_MAX : party->made_ms;
  const int64_t shown_ms = std::max({seen.tick_ms, read_ms, made_ms});
  if (gone != withdrawn_ms_->end() && gone->second <= shown_ms) return false;
  *since_ms = std::max({*since_ms, marking.since_ms, read_ms});
  return true;
}

void Decisions::decide(Atoms& atoms, const State& state, const store::Snapshot& snapshot,
                       int64_t now_ms) {
  if (answers_.size() >= state.mark_sets->size()) return;
  now_ms_ = std::max(now_ms, state.tick_ms);
  atoms.with(state, [&](const release::AtomTable& table, const std::vector<CompiledMarks>& compiled,
                        const ActsByEntry& acts) {
    Deciding(*this, table, compiled, acts, state, snapshot).run();
  });
}

std::vector<Decisions::Answer> Decisions::answers_within(store::Position begin,
                                                         store::Position end) const {
  std::vector<Answer> out = answers_;
  // For few entries it is cheaper to look each up.
  if (end - begin < admissions_.size()) return out;
  for (const auto& [number, admissions] : admissions_) {
    const auto meets = [&](const Admission& one) { return one.from < end && begin < one.until; };
    const auto first = std::ranges::find_if(admissions, meets);
    if (first == admissions.end()) {
      out[number] = Answer::kNo;
    } else if (first->from <= begin && end <= first->until) {
      out[number] = Answer::kYes;
    }
  }
  for (auto one = by_acts_.lower_bound(begin); one != by_acts_.end() && one->first < end; ++one)
    out[one->second.mark_set] = Answer::kPartly;
  return out;
}

const Admission* Decisions::taken(store::Position position) const {
  const auto found = by_acts_.find(position);
  return found != by_acts_.end() && found->second.taken ? &*found->second.taken : nullptr;
}

std::span<const Admission> Decisions::of(release::MarkSetNumber number) const {
  const auto found = admissions_.find(number);
  return found == admissions_.end() ? std::span<const Admission>() : found->second;
}

const Admission* Decisions::admission(release::MarkSetNumber number,
                                      store::Position position) const {
  static const Admission kAll;
  switch (answer(number)) {
    case Answer::kNo:
      return nullptr;
    case Answer::kYes:
      return &kAll;
    case Answer::kPartly:
      if (const auto found = by_acts_.find(position); found != by_acts_.end())
        return found->second.admission ? &*found->second.admission : nullptr;
      for (const Admission& one : of(number)) {
        if (one.covers(position)) return &one;
      }
      return nullptr;
  }
  return nullptr;
}

}  // namespace entente::exchange
