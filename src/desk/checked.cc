// Form of the file, integers little-endian: magic; u32 number of keys, each 32 bytes; u32 number of entries, by position, each
// u64 position, i64 tick, u32 key; the keyed BLAKE2b digest of all before it. Only what the digest holds of is looked into.
#include "desk/checked.h"

#include <algorithm>
#include <cstring>

#include "base/hash.h"
#include "desk/procedure/limits.h"

namespace entente::desk {
namespace {

constexpr std::string_view kMagic = "entente checked signatures 1\n";
constexpr size_t kEntryBytes = 20;

template <class T>
void put(std::string* out, T value) {
  auto bits = static_cast<uint64_t>(value);
  for (size_t i = 0; i < sizeof(T); ++i, bits >>= 8) *out += static_cast<char>(bits & 0xff);
}

// Takes integers off the front; past the end it is zero, and is_over.
class Taker {
 public:
  explicit Taker(std::string_view bytes) : rest_(bytes) {}
  template <class T>
  T take() {
    uint64_t bits = 0;
    const std::string_view bytes = take_bytes(sizeof(T));
    for (size_t i = bytes.size(); i-- > 0;) bits = bits << 8 | static_cast<uint8_t>(bytes[i]);
    return static_cast<T>(bits);
  }
  std::string_view take_bytes(size_t size) {
    is_over_ = is_over_ || rest_.size() < size;
    if (is_over_) return {};
    const std::string_view out = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return out;
  }
  bool is_over() const { return is_over_; }
  size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
  bool is_over_ = false;
};

Digest seal_of(std::string_view bytes, std::string_view node_key) {
  return keyed_digest(node_key, {"checked signatures", bytes});
}

}  // namespace

bool CheckedSignatures::read(std::string_view bytes, std::string_view node_key) {
  if (bytes.size() < kMagic.size() + sizeof(Digest) || !bytes.starts_with(kMagic)) return false;
  const std::string_view body = bytes.substr(0, bytes.size() - sizeof(Digest));
  if (!equal_in_constant_time(as_text(seal_of(body, node_key)), bytes.substr(body.size())))
    return false;
  Taker from(body.substr(kMagic.size()));
  std::vector<PublicKey> keys;
  for (auto left = from.take<uint32_t>(); left > 0 && !from.is_over(); --left) {
    const std::string_view key = from.take_bytes(sizeof(PublicKey));
    if (!from.is_over()) std::memcpy(keys.emplace_back().data(), key.data(), key.size());
  }
  const auto count = from.take<uint32_t>();
  if (from.is_over() || count > procedure::limits::kCheckedMax ||
      from.left() != count * kEntryBytes)
    return false;
  std::unordered_map<store::Position, Kept> entries;
  entries.reserve(count);
  for (uint32_t i = 0; i < count; ++i) {
    const auto position = static_cast<store::Position>(from.take<uint64_t>());
    Kept kept;
    kept.tick_ms = from.take<int64_t>();
    kept.key = from.take<uint32_t>();
    if (kept.key >= keys.size()) return false;
    entries.emplace(position, kept);
  }
  const std::lock_guard lock(mutex_);
  keys_ = std::move(keys);
  numbers_.clear();
  for (uint32_t i = 0; i < keys_.size(); ++i) numbers_.emplace(keys_[i], i);
  entries_ = std::move(entries);
  unsaved_ = 0;
  return true;
}

std::string CheckedSignatures::text(std::string_view node_key) const {
  std::string out(kMagic);
  {
    const std::lock_guard lock(mutex_);
    put(&out, static_cast<uint32_t>(keys_.size()));
    for (const PublicKey& key : keys_) out += as_text(key);
    std::vector<store::Position> positions;
    positions.reserve(entries_.size());
    for (const auto& [position, kept] : entries_) positions.push_back(position);
    std::ranges::sort(positions);
    put(&out, static_cast<uint32_t>(positions.size()));
    for (const store::Position position : positions) {
      const Kept& kept = entries_.at(position);
      put(&out, static_cast<uint64_t>(position));
      put(&out, kept.tick_ms);
      put(&out, kept.key);
    }
  }
  const Digest seal = seal_of(out, node_key);
  return out + std::string(as_text(seal));
}

size_t CheckedSignatures::unsaved() const {
  const std::lock_guard lock(mutex_);
  return unsaved_;
}

void CheckedSignatures::mark_saved() {
  const std::lock_guard lock(mutex_);
  unsaved_ = 0;
}

std::optional<PublicKey> CheckedSignatures::find(store::Position position, int64_t tick_ms) const {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(position);
  if (found == entries_.end() || found->second.tick_ms != tick_ms) return std::nullopt;
  return keys_[found->second.key];
}

void CheckedSignatures::note(store::Position position, int64_t tick_ms, const PublicKey& key) {
  const std::lock_guard lock(mutex_);
  if (entries_.size() >= procedure::limits::kCheckedMax && !entries_.contains(position)) return;
  const auto [number, is_new] = numbers_.try_emplace(key, static_cast<uint32_t>(keys_.size()));
  if (is_new) keys_.push_back(key);
  entries_[position] = {tick_ms, number->second};
  ++unsaved_;
}

}  // namespace entente::desk
