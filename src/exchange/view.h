// What a reader may ask: every answer is a function of the reader's world. The one door between
// surfaces and the journal.
//
// A View is one moment of one reader: cheap to make, used by one request and dropped.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "exchange/principal.h"
#include "exchange/state.h"
#include "exchange/worlds.h"
#include "release/world.h"
#include "stix/timestamp.h"
#include "store/journal.h"

namespace entente::exchange {

// Which of the versions of an id. [taxii21 3.4.1]
struct VersionFilter {
  bool all = false, first = false, last = false;
  std::vector<stix::Timestamp> exact;  // views into `texts`
  std::vector<std::string> texts;
};

enum class Chains : uint8_t {
  kOne,  // TAXII: of each id one submitter's versions: the attested creator's, else the first
         // visible claim
  kAll,  // the API: every claim
};

struct Query {
  release::CollectionNumber collection = release::kNoCollection;  // kNoCollection: the whole world
  std::vector<std::string> ids;                                   // empty: any
  std::vector<std::string> types;                                 // empty: any
  std::optional<VersionFilter> version;                           // none: last
  bool spec20 = true, spec21 = true;                              // which to show
  bool latest_spec_only = true;  // of each id, only the newest specification
  int64_t after_us = INT64_MIN;  // date_added strictly greater
  uint32_t limit = 0;            // 0: no limit
  bool with_bytes = false;       // fill Page::bytes
  size_t bytes_max = SIZE_MAX;   // with them: ends the page early, after at least one object
  Chains chains = Chains::kOne;
};

struct Page {
  std::vector<store::Position> positions;  // by date_added, rising
  // The edition of each, while the view's snapshot and `editions` live.
  std::vector<std::string_view> bytes;
  // Holds those with parts cut; shared with the answer.
  std::shared_ptr<std::pmr::monotonic_buffer_resource> editions;
  bool more = false;
  int64_t first_us = 0, last_us = 0;  // dates of the first and last, if any
};

// What an object is called: read from the object itself, but for the version of what has none.
struct Named {
  std::string id;
  std::string version;  // `modified`, else `created`, else date_added. [taxii21 3.4.1]
};

class View {
 public:
  View(const store::Journal& journal, Principal reader, store::Snapshot snapshot,
       std::shared_ptr<const State> state, Worlds& worlds, int64_t now_ms);

  const Principal& reader() const { return reader_; }
  const State& state() const { return *state_; }
  const store::Snapshot& snapshot() const { return snapshot_; }
  const release::World& world() const { return world_; }
  int64_t now_ms() const { return now_ms_; }
  uint64_t entry_count() const { return sets_->entries->count_in(0, snapshot_.end()); }

  // A collection that the reader may read or write, by id or alias; nullptr else: the two are told
  // apart nowhere.
  const release::Collection* collection(std::string_view id_or_alias) const;
  std::vector<const release::Collection*> collections() const;
  bool may_read(const release::Collection& collection) const;
  bool may_write(const release::Collection& collection) const;

  // What decides for the reader: for explanations.
  const Decisions& decisions() const { return *sets_->decisions; }
  // The reader's own party and those that share a collection with it now, by code.
  std::vector<const release::Party*> known_parties() const;

  Page page(const Query& query) const;
  int64_t date_us(store::Position position) const;
  // The object as the reader gets it: the sender's bytes, or, where parts are cut, what is left of
  // them, in *scratch.
  std::string_view edition(store::Position position, std::string* scratch) const;
  // Which parts are cut for the reader: bit n is part n.
  uint8_t cut_of(store::Position position) const;
  bool is_revoked(store::Position position) const;
  store::Entry entry(store::Position position) const { return snapshot_.entry(world_, position); }
  std::string type(store::Position position) const;  // empty if it had no number and is erased
  Named name(store::Position position) const;
  // The same of what the reader's own party submitted, withdrawn since or not; empty for others.
  Named own_name(store::Position position) const;
  // Entries of the reader's world in a collection, of a type, or both.
  std::shared_ptr<const Bitmap> narrowed(Narrowing narrowing) const;
  // Entries of the reader's world, in a collection or any, whose type has no number.
  Bitmap unnumbered(release::CollectionNumber collection) const;
  uint64_t count(Narrowing narrowing) const {
    return narrowed(narrowing)->count_in(0, snapshot_.end());
  }
  // Number of entries of each type, by name: the order of arrival would tell of types in other
  // worlds.
  std::map<std::string, uint64_t, std::less<>> count_by_type() const;
  // Calls visit for each entry of the world with that id, newest first, until it returns false.
  void versions_of(std::string_view id, const std::function<bool(store::Position)>& visit) const;
  // The same for entries that refer to the id.
  void referring(std::string_view id, const std::function<bool(store::Position)>& visit) const;

 private:
  Named name_of(std::string_view bytes, store::Position position) const;
  Named recalled_name(store::Position position) const;

  friend class Selection;  // selection.cc: one query at work
  const store::Journal& journal_;
  Principal reader_;
  store::Snapshot snapshot_;
  std::shared_ptr<const State> state_;
  Worlds& worlds_;
  int64_t now_ms_;
  std::shared_ptr<const ReaderWorld> sets_;
  release::World world_;
};

}  // namespace entente::exchange
