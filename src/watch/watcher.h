// One party's watch: its indicators, its memory of partial matches, and what becomes of matches.
// Threads: one at a time; mutex() is for whoever calls.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "exchange/node.h"
#include "pattern/stream.h"
#include "watch/event.h"
#include "watch/indicators.h"
#include "watch/sighting.h"
#include "watch/watch.h"

namespace entente::watch {

// What is to be stored, and where: what the party shares goes into a collection, its own into none.
struct Stock {
  release::CollectionNumber collection = release::kNoCollection;
  std::map<std::string, Event, std::less<>> events;  // by id
  // By indicator and marks.
  std::map<std::pair<std::string, std::vector<std::string>>, Sighting> sightings;
};

class Watch::Watcher {
 public:
  Watcher(exchange::Node& node, Random& random, const exchange::Principal& who,
          const Bounds& bounds);

  std::mutex& mutex() { return mutex_; }
  const exchange::Principal& who() const { return who_; }

  Result<ObserveReport> observe(std::string_view body, const ObserveOptions& options);
  WatchStatus status();
  Result<void> refresh();

 private:
  using Match = std::vector<pattern::StreamSeen>;
  void see(const pattern::Observation& seen, const EventSource& source, pattern::Stream* stream,
           const ObserveOptions& options, Stock* stock, ObserveReport* report);
  void add_match(const Watched& indicator, const Match& match, const Event& last, Stock* stock);
  Result<void> store(Stock* stock, bool is_dry, ObserveReport* report);
  Result<std::set<std::string>> import(const std::string& lines,
                                       release::CollectionNumber collection, ObserveReport* report);
  Result<void> backfill(const exchange::View& view);
  void recall(const std::vector<std::string>& bundles, const std::vector<std::string>& fresh);
  void remember(uint64_t tag, Event event);
  void forget(uint64_t tag);

  exchange::Node& node_;
  Random& random_;
  const exchange::Principal who_;
  const Bounds bounds_;
  std::mutex mutex_;
  pattern::Engine engine_;
  pattern::Stream stream_;
  Indicators indicators_;
  std::map<uint64_t, Event> remembered_;  // by tag, that is in the order of coming
  size_t remembered_bytes_ = 0;
  uint64_t next_tag_ = 1;
  uint64_t forgotten_ = 0;  // observations, for a bound
};

// Reads what the party kept: observed-data that it submitted, seen within the days of the bounds, the oldest first, each as a
// bundle of one line.
std::vector<std::string> kept_events(const exchange::View& view, const Bounds& bounds);

}  // namespace entente::watch
