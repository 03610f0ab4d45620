// Keeps screenings of buyers in step with the journal while a server runs. Threads: one of its own, that ends with
// it.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "desk/supervision/supervision.h"

namespace entente::supervision {

class Refresher {
 public:
  explicit Refresher(Supervision& supervision);
  ~Refresher();
  Refresher(const Refresher&) = delete;
  Refresher& operator=(const Refresher&) = delete;

 private:
  void work();

  Supervision& supervision_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_ending_ = false;
  std::thread thread_;  // last: it uses the above
};

}  // namespace entente::supervision
