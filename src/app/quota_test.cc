// Quotas under a clock that stands still until it is moved: at the limit, one past it, what comes back, and what is whose.
#include "app/quota.h"

#include <gtest/gtest.h>

namespace entente::app {
namespace {

constexpr release::PartyNumber kOne = 1, kTwo = 2;

QuotaRates rates(uint64_t requests, uint64_t burst, uint64_t bytes = 0, uint64_t bytes_burst = 1) {
  return {requests, burst, bytes, bytes_burst};
}

TEST(Quotas, TakesTheBurstAndNotOneMore) {
  ManualClock clock(1'000'000);
  Quotas quotas(rates(10, 25), clock);
  for (int i = 0; i < 25; ++i) ASSERT_FALSE(quotas.take(kOne, 0)) << i;
  const auto refused = quotas.take(kOne, 0);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->kind, Quotas::Kind::kRequests);
  EXPECT_EQ(refused->wait_seconds, 1U);
  EXPECT_EQ(quotas.refused(Quotas::Kind::kRequests), 1U);
  EXPECT_EQ(quotas.refused(Quotas::Kind::kWriteBytes), 0U);
}

TEST(Quotas, FillsAtTheRateUpToTheBurst) {
  ManualClock clock(1'000'000);
  Quotas quotas(rates(10, 25), clock);
  for (int i = 0; i < 25; ++i) ASSERT_FALSE(quotas.take(kOne, 0));
  clock.advance_ms(99);
  EXPECT_TRUE(quotas.take(kOne, 0)) << "a tenth of a second has not passed";
  clock.advance_ms(1);
  EXPECT_FALSE(quotas.take(kOne, 0));
  EXPECT_TRUE(quotas.take(kOne, 0));
  clock.advance_ms(1'000'000'000);
  for (int i = 0; i < 25; ++i) ASSERT_FALSE(quotas.take(kOne, 0)) << i;
  EXPECT_TRUE(quotas.take(kOne, 0));
}

TEST(Quotas, OnePartyChangesNothingForAnother) {
  ManualClock clock(1'000'000);
  Quotas busy(rates(1, 3, 10, 10), clock), alone(rates(1, 3, 10, 10), clock);
  for (int i = 0; i < 10; ++i) (void)busy.take(kOne, 1'000);
  for (int i = 0; i < 5; ++i) {
    const auto beside = busy.take(kTwo, 4), by_itself = alone.take(kTwo, 4);
    ASSERT_EQ(beside.has_value(), by_itself.has_value()) << i;
    if (!beside) continue;
    EXPECT_EQ(beside->kind, by_itself->kind);
    EXPECT_EQ(beside->wait_seconds, by_itself->wait_seconds);
  }
  EXPECT_TRUE(alone.take(kTwo, 4));
}

TEST(Quotas, AWriteMayTakeMoreThanIsLeftAndWhatFollowsWaits) {
  ManualClock clock(1'000'000);
  Quotas quotas(rates(0, 1, 100, 1'000), clock);
  EXPECT_FALSE(quotas.take(kOne, 999));
  EXPECT_FALSE(quotas.take(kOne, 5'001)) << "one byte is left";
  const auto refused = quotas.take(kOne, 1);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->kind, Quotas::Kind::kWriteBytes);
  EXPECT_EQ(refused->wait_seconds, 51U);  // 5,000 missing and one to go on
  EXPECT_FALSE(quotas.take(kOne, 0)) << "reading goes on";
  clock.advance_ms(50'000);
  EXPECT_TRUE(quotas.take(kOne, 1));
  clock.advance_ms(1'000);
  EXPECT_FALSE(quotas.take(kOne, 1));
  EXPECT_EQ(quotas.refused(Quotas::Kind::kWriteBytes), 2U);
}

TEST(Quotas, WaitingAsLongAsToldIsEnough) {
  for (const uint64_t per_second :
       {uint64_t{1}, uint64_t{3}, uint64_t{1'000}, uint64_t{UINT32_MAX}}) {
    ManualClock clock(1'000'000);
    Quotas quotas(rates(per_second, 1, per_second, 1), clock);
    ASSERT_FALSE(quotas.take(kOne, 7 * per_second));
    const auto refused = quotas.take(kOne, 1);
    ASSERT_TRUE(refused) << per_second;
    clock.advance_ms(static_cast<int64_t>(refused->wait_seconds) * 1'000);
    const auto again = quotas.take(kOne, 1);
    if (again) {  // of the two buckets, the other one
      EXPECT_NE(again->kind, refused->kind) << per_second;
      clock.advance_ms(static_cast<int64_t>(again->wait_seconds) * 1'000);
      EXPECT_FALSE(quotas.take(kOne, 1)) << per_second;
    }
  }
}

TEST(Quotas, WhatIsRefusedTakesNothing) {
  ManualClock clock(1'000'000);
  Quotas quotas(rates(1, 2, 1, 1), clock);
  ASSERT_FALSE(quotas.take(kOne, 1));
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(quotas.take(kOne, 1)) << "no bytes are left";
  EXPECT_FALSE(quotas.take(kOne, 0)) << "the refused writes took no request";
  EXPECT_TRUE(quotas.take(kOne, 0));
}

TEST(Quotas, NoRateIsNoQuota) {
  ManualClock clock(1'000'000);
  Quotas quotas(rates(0, 1, 0, 1), clock);
  for (int i = 0; i < 1'000; ++i) ASSERT_FALSE(quotas.take(kOne, 1'000'000'000));
}

}  // namespace
}  // namespace entente::app
