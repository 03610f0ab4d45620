// A fixed set of names, numbered in the order given, found by hash in a few nanoseconds.
//
// Built once; then const, to be read by any number of threads. Borrows the names: string constants.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace entente::stix {

class NameIndex {
 public:
  static constexpr uint16_t kNone = UINT16_MAX;

  NameIndex() = default;
  explicit NameIndex(std::span<const std::string_view> names);

  // The number of the name, or kNone.
  uint16_t find(std::string_view name) const {
    for (size_t at = hash(name) & mask_;; at = (at + 1) & mask_) {
      const uint16_t number = slots_[at];
      if (number == kNone || names_[number] == name) return number;
    }
  }

  std::string_view name(uint16_t number) const { return names_[number]; }
  size_t size() const { return names_.size(); }

 private:
  // Length, first and last eight bytes: all that tells STIX names apart.
  static size_t hash(std::string_view name) {
    uint64_t first = 0;
    uint64_t last = 0;
    if (name.size() >= 8) {
      std::memcpy(&first, name.data(), 8);
      std::memcpy(&last, name.data() + name.size() - 8, 8);
    } else if (name.size() >= 4) {
      std::memcpy(&first, name.data(), 4);
      std::memcpy(&last, name.data() + name.size() - 4, 4);
    } else {
      for (const char c : name) first = first << 8 | static_cast<unsigned char>(c);
    }
    uint64_t h = first * 0x9E3779B97F4A7C15u ^ (last + name.size()) * 0xC2B2AE3D27D4EB4Fu;
    h ^= h >> 32;
    return static_cast<size_t>(h * 0x9FB21C651E98DF25u >> 40);
  }

  std::vector<std::string_view> names_;
  std::vector<uint16_t> slots_ = {kNone};
  size_t mask_ = 0;
};

}  // namespace entente::stix
