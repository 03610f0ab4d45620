// Reading. A lookup by id asks the filter, then the active segment's table, then the sealed ones
// from the newest: the first hit is the newest entry, and `previous` leads to all older ones.
//
// Entries of later batches may already stand in the active segment's tables; their positions are
// not below this snapshot's end, and their `previous` leads to what is. A chain must fall: a step
// that does not (a damaged index) ends it.
#include <algorithm>

#include "store/state.h"

namespace entente::store {

const Segment& Snapshot::State::segment_of(Position position) const {
  if (position >= active.segment->first()) return *active.segment;
  const auto after =
      std::upper_bound(sealed->begin(), sealed->end(), position,
                       [](Position p, const SegmentRef& ref) { return p < ref.segment->first(); });
  CHECK(after != sealed->begin());
  return *std::prev(after)->segment;
}

Entry Snapshot::State::entry(Position position) const {
  const Segment& segment = segment_of(position);
  return segment.entry(position - segment.first());
}

Position Snapshot::State::previous(Position position) const {
  const Segment& segment = segment_of(position);
  const Position older = segment.previous(position - segment.first());
  return older < position ? older : kNone;
}

void Snapshot::State::prefetch_columns(Position position) const {
  const Segment& segment = segment_of(position);
  segment.prefetch_columns(position - segment.first());
}

void Snapshot::State::prefetch(Position position) const {
  const Segment& segment = segment_of(position);
  segment.prefetch(position - segment.first());
}

std::string_view Snapshot::State::bytes(Position position) const {
  const Segment* segment = &segment_of(position);
  uint32_t local = position - segment->first();
  const Run& columns = segment->run(local);
  const Position object = columns.object[segment->in_run(local)];
  if (object != position) {
    if (object > position) return {};
    segment = &segment_of(object);
    local = object - segment->first();
  }
  return segment->bytes(local);
}

void Snapshot::State::will_need(Position position) const {
  const Segment& segment = segment_of(position);
  const uint32_t local = position - segment.first();
  const Position object = segment.run(local).object[segment.in_run(local)];
  if (object > position) return;
  const Segment& home = segment_of(object);
  home.will_need(object - home.first());
}

std::vector<uint64_t> Snapshot::State::references(Position position) const {
  const Segment& segment = segment_of(position);
  return segment.references(position - segment.first());
}

Position Snapshot::State::newest(uint64_t id_hash) const {
  if (!ids->may_contain(id_hash)) return kNone;
  for (size_t i = segments(); i-- > 0;) {
    const Segment& segment = *at(i).segment;
    const uint32_t local = segment.newest(id_hash);
    if (local == kNoRow) continue;
    Position position = segment.first() + local;
    while (position != kNone && position >= end) position = previous(position);
    return position;
  }
  return kNone;
}

Position Snapshot::end() const { return state_->end; }
int64_t Snapshot::last_tick_ms() const { return state_->last_tick_ms; }

Entry Snapshot::entry_for_views(Position position) const {
  CHECK(position < state_->end);
  return state_->entry(position);
}

Position Snapshot::previous_for_views(Position position) const {
  CHECK(position < state_->end);
  return state_->previous(position);
}

uint32_t Snapshot::mark_set_for_views(Position position) const {
  CHECK(position < state_->end);
  const Segment& segment = state_->segment_of(position);
  const uint32_t local = position - segment.first();
  return segment.run(local).mark_set[segment.in_run(local)];
}

Position Snapshot::object_for_views(Position position) const {
  CHECK(position < state_->end);
  const Segment& segment = state_->segment_of(position);
  const uint32_t local = position - segment.first();
  return segment.run(local).object[segment.in_run(local)];
}

std::pair<uint16_t, uint16_t> Snapshot::collection_and_type_for_views(Position position) const {
  CHECK(position < state_->end);
  const Segment& segment = state_->segment_of(position);
  const uint32_t local = position - segment.first();
  const Run& columns = segment.run(local);
  return {columns.collection[segment.in_run(local)], columns.type[segment.in_run(local)]};
}

void Snapshot::prefetch_columns_for_views(Position position) const {
  if (position < state_->end) state_->prefetch_columns(position);
}

uint16_t Snapshot::flags_for_views(Position position) const {
  CHECK(position < state_->end);
  const Segment& segment = state_->segment_of(position);
  const uint32_t local = position - segment.first();
  return segment.run(local).flags[segment.in_run(local)];
}

std::string_view Snapshot::bytes_for_views(Position position) const {
  CHECK(position < state_->end);
  return state_->bytes(position);
}

namespace {

// Whether objects come from the disk, one wait each, so that the rest is better asked for at once. Looked
// at after the 1st, 2nd, 4th, 8th... object: a page in memory costs next to nothing more.
class ColdPages {
 public:
  // True once.
  bool is_found_after(size_t index) {
    if (index + 1 != next_) return false;
    next_ *= 2;
    if (page_waits() == waits_) return false;
    next_ = 0;
    return true;
  }

 private:
  uint64_t waits_ = page_waits();
  size_t next_ = 1;
};

}  // namespace

void Snapshot::bytes_for_views(std::span<const Position> positions,

                               std::vector<std::string_view>* out) const {
  constexpr size_t kAhead = 16;  // frames whose heads are on their way into the cache
  out->clear();
  out->reserve(positions.size());
  ColdPages cold;
  for (size_t i = 0; i < positions.size() + kAhead; ++i) {
    if (i < positions.size()) state_->prefetch(positions[i]);
    if (i < kAhead) continue;
    out->push_back(bytes_for_views(positions[i - kAhead]));
    if (!cold.is_found_after(i - kAhead)) continue;
    for (const Position position : positions.subspan(i - kAhead)) state_->will_need(position);
  }
}

Position Snapshot::newest_for_views(uint64_t id_hash) const { return state_->newest(id_hash); }

Entry Snapshot::entry(const release::World& world, Position position) const {
  CHECK(world.contains(position));
  return entry_for_views(position);
}

std::string_view Snapshot::bytes(const release::World& world, Position position) const {
  CHECK(world.contains(position));
  return bytes_for_views(position);
}

Position Snapshot::newest(const release::World& world, uint64_t id_hash) const {
  Position position = state_->newest(id_hash);
  while (position != kNone && !world.contains(position)) position = state_->previous(position);
  return position;
}

Position Snapshot::older(const release::World& world, Position position) const {
  CHECK(position < state_->end);
  do {
    position = state_->previous(position);
  } while (position != kNone && !world.contains(position));
  return position;
}

bool Snapshot::may_have_newer(Position position) const { return state_->newer->test(position); }

void Snapshot::referring(const release::World& world, uint64_t target_hash,
                         const std::function<bool(Position)>& visit) const {
  for (size_t i = state_->segments(); i-- > 0;) {
    const SegmentRef& ref = state_->at(i);
    const Segment& segment = *ref.segment;
    uint32_t last = kNoRow;  // an object may name the same target twice
    uint32_t row = segment.newest_reference(target_hash);
    while (row != kNoRow) {
      const ReferenceRow& reference = segment.reference(row);
      if (row < ref.counts.references && reference.entry != last &&
          reference.entry < ref.counts.entries) {
        last = reference.entry;
        const Position position = segment.first() + reference.entry;
        if (world.contains(position) && !visit(position)) return;
      }
      row = reference.older < row ? reference.older : kNoRow;
    }
  }
}

namespace {

// The segment whose commits include the one that closed the batch of `position`, which is below the
// state's end.
size_t segment_of_commit(const Snapshot::State& state, Position position) {
  size_t low = 0;
  size_t high = state.segments() - 1;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (state.at(middle).batches_end > position) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

// The first batch row of the segment for which the test holds, its count if none. The test must be
// monotone.
template <class Test>
uint32_t first_batch(const SegmentRef& ref, const Test& test) {
  uint32_t low = 0;
  uint32_t high = ref.counts.batches;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (test(ref.segment->batch(middle))) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

}  // namespace

BatchInfo Snapshot::batch_of(Position position) const {
  CHECK(position < state_->end);
  const SegmentRef& ref = state_->at(segment_of_commit(*state_, position));
  const uint32_t row = first_batch(ref, [&](const BatchInfo& b) { return b.end > position; });
  CHECK(row < ref.counts.batches);
  return ref.segment->batch(row);
}

Position Snapshot::first_at_tick(int64_t tick_ms) const {
  if (state_->last_tick_ms < tick_ms) return state_->end;
  size_t low = 0;
  size_t high = state_->segments() - 1;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (state_->at(middle).last_tick_ms >= tick_ms) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  const SegmentRef& ref = state_->at(low);
  const uint32_t row = first_batch(ref, [&](const BatchInfo& b) { return b.tick_ms >= tick_ms; });
  return row < ref.counts.batches ? ref.segment->batch(row).first : state_->end;
}

void Snapshot::scan_columns_for_views(Position begin, Position end,
                                      const std::function<void(const ColumnSpans&)>& visit) const {
  end = std::min(end, state_->end);
  while (begin < end) {
    const Segment& segment = state_->segment_of(begin);
    const uint32_t local = begin - segment.first();
    uint64_t stop = end;
    if (&segment != state_->active.segment.get()) {
      const auto next = std::upper_bound(
          state_->sealed->begin(), state_->sealed->end(), begin,
          [](Position p, const SegmentRef& ref) { return p < ref.segment->first(); });
      const Position bound =
          next == state_->sealed->end() ? state_->active.segment->first() : next->segment->first();
      stop = std::min<uint64_t>(stop, bound);
    }
    const Run& run = segment.run(local);
    const uint32_t skip = segment.in_run(local);
    stop = std::min<uint64_t>(stop, uint64_t{begin} + (segment.run_entries() - skip));
    ColumnSpans spans;
    spans.first = begin;
    spans.count = static_cast<uint32_t>(stop - begin);
    spans.mark_set = run.mark_set + skip;
    spans.type = run.type + skip;
    spans.collection = run.collection + skip;
    spans.submitter = run.submitter + skip;
    spans.flags = run.flags + skip;
    visit(spans);
    begin = static_cast<Position>(stop);
  }
}

std::optional<Control> Snapshot::find_control(ControlKind kind, uint64_t key) const {
  if (!state_->ids->may_contain(control_hash(kind, key))) return std::nullopt;
  for (size_t i = state_->segments(); i-- > 0;) {
    const SegmentRef& ref = state_->at(i);
    uint32_t row = ref.segment->newest_control(kind, key);
    while (row != kNoRow && row >= ref.counts.controls) {
      const uint32_t older = ref.segment->control_row(row).older;
      row = older < row ? older : kNoRow;
    }
    if (row != kNoRow) return ref.segment->control(row);
  }
  return std::nullopt;
}

}  // namespace entente::store
