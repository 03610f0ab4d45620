// The indicators of one party's world as patterns of an engine, kept in step with the world as the journal grows.
//
// Watched is of each id what the world shows as its newest version (the attested creator's, else as View has it), if it is
// not revoked and its pattern is a STIX pattern that is well-formed. Everything here follows from the party's world alone.
//
// Threads: one at a time.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/bitmap.h"
#include "exchange/view.h"
#include "json/json.h"
#include "pattern/stream.h"

namespace entente::watch {

struct Watched {
  std::string id;
  store::Position position = store::kNone;
  std::string text;                   // of the pattern
  bool is_stix20 = false;             // which is written as in STIX 2.0
  uint32_t number = 0;                // of the pattern in the engine
  int64_t from_ns = INT64_MIN;        // valid_from
  int64_t until_ns = INT64_MAX;       // valid_until
  std::vector<std::string> markings;  // object_marking_refs, sorted
  std::string problem;                // why it is not watched; empty: it is

  // Whether it is valid at some moment of the span. [stix21 4.7]
  bool is_valid(int64_t first_ns, int64_t last_ns) const {
    return last_ns >= from_ns && first_ns < until_ns;
  }
};

class Indicators {
 public:
  // At most `watched_max` are watched; what comes beyond waits for room.
  Indicators(pattern::Engine* engine, pattern::Stream* stream, size_t watched_max)
      : engine_(*engine), stream_(*stream), watched_max_(watched_max) {}

  // Takes the indicators to be those of the view's world. What was taken in since the last call of
  // take_fresh is in it then.
  void follow(const exchange::View& view);

  // Ids of indicators that came or changed and are still watched.
  std::vector<std::string> take_fresh();
  // Gives them back: what was to be done with them failed.
  void keep_fresh(const std::vector<std::string>& ids);

  const Watched* of_pattern(uint32_t number) const;
  const Watched* find(std::string_view id) const;
  // All, watched or not, by id.
  const std::map<std::string, Watched, std::less<>>& all() const { return by_id_; }
  size_t watched() const { return by_number_.size(); }

 private:
  std::vector<store::Position> changes(const exchange::View& view, std::vector<std::string>* gone);
  void look_at(const exchange::View& view, const std::vector<std::string>& ids);
  void look_at_all(const exchange::View& view);
  void take(const exchange::View& view, store::Position position, std::string_view bytes);
  void drop(std::string_view id);
  void fill_room(const exchange::View& view);

  pattern::Engine& engine_;
  pattern::Stream& stream_;
  const size_t watched_max_;
  std::set<std::string, std::less<>> waiting_;  // ids that found no room
  std::map<std::string, Watched, std::less<>> by_id_;
  std::unordered_map<store::Position, std::string> by_position_;
  std::unordered_map<uint32_t, const Watched*> by_number_;
  std::map<std::string, bool, std::less<>> fresh_;
  // What was looked at: the entries that may be indicators.
  Bitmap seen_;
  std::shared_ptr<const Bitmap> seen_from_;
  store::Position seen_end_ = 0;
  json::Parser parser_;
};

}  // namespace entente::watch
