// The guarded clock, over a machine whose two clocks a test moves.
#include "exchange/node_clock.h"

#include <gtest/gtest.h>

namespace entente::exchange {
namespace {

constexpr int64_t kDay = limits::kClockLeapMsMax;
constexpr int64_t kStart = 1'700'000'000'000;

class Machine final : public Clock {
 public:
  int64_t now_ms() const override { return wall_ms; }
  int64_t monotonic_ns() const override { return real_ms * 1'000'000; }
  void pass(int64_t ms) {
    wall_ms += ms;
    real_ms += ms;
  }
  int64_t wall_ms = kStart;
  int64_t real_ms = 5;
};

}  // namespace

TEST(NodeClock, FollowsTheMachine) {
  Machine machine;
  const NodeClock clock(machine);
  for (int i = 0; i < 5; ++i) {
    machine.pass(i * kDay);
    EXPECT_EQ(clock.now_ms(), machine.wall_ms);
  }
  machine.wall_ms += kDay;
  EXPECT_EQ(clock.now_ms(), machine.wall_ms) << "as far as the limit it is believed";
  EXPECT_FALSE(clock.status().is_held);
}

TEST(NodeClock, StandsStillWhenTheMachineIsSetBack) {
  Machine machine;
  NodeClock clock(machine);
  machine.pass(1'000);
  EXPECT_EQ(clock.now_ms(), kStart + 1'000);
  machine.wall_ms -= 3 * kDay;
  EXPECT_EQ(clock.now_ms(), kStart + 1'000);
  machine.pass(2 * kDay);
  EXPECT_EQ(clock.now_ms(), kStart + 1'000);
  machine.wall_ms += 3 * kDay;  // put right: no leap, for that time has passed
  EXPECT_EQ(clock.now_ms(), kStart + 1'000 + 2 * kDay);
  clock.not_before(machine.wall_ms + 7);
  EXPECT_EQ(clock.now_ms(), machine.wall_ms + 7);
}

TEST(NodeClock, ALeapWaitsForTheOperator) {
  Machine machine;
  NodeClock clock(machine);
  EXPECT_FALSE(clock.accept()) << "nothing waits";
  machine.wall_ms += kDay + 1;
  EXPECT_EQ(clock.now_ms(), kStart);
  EXPECT_TRUE(clock.status().is_held);
  machine.pass(500);
  EXPECT_EQ(clock.now_ms(), kStart + 500) << "at the pace of real time";
  EXPECT_TRUE(clock.accept());
  EXPECT_EQ(clock.now_ms(), machine.wall_ms);
  EXPECT_FALSE(clock.status().is_held);
  EXPECT_FALSE(clock.accept());
}

TEST(NodeClock, ALeapThatIsTakenBackIsForgotten) {
  Machine machine;
  const NodeClock clock(machine);
  machine.wall_ms += 400 * kDay;
  EXPECT_EQ(clock.now_ms(), kStart);
  machine.pass(70);
  machine.wall_ms -= 400 * kDay;
  EXPECT_EQ(clock.now_ms(), kStart + 70);
  EXPECT_FALSE(clock.status().is_held);
}

TEST(NodeClock, ARestartNeitherGoesBackNorAcceptsALeap) {
  Machine machine;
  NodeClock::Saved saved;
  {
    NodeClock clock(machine);
    machine.wall_ms += 400 * kDay;
    EXPECT_EQ(clock.now_ms(), kStart);
    saved = clock.save();
  }
  machine.wall_ms += 60'000;
  machine.real_ms = 1;  // another boot
  NodeClock held(machine);
  held.resume(saved);
  EXPECT_EQ(held.now_ms(), kStart + 60'000);
  EXPECT_TRUE(held.status().is_held);
  EXPECT_TRUE(held.accept());
  saved = held.save();
  machine.wall_ms = kStart;
  NodeClock back(machine);
  back.resume(saved);
  EXPECT_EQ(back.now_ms(), saved.now_ms);
}

}  // namespace entente::exchange
