// How much a party may ask of the public address: requests a second, and bytes that it writes a second. One bucket of each
// kind for each party, so that what one party does changes nothing for another. [DESIGN: idea 3: quotas are per party]
//
//   Quotas quotas(rates, clock);
//   if (const auto wait = quotas.take(party, body_bytes)) refuse(*wait);
//
// A bucket fills at its rate up to its burst. A request takes one; a write takes its bytes too, and may take more than are
// there, as long as there are some: so a body of any allowed size gets through, and what follows it waits for longer.
// What is refused takes nothing.
//
// Threads: any; a call takes a lock for some tens of nanoseconds.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "base/clock.h"
#include "base/limits.h"
#include "release/directory.h"

namespace entente::app {

struct QuotaRates {
  // Per second; 0: no quota.
  uint64_t requests_per_second = limits::kPartyRequestsPerSecond;
  uint64_t requests_burst = limits::kPartyRequestsBurst;
  uint64_t write_bytes_per_second = limits::kPartyWriteBytesPerSecond;
  uint64_t write_bytes_burst = limits::kPartyWriteBytesBurst;
};

class Quotas {
 public:
  enum class Kind : uint8_t { kRequests, kWriteBytes };
  struct Refusal {
    Kind kind = Kind::kRequests;
    uint64_t wait_seconds =
        1;  // after which the same would be taken, if nothing else was asked meanwhile
  };

  Quotas(const QuotaRates& rates, const Clock& clock) : rates_(rates), clock_(clock) {}

  // Takes a request of that party; write_bytes is 0 if it writes nothing. nullopt: it may go on.
  std::optional<Refusal> take(release::PartyNumber party, uint64_t write_bytes);
  // Since the start.
  uint64_t refused(Kind kind) const {
    return refused_[static_cast<size_t>(kind)].load(std::memory_order_relaxed);
  }

 private:
  struct Bucket {
    double left =
        0;  // in thousand-millionths, whole numbers; below 0 after a write of more than there was
    int64_t at_ns = 0;
  };
  struct Buckets {
    Bucket requests, write_bytes;
  };
  Refusal refuse(Kind kind, const Bucket& bucket, uint64_t per_second);

  const QuotaRates rates_;
  const Clock& clock_;
  std::mutex mutex_;
  std::unordered_map<release::PartyNumber, Buckets> parties_;  // as many as the directory has
  std::array<std::atomic<uint64_t>, 2> refused_{};
};

}  // namespace entente::app
