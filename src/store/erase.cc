// Erasure. A segment is never changed in place: readers hold mappings of it. A new generation of the file is made with
// the content of the erased records zeroed (lengths stay, so no offset moves), then its index, then readers are given the
// new one and the old files are unlinked; their blocks are freed when the last snapshot that maps them dies. After a
// crash in between, opening takes the highest generation and removes the others.
//
// Segments that hold memberships of erased records keep their frames (these have no content) but get a new index, since
// the old one lists the references of the records under the memberships' positions. Their old index is removed before any
// frame is rewritten; and a start that finds a rewritten segment without index trusts no later index either.
#include <algorithm>
#include <cstring>

#include "store/indexer.h"
#include "store/journal_impl.h"
#include "store/scan.h"

namespace entente::store {
namespace {

constexpr size_t kPieceBytes = 4 * limits::kMiB;

class Eraser {
 public:
  Eraser(Core& core, std::vector<Position> objects) : core_(core), objects_(std::move(objects)) {}

  // True if the segment holds any of the records, or memberships of them.
  bool concerns(const SegmentRef& ref) const {
    const Segment& segment = *ref.segment;
    for (uint32_t local = 0; local < ref.counts.entries; ++local) {
      if (is_erased(segment.run(local).object[segment.in_run(local)])) return true;
    }
    return false;
  }

  Result<void> run() {
    const std::vector<size_t> listing = segments_that_list();
    const Result<void> done = rewrite_all(listing);
    // Even after a failure: an index of what the frames now say, or none, which the next start makes anew.
    Result<void> listed;
    for (const size_t i : listing) {
      const auto state = core_.state();
      const auto made = reindex(*state, i, state->at(i).segment->generation());
      if (!made) listed = made;
    }
    TRY(done);
    TRY(listed);
    return remove_old_generations();
  }

 private:
  // Sealed segments with memberships of the records. Those that are rewritten get a new index in any case.
  std::vector<size_t> segments_that_list() const {
    const auto state = core_.state();
    std::vector<size_t> out;
    for (size_t i = 0; i < state->sealed->size(); ++i) {
      if (concerns(state->at(i)) && records_in(state->at(i)).empty()) out.push_back(i);
    }
    return out;
  }

  Result<void> rewrite_all(const std::vector<size_t>& listing) {
    // A crash from here on must not leave an index that lists what is gone.
    for (const size_t i : listing) {
      const auto state = core_.state();
      const Segment& segment = *state->at(i).segment;
      TRY(core_.files.remove(core_.path(index_name(segment.number(), segment.generation()))));
    }
    TRY(core_.files.sync_directory(core_.directory));
    const size_t sealed = core_.state()->sealed->size();
    for (size_t i = 0; i < sealed; ++i) {
      const auto state = core_.state();
      const std::vector<uint32_t> locals = records_in(state->at(i));
      if (!locals.empty()) TRY(rewrite(*state, i, locals));
    }
    return {};
  }

  bool is_erased(Position object) const {
    return std::binary_search(objects_.begin(), objects_.end(), object);
  }

  // Those that still hold content.
  std::vector<uint32_t> records_in(const SegmentRef& ref) const {
    std::vector<uint32_t> out;
    const Segment& segment = *ref.segment;
    auto at = std::lower_bound(objects_.begin(), objects_.end(), segment.first());
    for (; at != objects_.end() && *at - segment.first() < ref.counts.entries; ++at) {
      const uint32_t local = *at - segment.first();
      if (!(segment.entry(local).flags & (kErased | kDamaged))) out.push_back(local);
    }
    return out;
  }

  Result<void> rewrite(const Snapshot::State& state, size_t i,
                       const std::vector<uint32_t>& locals) {
    const SegmentRef& ref = state.at(i);
    const Segment& segment = *ref.segment;
    const uint32_t generation = segment.generation() + 1;
    const std::string path = core_.path(segment_name(segment.number(), generation));
    const std::string_view bytes{segment.data(), ref.bytes};
    auto file = TRY(core_.files.open(path + ".tmp"));
    TRY(file->truncate(0));
    for (size_t offset = 0; offset < bytes.size(); offset += kPieceBytes) {
      TRY(file->write_at(offset, bytes.substr(offset, kPieceBytes)));
    }
    for (const uint32_t local : locals) {
      const uint64_t offset = segment.run(local).offset[segment.in_run(local)];
      const std::string erased = TRY(erased_frame(bytes, segment, offset));
      TRY(file->write_at(offset, erased));
    }
    TRY(file->sync());
    file.reset();
    TRY(core_.files.rename(path + ".tmp", path));
    TRY(core_.files.sync_directory(core_.directory));
    return reindex(state, i, generation);
  }

  // Files of generations that are no longer served, those of an earlier attempt too.
  Result<void> remove_old_generations() {
    const auto state = core_.state();
    const auto names = TRY(core_.files.list(core_.directory));
    for (const std::string& name : names) {
      const auto parsed = parse_name(name);
      if (!parsed || parsed->number > state->sealed->size()) continue;
      const Segment& served = *state->at(parsed->number - 1).segment;
      if (parsed->generation < served.generation()) TRY(core_.files.remove(core_.path(name)));
    }
    return core_.files.sync_directory(core_.directory);
  }

  Result<std::string> erased_frame(std::string_view bytes, const Segment& segment,
                                   uint64_t offset) const {
    const FrameKey key = core_.key(segment.number());
    const auto head = check_frame(bytes, offset, key, {});
    if (!head || head->kind != static_cast<uint8_t>(FrameKind::kObject)) {
      return fail(Code::kCorrupt, segment_name(segment.number(), segment.generation()) + " at " +
                                      std::to_string(offset) + ": no whole record to erase");
    }
    std::string frame(head->length, '\0');
    auto stored = load<ObjectHead>(bytes, offset);
    stored.frame.flags |= kErasedFrame;
    stored.content_hash = 0;
    stored.salt = {};
    std::memcpy(frame.data(), &stored, sizeof stored);
    const uint64_t checksum = checksum_of(key, offset, frame);
    std::memcpy(frame.data(), &checksum, sizeof checksum);
    return frame;
  }

  // Makes the index of that generation's file and publishes it in the segment's place.
  Result<void> reindex(const Snapshot::State& state, size_t i, uint32_t generation) {
    const SegmentRef& old = state.at(i);
    const uint32_t number = old.segment->number();
    const Position first = old.segment->first();
    const std::string path = core_.path(segment_name(number, generation));
    const auto data = TRY(core_.files.map(path, old.bytes, Access::kRandom));
    const std::string_view bytes{data->data(), data->size()};
    const Scan scanned = scan_segment(bytes, core_.key(number), first, ScanTail::kKeep);
    auto segment = std::make_shared<GrowingSegment>(number, generation, first,
                                                    old.bytes + sizeof(HeaderFrame), data);
    ReplayContext context = replay_context(state, i);
    replay(bytes, scanned, *segment, context);
    SegmentRef ref = old;
    ref.segment = segment;
    ref.counts = segment->published();
    ref.indexed = false;
    // Without room for an index it is served from memory; the next start makes the index.
    const SegmentRef indexed = index_segment(core_, ref).value_or(ref);
    core_.update([&](Snapshot::State& next) {
      auto sealed = std::make_shared<std::vector<SegmentRef>>(*next.sealed);
      (*sealed)[i] = indexed;
      next.sealed = std::move(sealed);
    });
    return {};
  }

  Core& core_;
  std::vector<Position> objects_;  // sorted
};

}  // namespace

Result<void> Journal::erase(std::span<const Position> positions) {
  std::lock_guard lock(impl_->maintenance);
  const auto before = impl_->core.state();
  std::vector<Position> objects;
  for (const Position position : positions) {
    if (position >= before->end) {
      return fail(Code::kNotFound, "no entry " + std::to_string(position));
    }
    objects.push_back(before->entry(position).object);
  }
  std::sort(objects.begin(), objects.end());
  objects.erase(std::unique(objects.begin(), objects.end()), objects.end());
  Eraser eraser(impl_->core, std::move(objects));
  if (eraser.concerns(before->active)) TRY(impl_->writer->seal_active());
  impl_->indexer->wait_until_idle();
  return eraser.run();
}

}  // namespace entente::store
