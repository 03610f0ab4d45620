// Columns are kept in chunks of 4096 entries that never move. Tables are filled at publication alone: whatever readers
// can find there is durable, so nothing ever has to be taken out of a table again.
#include "store/segment.h"

#include <cstring>

namespace entente::store {

Entry Segment::entry(uint32_t local) const {
  const Run& columns = run(local);
  const uint32_t i = in_run(local);
  Entry entry;
  entry.id_hash = columns.id_hash[i];
  entry.version_ns = columns.version_ns[i];
  entry.content_hash = columns.content_hash[i];
  entry.object = columns.object[i];
  entry.previous = columns.previous[i];
  entry.mark_set = columns.mark_set[i];
  entry.type = columns.type[i];
  entry.collection = columns.collection[i];
  entry.submitter = columns.submitter[i];
  entry.flags = columns.flags[i];
  return entry;
}

void Segment::will_need(uint32_t local) const {
  const Run& columns = run(local);
  const uint32_t i = in_run(local);
  if (columns.offset[i] == 0) return;
  // Few objects have so many references that their bytes begin further behind.
  constexpr uint64_t kReferenceBytes = 256;
  data_->will_need(columns.offset[i], sizeof(ObjectHead) + kReferenceBytes + columns.length[i]);
}

std::string_view Segment::bytes(uint32_t local) const {
  const Run& columns = run(local);
  const uint32_t i = in_run(local);
  const uint32_t length = columns.length[i];
  if (length == 0) return {};
  const uint64_t offset = columns.offset[i];
  if (offset + sizeof(ObjectHead) + length > mapped_bytes()) return {};  // a damaged index
  // The frame itself says whose bytes follow: a damaged index leads to no other record's.
  const Meta meta = load<Meta>({data(), mapped_bytes()}, offset + offsetof(ObjectHead, meta));
  if (meta.position != first() + local || meta.byte_length != length) return {};
  const uint64_t start = offset + sizeof(ObjectHead) + uint64_t{meta.reference_count} * 8;
  if (start + length > mapped_bytes()) return {};
  return {data() + start, length};
}

std::vector<uint64_t> Segment::references(uint32_t local) const {
  const Run& columns = run(local);
  const uint32_t i = in_run(local);
  const uint64_t offset = columns.offset[i];
  if (offset == 0 || (columns.flags[i] & (kMembership | kErased | kDamaged)) != 0) return {};
  if (offset + sizeof(ObjectHead) > mapped_bytes()) return {};
  const Meta meta = load<Meta>({data(), mapped_bytes()}, offset + offsetof(ObjectHead, meta));
  if (meta.reference_count > limits::kReferencesMax ||
      offset + bytes_offset_in(meta) > mapped_bytes()) {
    return {};
  }
  std::vector<uint64_t> out(meta.reference_count);
  if (!out.empty()) std::memcpy(out.data(), data() + offset + sizeof(ObjectHead), out.size() * 8);
  return out;
}

Control Segment::control(uint32_t row) const {
  const ControlRow& stored = controls_[row];
  Control out;
  out.kind = static_cast<ControlKind>(stored.kind);
  out.key = stored.key;
  out.tick_ms = stored.tick_ms;
  out.position = stored.position;
  const uint64_t start = uint64_t{stored.offset} + sizeof(ControlHead);
  if (start + stored.length <= mapped_bytes()) out.bytes = {data() + start, stored.length};
  return out;
}

bool Segment::control_is_whole(uint32_t row, const FrameKey& key) const {
  const uint64_t offset = controls_[row].offset;
  const std::string_view bytes(data(), mapped_bytes());
  return offset + sizeof(ControlHead) <= bytes.size() &&
         check_frame(bytes, offset, key, {}).has_value();
}

struct GrowingSegment::Chunk {
  static constexpr size_t kSize = size_t{1} << kChunkLog2;
  uint64_t id_hash[kSize];
  int64_t version_ns[kSize];
  uint64_t content_hash[kSize];
  uint32_t object[kSize];
  uint32_t previous[kSize];
  uint32_t mark_set[kSize];
  uint32_t offset[kSize];
  uint32_t length[kSize];
  uint16_t type[kSize];
  uint16_t collection[kSize];
  uint16_t submitter[kSize];
  uint16_t flags[kSize];

  Run run() const {
    Run out;
    out.id_hash = id_hash;
    out.version_ns = version_ns;
    out.content_hash = content_hash;
    out.object = object;
    out.previous = previous;
    out.mark_set = mark_set;
    out.offset = offset;
    out.length = length;
    out.type = type;
    out.collection = collection;
    out.submitter = submitter;
    out.flags = flags;
    return out;
  }
};

GrowingSegment::GrowingSegment(uint32_t number, uint32_t generation, Position first,
                               uint64_t bytes_max, std::shared_ptr<const Mapping> data)
    : Segment(number, generation, first, kChunkLog2, std::move(data)),
      chunks_max_((bytes_max / sizeof(MembershipFrame) >> kChunkLog2) + 2) {
  run_store_ = std::make_unique<Run[]>(chunks_max_);
  runs_ = run_store_.get();
  ids_ = std::make_unique<Table>();
  targets_ = std::make_unique<Table>();
  keys_ = std::make_unique<Table>();
}

GrowingSegment::~GrowingSegment() = default;

void GrowingSegment::stage(const Entry& entry, uint32_t offset, uint32_t length,
                           std::span<const uint64_t> references) {
  const uint32_t local = staged_.entries;
  const size_t number = local >> kChunkLog2;
  CHECK(number < chunks_max_);
  if (number == chunks_.size()) {
    // Untouched columns of a chunk stay untouched memory.
    chunks_.push_back(std::unique_ptr<Chunk>(new Chunk));
    run_store_[number] = chunks_.back()->run();
  }
  Chunk& chunk = *chunks_[number];
  const size_t i = in_run(local);
  chunk.id_hash[i] = entry.id_hash;
  chunk.version_ns[i] = entry.version_ns;
  chunk.content_hash[i] = entry.content_hash;
  chunk.object[i] = entry.object;
  chunk.previous[i] = entry.previous;
  chunk.mark_set[i] = entry.mark_set;
  chunk.offset[i] = offset;
  chunk.length[i] = length;
  chunk.type[i] = entry.type;
  chunk.collection[i] = entry.collection;
  chunk.submitter[i] = entry.submitter;
  chunk.flags[i] = entry.flags;
  for (const uint64_t target : references) {
    references_.at(staged_.references++) = ReferenceRow{target, local, kNoRow};
  }
  ++staged_.entries;
}

void GrowingSegment::stage_control(const Control& control, uint32_t offset, uint32_t length) {
  ControlRow& row = controls_.at(staged_.controls++);
  row = ControlRow{};
  row.key = control.key;
  row.tick_ms = control.tick_ms;
  row.position = control.position;
  row.offset = offset;
  row.length = length;
  row.kind = control.kind;
}

void GrowingSegment::stage_batch(const BatchInfo& batch) { batches_.at(staged_.batches++) = batch; }

void GrowingSegment::unstage(const Counts& counts) {
  CHECK(counts.entries >= published_.entries && counts.references >= published_.references &&
        counts.controls >= published_.controls && counts.batches >= published_.batches);
  staged_ = counts;
}

void GrowingSegment::publish() {
  for (uint32_t row = published_.entries; row < staged_.entries; ++row) {
    const Run& columns = run(row);
    if (columns.flags[in_run(row)] & kDamaged) continue;
    const uint64_t hash = columns.id_hash[in_run(row)];
    ids_->exchange(hash, row, [&](uint32_t other) { return id_hash(other) == hash; });
  }
  for (uint32_t row = published_.references; row < staged_.references; ++row) {
    // The link is set after the exchange says what it is: readers may meet the row before, and then end the walk early.
    // So it is looked up first.
    ReferenceRow& reference = references_.at(row);
    const auto same = [&](uint32_t other) { return references_[other].target == reference.target; };
    reference.older = targets_->find(reference.target, same);
    targets_->exchange(reference.target, row, same);
  }
  for (uint32_t row = published_.controls; row < staged_.controls; ++row) {
    ControlRow& control = controls_.at(row);
    const uint64_t hash = control_hash(static_cast<ControlKind>(control.kind), control.key);
    const auto same = [&](uint32_t other) {
      return controls_[other].key == control.key && controls_[other].kind == control.kind;
    };
    control.older = keys_->find(hash, same);
    keys_->exchange(hash, row, same);
  }
  published_ = staged_;
}

void GrowingSegment::set_staged_ticks(int64_t tick_ms) {
  for (uint32_t row = published_.controls; row < staged_.controls; ++row) {
    controls_.at(row).tick_ms = tick_ms;
  }
}

void GrowingSegment::mend_previous(uint32_t local, Position previous) {
  CHECK(local >= published_.entries && local < staged_.entries);
  chunks_[local >> kChunkLog2]->previous[in_run(local)] = previous;
}

}  // namespace entente::store
