// Checking frames. Cheap tests on lengths come first: only a frame whose parts add up to its length is hashed, so that
// the search for the next frame behind damage stays linear.
#include "store/frame.h"

#include <cstring>

namespace entente::store {
namespace {

constexpr char kMagic[8] = {'E', 'N', 'T', 'S', 'E', 'G', '\r', '\n'};

uint64_t seed_of(const FrameKey& key, uint64_t offset) {
  uint64_t x = key.secret + (uint64_t{key.segment} << 32) * 0x9E3779B97F4A7C15ULL + offset;
  x ^= x >> 32;
  x *= 0xD6E8FEB86659FD93ULL;
  x ^= x >> 32;
  return x;
}

bool within(const PositionRange& range, uint32_t position) {
  return position >= range.low && position <= range.high;
}

bool batch_fits(const PositionRange& range, const CommitBody& body) {
  constexpr int64_t kTickMax = int64_t{1}
                               << 56;  // the year 2,000,000: sums of ticks cannot overflow
  return within(range, body.end) && body.first <= body.end && body.tick_ms >= 0 &&
         body.tick_ms <= kTickMax;
}

bool lengths_agree(std::string_view segment, uint64_t offset, const FrameHead& head,
                   const PositionRange& range) {
  const uint64_t left = segment.size() - offset;
  if (head.length > left || head.length % 8 != 0 || head.length > kFrameBytesMax) return false;
  switch (static_cast<FrameKind>(head.kind)) {
    case FrameKind::kObject: {
      if (head.length < sizeof(ObjectHead)) return false;
      const Meta meta = load<Meta>(segment, offset + offsetof(ObjectHead, meta));
      return head.length == object_frame_length(meta.reference_count, meta.byte_length) &&
             within(range, meta.position) && meta.object == meta.position;
    }
    case FrameKind::kMembership: {
      if (head.length != sizeof(MembershipFrame)) return false;
      const Meta meta = load<Meta>(segment, offset + offsetof(MembershipFrame, meta));
      return within(range, meta.position) && meta.object < meta.position;
    }
    case FrameKind::kControl: {
      if (head.length < sizeof(ControlHead)) return false;
      const ControlMeta meta = load<ControlMeta>(segment, offset + offsetof(ControlHead, meta));
      return head.length == control_frame_length(meta.byte_length) &&
             within(range, meta.position) && meta.kind == head.control_kind;
    }
    case FrameKind::kCommit:
      if (head.length != sizeof(CommitFrame)) return false;
      return batch_fits(range, load<CommitFrame>(segment, offset).body);
    case FrameKind::kMark:
      // It may repeat a commit of long ago, so only the upper bound holds.
      if (head.length != sizeof(MarkFrame)) return false;
      return batch_fits({0, range.high}, load<MarkFrame>(segment, offset).body);
    default:
      return false;
  }
}

}  // namespace

uint64_t checksum_of(const FrameKey& key, uint64_t offset, std::string_view frame) {
  return hash64(frame.substr(sizeof(FrameHead::checksum)), seed_of(key, offset));
}

uint64_t header_checksum_of(std::string_view frame) {
  return hash64(frame.substr(sizeof(FrameHead::checksum)));
}

std::optional<FrameHead> check_frame(std::string_view segment, uint64_t offset, const FrameKey& key,
                                     const PositionRange& range) {
  if (offset > segment.size() || segment.size() - offset < sizeof(FrameHead)) return std::nullopt;
  const FrameHead head = load<FrameHead>(segment, offset);
  if (!lengths_agree(segment, offset, head, range)) return std::nullopt;
  if (checksum_of(key, offset, segment.substr(offset, head.length)) != head.checksum) {
    return std::nullopt;
  }
  return head;
}

std::optional<HeaderFrame> read_header(std::string_view segment) {
  if (segment.size() < sizeof(HeaderFrame)) return std::nullopt;
  const HeaderFrame header = load<HeaderFrame>(segment, 0);
  if (header.frame.length != sizeof(HeaderFrame) ||
      header.frame.kind != static_cast<uint8_t>(FrameKind::kHeader) ||
      std::memcmp(header.magic, kMagic, sizeof kMagic) != 0 ||
      header.frame.checksum != header_checksum_of(segment.substr(0, sizeof(HeaderFrame)))) {
    return std::nullopt;
  }
  return header;
}

HeaderFrame make_header(uint32_t number, uint32_t first, int64_t last_tick_ms) {
  HeaderFrame header;
  header.frame.length = sizeof header;
  header.frame.kind = static_cast<uint8_t>(FrameKind::kHeader);
  std::memcpy(header.magic, kMagic, sizeof kMagic);
  header.version = kFormatVersion;
  header.number = number;
  header.first = first;
  header.last_tick_ms = last_tick_ms;
  return header;
}

ControlMeta control_meta(uint8_t kind, uint64_t key, uint32_t position, uint32_t byte_length) {
  ControlMeta meta;
  meta.key = key;
  meta.position = position;
  meta.byte_length = byte_length;
  meta.kind = kind;
  return meta;
}

}  // namespace entente::store
