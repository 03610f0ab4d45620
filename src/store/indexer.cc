// Index files are written beside the running journal: the state swaps a segment in memory for its mapped index once that
// is durable; snapshots that hold the old one keep it alive.
#include "store/indexer.h"

namespace entente::store {

Result<SegmentRef> index_segment(Core& core, const SegmentRef& growing) {
  const Segment& segment = *growing.segment;
  const std::string name = index_name(segment.number(), segment.generation());
  IndexFacts facts;
  facts.counts = growing.counts;
  facts.segment_bytes = growing.bytes;
  facts.last_tick_ms = growing.last_tick_ms;
  facts.batches_end = growing.batches_end;
  TRY(write_index(core.files, core.directory, name, segment, facts));
  const std::string data_path = core.path(segment_name(segment.number(), segment.generation()));
  const auto data = TRY(core.files.map(data_path, growing.bytes, Access::kRandom));
  SegmentRef out = growing;
  out.segment =
      TRY(open_index(core.files, core.path(name), segment.number(), segment.generation(), data));
  out.indexed = true;
  return out;
}

ReplayContext replay_context(const Snapshot::State& state, size_t i) {
  ReplayContext out;
  out.entry = [&state](Position position) { return state.entry(position); };
  out.references = [&state](Position position) { return state.references(position); };
  out.find = [&state, i](uint64_t id_hash) -> Position {
    for (size_t k = i; k-- > 0;) {
      const Segment& segment = *state.at(k).segment;
      const uint32_t local = segment.newest(id_hash);
      if (local != kNoRow) return segment.first() + local;
    }
    return kNone;
  };
  if (i > 0) {
    out.last_tick_ms = state.at(i - 1).last_tick_ms;
    out.batches_end = state.at(i - 1).batches_end;
  }
  if (i + 1 < state.segments()) out.tail_end = state.at(i + 1).segment->first();
  for (size_t k = i + 1; k < state.segments() && out.tail_tick_ms == 0; ++k) {
    const SegmentRef& later = state.at(k);
    if (later.counts.batches > 0) out.tail_tick_ms = later.segment->batch(0).tick_ms;
  }
  return out;
}

std::shared_ptr<Bloom> filter_of(const Snapshot::State& state,
                                 const std::vector<Tail::Open>& open) {
  constexpr uint64_t kKeysMin = 1 << 14;
  std::vector<std::pair<const Segment*, Counts>> parts;
  for (const SegmentRef& ref : *state.sealed) parts.emplace_back(ref.segment.get(), ref.counts);
  if (open.empty()) parts.emplace_back(state.active.segment.get(), state.active.counts);
  for (const Tail::Open& item : open) {
    parts.emplace_back(item.segment.get(), item.segment->published());
  }
  uint64_t keys = 0;
  for (const auto& [segment, counts] : parts) keys += uint64_t{counts.entries} + counts.controls;
  auto filter = std::make_shared<Bloom>(std::max(kKeysMin, keys + keys / 2));
  for (const auto& [segment, counts] : parts) {
    for (uint64_t local = 0; local < counts.entries; local += segment->run_entries()) {
      const uint64_t* hashes = segment->run(static_cast<uint32_t>(local)).id_hash;
      const uint64_t n = std::min<uint64_t>(segment->run_entries(), counts.entries - local);
      filter->add_many(hashes, n);
    }
    for (uint32_t row = 0; row < counts.controls; ++row) {
      const ControlRow& control = segment->control_row(row);
      filter->add(control_hash(static_cast<ControlKind>(control.kind), control.key));
    }
  }
  return filter;
}

Indexer::Indexer(Core& core) : core_(core), thread_([this] { run(); }) {}

Indexer::~Indexer() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Indexer::add(SegmentRef growing) {
  {
    std::lock_guard lock(mutex_);
    queue_.push_back(std::move(growing));
  }
  changed_.notify_all();
}

void Indexer::wait_until_idle() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return queue_.empty() && !busy_; });
}

void Indexer::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (queue_.empty()) return;
    SegmentRef growing = std::move(queue_.front());
    queue_.pop_front();
    busy_ = true;
    lock.unlock();
    if (const auto indexed = index_segment(core_, growing)) {
      core_.update([&](Snapshot::State& next) {
        auto sealed = std::make_shared<std::vector<SegmentRef>>(*next.sealed);
        for (SegmentRef& ref : *sealed) {
          if (ref.segment == growing.segment) ref = *indexed;
        }
        next.sealed = std::move(sealed);
      });
    }
    growing = {};
    lock.lock();
    busy_ = false;
    changed_.notify_all();
  }
}

}  // namespace entente::store
