// At the start, so that the first sensor that asks finds the patterns compiled, and every two seconds, which costs a party without
// changes a comparison of two pointers.
#include "watch/refresher.h"

#include <chrono>

namespace entente::watch {
namespace {

constexpr std::chrono::seconds kEvery{2};

}  // namespace

Refresher::Refresher(Watch& watch) : watch_(watch), thread_([this] { work(); }) {}

Refresher::~Refresher() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Refresher::work() {
  watch_.expect_observers();
  watch_.refresh();
  std::unique_lock<std::mutex> lock(mutex_);
  while (!changed_.wait_for(lock, kEvery, [this] { return is_ending_; })) {
    lock.unlock();
    watch_.refresh();
    lock.lock();
  }
}

}  // namespace entente::watch
