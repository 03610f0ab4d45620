// One group at a time: plan, commit, enter into tables, fold (Append::commit), publish, answer.
//
// What is planned but not yet durable is found through a table of its own (Staging): the tables that readers probe hold
// durable entries alone, and rolling back touches nothing that a reader can see.
#include "store/writer.h"

#include <algorithm>

namespace entente::store {

Staging::Slot& Staging::slot_of(uint64_t id_hash) {
  size_t i = (id_hash >> 20) & (slots_.size() - 1);
  while (slots_[i].batch == batch_ && slots_[i].id_hash != id_hash) {
    i = (i + 1) & (slots_.size() - 1);
  }
  return slots_[i];
}

Position Staging::find(uint64_t id_hash) const {
  const Slot& slot = const_cast<Staging*>(this)->slot_of(id_hash);
  return slot.batch == batch_ ? slot.position : kNone;
}

void Staging::set(uint64_t id_hash, Position position) {
  if ((used_ + 1) * 2 > slots_.size()) {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.batch == batch_) slot_of(slot.id_hash) = slot;
    }
  }
  Slot& slot = slot_of(id_hash);
  used_ += slot.batch != batch_;
  slot = {id_hash, position, batch_};
}

void Staging::clear() {
  used_ = 0;
  if (++batch_ == 0 || slots_.size() > kKeptSlots) {
    slots_ = std::vector<Slot>(kFirstSlots);
    batch_ = 1;
  }
}

// The Plan that is handed to Append::plan.
class Writer::View final : public Plan {
 public:
  explicit View(Writer& writer, int64_t tick_ms) : writer_(writer), tick_ms_(tick_ms) {}

  Position next_position() const override { return writer_.tail_.next_position(); }
  int64_t tick_ms() const override { return tick_ms_; }

  Position find(uint64_t id_hash) const override {
    const Position staged = writer_.staging_.find(id_hash);
    return staged != kNone ? staged : writer_.base_->newest(id_hash);
  }

  void expect(uint64_t id_hash) const override { writer_.base_->ids->prefetch(id_hash); }

  Entry entry(Position position) const override {
    if (position < writer_.base_->end) return writer_.base_->entry(position);
    // After a failed write nothing is kept, though the plan goes on to its end.
    if (position >= writer_.tail_.next_position()) return {};
    const GrowingSegment& segment = writer_.tail_.segment_of(position);
    return segment.entry(position - segment.first());
  }

  std::string_view bytes(Position position) const override {
    const Position object = entry(position).object;
    if (object < writer_.base_->end) return writer_.base_->bytes(object);
    if (object >= writer_.tail_.next_position()) return {};
    if (writer_.tail_.buffered(object)) writer_.tail_.flush();
    if (writer_.tail_.failure()) return {};
    const GrowingSegment& segment = writer_.tail_.segment_of(object);
    return segment.bytes(object - segment.first());
  }

  Position add_object(const Entry& entry, const Sealed& sealed) override {
    Entry added = entry;
    added.flags &= static_cast<uint16_t>(~(kMembership | kErased | kDamaged));
    added.previous = find(entry.id_hash);
    return note(entry.id_hash, writer_.tail_.add_object(added, sealed));
  }

  Position add_membership(const Entry& entry, Position object) override {
    CHECK(object < next_position() || writer_.tail_.failure());
    Entry record = this->entry(object);
    if (record.object != object) record = this->entry(record.object);
    Entry added = entry;
    added.id_hash = record.id_hash;
    added.version_ns = record.version_ns;
    added.content_hash = record.content_hash;
    added.type = record.type;
    added.object = record.object;
    added.flags &= static_cast<uint16_t>(~(kErased | kDamaged));
    added.flags |= kMembership;
    added.previous = find(added.id_hash);
    return note(added.id_hash, writer_.tail_.add_membership(added, references(added.object)));
  }

  void add_control(ControlKind kind, uint64_t key, std::string_view bytes) override {
    writer_.tail_.add_control(kind, key, bytes);
  }

 private:
  Position note(uint64_t id_hash, Position position) {
    if (!writer_.tail_.failure()) writer_.staging_.set(id_hash, position);
    return position;
  }

  std::vector<uint64_t> references(Position object) {
    if (object < writer_.base_->end) return writer_.base_->references(object);
    if (object >= writer_.tail_.next_position()) return {};
    if (writer_.tail_.buffered(object)) writer_.tail_.flush();
    if (writer_.tail_.failure()) return {};
    const GrowingSegment& segment = writer_.tail_.segment_of(object);
    return segment.references(object - segment.first());
  }

  Writer& writer_;
  int64_t tick_ms_;
};

Writer::Writer(Core& core, Indexer& indexer, Tail::Resume resume)
    : core_(core), indexer_(indexer), tail_(core, std::move(resume)) {
  const auto state = core_.state();
  if (state->end > 0) {
    const BatchInfo last = Snapshot(state).batch_of(state->end - 1);
    if (last.tick_ms == state->last_tick_ms) last_batch_entries_ = last.end - last.first;
  }
  thread_ = std::thread([this] { run(); });
}

Writer::~Writer() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  waiting_.notify_one();
  thread_.join();
}

void Writer::append(std::unique_ptr<Append> append) {
  const size_t bytes = append->size_bytes();
  const char* refused = nullptr;
  {
    std::lock_guard lock(mutex_);
    if (stopping_) {
      refused = "shutting down";
    } else if (!writable_.load()) {
      refused = "an earlier sync of the disk failed; restart the node once the disk is sound";
    } else if (queued_bytes_.load() + bytes > limits::kWriteQueueBytesMax) {
      refused = "too much is waiting to be written";
    } else {
      queued_bytes_ += bytes;
      queue_.push_back({std::move(append), bytes, {}, nullptr});
    }
  }
  if (refused == nullptr) {
    waiting_.notify_one();
  } else {
    append->done(fail(Code::kUnavailable, std::string("nothing was stored: ") + refused));
  }
}

void Writer::run() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      waiting_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
    }
    make_group();
  }
}

bool Writer::take(Item& item) {
  std::lock_guard lock(mutex_);
  if (queue_.empty()) return false;
  // Sealing stands between groups.
  if (queue_.front().sealed != nullptr && !group_.empty()) return false;
  item = std::move(queue_.front());
  queue_.pop_front();
  return true;
}

int64_t Writer::next_tick() const {
  const int64_t width =
      std::max<int64_t>(1, (int64_t{last_batch_entries_} + limits::kEntriesPerTickMax - 1) /
                               limits::kEntriesPerTickMax);
  return std::max(core_.clock.now_ms(), tail_.last_tick_ms() + width);
}

void Writer::make_group() {
  base_ = core_.state();
  const int64_t tick_ms = next_tick();
  tail_.set_tick(tick_ms);
  View view(*this, tick_ms);
  Item item;
  while (tail_.batch_bytes() < limits::kGroupCommitBytesMax && !tail_.failure() && take(item)) {
    if (item.sealed != nullptr) {
      item.sealed->set_value(seal_now());
      return;
    }
    group_.push_back(std::move(item));
    if (writable_.load()) {
      run_plan(group_.back(), view);
    } else {
      group_.back().outcome = fail(Code::kUnavailable, "nothing was stored: the disk failed");
    }
  }
  if (!tail_.failure() && tail_.records() > 0) tail_.commit();
  if (tail_.failure()) {
    abort_group();
  } else {
    finish_group();
  }
  for (const Item& done : group_) queued_bytes_ -= done.bytes;
  group_.clear();
  staging_.clear();
  base_.reset();
}

Result<void> Writer::seal_active() {
  std::promise<Result<void>> sealed;
  {
    std::lock_guard lock(mutex_);
    queue_.push_back({nullptr, 0, {}, &sealed});
  }
  waiting_.notify_one();
  return sealed.get_future().get();
}

Result<void> Writer::seal_now() {
  const Counts& counts = base_->active.counts;
  if (counts.entries == 0 && counts.controls == 0) return {};
  if (!writable_.load()) return fail(Code::kUnavailable, "the disk failed; restart the node");
  tail_.seal();
  if (tail_.failure()) {
    const Error reason = *tail_.failure();
    if (tail_.sync_failed()) writable_ = false;
    tail_.roll_back();
    return std::unexpected(reason);
  }
  SegmentRef closed;
  core_.update([&](Snapshot::State& next) {
    const std::vector<Tail::Open>& open = tail_.open_segments();
    closed = next.active;
    closed.bytes = open.front().bytes;
    auto sealed = std::make_shared<std::vector<SegmentRef>>(*next.sealed);
    sealed->push_back(closed);
    next.sealed = std::move(sealed);
    next.sealed_bytes += closed.bytes;
    next.active.segment = open.back().segment;
    next.active.counts = {};
    next.active.bytes = tail_.offset();
  });
  tail_.settle();
  indexer_.add(std::move(closed));
  return {};
}

void Writer::run_plan(Item& item, View& view) {
  const Tail::Savepoint savepoint = tail_.savepoint();
  const Position first = tail_.next_position();
  while (!tail_.failure()) {
    const Result<bool> more = item.append->plan(view);
    if (!more) {
      item.outcome = std::unexpected(more.error());
      if (!tail_.failure()) undo_plan(savepoint, first);
      return;
    }
    if (!*more) return;
  }
}

void Writer::undo_plan(const Tail::Savepoint& savepoint, Position first) {
  for (Position position = tail_.next_position(); position-- > first;) {
    const GrowingSegment& segment = tail_.segment_of(position);
    const uint32_t local = position - segment.first();
    const Position older = segment.previous(local);
    staging_.set(segment.id_hash(local), older != kNone && older >= base_->end ? older : kNone);
  }
  tail_.undo_to(savepoint);
}

void Writer::finish_group() {
  Committed committed;
  committed.first = tail_.batch_first();
  committed.end = tail_.next_position();
  committed.tick_ms = tail_.last_tick_ms();
  if (tail_.records() > 0) {
    committed.tick_ms =
        tail_.open_segments()
            .back()
            .segment->batch(tail_.open_segments().back().segment->staged().batches - 1)
            .tick_ms;
    last_batch_entries_ = committed.end - committed.first;
    publish();
  } else {
    for (Item& item : group_) {
      if (item.outcome) item.append->commit(committed);
    }
  }
  answer(committed);
}

void Writer::abort_group() {
  const Error reason = *tail_.failure();
  if (tail_.sync_failed()) writable_ = false;
  tail_.roll_back();
  answer(std::unexpected(reason));
}

void Writer::answer(const Result<Committed>& outcome) {
  for (Item& item : group_) {
    if (!item.outcome) {
      item.append->done(std::unexpected(item.outcome.error()));
    } else {
      item.append->done(outcome);
    }
    item.append.reset();
  }
}

// Makes a segment's staged entries findable.
void Writer::enter(const GrowingSegment& segment) {
  Bloom& ids = *base_->ids;
  Bits& newer = *base_->newer;
  for (uint32_t i = segment.published().entries; i < segment.staged().entries; ++i) {
    const Position previous = segment.previous(i);
    if (previous != kNone) {
      newer.set(previous);
    } else {
      ids.add(segment.id_hash(i));
    }
  }
  for (uint32_t i = segment.published().controls; i < segment.staged().controls; ++i) {
    const ControlRow& row = segment.control_row(i);
    ids.add(control_hash(static_cast<ControlKind>(row.kind), row.key));
  }
}

void Writer::publish() {
  const std::vector<Tail::Open>& open = tail_.open_segments();
  base_->newer->reserve(tail_.next_position());
  for (const Tail::Open& item : open) enter(*item.segment);
  for (const Tail::Open& item : open) item.segment->publish();
  std::shared_ptr<Bloom> bigger;
  if (base_->ids->full()) bigger = filter_of(*base_, open);

  Committed committed;
  const GrowingSegment& last = *open.back().segment;
  const BatchInfo batch = last.batch(last.published().batches - 1);
  committed = {batch.tick_ms, batch.first, batch.end};
  for (Item& item : group_) {
    if (item.outcome) item.append->commit(committed);
  }
  std::vector<SegmentRef> closed;
  core_.update([&](Snapshot::State& next) {
    SegmentRef ref = next.active;
    for (size_t i = 0; i + 1 < open.size(); ++i) {
      ref.segment = open[i].segment;
      ref.counts = open[i].segment->published();
      ref.bytes = open[i].bytes;
      closed.push_back(ref);
      next.sealed_bytes += ref.bytes;
    }
    if (!closed.empty()) {
      auto sealed = std::make_shared<std::vector<SegmentRef>>(*next.sealed);
      sealed->insert(sealed->end(), closed.begin(), closed.end());
      next.sealed = std::move(sealed);
    }
    next.active.segment = open.back().segment;
    next.active.counts = last.published();
    next.active.batches_end = batch.end;
    next.active.last_tick_ms = batch.tick_ms;
    next.active.bytes = tail_.offset();
    if (bigger) next.ids = bigger;
    next.end = batch.end;
    next.last_tick_ms = batch.tick_ms;
    ++next.batches;
  });
  tail_.finish();
  for (SegmentRef& ref : closed) indexer_.add(std::move(ref));
}

}  // namespace entente::store
