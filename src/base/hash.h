// Digests and keyed codes. SHA-256 (OpenSSL) is for the journal's chain and commitments, XXH3 for
// tables and checksums that need not resist an attacker who can write the disk, keyed BLAKE2b
// (libsodium) for keys and cursors.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace entente {

using Digest = std::array<uint8_t, 32>;

// SHA-256 over the concatenation of the parts. [FIPS 180-4]
Digest sha256(std::initializer_list<std::string_view> parts);

// Keyed BLAKE2b with 32 bytes of output over the concatenation of the parts, each preceded by its
// length, so that
// ("ab","c") and ("a","bc") differ. The key has 16 to 64 bytes. [RFC 7693]
Digest keyed_digest(std::string_view key, std::initializer_list<std::string_view> parts);

// XXH3 with 64 bits of output: tables and checksums.
uint64_t hash64(std::string_view bytes, uint64_t seed = 0);

// True if both are equal, in a time that depends on their lengths alone.
bool equal_in_constant_time(std::string_view a, std::string_view b);

inline std::string_view as_text(std::span<const uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace entente
