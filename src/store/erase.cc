// Erasure. A segment is never changed in place: readers hold mappings of it. A new generation of the file is made with
// the content of the erased records zeroed (lengths stay, so no offset moves), then its index, then readers are given the
// new one and the old files are unlinked; their blocks are freed when the last snapshot that maps them dies. After a
// crash in between, opening takes the highest generation and removes the others.
//
// Segments that hold memberships of erased records keep their frames (these have no content) but get a new index, since
// the old one lists the references of the records under the memberships' positions. A record whose frame is damaged is
// wiped with the damage around it, and becomes one whose columns are lost. Their old index is removed before any
// frame is rewritten; and a start that finds a rewritten segment without index trusts no later index either.
#include <algorithm>
#include <cstring>

#include "store/indexer.h"
#include "store/journal_impl.h"
#include "store/scan.h"

namespace entente::store {
namespace {

constexpr size_t kPieceBytes = 4 * limits::kMiB;
constexpr std::string_view kQuarantine = "quarantine";

class Eraser {
 public:
  Eraser(Core& core, std::vector<Position> objects, const Journal::ControlTest& also,
         std::string_view trace)
      : core_(core),
        objects_(std::move(objects)),
        also_(also),
        trace_(core.files.exists(core.path(std::string(kQuarantine))) ? trace : "") {}

  // True if the segment holds any of the records, or memberships of them.
  bool concerns(const SegmentRef& ref) const {
    return lists(ref) || !controls_in(ref).empty() || has_trace(ref);
  }

  bool lists(const SegmentRef& ref) const {
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
    TRY(remove_old_generations());
    return remove_quarantined();
  }

 private:
  // Sealed segments with memberships of the records. Those that are rewritten get a new index in any case.
  std::vector<size_t> segments_that_list() const {
    const auto state = core_.state();
    std::vector<size_t> out;
    for (size_t i = 0; i < state->sealed->size(); ++i) {
      if (lists(state->at(i)) && frames_in(state->at(i)).empty()) out.push_back(i);
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
      const std::vector<uint64_t> offsets = frames_in(state->at(i));
      if (!offsets.empty() || has_trace(state->at(i))) TRY(rewrite(*state, i, offsets));
    }
    return {};
  }

  bool is_erased(Position object) const {
    return std::binary_search(objects_.begin(), objects_.end(), object);
  }

  // Offsets of the frames that still hold content.
  std::vector<uint64_t> frames_in(const SegmentRef& ref) const {
    std::vector<uint64_t> out = controls_in(ref);
    const Segment& segment = *ref.segment;
    auto at = std::lower_bound(objects_.begin(), objects_.end(), segment.first());
    for (; at != objects_.end() && *at - segment.first() < ref.counts.entries; ++at) {
      const uint32_t local = *at - segment.first();
      if (!(segment.entry(local).flags & (kErased | kDamaged)))
        out.push_back(segment.run(local).offset[segment.in_run(local)]);
    }
    return out;
  }

  // Of control records alone. An erased one has no bytes any more.
  std::vector<uint64_t> controls_in(const SegmentRef& ref) const {
    std::vector<uint64_t> out;
    if (!also_) return out;
    for (uint32_t row = 0; row < ref.counts.controls; ++row) {
      const Control control = ref.segment->control(row);
      if (!control.bytes.empty() && also_(control))
        out.push_back(ref.segment->control_row(row).offset);
    }
    return out;
  }

  // Whether damaged bytes of the segment hold the trace. Reads all of it: asked only where there was damage.
  bool has_trace(const SegmentRef& ref) const {
    if (trace_.empty()) return false;
    const std::string_view bytes{ref.segment->data(), ref.bytes};
    const Scan scanned = scan_segment(bytes, core_.key(ref.segment->number()), ref.segment->first(),
                                      ScanTail::kKeep);
    return std::ranges::any_of(scanned.damage, [&](const ByteRange& range) {
      return holds_trace(bytes.substr(range.begin, range.end - range.begin));
    });
  }

  bool holds_trace(std::string_view bytes) const {
    return !trace_.empty() && bytes.find(trace_) != std::string_view::npos;
  }

  // Damage that holds the trace, or a record that was to be erased.
  Result<void> wipe_damage(std::string_view bytes, const Segment& segment,
                           const std::vector<uint64_t>& offsets, File& file) const {
    const Scan scanned =
        scan_segment(bytes, core_.key(segment.number()), segment.first(), ScanTail::kKeep);
    for (const ByteRange& range : scanned.damage) {
      const bool is_wiped = holds_trace(bytes.substr(range.begin, range.end - range.begin)) ||
                            std::ranges::any_of(offsets, [&](uint64_t offset) {
                              return range.begin <= offset && offset < range.end;
                            });
      if (!is_wiped) continue;
      const std::string zeros(std::min<uint64_t>(kPieceBytes, range.end - range.begin), '\0');
      for (uint64_t at = range.begin; at < range.end; at += zeros.size()) {
        const std::string_view piece =
            std::string_view(zeros).substr(0, static_cast<size_t>(range.end - at));
        TRY(file.write_at(at, piece));
      }
    }
    return {};
  }

  // Copies of damage that hold the trace.
  Result<void> remove_quarantined() {
    if (trace_.empty()) return {};
    const std::string directory = core_.path(std::string(kQuarantine));
    for (const std::string& name : TRY(core_.files.list(directory))) {
      const std::string bytes = TRY(core_.files.read(directory + "/" + name));
      if (holds_trace(bytes)) TRY(core_.files.remove(directory + "/" + name));
    }
    return core_.files.sync_directory(directory);
  }

  Result<void> rewrite(const Snapshot::State& state, size_t i,
                       const std::vector<uint64_t>& offsets) {
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
    bool is_damaged = !trace_.empty();
    for (const uint64_t offset : offsets) {
      const auto erased = erased_frame(bytes, segment, offset);
      is_damaged = is_damaged || !erased;
      if (erased) TRY(file->write_at(offset, *erased));
    }
    if (is_damaged) TRY(wipe_damage(bytes, segment, offsets, *file));
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
    const bool is_control = head && head->kind == static_cast<uint8_t>(FrameKind::kControl);
    if (!head || (!is_control && head->kind != static_cast<uint8_t>(FrameKind::kObject))) {
      return fail(Code::kCorrupt, segment_name(segment.number(), segment.generation()) + " at " +
                                      std::to_string(offset) + ": no whole record to erase");
    }
    std::string frame(head->length, '\0');
    if (is_control) {
      auto stored = load<ControlHead>(bytes, offset);
      stored.frame.flags |= kErasedFrame;
      stored.salt = {};
      std::memcpy(frame.data(), &stored, sizeof stored);
    } else {
      auto stored = load<ObjectHead>(bytes, offset);
      stored.frame.flags |= kErasedFrame;
      stored.content_hash = 0;
      stored.salt = {};
      std::memcpy(frame.data(), &stored, sizeof stored);
    }
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
  const Journal::ControlTest& also_;
  std::string_view trace_;  // empty: there was no damage
};

}  // namespace

Result<void> Journal::erase(std::span<const Position> positions, const ControlTest& also,
                            std::string_view trace) {
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
  Eraser eraser(impl_->core, std::move(objects), also, trace);
  if (eraser.concerns(before->active)) TRY(impl_->writer->seal_active());
  impl_->indexer->wait_until_idle();
  return eraser.run();
}

}  // namespace entente::store
