// Indicators of a party's world against what the party's sensors see: the node's own detection.
//
//   Watch watch(node, random);
//   auto report = watch.observe(who, body, options);      // events; matches become sightings
//   watch.refresh();                                      // now and then: new indicators against kept events
//
// Each party has its own patterns, those of its world, and its own memory of partial matches: what one party's sensors see
// decides nothing for another. Events are not kept unless they match or are asked to be kept; what is kept, and the
// sightings, are ordinary objects that the party submits, under the rules for all objects. Unmarked they are the party's own.
//
// Threads: any; the requests of one party wait for each other.
// Cost: bench/RESULTS.md; the first request of a party after a start compiles the patterns of its world, unless refresh came first.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "exchange/node.h"
#include "logs/mapping.h"
#include "watch/limits.h"

namespace entente::watch {

struct ObserveOptions {
  release::CollectionNumber collection = release::kNoCollection;  // for what is shared
  std::vector<std::string> markings;  // of events that say nothing of marks; empty: the party's own
  bool keep_all = false;              // store what did not match too
  bool dry_run = false;               // only tell; nothing is remembered either
  bool is_lines = false;  // each line is a JSON text of its own, never the body as a whole
  const logs::Mapping* mapping = nullptr;  // lines of a log; null: bundles
};

// A sighting that was made, or would be.
struct Told {
  std::string indicator, sighting, modified;
  uint64_t count = 0;
  std::vector<std::string> observed;  // that matched now
  bool is_own = true;                 // for the party alone
};

struct ObserveReport {
  uint64_t observations = 0, matched = 0, kept = 0, refused = 0;
  std::vector<Told> sightings;  // by indicator
  struct Trouble {
    uint64_t line = 0;
    std::string what;
  };
  std::vector<Trouble> troubles;  // the first limits::kTroublesMax
  uint64_t troubles_total = 0;
  uint64_t incomplete = 0;  // searches that met a bound: more may match
  uint64_t forgotten =
      0;  // observations that are remembered no longer, for a bound: more might have matched
};

struct WatchStatus {
  uint64_t watched = 0, not_watched = 0;
  std::vector<std::pair<std::string, std::string>> problems;  // id and why, by id; limited
};

class Watch {
 public:
  Watch(exchange::Node& node, Random& random, const Bounds& bounds = {});
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  // `body` is followed by json::kPaddingBytes readable bytes. kForbidden: the role does not write, the key is narrower than
  // its party, or the collection is not the party's to write; kInvalid: too many markings; others as of storing.
  Result<ObserveReport> observe(const exchange::Principal& who, std::string_view body,
                                const ObserveOptions& options);

  // What is watched for the caller's party. kForbidden: the key is narrower than its party.
  Result<WatchStatus> status(const exchange::Principal& who);

  // Counts those parties in that have stored observed-data of their own, as every party does whose sensors have seen something,
  // so that refresh compiles their patterns before the first of their sensors asks. Sightings may come from elsewhere.
  void expect_observers();
  // Takes in what came to the worlds of parties that have observed something, and runs new indicators over kept events.
  void refresh();

 private:
  class Watcher;
  std::shared_ptr<Watcher> watcher(release::PartyNumber party);

  exchange::Node& node_;
  Random& random_;
  const Bounds bounds_;
  std::mutex mutex_;
  std::map<release::PartyNumber, std::shared_ptr<Watcher>> watchers_;
};

// {"observations":N,...}: a report as JSON.
std::string to_json(const ObserveReport& report);
std::string to_json(const WatchStatus& status);

}  // namespace entente::watch
