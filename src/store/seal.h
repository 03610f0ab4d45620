// Salts, commitments and the chain.
//
// A commitment is SHA-256(salt, references, bytes). The chain runs over commitments and fixed columns alone, so content,
// references and salt can later be erased and the chain still verifies; without the salt, a short secret cannot be
// guessed from its commitment.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/hash.h"
#include "base/random.h"

namespace entente::store {

// Hands out bytes of another Random that it fetched 4 KiB at a time: the kernel's generator costs a system call each.
// Not thread-safe: one per thread. The source must outlive it.
class BufferedRandom final : public Random {
 public:
  explicit BufferedRandom(Random& source) : source_(source) {}
  ~BufferedRandom() override;
  BufferedRandom(const BufferedRandom&) = delete;
  BufferedRandom& operator=(const BufferedRandom&) = delete;
  void fill(std::span<uint8_t> out) override;

 private:
  Random& source_;
  std::array<uint8_t, 4096> buffer_{};
  size_t used_ = sizeof(buffer_);
};

using Salt = std::array<uint8_t, 16>;

Digest commitment_of(const Salt& salt, std::span<const uint64_t> references,
                     std::string_view bytes);

// The link after a record: SHA-256(link before it, its fixed columns as stored, its commitment).
Digest next_link(const Digest& link, std::string_view columns, const Digest& commitment);

}  // namespace entente::store
