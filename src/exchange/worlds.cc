// A state and a snapshot that a request took together may be older than what the cache holds
// (another request was faster). Sets only grow within an epoch, so a newer set serves an older
// snapshot: positions past its end are ignored. An older epoch than the cached one builds the sets
// anew, which is right and rare.
#include "exchange/worlds.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "base/hash.h"
#include "base/limits.h"
#include "exchange/edition.h"

namespace entente::exchange {
namespace {

constexpr uint32_t kScanned = 512;  // entries of a column that are looked at together

bool are_equal(const uint32_t* values, uint32_t count) {
  return std::memcmp(values, values + 1, (count - 1) * sizeof *values) == 0;
}

// When entries were withdrawn.
std::shared_ptr<const Decisions::Withdrawals> withdrawals_of(const State& state) {
  auto out = std::make_shared<Decisions::Withdrawals>();
  for (const Withdrawn& one : *state.withdrawn) out->emplace(one.position, one.tick_ms);
  return out;
}

}  // namespace

std::shared_ptr<Worlds::Reader> Worlds::reader(const Principal& who) {
  std::lock_guard lock(mutex_);
  std::shared_ptr<Reader>& slot = readers_[{who.party, who.restriction}];
  if (!slot) slot = std::make_shared<Reader>();
  return slot;
}

// Takes out of a set that was built anew what was withdrawn before it entered the reader's world: it has no date there.
void Worlds::drop_never_shown(Reader& reader, release::PartyNumber party_number,
                              const store::Snapshot& snapshot, const State& state) {
  const release::Party* party = state.directory->party(party_number);
  const int64_t made_ms = party == nullptr ? INT64_MAX : party->made_ms;
  std::shared_ptr<Bitmap> kept;
  for (const Withdrawn& one : *state.withdrawn) {
    if (one.position >= snapshot.end() || !reader.all.bits->contains(one.position)) continue;
    const uint32_t mark_set = snapshot.entry_for_views(one.position).mark_set;
    const release::MarkSet& marks = (*state.mark_sets)[mark_set];
    const Admission* admission = reader.decisions->admission(mark_set, one.position);
    const int64_t entered_ms = std::max(
        {snapshot.batch_of(one.position).tick_ms, made_ms,
         admission == nullptr ? INT64_MAX : admission->since_before_ms(one.tick_ms, marks)});
    if (entered_ms < one.tick_ms) continue;
    if (!kept) kept = std::make_shared<Bitmap>(*reader.all.bits);
    kept->remove(one.position);
  }
  if (kept) reader.all.bits = std::move(kept);
}

namespace {

// Looks for entries that say to a reader what an older one says: the submitter sent it again to the same
// collection, changing nothing but what is cut. That it was sent again is then nothing that the reader may
// know, as where bytes are repeated. That goes for what an act took from the reader, too: sending it again does not
// bring it back. An entry whose content is erased says nothing.
class Repeats {
 public:
  Repeats(const Bitmap& all, const Decisions& decisions, const store::Snapshot& snapshot,
          const State& state)
      : all_(all), decisions_(decisions), snapshot_(snapshot), state_(state) {}

  // Every entry from the position on that repeats an older one.
  std::vector<store::Position> from(store::Position begin) {
    if (begin > 0) {
      for (Bitmap::Cursor at(all_, begin); !at.done() && at.value() < snapshot_.end(); at.next())
        look_at(at.value());
      return std::move(found_);
    }
    // All: only the ids of which something is cut.
    std::unordered_set<uint64_t> ids;
    snapshot_.scan_columns_for_views(0, snapshot_.end(), [&](const store::ColumnSpans& run) {
      for (uint32_t i = 0; i < run.count; ++i) {
        if (decisions_.answer(run.mark_set[i]) != Decisions::Answer::kPartly) continue;
        const store::Position position = run.first + i;
        if (all_.contains(position) && cut_of(position) != 0)
          ids.insert(snapshot_.entry_for_views(position).id_hash);
      }
    });
    for (const uint64_t id : ids) {
      std::vector<store::Position> chain;
      for (store::Position at = snapshot_.newest_for_views(id); at != store::kNone;
           at = snapshot_.previous_for_views(at)) {
        chain.push_back(at);
      }
      digests_.clear();
      for (auto at = chain.rbegin(); at != chain.rend(); ++at) {
        if (all_.contains(*at)) look_at(*at);
      }
    }
    return std::move(found_);
  }

 private:
  // What the reader gets of an entry, or got of it at last before it was withdrawn: what opens later it never said.
  std::optional<uint8_t> cut_of(store::Position position) {
    const uint32_t mark_set = snapshot_.mark_set_for_views(position);
    const Admission* shown = decisions_.taken(position);
    if (shown == nullptr) shown = decisions_.admission(mark_set, position);
    const auto gone = withdrawn_ms().find(position);
    if (gone == withdrawn_ms().end()) return shown->cut;
    return shown->edition_before(gone->second, (*state_.mark_sets)[mark_set]);
  }

  // Of what the reader gets, made once for each entry: one that comes again and again costs no more. Empty: nothing.
  const std::optional<Digest>& digest_of(store::Position position) {
    const auto [found, is_new] = digests_.try_emplace(position);
    const std::optional<uint8_t> cut = is_new ? cut_of(position) : std::nullopt;
    if (!cut) return found->second;
    std::string_view text = snapshot_.bytes_for_views(position);
    std::string edition;
    if (*cut != 0) {
      append_edition(snapshot_, position, text, *cut, &edition);
      text = edition;
    }
    if (!text.empty()) found->second = sha256({text});
    return found->second;
  }

  void look_at(store::Position position) {
    size_t looked_at = 0;
    for (store::Position older = snapshot_.previous_for_views(position);
         older != store::kNone && looked_at < limits::kRepeatsLookBackMax;
         older = snapshot_.previous_for_views(older), ++looked_at) {
      if (!repeats(older, position)) continue;
      found_.push_back(position);
      is_found_.insert(position);
      return;
    }
  }

  bool repeats(store::Position older, store::Position position) {
    if (is_found_.contains(older)) return false;
    if (!all_.contains(older) && decisions_.taken(older) == nullptr) return false;
    const store::Entry a = snapshot_.entry_for_views(older);
    const store::Entry b = snapshot_.entry_for_views(position);
    // Its version is never cut.
    const bool may = a.submitter == b.submitter && a.collection == b.collection &&
                     a.id_hash == b.id_hash &&
                     (a.version_ns == b.version_ns || (a.flags & store::kUnversioned) != 0);
    if (!may || (cut_of(older) == 0 && cut_of(position) == 0)) return false;
    const auto gone = withdrawn_ms().find(older);
    if (gone != withdrawn_ms().end() && gone->second <= snapshot_.batch_of(position).tick_ms)
      return false;
    const std::optional<Digest> digest = digest_of(position);
    return digest && digest == digest_of(older);
  }

  const Decisions::Withdrawals& withdrawn_ms() {
    if (!withdrawn_ms_) withdrawn_ms_ = withdrawals_of(state_);
    return *withdrawn_ms_;
  }

  const Bitmap& all_;
  const Decisions& decisions_;
  const store::Snapshot& snapshot_;
  const State& state_;
  std::shared_ptr<const Decisions::Withdrawals>
      withdrawn_ms_;  // shared with nobody; made when needed
  std::vector<store::Position> found_;
  std::unordered_set<store::Position> is_found_;
  std::unordered_map<store::Position, std::optional<Digest>> digests_;
};

}  // namespace

// Takes the repeated ones out of what came in from that position on.
void Worlds::drop_repeated(Reader& reader, store::Position from, const store::Snapshot& snapshot,
                           const State& state) {
  if (!reader.decisions->has_cuts()) return;
  const auto repeated = Repeats(*reader.all.bits, *reader.decisions, snapshot, state).from(from);
  if (repeated.empty()) return;
  auto kept = std::make_shared<Bitmap>(*reader.all.bits);
  for (const store::Position position : repeated) kept->remove(position);
  reader.all.bits = std::move(kept);
  reader.has_repeated = true;
}

// Narrows what a reader's world has from set.built_to on, where that is so little that looking at each of it costs less than
// a scan of all columns. False: it is not.
bool Worlds::extend_from_world(const Reader& reader, Narrowing narrowing, Set& set,
                               const store::Snapshot& snapshot) {
  constexpr uint64_t kScannedPerLookup = 64;
  if (narrowing == Narrowing{} || !reader.all.bits || reader.all.built_to < snapshot.end())
    return false;
  const uint64_t members = reader.all.bits->count_in(set.built_to, snapshot.end());
  if (members * kScannedPerLookup > snapshot.end() - set.built_to) return false;
  std::vector<store::Position> within;
  for (Bitmap::Cursor at(*reader.all.bits, set.built_to); !at.done() && at.value() < snapshot.end();
       at.next())
    within.push_back(at.value());
  std::vector<store::Position> found;
  for (size_t i = 0; i < within.size(); ++i) {
    constexpr size_t kAhead = 16;
    if (i + kAhead < within.size()) snapshot.prefetch_columns_for_views(within[i + kAhead]);
    const auto [collection, type] = snapshot.collection_and_type_for_views(within[i]);
    if ((narrowing.collection == 0 || collection == narrowing.collection) &&
        (narrowing.type == 0 || type == narrowing.type))
      found.push_back(within[i]);
  }
  auto bits = set.bits ? std::make_shared<Bitmap>(*set.bits) : std::make_shared<Bitmap>();
  bits->add_many(found.data(), found.size());
  set.bits = std::move(bits);
  set.built_to = snapshot.end();
  return true;
}

void Worlds::extend(const Reader& reader, const release::Restriction& restriction,
                    Narrowing narrowing, Set& set, const store::Snapshot& snapshot) {
  if (set.bits && set.built_to >= snapshot.end()) return;
  if (extend_from_world(reader, narrowing, set, snapshot)) return;
  auto bits = set.bits ? std::make_shared<Bitmap>(*set.bits) : std::make_shared<Bitmap>();
  const std::vector<Decisions::Answer> answers =
      reader.decisions->answers_within(set.built_to, snapshot.end());
  // Most entries are settled by their mark-set alone, without a branch; the few that are left are looked at.
  const auto is_in = [&](const store::ColumnSpans& run, store::Position position) {
    const uint32_t i = position - run.first;
    return restriction.lets_into(run.collection[i]) &&
           (narrowing.collection == 0 || run.collection[i] == narrowing.collection) &&
           (narrowing.type == 0 || run.type[i] == narrowing.type) &&
           (answers[run.mark_set[i]] == Decisions::Answer::kYes ||
            reader.decisions->admission(run.mark_set[i], position) != nullptr);
  };
  const bool is_settled = !restriction.collections && narrowing == Narrowing{} &&
                          std::ranges::find(answers, Decisions::Answer::kPartly) == answers.end();
  std::vector<store::Position> found(kScanned);
  snapshot.scan_columns_for_views(set.built_to, snapshot.end(), [&](const store::ColumnSpans& run) {
    for (uint32_t begin = 0; begin < run.count; begin += kScanned) {
      const uint32_t end = std::min(begin + kScanned, run.count);
      const auto may_read = [&](uint32_t number) {
        return number < answers.size() && answers[number] != Decisions::Answer::kNo;
      };
      // What comes together is mostly marked alike.
      if (!may_read(run.mark_set[begin]) && are_equal(run.mark_set + begin, end - begin)) continue;
      found.resize(kScanned);
      size_t count = 0;
      for (uint32_t i = begin; i < end; ++i) {
        // The columns of what is damaged are lost: nobody's.
        const bool is_whole = (run.flags[i] & store::kDamaged) == 0;
        found[count] = run.first + i;
        count += static_cast<size_t>(may_read(run.mark_set[i]) & is_whole);
      }
      found.resize(count);
      if (!is_settled)
        std::erase_if(found, [&](store::Position position) { return !is_in(run, position); });
      bits->add_many(found.data(), found.size());
    }
  });
  // Compacting walks the whole set: not worth it for each small step.
  constexpr unsigned kCompactLog2 = 16;
  if (!set.bits || set.built_to >> kCompactLog2 != snapshot.end() >> kCompactLog2) bits->compact();
  set.bits = std::move(bits);
  set.built_to = snapshot.end();
}

void Worlds::subtract_withdrawn(Set& set, const State& state) {
  if (set.withdrawn_applied >= state.withdrawn->size()) return;
  auto bits = std::make_shared<Bitmap>(*set.bits);
  for (size_t i = set.withdrawn_applied; i < state.withdrawn->size(); ++i)
    bits->remove((*state.withdrawn)[i].position);
  set.bits = std::move(bits);
  set.withdrawn_applied = state.withdrawn->size();
}

// Walks the reader's batches from the first late change on and dates, one by one, what its batch
// alone does not date.
std::shared_ptr<ReaderWorld> Worlds::date_late(Reader& reader, const store::Snapshot& snapshot,
                                               const State& state) {
  auto world = std::make_shared<ReaderWorld>();
  world->decisions = reader.decisions;
  reader.late_until_us = INT64_MIN;
  world->on_time = reader.all.bits;
  if (!reader.decisions->has_late()) return world;

  std::map<int64_t, std::vector<store::Position>> late_by_tick;
  const auto withdrawn_ms = withdrawals_of(state);
  const store::Position last_late = std::min(reader.decisions->late_end(), snapshot.end());
  Bitmap on_time = *reader.all.bits;
  snapshot.scan_columns_for_views(0, last_late, [&](const store::ColumnSpans& run) {
    for (uint32_t i = 0; i < run.count; ++i) {
      if (reader.decisions->answer(run.mark_set[i]) != Decisions::Answer::kPartly) continue;
      const store::Position position = run.first + i;
      const Admission* admission = reader.decisions->admission(run.mark_set[i], position);
      if (admission == nullptr || position >= admission->late_before ||
          !reader.all.bits->contains(position)) {
        continue;
      }
      const auto gone = withdrawn_ms->find(position);
      const int64_t since_ms =
          gone == withdrawn_ms->end()
              ? admission->since_ms
              : admission->since_before_ms(gone->second, (*state.mark_sets)[run.mark_set[i]]);
      if (position >= snapshot.first_at_tick(since_ms)) continue;
      on_time.remove(position);
      late_by_tick[since_ms].push_back(position);
    }
  });
  // Each late group follows the batch of its tick; batches that begin before its end are pushed
  // behind it.
  for (auto group = late_by_tick.begin(); group != late_by_tick.end(); ++group) {
    const store::Position next_batch = snapshot.first_at_tick(group->first + 1);
    int64_t last_us = reader.late_until_us;
    if (next_batch > 0) {
      const store::BatchInfo batch = snapshot.batch_of(next_batch - 1);
      const auto shown = static_cast<int64_t>(on_time.count_in(batch.first, batch.end));
      if (shown > 0) last_us = std::max(last_us, batch.tick_ms * 1000 + shown - 1);
    }
    const auto date = [&](store::Position position, int64_t earliest_us) {
      last_us = std::max(last_us + 1, earliest_us);
      world->late.push_back({last_us, position});
      world->late_us[position] = last_us;
      world->late_end = std::max(world->late_end, position + 1);
    };
    for (const store::Position position : group->second) date(position, group->first * 1000);
    const auto following = std::next(group);
    const store::Position stop = following == late_by_tick.end()
                                     ? snapshot.end()
                                     : snapshot.first_at_tick(following->first + 1);
    for (store::Position at = next_batch; at < stop;) {
      const store::BatchInfo batch = snapshot.batch_of(at);
      if (batch.tick_ms * 1000 > last_us) break;
      std::vector<store::Position> pushed;
      for (Bitmap::Cursor c(on_time, batch.first); !c.done() && c.value() < batch.end; c.next()) {
        pushed.push_back(c.value());
      }
      for (const store::Position position : pushed) {
        date(position, batch.tick_ms * 1000);
        on_time.remove(position);
      }
      at = batch.end;
    }
    reader.late_until_us = last_us;
  }
  world->on_time = std::make_shared<Bitmap>(std::move(on_time));
  return world;
}

// Takes what was withdrawn and what is dated in the future out of what is shown.
void Worlds::publish(Reader& reader, std::shared_ptr<ReaderWorld> world, const State& state,
                     int64_t now_ms) {
  reader.reveal_ms = INT64_MAX;
  Set shown{reader.all.bits, reader.all.built_to, 0};
  subtract_withdrawn(shown, state);
  const int64_t now_us = now_ms * 1000 + 999;
  if (!world->late.empty() && world->late.back().us > now_us) {
    auto bits = std::make_shared<Bitmap>(*shown.bits);
    while (!world->late.empty() && world->late.back().us > now_us) {
      bits->remove(world->late.back().position);
      reader.reveal_ms = world->late.back().us / 1000;
      world->late.pop_back();
    }
    shown.bits = std::move(bits);
  }
  world->entries = std::move(shown.bits);
  reader.withdrawn_applied = state.withdrawn->size();
  reader.world = std::move(world);
}

// Decides the mark-sets that were not decided yet, on a copy: worlds that were given out share the old one.
void Worlds::decide(Reader& reader, const Principal& who, const store::Snapshot& snapshot,
                    const State& state, int64_t now_ms) {
  if (reader.decisions && reader.decisions->size() >= state.mark_sets->size()) return;
  auto decisions = reader.decisions ? std::make_shared<Decisions>(*reader.decisions)
                                    : std::make_shared<Decisions>(who, reader.withdrawn_ms);
  decisions->decide(atoms_, state, snapshot, now_ms);
  reader.decisions = std::move(decisions);
}

void Worlds::refresh(Reader& reader, const Principal& who, const store::Snapshot& snapshot,
                     const State& state, int64_t now_ms) {
  const Epoch epoch{state.directory->generation(), state.markings->generation(),
                    state.acts->size()};
  const bool is_new_epoch =
      !(epoch == reader.epoch) || !reader.world || now_ms >= reader.decisions->next_change_ms();
  if (is_new_epoch) {
    reader.epoch = epoch;
    reader.decisions = nullptr;
    reader.all = Set();
    reader.narrowed.clear();
    reader.has_repeated = false;
    reader.withdrawn_ms = withdrawals_of(state);
  }
  decide(reader, who, snapshot, state, now_ms);
  const store::Position built_to = reader.all.built_to;
  extend(reader, who.restriction, {}, reader.all, snapshot);
  drop_repeated(reader, built_to, snapshot, state);
  if (is_new_epoch) drop_never_shown(reader, who.party, snapshot, state);
  const bool grew = reader.all.built_to != built_to;
  const bool reveals = now_ms >= reader.reveal_ms;
  if (!is_new_epoch && !grew && !reveals && reader.withdrawn_applied >= state.withdrawn->size())
    return;

  // Once the late ones are all shown and behind, what is new is dated by its batch, and nothing is
  // dated again; unless an embargo ended before the first look at what is new.
  const bool is_settled =
      !is_new_epoch && !reveals && reader.reveal_ms == INT64_MAX && reader.decisions->has_late() &&
      reader.decisions->late_end() <= built_to &&
      (!grew || snapshot.batch_of(built_to).tick_ms * 1000 > reader.late_until_us);
  if (!is_settled) {
    publish(reader, date_late(reader, snapshot, state), state, now_ms);
    return;
  }
  auto world = std::make_shared<ReaderWorld>(*reader.world);
  world->decisions = reader.decisions;
  Bitmap on_time = *world->on_time;
  std::vector<uint32_t> added;
  for (Bitmap::Cursor at(*reader.all.bits, built_to); !at.done(); at.next())
    added.push_back(at.value());
  on_time.add_many(added.data(), added.size());
  world->on_time = std::make_shared<Bitmap>(std::move(on_time));
  publish(reader, std::move(world), state, now_ms);
}

std::shared_ptr<const ReaderWorld> Worlds::world(const Principal& who,
                                                 const store::Snapshot& snapshot,
                                                 const State& state, int64_t now_ms) {
  const std::shared_ptr<Reader> reader = this->reader(who);
  std::lock_guard lock(reader->mutex);
  refresh(*reader, who, snapshot, state, now_ms);
  return reader->world;
}

std::shared_ptr<const Bitmap> Worlds::narrowed(const Principal& who, Narrowing narrowing,
                                               const ReaderWorld& world,
                                               const store::Snapshot& snapshot, const State& state,
                                               int64_t now_ms) {
  if (narrowing == Narrowing{}) return world.entries;
  const std::shared_ptr<Reader> reader = this->reader(who);
  std::lock_guard lock(reader->mutex);
  refresh(*reader, who, snapshot, state, now_ms);
  // Types are the sender's words: sets by type are dropped, all at once, before they fill the
  // memory.
  constexpr size_t kNarrowedMax = 256;
  if (reader->narrowed.size() >= kNarrowedMax && !reader->narrowed.contains(narrowing))
    reader->narrowed.clear();
  Set& set = reader->narrowed[narrowing];
  extend(*reader, who.restriction, narrowing, set, snapshot);
  subtract_withdrawn(set, state);
  if (reader->reveal_ms == INT64_MAX && !reader->has_repeated) return set.bits;
  // Some late entries are still to be shown, or some repeat others.
  auto shown = std::make_shared<Bitmap>(*set.bits);
  shown->intersect(*world.entries);
  return shown;
}

}  // namespace entente::exchange
