// The order of recovery. (1) Who: the secret file, or a segment's header. (2) From the last segment backwards, find the
// one with the last commit that counts: it is the active one; later files hold only what was never acknowledged. (3) Map
// the indexes of the segments before it; make those anew that are missing or damaged. (4) Replay the active one from its
// frames. (5) Cut files only then, when nothing can fail any more but the cutting.
//
// The chain is not recomputed here (verify does that): the writer goes on from the last commit's link.
#include "store/recover.h"

#include <algorithm>
#include <map>

#include "store/index.h"
#include "store/indexer.h"
#include "store/scan.h"

namespace entente::store {
namespace {

struct Found {
  uint32_t number = 0;
  uint32_t generation = 1;
  uint64_t bytes = 0;
  std::optional<HeaderFrame> header;
};

class Recoverer {
 public:
  Recoverer(Core& core, const std::function<void(const Control&)>& fold, Recovery& recovery)
      : core_(core), files_(core.files), fold_(fold), recovery_(recovery) {}

  Result<Tail::Resume> run() {
    TRY(find_files());
    TRY(identify());
    if (found_.empty()) TRY(create_first());
    TRY(find_active());
    state_ = std::make_shared<Snapshot::State>();
    auto sealed = std::make_shared<std::vector<SegmentRef>>();
    state_->newer = std::make_shared<Bits>();
    for (size_t i = 0; i < active_; ++i) {
      sealed->push_back(TRY(load_sealed(i)));
      loaded_ = sealed.get();
    }
    loaded_ = sealed.get();
    Tail::Resume resume = TRY(load_active());
    state_->sealed = std::move(sealed);
    finish_state();
    TRY(cut(resume));
    if (fold_) fold_controls();
    core_.set_first_state(state_);
    return resume;
  }

 private:
  std::string path_of(const Found& found) const {
    return core_.path(segment_name(found.number, found.generation));
  }

  Result<void> find_files() {
    std::map<uint32_t, uint32_t> newest;
    const auto names = TRY(files_.list(core_.directory));
    for (const std::string& name : names) {
      if (name.ends_with(".tmp")) TRY(files_.remove(core_.path(name)));
      const auto parsed = parse_name(name);
      if (!parsed || parsed->index) continue;
      uint32_t& generation = newest[parsed->number];
      generation = std::max(generation, parsed->generation);
    }
    for (const std::string& name : names) {
      const auto parsed = parse_name(name);
      if (!parsed) continue;
      const auto known = newest.find(parsed->number);
      // Earlier generations hold what was erased; indexes without a segment hold nothing.
      if (known == newest.end() || known->second != parsed->generation) {
        TRY(files_.remove(core_.path(name)));
      }
    }
    for (const auto& [number, generation] : newest) {
      if (number != found_.size() + 1) {
        return fail(Code::kCorrupt, "segment " + segment_name(uint32_t(found_.size() + 1), 1) +
                                        " is missing from " + core_.directory);
      }
      Found found;
      found.number = number;
      found.generation = generation;
      const auto file = TRY(files_.open(path_of(found)));
      found.bytes = TRY(file->size());
      if (found.bytes >= sizeof(HeaderFrame)) {
        const auto mapping = TRY(files_.map(path_of(found), sizeof(HeaderFrame), Access::kRandom));
        found.header = read_header({mapping->data(), mapping->size()});
      }
      found_.push_back(found);
    }
    return {};
  }

  Result<void> identify() {
    const std::string path = core_.path("secret");
    std::optional<Identity> in_file;
    if (files_.exists(path)) {
      const std::string text = TRY(files_.read(path));
      in_file = parse_identity(text);
    }
    // Segments carry a copy in their checked headers: where they differ from the file, the file is damaged.
    std::optional<Identity> identity;
    for (const Found& found : found_) {
      if (!found.header) continue;
      if (found.header->version > kFormatVersion) {
        return fail(Code::kInvalid, path_of(found) + " was written by a newer version of entente");
      }
      const Identity stored{found.header->node, found.header->secret};
      if (!identity) identity = stored;
      if (stored.node != identity->node || stored.secret != identity->secret) {
        return fail(Code::kCorrupt, path_of(found) + " belongs to another node's journal");
      }
    }
    const bool is_damaged =
        identity && files_.exists(path) &&
        (!in_file || in_file->node != identity->node || in_file->secret != identity->secret);
    if (is_damaged)
      recovery_.rebuilt.push_back("secret: damaged, written anew from a segment's header");
    if (!identity) identity = in_file;
    if (!identity && !found_.empty() && !only_an_empty_first()) {
      return fail(Code::kCorrupt, "neither " + path + " nor a segment's header can be read");
    }
    if (!identity) {
      identity.emplace();
      core_.random.fill(identity->node);
      core_.random.fill(identity->secret);
    }
    core_.identity = *identity;
    core_.frame_secret = frame_secret(*identity);
    core_.hasher.emplace(*identity);
    if (in_file && !is_damaged) return {};
    return write_small(files_, core_.directory, "secret", identity_text(*identity));
  }

  // A crash while the very first segment was begun.
  bool only_an_empty_first() const {
    return found_.size() == 1 && found_[0].bytes < sizeof(HeaderFrame);
  }

  Result<void> create_first() {
    Found found;
    found.number = 1;
    found_.push_back(found);
    return write_first_header();
  }

  Result<void> write_first_header() {
    Found& found = found_[0];
    HeaderFrame header = make_header(1, 0, 0);
    header.node = core_.identity.node;
    header.secret = core_.identity.secret;
    header.frame.checksum = header_checksum_of(raw(header));
    const auto file = TRY(files_.open(path_of(found)));
    TRY(file->truncate(0));
    TRY(file->write_at(0, raw(header)));
    TRY(file->sync());
    TRY(files_.sync_directory(core_.directory));
    found.header = header;
    found.bytes = sizeof header;
    return {};
  }

  Result<Scan> scan(const Found& found, std::optional<Position> first, ScanTail tail) {
    const auto mapping = TRY(files_.map(path_of(found), found.bytes, Access::kSequential));
    return scan_segment({mapping->data(), mapping->size()}, core_.key(found.number), first, tail);
  }

  Result<void> find_active() {
    for (active_ = found_.size() - 1;; --active_) {
      const Found& found = found_[active_];
      std::optional<Position> first;
      if (found.header) first = found.header->first;
      scan_ = TRY(scan(found, first, ScanTail::kCut));
      if (!scan_.commits.empty()) return {};
      if (active_ == 0) break;
    }
    if (!found_[0].header && found_[0].bytes < sizeof(HeaderFrame)) {
      recovery_.cut_bytes += found_[0].bytes;
      TRY(write_first_header());
    }
    return {};
  }

  Position next_first() const {
    if (loaded_ == nullptr || loaded_->empty()) return 0;
    const SegmentRef& last = loaded_->back();
    return last.segment->first() + last.counts.entries;
  }

  Result<SegmentRef> load_sealed(size_t i) {
    const Found& found = found_[i];
    const Position first = next_first();
    const auto data = TRY(files_.map(path_of(found), found.bytes, Access::kRandom));
    const std::string index = index_name(found.number, found.generation);
    auto opened = open_index(files_, core_.path(index), found.number, found.generation, data);
    const bool fits = opened && (*opened)->first() == first;
    if (fits && !erasure_cut_short_) return loaded(*opened);
    if (found.generation > 1) erasure_cut_short_ = true;
    recovery_.rebuilt.push_back(
        index + ": " +
        (fits ? "an erasure before it did not end"
              : (opened ? "its first position is wrong" : opened.error().detail)));
    return rebuild(i, first, data);
  }

  SegmentRef loaded(const std::shared_ptr<const IndexedSegment>& segment) {
    const IndexHeader& header = segment->header();
    SegmentRef ref;
    ref.segment = segment;
    ref.counts = header.counts;
    ref.batches_end = header.batches_end;
    ref.last_tick_ms = header.last_tick_ms;
    ref.bytes = header.segment_bytes;
    ref.indexed = true;
    state_->newer->reserve(uint64_t{header.first} + header.counts.entries + 1);
    for (const uint32_t position : segment->superseded()) {
      if (position < header.first + header.counts.entries) state_->newer->set(position);
    }
    return ref;
  }

  ReplayContext context() {
    ReplayContext out;
    out.entry = [this](Position position) {
      const Segment& segment = segment_of(position);
      return segment.entry(position - segment.first());
    };
    out.references = [this](Position position) {
      const Segment& segment = segment_of(position);
      return segment.references(position - segment.first());
    };
    out.find = [this](uint64_t id_hash) -> Position {
      if (loaded_ == nullptr) return kNone;
      for (size_t i = loaded_->size(); i-- > 0;) {
        const Segment& segment = *(*loaded_)[i].segment;
        const uint32_t local = segment.newest(id_hash);
        if (local != kNoRow) return segment.first() + local;
      }
      return kNone;
    };
    if (loaded_ != nullptr && !loaded_->empty()) {
      out.last_tick_ms = loaded_->back().last_tick_ms;
      out.batches_end = loaded_->back().batches_end;
    }
    return out;
  }

  const Segment& segment_of(Position position) const {
    CHECK(position < next_first());
    const auto after = std::upper_bound(
        loaded_->begin(), loaded_->end(), position,
        [](Position p, const SegmentRef& ref) { return p < ref.segment->first(); });
    return *std::prev(after)->segment;
  }

  // The tick of the batch that the first commit after segment i closes.
  Result<int64_t> tick_after(size_t i) {
    for (size_t next = i + 1; next < active_; ++next) {
      const auto& header = found_[next].header;
      const Scan later = TRY(scan(
          found_[next], header ? std::optional(header->first) : std::nullopt, ScanTail::kKeep));
      if (!later.commits.empty()) return later.commits.front().body.tick_ms;
    }
    return scan_.commits.empty() ? 0 : scan_.commits.front().body.tick_ms;
  }

  Result<SegmentRef> rebuild(size_t i, Position first, std::shared_ptr<const Mapping> data) {
    const Found& found = found_[i];
    const Scan scanned = TRY(scan(found, first, ScanTail::kKeep));
    quarantine(found, scanned, data);
    auto segment = std::make_shared<GrowingSegment>(found.number, found.generation, first,
                                                    found.bytes + sizeof(HeaderFrame), data);
    ReplayContext replaying = context();
    const auto& after = found_[i + 1].header;
    if (after) {
      if (after->first < first || after->first - first > found.bytes / sizeof(MembershipFrame)) {
        return fail(Code::kCorrupt, path_of(found) + " does not fit the segment after it");
      }
      replaying.tail_end = after->first;
    }
    replaying.tail_tick_ms = TRY(tick_after(i));
    replay({data->data(), data->size()}, scanned, *segment, replaying);
    SegmentRef ref;
    ref.segment = segment;
    ref.counts = segment->published();
    ref.batches_end = replaying.batches_end;
    ref.last_tick_ms = replaying.last_tick_ms;
    ref.bytes = found.bytes;
    note_superseded(*segment, ref.counts);
    auto indexed = index_segment(core_, ref);
    return indexed ? *indexed : ref;  // a full disk does not keep the node from starting
  }

  void note_superseded(const Segment& segment, const Counts& counts) {
    state_->newer->reserve(uint64_t{segment.first()} + counts.entries + 1);
    for (uint32_t local = 0; local < counts.entries; ++local) {
      const Position previous = segment.previous(local);
      if (previous != kNone) state_->newer->set(previous);
    }
  }

  // Reports damaged ranges and keeps a copy of what stands there.
  void quarantine(const Found& found, const Scan& scanned,
                  const std::shared_ptr<const Mapping>& data) {
    std::vector<ByteRange> ranges = scanned.damage;
    if (!found.header) ranges.insert(ranges.begin(), {0, kSegmentStart});
    for (const ByteRange& range : ranges) {
      const std::string name = segment_name(found.number, found.generation) + "-" +
                               std::to_string(range.begin) + "-" + std::to_string(range.end);
      recovery_.quarantined.push_back(name);
      const std::string directory = core_.path("quarantine");
      if (files_.exists(directory + "/" + name)) continue;
      // Best effort: the damaged bytes stay in the segment in any case.
      if (!files_.make_directory(directory)) continue;
      const uint64_t end = std::min<uint64_t>(range.end, data->size());
      (void)write_small(files_, directory, name, {data->data() + range.begin, end - range.begin});
    }
  }

  Result<Tail::Resume> load_active() {
    const Found& found = found_[active_];
    const Position first = next_first();
    if (found.header && found.header->first != first) {
      return fail(Code::kCorrupt, path_of(found) + " does not follow the segment before it");
    }
    if (!found.header) scan_ = TRY(scan(found, first, ScanTail::kCut));
    const uint64_t bytes_max =
        std::max(growing_bytes_max(core_.segment_bytes), found.bytes + 2 * sizeof(CommitFrame));
    const auto data = TRY(files_.map(path_of(found), bytes_max, Access::kRandom));
    quarantine(found, scan_, data);
    auto segment =
        std::make_shared<GrowingSegment>(found.number, found.generation, first, bytes_max, data);
    ReplayContext replaying = context();
    const auto reading = TRY(files_.map(path_of(found), found.bytes, Access::kSequential));
    replay({reading->data(), reading->size()}, scan_, *segment, replaying);
    state_->active.segment = segment;
    state_->active.counts = segment->published();
    state_->active.batches_end = replaying.batches_end;
    state_->active.last_tick_ms = replaying.last_tick_ms;
    state_->active.bytes = scan_.end;
    note_superseded(*segment, segment->published());

    Tail::Resume resume;
    resume.segment = std::move(segment);
    resume.offset = scan_.end;
    resume.last_tick_ms = replaying.last_tick_ms;
    resume.batches_end = replaying.batches_end;
    if (!scan_.commits.empty()) {
      resume.link = scan_.commits.back().body.link;
    } else if (found.header) {
      resume.link = found.header->link;
    }
    return resume;
  }

  Result<void> cut(Tail::Resume& resume) {
    // From the end, so that a crash in between leaves nothing that looks like a later commit.
    while (found_.size() > active_ + 1) {
      const Found& found = found_.back();
      if (found.bytes > kSegmentStart) recovery_.cut_bytes += found.bytes;
      TRY(files_.remove(path_of(found)));
      TRY(files_.remove(core_.path(index_name(found.number, found.generation))));
      found_.pop_back();
      TRY(files_.sync_directory(core_.directory));
    }
    const Found& found = found_[active_];
    const std::string index = core_.path(index_name(found.number, found.generation));
    if (files_.exists(index)) TRY(files_.remove(index));
    resume.file = TRY(files_.open(path_of(found)));
    if (found.bytes > scan_.end) {
      recovery_.cut_bytes += found.bytes - scan_.end;
      TRY(resume.file->truncate(scan_.end));
      TRY(resume.file->sync());
    }
    return {};
  }

  void finish_state() {
    const SegmentRef& active = state_->active;
    state_->end = active.segment->first() + active.counts.entries;
    state_->last_tick_ms = active.last_tick_ms;
    state_->batches = active.counts.batches;
    for (const SegmentRef& ref : *state_->sealed) {
      state_->batches += ref.counts.batches;
      state_->sealed_bytes += ref.bytes;
    }
    state_->newer->reserve(uint64_t{state_->end} + 1);
    state_->ids = filter_of(*state_, {});
  }

  // Sealed segments are trusted through their index, but these few records decide who reads what.
  void fold_checked(const IndexedSegment& segment, uint32_t row) {
    if (segment.control_is_whole(row, core_.key(segment.number()))) {
      fold_(segment.control(row));
      return;
    }
    recovery_.quarantined.push_back(segment_name(segment.number(), segment.header().generation) +
                                    " at " + std::to_string(segment.control_row(row).offset) +
                                    ": a control record");
  }

  void fold_controls() {
    for (size_t i = 0; i < state_->segments(); ++i) {
      const SegmentRef& ref = state_->at(i);
      if (const auto* indexed = dynamic_cast<const IndexedSegment*>(ref.segment.get())) {
        for (const uint32_t row : indexed->folded()) {
          if (row < ref.counts.controls) fold_checked(*indexed, row);
        }
        continue;
      }
      for (uint32_t row = 0; row < ref.counts.controls; ++row) {
        if (ref.segment->control_row(row).kind < kFoldedBelow) fold_(ref.segment->control(row));
      }
    }
  }

  Core& core_;
  Files& files_;
  const std::function<void(const Control&)>& fold_;
  Recovery& recovery_;
  std::vector<Found> found_;
  size_t active_ = 0;
  Scan scan_;  // of the active segment
  // A new generation without index: later indexes may list what it no longer holds.
  bool erasure_cut_short_ = false;
  std::shared_ptr<Snapshot::State> state_;     // becomes the core's first
  std::vector<SegmentRef>* loaded_ = nullptr;  // the sealed segments loaded so far
};

}  // namespace

Result<Tail::Resume> recover(Core& core, const std::function<void(const Control&)>& fold,
                             Recovery& recovery) {
  return Recoverer(core, fold, recovery).run();
}

}  // namespace entente::store
