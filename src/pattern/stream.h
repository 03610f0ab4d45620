// Patterns against observations as they come, without end: each match is told as soon as its last
// observation has come.
//
//   Stream stream(&engine, {});
//   stream.see(observation, [&](uint32_t pattern, const std::vector<StreamSeen>& match) { ... });
//
// What is told of a pattern, taken together, is what Batch would tell of all observations at once, as long
// as no observation comes later than the stated lateness and no bound is met. Only observations that satisfy
// a part of a pattern of several are remembered: while they can still be in a match, at most so long and so
// many as the options say; the oldest are dropped first, and counted.
//
// Ownership: borrows the engine. Patterns may be added to it and removed from it between observations;
// call forget before one is removed. Threads: one, that of the engine.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pattern/engine.h"
#include "pattern/solve.h"

namespace entente::pattern {

struct StreamOptions {
  // An observation begins at most so long before the latest beginning that was seen.
  int64_t lateness_ns = int64_t{3600} * 1'000'000'000;
  // Patterns without WITHIN around all of them remember no longer than this.
  int64_t age_ns_max = int64_t{30} * 24 * 3600 * 1'000'000'000;
  // Remembered of all patterns together.
  size_t candidates_max = 1'000'000;
  // An observation takes the place of the one of the same id that is remembered, if there is one: what is sent again, because
  // nobody knows whether it got through, is not seen twice.
  bool replaces_same_id = false;
  // Told of each observation, by its tag, that is remembered no longer; may be empty.
  std::function<void(uint64_t tag)> forgotten = {};
};

// An observation of a match. `id` lives during the call.
struct StreamSeen {
  std::string_view id;
  uint64_t tag = 0;
};

struct StreamStats {
  uint64_t remembered = 0;  // candidates now, and what stood for those that were replaced
  uint64_t expired = 0;     // that could be in no match any more
  uint64_t dropped = 0;     // for the bound of their number
  uint64_t late = 0;        // observations that came later than the lateness
  uint64_t incomplete = 0;  // searches that met a bound
};

class Stream {
 public:
  Stream(Engine* engine, const StreamOptions& options) : engine_(*engine), options_(options) {}

  // `match`: the observation itself, and those that it is in a match with, in the order of their coming.
  using Sink = std::function<void(uint32_t pattern, const std::vector<StreamSeen>& match)>;
  void see(const Observation& seen, const Sink& sink);

  // Remembers an observation of before for patterns that came since, those that are `wanted`, as if they had been there when it was
  // seen; tells nothing. With replaces_same_id, what is remembered for a pattern already is not so twice. True if it is remembered
  // now and was not at all before.
  bool recall(const Observation& seen, const std::function<bool(uint32_t pattern)>& wanted);

  // Whether the observation that was seen last is remembered.
  bool remembers_last() const { return !touched_.empty() && kept_.contains(next_seen_ - 1); }

  // Forgets what is remembered for a pattern.
  void forget(uint32_t pattern) { partial_.erase(pattern); }

  StreamStats stats() const { return stats_; }

 private:
  // An observation that is a candidate of some patterns.
  struct Kept {
    std::string id;
    uint64_t tag = 0;
    uint32_t uses = 0;
    std::vector<uint32_t> patterns;  // that it is a candidate of, if same ids replace each other
  };
  struct Due {
    uint32_t pattern, seen;
    int64_t expires_ns;
  };

  void remember(uint32_t pattern, uint32_t seen, const Plan& plan, const Observation& observation);
  void expire();
  void drop_front();
  void drop_candidate(uint32_t pattern, uint32_t seen);
  void drop_use(uint32_t seen);
  void replace(std::string_view id);

  Engine& engine_;
  StreamOptions options_;
  Solver solver_;
  std::unordered_map<uint32_t, Candidates> partial_;
  std::unordered_map<uint32_t, Kept> kept_;
  std::unordered_map<std::string, uint32_t> by_id_;  // of kept_, if same ids replace each other
  std::deque<Due> due_;                              // in the order of coming
  std::vector<uint32_t> touched_;
  std::vector<StreamSeen> match_;
  uint32_t next_seen_ = 0;
  int64_t latest_ns_ = INT64_MIN;
  StreamStats stats_;
};

}  // namespace entente::pattern
