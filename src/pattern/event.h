// Observations, as patterns are matched against them: observed-data with the objects that they refer
// to, out of STIX bundles. [stix21 4.14, 9.1]
//
//   EventReader reader;
//   reader.read(document, [&](const Observation& seen) { ... }, [&](const EventTrouble& t) { ... });
//
// Ownership: an Observation borrows the JSON document, and lives during the call alone.
// Threads: one.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/json.h"
#include "stix/timestamp.h"

namespace entente::pattern {

// An object of an observation, and the name by which references find it: its id, or in the
// deprecated form its key.
struct SeenObject {
  std::string_view name;
  std::string_view type;
  json::Value value;
};

// `count` observations that were made between two instants, it is not known when. [stix21 9.1]
struct Observation {
  std::string_view id;
  stix::Timestamp first, last;
  uint64_t count = 1;
  std::optional<json::Value> whole;  // the observed-data itself
  uint64_t tag = 0;                  // by which whoever reads events finds where this one came from
  std::vector<SeenObject> objects;

  // The object that a reference means: one of this observation, never another of the bundle.
  // [stix21 9.7.4]
  const SeenObject* find(std::string_view name) const;

  // Names of `objects` by hash, kept where there are many.
  std::vector<std::pair<uint64_t, uint32_t>> by_name;
};

struct EventTrouble {
  std::string_view id;  // of the observed-data, if it is known
  std::string what;
};

class EventReader {
 public:
  using Sink = std::function<void(const Observation&)>;
  using Trouble = std::function<void(const EventTrouble&)>;

  // Reads a bundle, or an observed-data object by itself. Objects are looked for in the bundle of the
  // observed-data. Observed-data that is not well-formed is reported and skipped; so are other
  // values than bundles and objects.
  void read(const json::Document& document, const Sink& sink, const Trouble& trouble);

  // What is read from now on has this tag.
  void set_tag(uint64_t tag) { observation_.tag = tag; }

 private:
  struct Entry {
    uint64_t hash;
    uint32_t object;  // index in objects_, plus one; 0: free
  };
  void index_objects(json::Value list);
  const SeenObject* find(std::string_view id) const;
  bool read_observation(json::Value object, std::string* wrong);
  std::string_view keep(json::Value text);

  std::vector<SeenObject> objects_;
  std::vector<Entry> table_;
  std::deque<std::string> unescaped_;  // texts that had escapes in them; never moved
  Observation observation_;
};

}  // namespace entente::pattern
