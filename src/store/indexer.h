// The background thread that gives sealed segments their index files, and what start and writer share of building views
// over segments.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "store/core.h"
#include "store/index.h"
#include "store/scan.h"
#include "store/tail.h"

namespace entente::store {

// Writes the index of a segment in memory, maps it, and gives the reference that takes the segment's place.
Result<SegmentRef> index_segment(Core& core, const SegmentRef& growing);

// What replaying segment i anew needs of the others.
ReplayContext replay_context(const Snapshot::State& state, size_t i);

// A filter for half as many again as the state and the open segments hold, with all of it.
std::shared_ptr<Bloom> filter_of(const Snapshot::State& state, const std::vector<Tail::Open>& open);

// add() is thread-safe.
class Indexer {
 public:
  explicit Indexer(Core& core);
  // Does what waits first.
  ~Indexer();
  Indexer(const Indexer&) = delete;
  Indexer& operator=(const Indexer&) = delete;

  // A segment that is published as sealed. Until its index is there, it is served from memory; if the index cannot be
  // written (disk full), for as long as the process lives.
  void add(SegmentRef growing);
  void wait_until_idle();

 private:
  void run();
  Core& core_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<SegmentRef> queue_;
  bool busy_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace entente::store
