// Two passes. The first checks every frame and learns which commits count; the second enters records and hashes nothing.
//
// Which commits count in the last segment. A group is written only after the one before it was made durable, so a batch
// that is whole proves that all before it had reached the disk; so does a mark frame. A batch with damage that nothing
// proves durable is a torn write and is cut together with what follows; damage in a proven batch is kept as damage: the
// entries whose frames are gone stay as placeholders, so that no later position moves.
#include "store/scan.h"

#include <algorithm>

namespace entente::store {
namespace {

class Scanner {
 public:
  Scanner(std::string_view segment, const FrameKey& key, std::optional<Position> first)
      : segment_(segment), key_(key) {
    if (first) {
      range_.low = *first;
      range_.high = static_cast<Position>(std::min<uint64_t>(
          kNone - 1, uint64_t{*first} + segment.size() / sizeof(MembershipFrame)));
    }
  }

  Scan run(ScanTail tail) {
    uint64_t offset = kSegmentStart;
    while (offset < segment_.size()) {
      const auto head = check_frame(segment_, offset, key_, range_);
      if (!head) {
        offset = skip_damage(offset);
        continue;
      }
      take(offset, *head);
      offset += head->length;
    }
    if (tail == ScanTail::kKeep) {
      scan_.end = segment_.size();
    } else {
      cut();
    }
    return std::move(scan_);
  }

 private:
  uint64_t skip_damage(uint64_t begin) {
    uint64_t end = begin + 8;
    while (end < segment_.size() && !check_frame(segment_, end, key_, range_)) end += 8;
    end = std::min<uint64_t>(end, segment_.size());
    scan_.damage.push_back({begin, end});
    batch_whole_ = false;
    return end;
  }

  void take(uint64_t offset, const FrameHead& head) {
    switch (static_cast<FrameKind>(head.kind)) {
      case FrameKind::kCommit: {
        const auto body = load<CommitBody>(segment_, offset + offsetof(CommitFrame, body));
        add_commit(offset, body, batch_whole_ && body.records == records_ + carried(body));
        return;
      }
      case FrameKind::kMark: {
        const auto mark = load<MarkFrame>(segment_, offset);
        if (mark.commit_offset >= offset) return;
        durable_ = std::max(durable_, mark.commit_offset + sizeof(CommitFrame));
        // The commit that it repeats may itself be damaged.
        if (scan_.commits.empty() || scan_.commits.back().begin < mark.commit_offset) {
          add_commit(mark.commit_offset, mark.body, false);
        }
        return;
      }
      default:
        ++records_;
        last_record_ = offset + head.length;
    }
  }

  // Records of the first batch that stand in earlier segments: not counted here, so not checked here.
  uint32_t carried(const CommitBody& body) const {
    return scan_.commits.empty() && body.records > records_ ? body.records - records_ : 0;
  }

  void add_commit(uint64_t offset, const CommitBody& body, bool whole) {
    scan_.commits.push_back({offset, offset + sizeof(CommitFrame), body, whole});
    range_.low = std::max(range_.low, body.end);
    batch_whole_ = true;
    records_ = 0;
  }

  void cut() {
    auto& commits = scan_.commits;
    while (!commits.empty() && !commits.back().whole && commits.back().end > durable_) {
      commits.pop_back();
    }
    scan_.end = commits.empty() ? kSegmentStart : commits.back().end;
    for (auto head = check_frame(segment_, scan_.end, key_, {0, range_.high});
         head && head->kind == static_cast<uint8_t>(FrameKind::kMark);
         head = check_frame(segment_, scan_.end, key_, {0, range_.high})) {
      scan_.end += head->length;
    }
    scan_.records_beyond = last_record_ > scan_.end;
    while (!scan_.damage.empty() && scan_.damage.back().begin >= scan_.end) {
      scan_.damage.pop_back();
      scan_.damaged_beyond = true;
    }
  }

  std::string_view segment_;
  FrameKey key_;
  PositionRange range_;
  Scan scan_;
  bool batch_whole_ = true;
  uint32_t records_ = 0;      // since the last commit
  uint64_t durable_ = 0;      // proven to have reached the disk up to here
  uint64_t last_record_ = 0;  // where the last whole record ends
};

class Replayer {
 public:
  Replayer(std::string_view segment, const Scan& scan, GrowingSegment& out, ReplayContext& context)
      : segment_(segment), scan_(scan), out_(out), context_(context) {}

  void run() {
    uint64_t offset = kSegmentStart;
    for (const ScannedCommit& commit : scan_.commits) {
      records(offset, commit.begin);
      close(commit.body);
      offset = commit.end;
    }
    records(offset, scan_.end);
    fill_up_to(context_.tail_end);
    out_.set_staged_ticks(context_.tail_tick_ms);
    out_.publish();
  }

 private:
  Position next() const { return out_.first() + out_.staged().entries; }

  void fill_up_to(Position end) {
    while (next() < end) {
      Entry gone;
      gone.object = next();
      gone.flags = kDamaged;
      out_.stage(gone, 0, 0, {});
    }
  }

  void records(uint64_t begin, uint64_t end) {
    auto damage = std::lower_bound(
        scan_.damage.begin(), scan_.damage.end(), begin,
        [](const ByteRange& range, uint64_t offset) { return range.end <= offset; });
    for (uint64_t offset = begin; offset < end;) {
      if (damage != scan_.damage.end() && offset >= damage->begin) {
        offset = std::max(offset, damage->end);
        ++damage;
        continue;
      }
      const auto head = load<FrameHead>(segment_, offset);
      record(offset, head);
      offset += head.length;
    }
  }

  void record(uint64_t offset, const FrameHead& head) {
    switch (static_cast<FrameKind>(head.kind)) {
      case FrameKind::kObject:
        return object(offset, head);
      case FrameKind::kMembership:
        return membership(offset);
      case FrameKind::kControl: {
        const auto meta = load<ControlMeta>(segment_, offset + offsetof(ControlHead, meta));
        fill_up_to(meta.position);
        Control control;
        control.kind = head.control_kind;
        control.key = meta.key;
        control.position = meta.position;
        const bool is_erased = (head.flags & kErasedFrame) != 0;
        out_.stage_control(control, static_cast<uint32_t>(offset),
                           is_erased ? 0 : meta.byte_length);
        return;
      }
      default:
        return;
    }
  }

  static Entry entry_of(const Meta& meta) {
    Entry entry;
    entry.id_hash = meta.id_hash;
    entry.version_ns = meta.version_ns;
    entry.object = meta.object;
    entry.previous = meta.previous;
    entry.mark_set = meta.mark_set;
    entry.type = meta.type;
    entry.collection = meta.collection;
    entry.submitter = meta.submitter;
    entry.flags = meta.flags;
    return entry;
  }

  void object(uint64_t offset, const FrameHead& head) {
    const auto stored = load<ObjectHead>(segment_, offset);
    const Meta& meta = stored.meta;
    fill_up_to(meta.position);
    if (meta.position != next()) return;
    Entry entry = entry_of(meta);
    entry.content_hash = stored.content_hash;
    const bool erased = head.flags & kErasedFrame;
    if (erased) entry.flags |= kErased;
    references_.resize(erased ? 0 : meta.reference_count);
    if (!references_.empty()) {
      __builtin_memcpy(references_.data(), segment_.data() + offset + sizeof(ObjectHead),
                       references_.size() * 8);
    }
    stage(entry, offset, erased ? 0 : meta.byte_length);
  }

  void membership(uint64_t offset) {
    const auto meta = load<Meta>(segment_, offset + offsetof(MembershipFrame, meta));
    fill_up_to(meta.position);
    if (meta.position != next()) return;
    Entry entry = entry_of(meta);
    if (meta.object >= out_.first()) {
      const uint32_t local = meta.object - out_.first();
      entry.content_hash = out_.entry(local).content_hash;
      references_ = out_.references(local);
    } else {
      entry.content_hash = context_.entry(meta.object).content_hash;
      references_ = context_.references(meta.object);
    }
    stage(entry, offset, 0);
  }

  void stage(Entry& entry, uint64_t offset, uint32_t length) {
    if (entry.previous >= next()) entry.previous = kNone;
    if (entry.previous != kNone && damaged(entry.previous)) {
      entry.previous = older_undamaged(entry.id_hash);
    }
    out_.stage(entry, static_cast<uint32_t>(offset), length, references_);
  }

  bool damaged(Position position) const {
    if (position >= out_.first()) {
      return out_.entry(position - out_.first()).flags & kDamaged;
    }
    return context_.entry(position).flags & kDamaged;
  }

  // The chain of an id leads around damaged entries. Rare, so it may be slow.
  Position older_undamaged(uint64_t id_hash) const {
    for (uint32_t local = out_.staged().entries; local-- > 0;) {
      if (out_.id_hash(local) == id_hash && !(out_.entry(local).flags & kDamaged)) {
        return out_.first() + local;
      }
    }
    return context_.find(id_hash);
  }

  // Batches follow each other without gap or overlap whatever the commits say.
  void close(const CommitBody& body) {
    fill_up_to(body.end);
    if (body.first > context_.batches_end) {
      // The commit of an earlier batch is gone beyond repair: its entries get a tick of their own.
      batch({context_.batches_end, body.first, context_.last_tick_ms + 1});
    }
    const int64_t tick = std::max(body.tick_ms, context_.last_tick_ms + 1);
    out_.set_staged_ticks(tick);
    batch({context_.batches_end, next(), tick});
    out_.publish();
  }

  void batch(const BatchInfo& info) {
    out_.stage_batch(info);
    context_.batches_end = info.end;
    context_.last_tick_ms = info.tick_ms;
  }

  std::string_view segment_;
  const Scan& scan_;
  GrowingSegment& out_;
  ReplayContext& context_;
  std::vector<uint64_t> references_;
};

}  // namespace

Scan scan_segment(std::string_view segment, const FrameKey& key, std::optional<Position> first,
                  ScanTail tail) {
  return Scanner(segment, key, first).run(tail);
}

void replay(std::string_view segment, const Scan& scan, GrowingSegment& out,
            ReplayContext& context) {
  Replayer(segment, scan, out, context).run();
}

}  // namespace entente::store
