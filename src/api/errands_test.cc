// What one party waits for, others do not.
#include "api/errands.h"

#include <gtest/gtest.h>

#include <future>

namespace entente::api {
namespace {

using Fate = Errands::Fate;

TEST(Errands, RunOnePieceOfAPartyAtATimeAndPartiesBesideEachOther) {
  std::promise<void> begun, gate;
  std::shared_future<void> open = gate.get_future().share();
  std::atomic<int> of_first{0};
  Errands errands(2);
  ASSERT_TRUE(errands.add(1, [&](Fate) {
    begun.set_value();
    open.wait();
    ++of_first;
  }));
  begun.get_future().wait();
  std::promise<int> second_of_first;
  ASSERT_TRUE(errands.add(1, [&](Fate) { second_of_first.set_value(of_first); }));
  // The other party is served while the first still waits, again and again.
  for (int i = 0; i < 3; ++i) {
    std::promise<int> of_other;
    ASSERT_TRUE(errands.add(2, [&](Fate) { of_other.set_value(of_first); }));
    EXPECT_EQ(of_other.get_future().get(), 0);
  }
  gate.set_value();
  EXPECT_EQ(second_of_first.get_future().get(), 1);
}

TEST(Errands, TakeTurnsByParty) {
  std::promise<void> begun, gate;
  std::shared_future<void> open = gate.get_future().share();
  std::mutex mutex;
  std::string order;
  std::promise<void> all;
  Errands errands(1);
  ASSERT_TRUE(errands.add(9, [&](Fate) {
    begun.set_value();
    open.wait();
  }));
  begun.get_future().wait();
  for (const release::PartyNumber party :
       std::initializer_list<release::PartyNumber>{1, 1, 1, 2, 3}) {
    ASSERT_TRUE(errands.add(party, [&, party](Fate) {
      const std::lock_guard<std::mutex> lock(mutex);
      order += std::to_string(party);
      if (order.size() == 5) all.set_value();
    }));
  }
  gate.set_value();
  all.get_future().wait();
  const std::lock_guard<std::mutex> lock(mutex);
  EXPECT_EQ(order, "12311");
}

TEST(Errands, RefuseWhatOnePartyPilesUpAndTellEachPieceOnce) {
  std::promise<void> begun, gate;
  std::shared_future<void> open = gate.get_future().share();
  std::atomic<size_t> told{0};
  std::future<void> late;
  {
    Errands errands(1);
    ASSERT_TRUE(errands.add(1, [&](Fate) {
      begun.set_value();
      open.wait();
    }));
    begun.get_future().wait();
    for (size_t i = 0; i < Errands::kWaitingMax; ++i)
      ASSERT_TRUE(errands.add(1, [&](Fate) { ++told; }));
    EXPECT_FALSE(errands.add(1, [&](Fate) { ++told; }));
    EXPECT_TRUE(errands.add(2, [&](Fate) { ++told; }));
    late = std::async(std::launch::async, [&] { gate.set_value(); });
  }
  EXPECT_EQ(told, Errands::kWaitingMax + 1);
}

}  // namespace
}  // namespace entente::api
