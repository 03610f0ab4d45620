// Keeps watches in step with the journal when no events come: new indicators meet kept events within seconds.
// Threads: one of its own, that ends with it.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "watch/watch.h"

namespace entente::watch {

class Refresher {
 public:
  explicit Refresher(Watch& watch);
  ~Refresher();
  Refresher(const Refresher&) = delete;
  Refresher& operator=(const Refresher&) = delete;

 private:
  void work();

  Watch& watch_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_ending_ = false;
  std::thread thread_;  // last: it uses the above
};

}  // namespace entente::watch
