// What the parts of the journal share: where it is, who it is, and the state that readers see.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "store/files.h"
#include "store/frame.h"
#include "store/journal.h"
#include "store/state.h"

namespace entente::store {

// A node's number and secret. Kept in the file `secret`, with a copy in every segment's header.
struct Identity {
  std::array<uint8_t, 16> node{};
  std::array<uint8_t, 16> secret{};
};

// XXH3 with a secret of its own: who does not know it cannot choose ids that collide.
class Hasher {
 public:
  explicit Hasher(const Identity& identity);
  uint64_t operator()(std::string_view bytes) const;

 private:
  std::array<uint8_t, 192> key_{};
};

// The identity in the file's text, or nullopt if the text is damaged.
std::string identity_text(const Identity& identity);
std::optional<Identity> parse_identity(std::string_view text);
uint64_t frame_secret(const Identity& identity);

// "00000001.seg", "00000001.g2.seg"; "00000001.idx", "00000001.g2.idx".
std::string segment_name(uint32_t number, uint32_t generation);
std::string index_name(uint32_t number, uint32_t generation);
struct FileName {
  uint32_t number = 0;
  uint32_t generation = 1;
  bool index = false;
};
std::optional<FileName> parse_name(std::string_view name);

// Writes a small file durably: under another name first.
Result<void> write_small(Files& files, const std::string& directory, const std::string& name,
                         std::string_view bytes);

// How much of a segment's file is mapped while it grows.
inline uint64_t growing_bytes_max(uint64_t segment_bytes) {
  return std::max(segment_bytes, kSegmentStart + kFrameBytesMax) + 64 * 1024;
}

// state() and update() are thread-safe; the rest does not change after open.
class Core {
 public:
  Core(Files& f, std::string d, const Options& options)
      : files(f),
        directory(std::move(d)),
        clock(*options.clock),
        random(*options.random),
        segment_bytes(options.segment_bytes ? options.segment_bytes : limits::kSegmentBytes) {}

  Files& files;
  const std::string directory;
  const Clock& clock;
  Random& random;
  const uint64_t segment_bytes;
  Identity identity;
  uint64_t frame_secret = 0;
  std::optional<Hasher> hasher;
  std::shared_ptr<void> lock;  // the directory's, opaque

  std::string path(const std::string& name) const { return directory + "/" + name; }
  FrameKey key(uint32_t segment) const { return {frame_secret, segment}; }

  std::shared_ptr<const Snapshot::State> state() const {
    std::lock_guard guard(mutex_);
    return state_;
  }
  // Publishes what change(state) makes of a copy of the current state.
  template <class Change>
  void update(const Change& change) {
    std::shared_ptr<const Snapshot::State> old;  // dies outside the lock: it may unmap files
    std::lock_guard order(update_mutex_);
    auto next = std::make_shared<Snapshot::State>(*state());
    change(*next);
    std::lock_guard guard(mutex_);
    old = std::exchange(state_, std::move(next));
  }
  void set_first_state(std::shared_ptr<const Snapshot::State> state) { state_ = std::move(state); }

 private:
  std::mutex update_mutex_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Snapshot::State> state_;  // shared with snapshots
};

}  // namespace entente::store
