// Sightings: what a party says when an indicator matched what its sensors saw. Repeated matches fold into one sighting, of
// which each time is a new version. [stix21 5.2]
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "exchange/view.h"
#include "watch/event.h"

namespace entente::watch {

// What is to be said of one indicator and one set of marks.
struct Sighting {
  std::string indicator;
  std::vector<std::string> markings;  // sorted; empty: the party's own
  std::string first_seen, last_seen;  // timestamps
  uint64_t count = 0;
  std::vector<std::string> observed;  // ids of observed-data, distinct, the oldest first
  std::vector<uint64_t> counts;       // how often each was seen; 0: it only took part
  std::unordered_map<std::string, size_t> places;  // of each in `observed`

  std::string id;  // follows from party, indicator and markings
  std::string created, modified;
  bool is_muted = false;  // the party has revoked it: no more is said
};

// The id under which a party's matches of an indicator with these marks fold.
std::string id_of(std::string_view party, const Sighting& sighting);

// Adds what the party said before, as its world shows it, and gives the sighting id and version. Observed-data that it
// named already counts no more; false if nothing new is left to say.
bool fold(const exchange::View& view, std::string_view party_code, Sighting* sighting);

// The sighting as a STIX object.
std::string to_json(const Sighting& sighting, std::string_view created_by);

// Puts observed-data into a sighting: spans and ids.
void add_seen(Sighting* sighting, const Event& event, uint64_t count);

}  // namespace entente::watch
