// Every few seconds, which costs a party without changes a comparison of two pointers, and one with changes but no
// buyers a look for screenings. A list that comes in many batches is then screened against a few times, not once for
// each batch.
#include "desk/supervision/refresher.h"

#include <chrono>

namespace entente::supervision {
namespace {

constexpr std::chrono::seconds kRescreenEvery{5};

}  // namespace

Refresher::Refresher(Supervision& supervision)
    : supervision_(supervision), thread_([this] { work(); }) {}

Refresher::~Refresher() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Refresher::work() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!changed_.wait_for(lock, kRescreenEvery, [this] { return is_ending_; })) {
    lock.unlock();
    supervision_.refresh();
    lock.lock();
  }
}

}  // namespace entente::supervision
