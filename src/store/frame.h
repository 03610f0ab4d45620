// Frames: what a segment file is made of, byte by byte. Little-endian, each frame a multiple of 8 bytes.
//
// A segment starts with a header frame. Then come records (objects, memberships, control records), each batch closed by
// a commit frame. After the batch was made durable a mark frame repeats the commit: it proves to a later recovery that
// everything before it had reached the disk, so damage there is damage and not a torn write.
//
// The checksum is keyed by the node's secret and by the frame's place (segment and offset): no bytes that somebody
// submits as an object can look like a frame, and a frame that the disk put in the wrong place is not taken for one.
// The header frame alone is unkeyed, since it holds a copy of the secret.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "base/limits.h"
#include "store/seal.h"

namespace entente::store {

static_assert(std::endian::native == std::endian::little, "frames are little-endian");

inline constexpr uint32_t kFormatVersion = 1;

enum class FrameKind : uint8_t {
  kHeader = 1,
  kObject = 2,
  kMembership = 3,
  kControl = 4,
  kCommit = 5,
  kMark = 6,
};

enum FrameFlag : uint16_t {
  kErasedFrame =
      1,  // salt, references, content hash and bytes are zero; lengths and commitment stay
};

struct FrameHead {
  uint64_t checksum = 0;  // of the rest of the frame
  uint32_t length = 0;    // of the whole frame, padding included
  uint8_t kind = 0;
  uint8_t control_kind = 0;
  uint16_t flags = 0;
};
static_assert(sizeof(FrameHead) == 16);

// The fixed columns that the chain covers.
struct Meta {
  uint64_t id_hash = 0;
  int64_t version_ns = 0;
  uint32_t position = 0;
  uint32_t object = 0;
  uint32_t previous = 0;
  uint32_t mark_set = 0;
  uint16_t type = 0;
  uint16_t collection = 0;
  uint16_t submitter = 0;
  uint16_t flags = 0;
  uint32_t reference_count = 0;
  uint32_t byte_length = 0;
};
static_assert(sizeof(Meta) == 48);

// Followed by the references (8 bytes each), the bytes, a ',' (so that neighbours can be sent as a slice of the file)
// and zeros up to a multiple of 8.
struct ObjectHead {
  FrameHead frame;
  Meta meta;
  Digest commitment{};
  uint64_t content_hash = 0;  // outside the chain, since it goes when the content is erased
  Salt salt{};
};
static_assert(sizeof(ObjectHead) == 120);

struct MembershipFrame {
  FrameHead frame;
  Meta meta;
};
static_assert(sizeof(MembershipFrame) == 64);

// What the chain covers of a control record, beside its commitment.
struct ControlMeta {
  uint64_t key = 0;
  uint32_t position = 0;  // entries before it
  uint32_t byte_length = 0;
  uint64_t kind = 0;
};

// Followed by the bytes and zeros up to a multiple of 8.
struct ControlHead {
  FrameHead frame;
  ControlMeta meta;
  Digest commitment{};
  Salt salt{};
};
static_assert(sizeof(ControlHead) == 88);

struct CommitBody {
  int64_t tick_ms = 0;
  uint32_t first = 0;  // position of the batch's first entry
  uint32_t end = 0;
  uint32_t records = 0;  // entries and control records
  uint32_t reserved = 0;
  Digest link{};  // after the batch
};
static_assert(sizeof(CommitBody) == 56);

struct CommitFrame {
  FrameHead frame;
  CommitBody body;
};
static_assert(sizeof(CommitFrame) == 72);

struct MarkFrame {
  FrameHead frame;
  uint64_t commit_offset = 0;  // of the commit frame that it repeats
  CommitBody body;
};
static_assert(sizeof(MarkFrame) == 80);

struct HeaderFrame {
  FrameHead frame;
  char magic[8] = {};
  uint32_t version = 0;
  uint32_t number = 0;  // of the segment, from 1
  uint32_t first = 0;   // position of its first entry
  uint32_t reserved = 0;
  int64_t last_tick_ms = 0;  // of the last batch before it
  std::array<uint8_t, 16> node{};
  std::array<uint8_t, 16> secret{};
  Digest link{};  // before its first record
};
static_assert(sizeof(HeaderFrame) == 112);

inline constexpr uint64_t kSegmentStart = sizeof(HeaderFrame);
// The longest frame: an object at every limit.
inline constexpr uint64_t kFrameBytesMax =
    sizeof(ObjectHead) + limits::kReferencesMax * 8 + limits::kObjectBytesMax + 16;

// What frames of one segment are checked with.
struct FrameKey {
  uint64_t secret = 0;
  uint32_t segment = 0;
};

// The checksum of a frame that starts at `offset` and whose bytes are given whole.
uint64_t checksum_of(const FrameKey& key, uint64_t offset, std::string_view frame);
uint64_t header_checksum_of(std::string_view frame);

// Positions that entries at some place of a segment can have: this keeps a search through damaged bytes cheap.
struct PositionRange {
  uint32_t low = 0;
  uint32_t high = UINT32_MAX;
};

// The head of the frame at `offset`, if a whole and right one stands there. Header frames are never found by this.
std::optional<FrameHead> check_frame(std::string_view segment, uint64_t offset, const FrameKey& key,
                                     const PositionRange& range);

// The header frame at the start of a segment, if it is whole and right.
std::optional<HeaderFrame> read_header(std::string_view segment);

template <class T>
T load(std::string_view segment, uint64_t offset) {
  T out;
  __builtin_memcpy(&out, segment.data() + offset, sizeof out);
  return out;
}

template <class T>
std::string_view raw(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

inline uint64_t object_frame_length(uint64_t reference_count, uint64_t byte_length) {
  return (sizeof(ObjectHead) + reference_count * 8 + byte_length + 1 + 7) & ~uint64_t{7};
}
inline uint64_t control_frame_length(uint64_t byte_length) {
  return (sizeof(ControlHead) + byte_length + 7) & ~uint64_t{7};
}

// Where an object frame's bytes and references start, relative to the frame.
inline uint64_t bytes_offset_in(const Meta& meta) {
  return sizeof(ObjectHead) + uint64_t{meta.reference_count} * 8;
}

// A header frame without node, secret, link and checksum.
HeaderFrame make_header(uint32_t number, uint32_t first, int64_t last_tick_ms);

ControlMeta control_meta(uint8_t kind, uint64_t key, uint32_t position, uint32_t byte_length);

}  // namespace entente::store
