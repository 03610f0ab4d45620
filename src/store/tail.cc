// Frames are put together in a buffer that is written with one call while the processor's caches still hold it. A segment
// is closed and synced before the next one gets its first byte, and its directory entry before that one gets a commit: so
// the commit of a batch that spans segments needs one sync, of the last.
#include "store/tail.h"

#include <cstring>

namespace entente::store {
namespace {

constexpr size_t kBufferBytes = limits::kMiB / 4;
constexpr Position kPositionMax = kNone - (1u << 20);

template <class T>
void append_raw(std::string& buffer, const T& value) {
  buffer.append(raw(value));
}

FrameHead head_of(FrameKind kind) {
  FrameHead head;
  head.kind = static_cast<uint8_t>(kind);
  return head;
}

Meta meta_of(const Entry& entry, Position position) {
  Meta meta;
  meta.id_hash = entry.id_hash;
  meta.version_ns = entry.version_ns;
  meta.position = position;
  meta.object = entry.object;
  meta.previous = entry.previous;
  meta.mark_set = entry.mark_set;
  meta.type = entry.type;
  meta.collection = entry.collection;
  meta.submitter = entry.submitter;
  meta.flags = entry.flags;
  return meta;
}

}  // namespace

Tail::Tail(Core& core, Resume resume)
    : core_(core),
      random_(core.random),
      buffer_offset_(resume.offset),
      link_(resume.link),
      last_tick_ms_(resume.last_tick_ms),
      batches_end_(resume.batches_end) {
  Open open;
  open.segment = std::move(resume.segment);
  open.file = std::move(resume.file);
  open_.push_back(std::move(open));
  batch_first_ = next_position();
  committed_ = savepoint();
}

void Tail::fail_with(Error error, const char* doing) {
  if (failure_) return;
  // Writers are told why, and nothing of where the files are.
  const size_t reason = error.detail.rfind(": ");
  const bool is_full = error.code == Code::kUnavailable;
  failure_ =
      Error{Code::kUnavailable,
            std::string("nothing was stored: ") + doing + ": " +
                (is_full ? "disk full"
                         : error.detail.substr(reason == std::string::npos ? 0 : reason + 2))};
}

void Tail::seal_frame(size_t start) {
  while (buffer_.size() % 8 != 0) buffer_.push_back('\0');
  const uint32_t length = static_cast<uint32_t>(buffer_.size() - start);
  std::memcpy(&buffer_[start + offsetof(FrameHead, length)], &length, sizeof length);
  const std::string_view frame = std::string_view(buffer_).substr(start);
  const uint64_t checksum =
      checksum_of(core_.key(open_.back().segment->number()), buffer_offset_ + start, frame);
  std::memcpy(&buffer_[start], &checksum, sizeof checksum);
  batch_bytes_ += length;
}

void Tail::make_room(uint64_t length) {
  if (failure_) return;
  if (next_position() >= kPositionMax) {
    return fail_with({Code::kUnavailable, "the journal has no positions left"}, "append");
  }
  if (offset() + length > core_.segment_bytes && offset() > kSegmentStart) roll();
  if (!failure_ && !buffer_.empty() && buffer_.size() + length > kBufferBytes) flush();
}

void Tail::stage(const Entry& entry, uint64_t offset, uint32_t length,
                 std::span<const uint64_t> references) {
  open_.back().segment->stage(entry, static_cast<uint32_t>(offset), length, references);
  ++records_;
}

Position Tail::add_object(Entry entry, const Sealed& sealed) {
  CHECK(sealed.bytes.size() <= limits::kObjectBytesMax);
  CHECK(sealed.references.size() <= limits::kReferencesMax);
  make_room(object_frame_length(sealed.references.size(), sealed.bytes.size()));
  const Position position = next_position();
  if (failure_) return position;
  entry.object = position;
  ObjectHead head;
  head.frame = head_of(FrameKind::kObject);
  head.meta = meta_of(entry, position);
  head.meta.reference_count = static_cast<uint32_t>(sealed.references.size());
  head.meta.byte_length = static_cast<uint32_t>(sealed.bytes.size());
  head.commitment = sealed.commitment;
  head.content_hash = entry.content_hash;
  head.salt = sealed.salt;
  const size_t start = buffer_.size();
  append_raw(buffer_, head);
  buffer_.append(reinterpret_cast<const char*>(sealed.references.data()),
                 sealed.references.size_bytes());
  buffer_.append(sealed.bytes);
  buffer_.push_back(',');
  seal_frame(start);
  link_ = next_link(link_, raw(head.meta), head.commitment);
  stage(entry, buffer_offset_ + start, head.meta.byte_length, sealed.references);
  return position;
}

Position Tail::add_membership(Entry entry, std::span<const uint64_t> references) {
  make_room(sizeof(MembershipFrame));
  const Position position = next_position();
  if (failure_) return position;
  MembershipFrame frame;
  frame.frame = head_of(FrameKind::kMembership);
  frame.meta = meta_of(entry, position);
  const size_t start = buffer_.size();
  append_raw(buffer_, frame);
  seal_frame(start);
  link_ = next_link(link_, raw(frame.meta), Digest{});
  stage(entry, buffer_offset_ + start, 0, references);
  return position;
}

void Tail::add_control(ControlKind kind, uint64_t key, std::string_view bytes) {
  CHECK(bytes.size() <= limits::kObjectBytesMax);
  make_room(control_frame_length(bytes.size()));
  if (failure_) return;
  ControlHead head;
  head.frame = head_of(FrameKind::kControl);
  head.frame.control_kind = kind;
  head.meta = control_meta(kind, key, next_position(), static_cast<uint32_t>(bytes.size()));
  random_.fill(head.salt);
  head.commitment = commitment_of(head.salt, {}, bytes);
  const size_t start = buffer_.size();
  append_raw(buffer_, head);
  buffer_.append(bytes);
  seal_frame(start);
  link_ = next_link(link_, raw(head.meta), head.commitment);
  Control control;
  control.kind = kind;
  control.key = key;
  control.tick_ms = tick_ms_;
  control.position = head.meta.position;
  open_.back().segment->stage_control(control, static_cast<uint32_t>(buffer_offset_ + start),
                                      head.meta.byte_length);
  ++records_;
}

void Tail::flush() {
  if (failure_ || buffer_.empty()) return;
  const auto written = open_.back().file->write_at(buffer_offset_, buffer_);
  if (!written) {
    ragged_ = true;
    return fail_with(written.error(), "write");
  }
  buffer_offset_ += buffer_.size();
  buffer_.clear();
  if (buffer_.capacity() > 2 * kBufferBytes) buffer_.shrink_to_fit();
}

Result<void> Tail::cut_file(uint64_t bytes) {
  ragged_ = true;
  TRY(open_.back().file->truncate(bytes));
  ragged_ = false;
  return {};
}

void Tail::roll() {
  flush();
  if (failure_) return;
  if (ragged_) {
    const auto cut = cut_file(buffer_offset_);
    if (!cut) return fail_with(cut.error(), "truncate");
  }
  const auto synced = open_.back().file->sync();
  if (!synced) {
    sync_failed_ = true;
    return fail_with(synced.error(), "sync");
  }
  open_.back().bytes = buffer_offset_;
  begin_segment();
}

void Tail::begin_segment() {
  const uint32_t number = open_.back().segment->number() + 1;
  const std::string path = core_.path(segment_name(number, 1));
  const uint64_t bytes_max = growing_bytes_max(core_.segment_bytes);
  Open next;
  const auto begin = [&]() -> Result<void> {
    next.file = TRY(core_.files.open(path));
    TRY(next.file->truncate(0));
    const auto mapping = TRY(core_.files.map(path, bytes_max, Access::kRandom));
    next.segment = std::make_shared<GrowingSegment>(number, 1, next_position(), bytes_max, mapping);
    return core_.files.sync_directory(core_.directory);
  }();
  if (!begin) return fail_with(begin.error(), "new segment");
  HeaderFrame header = make_header(number, next_position(), last_tick_ms_);
  header.node = core_.identity.node;
  header.secret = core_.identity.secret;
  header.link = link_;
  header.frame.checksum = header_checksum_of(raw(header));
  open_.push_back(std::move(next));
  buffer_offset_ = 0;
  append_raw(buffer_, header);
}

Tail::Savepoint Tail::savepoint() const {
  Savepoint out;
  out.segments = open_.size();
  out.offset = offset();
  out.counts = open_.back().segment->staged();
  out.link = link_;
  out.records = records_;
  return out;
}

void Tail::undo_to(const Savepoint& savepoint) {
  bool fell = false;
  while (open_.size() > savepoint.segments) {
    const std::string path = core_.path(segment_name(open_.back().segment->number(), 1));
    open_.pop_back();
    const auto removed = core_.files.remove(path);
    if (!removed) fail_with(removed.error(), "remove a segment");
    fell = true;
  }
  open_.back().segment->unstage(savepoint.counts);
  link_ = savepoint.link;
  records_ = savepoint.records;
  if (fell || buffer_offset_ > savepoint.offset) {
    // A part was written out already. What stays behind past the end would be cut at the next start.
    buffer_.clear();
    buffer_offset_ = savepoint.offset;
    const auto cut = cut_file(savepoint.offset);
    if (!cut) fail_with(cut.error(), "truncate");
  } else {
    buffer_.resize(savepoint.offset - buffer_offset_);
  }
}

const GrowingSegment& Tail::segment_of(Position position) const {
  size_t i = open_.size() - 1;
  while (position < open_[i].segment->first()) {
    CHECK(i > 0);
    --i;
  }
  return *open_[i].segment;
}

bool Tail::buffered(Position position) const {
  const GrowingSegment& segment = segment_of(position);
  if (&segment != open_.back().segment.get()) return false;
  const uint32_t local = position - segment.first();
  return segment.run(local).offset[segment.in_run(local)] >= buffer_offset_;
}

void Tail::commit() {
  if (failure_) return;
  CommitFrame frame;
  frame.frame = head_of(FrameKind::kCommit);
  frame.body.tick_ms = tick_ms_;
  frame.body.first = batch_first_;
  frame.body.end = next_position();
  frame.body.records = records_;
  frame.body.link = link_;
  committed_body_ = frame.body;
  commit_offset_ = offset();
  const size_t start = buffer_.size();
  append_raw(buffer_, frame);
  seal_frame(start);
  open_.back().segment->stage_batch({frame.body.first, frame.body.end, tick_ms_});
  flush();
  if (failure_) return;
  const auto synced = open_.back().file->sync();
  if (!synced) {
    sync_failed_ = true;
    fail_with(synced.error(), "sync");
  }
}

void Tail::finish() {
  last_tick_ms_ = tick_ms_;
  batches_end_ = committed_body_.end;
  batch_first_ = committed_body_.end;
  records_ = 0;
  // The mark is not waited for: it reaches the disk with the next batch or when the kernel writes it.
  MarkFrame mark;
  mark.frame = head_of(FrameKind::kMark);
  mark.commit_offset = commit_offset_;
  mark.body = committed_body_;
  append_raw(buffer_, mark);
  seal_frame(0);
  flush();
  if (failure_) {
    buffer_.clear();
    failure_.reset();
    (void)cut_file(buffer_offset_);
  }
  settle();
}

void Tail::seal() {
  roll();
  flush();
  if (failure_) return;
  const auto synced = open_.back().file->sync();
  if (!synced) {
    sync_failed_ = true;
    fail_with(synced.error(), "sync");
  }
}

void Tail::settle() {
  open_.erase(open_.begin(), open_.end() - 1);
  batch_bytes_ = 0;
  committed_ = savepoint();
}

bool Tail::roll_back() {
  // undo_to notes what fails in failure_, if nothing is there yet.
  const std::optional<Error> reason = std::exchange(failure_, std::nullopt);
  buffer_.clear();
  buffer_offset_ = UINT64_MAX;  // truncates, whatever was written
  committed_.segments = 1;
  undo_to(committed_);
  batch_bytes_ = 0;
  const bool undone = !failure_;
  if (sync_failed_ && undone) (void)open_.back().file->sync();
  failure_.reset();
  return undone;
}

}  // namespace entente::store
