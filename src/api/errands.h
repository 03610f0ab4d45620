// Work that may take long, off the threads of the server: one piece for each party at a time, in the order of coming, and parties
// beside each other, so that nobody waits for what another asked for, as long as there is a thread.
//
//   Errands errands(2);
//   if (!errands.add(party, [=](Errands::Fate fate) { ... })) refuse();
//
// Threads: any. Its own are made when they are first needed.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "release/directory.h"

namespace entente::api {

class Errands {
 public:
  static constexpr size_t kWaitingMax = 16;  // of one party; beyond, it is refused
  enum class Fate : uint8_t { kNow, kStopping };
  // kStopping: nothing is to be done but to say so.
  using Work = std::function<void(Fate)>;

  explicit Errands(size_t threads_max) : threads_max_(threads_max) {}
  ~Errands();  // lets what runs finish; what waits is told
  Errands(const Errands&) = delete;
  Errands& operator=(const Errands&) = delete;

  // False if too much of that party waits already.
  [[nodiscard]] bool add(release::PartyNumber party, Work work);

 private:
  // Of a party: what waits. A party without is not in the map.
  struct Line {
    std::deque<Work> waiting;
    bool is_running = false;
  };
  static bool is_ready(const Line& line) { return !line.is_running && !line.waiting.empty(); }
  void run();
  std::map<release::PartyNumber, Line>::iterator next();

  const size_t threads_max_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<release::PartyNumber, Line> lines_;
  release::PartyNumber last_ = 0;  // whose turn it was
  size_t idle_ = 0;
  bool is_stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace entente::api
