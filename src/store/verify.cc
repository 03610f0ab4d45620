// Verification: every frame, commitment and link from the first segment to the last commit, then every index against one
// made anew from the frames, then the chains of versions and the has-newer bits against the entries.
//
// Works on a snapshot, one segment at a time in memory, while the journal is written to. Behind damage the chain is taken
// up again at the next commit, whose frame carries the link.
#include <algorithm>

#include "store/index.h"
#include "store/journal_impl.h"
#include "store/scan.h"

namespace entente::store {
namespace {

class Verifier {
 public:
  Verifier(const Core& core, const Snapshot::State& state,
           const std::function<void(uint64_t, uint64_t)>& progress)
      : core_(core),
        state_(state),
        progress_(progress),
        total_(state.sealed_bytes + state.active.bytes) {}

  VerifyReport run() {
    for (size_t i = 0; i < state_.segments(); ++i) {
      const SegmentRef& ref = state_.at(i);
      const std::string name = segment_name(ref.segment->number(), ref.segment->generation());
      name_ = name;
      const auto mapped = core_.files.map(core_.path(name), ref.bytes, Access::kSequential);
      if (!mapped) {
        problem(0, mapped.error().detail);
        link_known_ = false;
      } else {
        const std::string_view bytes{(*mapped)->data(), ref.bytes};
        frames(bytes, *ref.segment);
        rebuild(bytes, i);
      }
      before_ += ref.bytes;
      report_progress(0);
    }
    if (in_batch()) problem(0, "records that no commit closes");
    chains();
    return std::move(report_);
  }

 private:
  static constexpr size_t kProblemsMax = 10'000;

  void note(std::string text) {
    if (report_.problems.size() < kProblemsMax) report_.problems.push_back(std::move(text));
  }
  void problem(uint64_t offset, const std::string& text) {
    note(name_ + " at " + std::to_string(offset) + ": " + text);
  }
  void report_progress(uint64_t offset) {
    if (progress_) progress_(before_ + offset, total_);
  }
  bool in_batch() const { return batch_records_ > 0; }

  void frames(std::string_view bytes, const Segment& segment) {
    header(bytes, segment);
    const FrameKey key = core_.key(segment.number());
    uint64_t reported = 0;
    for (uint64_t offset = kSegmentStart; offset < bytes.size();) {
      const auto head = check_frame(bytes, offset, key, {});
      if (!head) {
        uint64_t end = offset + 8;
        while (end < bytes.size() && !check_frame(bytes, end, key, {})) end += 8;
        problem(offset, std::to_string(end - offset) + " bytes are damaged");
        link_known_ = false;
        batch_whole_ = false;
        offset = end;
        continue;
      }
      frame(bytes, offset, *head);
      offset += head->length;
      if (offset - reported > limits::kMiB * 4) {
        report_progress(offset);
        reported = offset;
      }
    }
  }

  void header(std::string_view bytes, const Segment& segment) {
    const auto header = read_header(bytes);
    if (!header) return problem(0, "the header is damaged");
    if (header->number != segment.number()) problem(0, "the header names another segment");
    if (header->first != segment.first()) problem(0, "the header's first position is wrong");
    if (header->node != core_.identity.node || header->secret != core_.identity.secret) {
      problem(0, "the header names another node");
    }
    if (link_known_ && header->link != link_) problem(0, "the chain breaks before this segment");
    if (!link_known_ && batch_whole_) {
      link_ = header->link;
      link_known_ = true;
    }
  }

  void frame(std::string_view bytes, uint64_t offset, const FrameHead& head) {
    switch (static_cast<FrameKind>(head.kind)) {
      case FrameKind::kObject:
        return object(bytes, offset, head);
      case FrameKind::kMembership: {
        const auto meta = load<Meta>(bytes, offset + offsetof(MembershipFrame, meta));
        take_position(offset, meta.position);
        link_ = next_link(link_, raw(meta), Digest{});
        return count();
      }
      case FrameKind::kControl:
        return control(bytes, offset, head);
      case FrameKind::kCommit: {
        last_commit_ = load<CommitFrame>(bytes, offset).body;
        return commit(offset, last_commit_);
      }
      case FrameKind::kMark: {
        const auto mark = load<MarkFrame>(bytes, offset);
        if (raw(mark.body) != raw(last_commit_) && batch_whole_) {
          problem(offset, "the mark does not repeat the commit before it");
        }
        // It stands in for a commit that is damaged.
        if (!batch_whole_) commit(offset, mark.body);
        return;
      }
      default:
        return problem(offset, "a frame that does not belong here");
    }
  }

  void count() {
    ++batch_records_;
    ++report_.records;
  }

  void take_position(uint64_t offset, Position position) {
    if (batch_records_ == 0) batch_first_ = next_;
    if (position != next_ && batch_whole_) problem(offset, "a position is out of order");
    next_ = position + 1;
  }

  void object(std::string_view bytes, uint64_t offset, const FrameHead& head) {
    const auto stored = load<ObjectHead>(bytes, offset);
    take_position(offset, stored.meta.position);
    const std::string_view content =
        bytes.substr(offset + bytes_offset_in(stored.meta), stored.meta.byte_length);
    const std::string_view targets =
        bytes.substr(offset + sizeof(ObjectHead), size_t{stored.meta.reference_count} * 8);
    if (head.flags & kErasedFrame) {
      const bool empty = content.find_first_not_of('\0') == std::string_view::npos &&
                         targets.find_first_not_of('\0') == std::string_view::npos &&
                         stored.salt == Salt{} && stored.content_hash == 0;
      if (!empty) problem(offset, "an erased record still holds content");
    } else {
      if (sha256({as_text(stored.salt), targets, content}) != stored.commitment) {
        problem(offset, "the content does not fit its commitment");
      }
    }
    link_ = next_link(link_, raw(stored.meta), stored.commitment);
    count();
  }

  void control(std::string_view bytes, uint64_t offset, const FrameHead& head) {
    const auto stored = load<ControlHead>(bytes, offset);
    if (batch_records_ == 0) batch_first_ = next_;
    if (stored.meta.position != next_ && batch_whole_)
      problem(offset, "a position is out of order");
    next_ = stored.meta.position;
    const std::string_view content =
        bytes.substr(offset + sizeof(ControlHead), stored.meta.byte_length);
    if (head.flags & kErasedFrame) {
      const bool empty =
          content.find_first_not_of('\0') == std::string_view::npos && stored.salt == Salt{};
      if (!empty) problem(offset, "an erased record still holds content");
    } else if (commitment_of(stored.salt, {}, content) != stored.commitment) {
      problem(offset, "the content does not fit its commitment");
    }
    link_ = next_link(link_, raw(stored.meta), stored.commitment);
    count();
  }

  void commit(uint64_t offset, const CommitBody& body) {
    if (batch_whole_) {
      if (body.records != batch_records_ || body.end != next_ || body.first != batch_first_) {
        problem(offset, "the commit does not fit its batch");
      }
      if (link_known_ && body.link != link_) problem(offset, "the chain breaks in this batch");
      if (body.tick_ms <= last_tick_) problem(offset, "the tick does not rise");
    }
    link_ = body.link;
    link_known_ = true;
    last_tick_ = body.tick_ms;
    next_ = body.end;
    batch_first_ = body.end;
    batch_records_ = 0;
    batch_whole_ = true;
  }

  // The index, or what serves in its place, against one made from the frames.
  void rebuild(std::string_view bytes, size_t i) {
    const SegmentRef& ref = state_.at(i);
    const Segment& served = *ref.segment;
    const Scan scanned =
        scan_segment(bytes, core_.key(served.number()), served.first(), ScanTail::kKeep);
    const auto data = core_.files.map(
        core_.path(segment_name(served.number(), served.generation())), ref.bytes, Access::kRandom);
    if (!data) return problem(0, data.error().detail);
    GrowingSegment expected(served.number(), served.generation(), served.first(),
                            ref.bytes + sizeof(HeaderFrame), *data);
    ReplayContext context = replay_context(state_, i);
    replay(bytes, scanned, expected, context);
    const Counts& counts = expected.published();
    if (std::tie(counts.entries, counts.references, counts.controls, counts.batches) !=
        std::tie(ref.counts.entries, ref.counts.references, ref.counts.controls,
                 ref.counts.batches)) {
      return problem(0, "the index counts other records than there are");
    }
    if (!ref.indexed) {
      for (std::string& text : compare_rows(served, expected, ref.counts)) note(std::move(text));
      return;
    }
    IndexFacts facts;
    facts.counts = counts;
    facts.segment_bytes = ref.bytes;
    facts.last_tick_ms = context.last_tick_ms;
    facts.batches_end = context.batches_end;
    auto problems = compare_index(
        core_.files, core_.path(index_name(served.number(), served.generation())), expected, facts);
    if (!problems) return problem(0, problems.error().detail);
    for (std::string& text : *problems) note(std::move(text));
  }

  // Each entry is followed by at most one of its id, no id has two chains, and the bits say who has a newer one.
  void chains() {
    std::vector<bool> superseded(state_.end);
    for (Position position = 0; position < state_.end; ++position) {
      const Entry entry = state_.entry(position);
      if (entry.flags & kDamaged) continue;
      if (entry.object > position) note("entry " + std::to_string(position) + ": wrong object");
      if (entry.previous == kNone) {
        root(position, entry.id_hash);
      } else if (entry.previous >= position || superseded[entry.previous] ||
                 state_.entry(entry.previous).id_hash != entry.id_hash) {
        note("entry " + std::to_string(position) + ": wrong previous entry");
      } else {
        superseded[entry.previous] = true;
      }
    }
    for (Position position = 0; position < state_.end; ++position) {
      // The bits may run ahead of this snapshot, never behind it.
      if (superseded[position] && !state_.newer->test(position)) {
        note("entry " + std::to_string(position) + ": not known to have a newer one");
      }
    }
  }

  void root(Position position, uint64_t id_hash) {
    Position oldest = state_.newest(id_hash);
    while (oldest != kNone && state_.previous(oldest) != kNone) oldest = state_.previous(oldest);
    if (oldest != position) note("entry " + std::to_string(position) + ": not found by its id");
  }

  const Core& core_;
  const Snapshot::State& state_;
  const std::function<void(uint64_t, uint64_t)>& progress_;
  uint64_t total_;
  uint64_t before_ = 0;
  std::string name_;
  VerifyReport report_;
  Digest link_{};
  bool link_known_ = true;
  bool batch_whole_ = true;
  Position next_ = 0;
  Position batch_first_ = 0;
  uint32_t batch_records_ = 0;
  int64_t last_tick_ = 0;
  CommitBody last_commit_;
};

}  // namespace

VerifyReport Journal::verify(
    const std::function<void(uint64_t done, uint64_t total)>& progress) const {
  std::lock_guard lock(impl_->maintenance);
  const auto state = impl_->core.state();
  return Verifier(impl_->core, *state, progress).run();
}

}  // namespace entente::store
