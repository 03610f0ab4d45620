// What values and constants are found by: hashes of path and value, alike for those that are equal. Private to the index.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#include "base/hash.h"
#include "pattern/compiled.h"
#include "pattern/network.h"
#include "pattern/value.h"

namespace entente::pattern::keys {

enum Salt : uint64_t { kText = 1, kOctets, kNumber, kBoolean, kNetworkV4, kNetworkV6, kGram = 16 };

inline uint64_t seed_of(PathNumber path, Salt salt) { return uint64_t{path} << 8 | salt; }

// A good hash of 128 bits to 64. [Vigna 2014, as in splitmix64]
inline uint64_t mix(uint64_t a, uint64_t b) {
  uint64_t x = a * 0x9E3779B97F4A7C15ULL ^ b;
  x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ x >> 27) * 0x94D049BB133111EBULL;
  return x ^ x >> 31;
}

// Integers and floats of one value have one key.
inline uint64_t key_of_number(PathNumber path, double value) {
  if (value == 0) value = 0;  // minus zero
  return mix(seed_of(path, kNumber), std::bit_cast<uint64_t>(value));
}
inline uint64_t key_of_boolean(PathNumber path, bool value) {
  return mix(seed_of(path, kBoolean), value ? 1 : 0);
}
// `bytes` of a gram, 8 or up to 4.
inline uint64_t key_of_gram(PathNumber path, uint64_t gram, uint32_t bytes) {
  return mix(seed_of(path, kGram) + bytes, gram);
}

inline uint64_t key_of_network(PathNumber path, const Network& network, uint32_t bits) {
  uint64_t halves[2] = {};
  std::memcpy(halves, network.bytes.data(), sizeof halves);
  auto* bytes = reinterpret_cast<uint8_t*>(halves);
  for (uint32_t i = bits / 8; i < sizeof halves; ++i) {
    const uint32_t kept = i == bits / 8 ? bits % 8 : 0;
    bytes[i] &= static_cast<uint8_t>(0xFF00U >> kept);
  }
  const uint64_t seed = seed_of(path, network.is_v6 ? kNetworkV6 : kNetworkV4);
  return mix(mix(seed, bits), mix(halves[0], halves[1]));
}

inline uint64_t key_of_value(const FlatValue& value) {
  switch (value.kind) {
    case ValueKind::kText:
      return hash64(value.text, seed_of(value.path, kText));
    case ValueKind::kOctets:
      return hash64(value.text, seed_of(value.path, kOctets));
    case ValueKind::kInteger:
      return key_of_number(value.path, static_cast<double>(value.integer));
    case ValueKind::kFloat:
      return key_of_number(value.path, value.number);
    default:
      return key_of_boolean(value.path, value.boolean);
  }
}

inline uint64_t key_of_constant(const Compiled& pattern, const CompiledConstant& constant,
                                PathNumber path) {
  switch (constant.kind) {
    case CompiledKind::kText:
      return hash64(pattern.bytes_of(constant), seed_of(path, kText));
    case CompiledKind::kOctets:
      return hash64(pattern.bytes_of(constant), seed_of(path, kOctets));
    case CompiledKind::kInteger:
      return key_of_number(path, static_cast<double>(constant.integer));
    case CompiledKind::kFloat:
      return key_of_number(path, constant.number);
    default:
      return key_of_boolean(path, constant.boolean);
  }
}

}  // namespace entente::pattern::keys
