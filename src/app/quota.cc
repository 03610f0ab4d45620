// Buckets are filled when they are looked at, from the time since they were last: no thread, no timer. They count in
// thousand-millionths, so that a nanosecond at any rate adds a whole number and doubles stay exact where it matters.
#include "app/quota.h"

#include <algorithm>
#include <cmath>

namespace entente::app {
namespace {

constexpr double kOne = 1e9;

}  // namespace

std::optional<Quotas::Refusal> Quotas::take(release::PartyNumber party, uint64_t write_bytes) {
  const bool counts_requests = rates_.requests_per_second != 0;
  const bool counts_bytes = rates_.write_bytes_per_second != 0 && write_bytes != 0;
  if (!counts_requests && !counts_bytes) return std::nullopt;
  const int64_t now_ns = clock_.monotonic_ns();
  const auto fill = [&](Bucket& bucket, uint64_t per_second, uint64_t burst) {
    const double ns = static_cast<double>(std::max<int64_t>(now_ns - bucket.at_ns, 0));
    bucket.left = std::min(static_cast<double>(burst) * kOne,
                           bucket.left + ns * static_cast<double>(per_second));
    bucket.at_ns = now_ns;
  };

  const std::lock_guard lock(mutex_);
  const auto [slot, is_new] = parties_.try_emplace(party);
  Buckets& buckets = slot->second;
  if (is_new) {
    buckets.requests = {static_cast<double>(rates_.requests_burst) * kOne, now_ns};
    buckets.write_bytes = {static_cast<double>(rates_.write_bytes_burst) * kOne, now_ns};
  }
  if (counts_requests) {
    fill(buckets.requests, rates_.requests_per_second, rates_.requests_burst);
    if (buckets.requests.left < kOne)
      return refuse(Kind::kRequests, buckets.requests, rates_.requests_per_second);
  }
  if (counts_bytes) {
    fill(buckets.write_bytes, rates_.write_bytes_per_second, rates_.write_bytes_burst);
    if (buckets.write_bytes.left < kOne)
      return refuse(Kind::kWriteBytes, buckets.write_bytes, rates_.write_bytes_per_second);
    buckets.write_bytes.left -= static_cast<double>(write_bytes) * kOne;
  }
  if (counts_requests) buckets.requests.left -= kOne;
  return std::nullopt;
}

Quotas::Refusal Quotas::refuse(Kind kind, const Bucket& bucket, uint64_t per_second) {
  refused_[static_cast<size_t>(kind)].fetch_add(1, std::memory_order_relaxed);
  const double seconds = std::ceil((kOne - bucket.left) / (static_cast<double>(per_second) * kOne));
  return {kind, std::max<uint64_t>(1, static_cast<uint64_t>(seconds))};
}

}  // namespace entente::app
