// The procedures of one party's world: opening them, acting in them, what state they are in.
//
//   Docket docket(node, random, who);
//   const std::string id = TRY(docket.open(opening));
//   const Taken taken = TRY(docket.act(id, act));        // kept, with its verdict
//   const auto file = TRY(docket.find(id));              // the fold over the objects in the party's world
//
// Everything is an object of the journal, submitted and signed by the party and released to those who take part, so that worlds,
// TAXII and exports hold it by the rules that hold everything. What the party may not see does not exist here.
//
// Threads: one Docket belongs to one thread; any number of them share a node.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "desk/procedure/fold.h"
#include "desk/records.h"
#include "desk/shelf.h"
#include "exchange/node.h"

namespace entente::desk {

// One procedure as a party sees it now. Addresses within stay.
struct File {
  Opening opening;
  const procedure::Pack* pack = nullptr;
  procedure::Case one;
  procedure::Situation now;
  // What the party is to do, and what it waits for.
  std::optional<procedure::Due> due = std::nullopt;
  std::vector<procedure::Waiting> waiting = {};
  store::Position position = store::kNone;  // of the opening
  // The situation holds from then, and before that, if the party sees no other records.
  int64_t folded_ms = 0, good_until_ms = 0;
};

// To whom an act is released and under which level, if not to all who take part under the procedure's own. Only what
// changes no state can be kept from some: a point of an agenda, a document, an assessment.
struct Terms {
  std::vector<std::string> to;  // codes of parties and groups; empty: all
  std::optional<release::Tlp> level;
};

// When the records of a procedure that is over are to be erased; nullopt: it is not over, or its pack does not say.
std::optional<int64_t> erase_from_ms(const File& file);
// The records of a file that are a party's own, those that depend on no other first.
std::vector<std::string> own_records(const File& file, std::string_view code);

struct Taken {
  std::string record;  // id
  int64_t at_ms = 0;
  procedure::Verdict verdict = procedure::Verdict::kCounted;
};

class Docket {
 public:
  // All borrowed. Without a signer: for reading. The shelf is the node's; null: everything is read anew.
  Docket(exchange::Node& node, Random& random, exchange::Principal who, release::Signer* signer,
         Shelf* shelf = nullptr);

  int64_t now_ms() const { return view_->now_ms(); }
  const exchange::View& view() const { return *view_; }
  const std::string& code() const { return code_; }

  // Acts are signed with the party's key; without one: kForbidden.
  // What open() would say; nothing is recorded.
  Result<void> try_open(Opening opening) const;
  // Opens a procedure; id, party and instant of its record are filled in. kInvalid: what the pack needs is missing, or a
  // code is unknown; kUnprocessable: the pack is not valid today, the party may not open it, or it comes too late.
  Result<std::string> open(Opening opening);
  // Records an act; id, party, instant and what it is about are filled in. kNotFound: no such procedure in the world;
  // kInvalid: the pack has no such act, or what it needs is missing: then nothing is recorded.
  Result<Taken> act(std::string_view procedure_id, procedure::Record act, const Terms& terms = {});
  // The same in two steps, for a key that is kept elsewhere: what is to be signed, and its recording once it is.
  Result<Draft> draft(std::string_view procedure_id, procedure::Record act,
                      const Terms& terms = {});
  Result<Taken> take(const Draft& signed_draft);
  // What such an act would count as now; nothing is recorded. Fails as act().
  Result<procedure::Verdict> try_act(std::string_view procedure_id, procedure::Record act) const;
  // kNotFound: no such procedure in the world; kUnprocessable: its pack is unknown here, or its opening is not signed by
  // its party.
  Result<std::shared_ptr<const File>> find(std::string_view id) const;
  // The object, signed by the docket's party. kForbidden: no key to sign with.
  Result<std::string> sign(std::string_view object);
  // The entry that opens it; fails as find().
  Result<store::Position> opening_of(std::string_view id) const;
  Submitted submitted(store::Position position) const;
  // The same, having recorded that the text has reached the party, if the pack asks for that.
  Result<std::shared_ptr<const File>> read(std::string_view id);
  // Records that the current text has reached the party, unless it has done so already or the pack wants no receipts.
  // `records`: only if the record that carries the text is among these. Fails as find().
  Result<void> receive(std::string_view id, const std::set<std::string>* records);
  // The entry of the record that carries the current text.
  store::Position text_position(const File& file) const;
  // From now on sees only what no label closes further than that level: every level that is stated is at most that, and
  // nothing else (a classification, an exercise, a mark that is not understood) closes it. For what leaves the party's house.
  void look_only_up_to(release::Tlp level);
  // Takes what has come since.
  void refresh();
  // All that can be folded, by id.
  std::vector<std::shared_ptr<const File>> all() const;

 private:
  // The entries of a procedure that the party sees: claims to its opening, the oldest first, and acts.
  struct Entries {
    std::vector<store::Position> claims, acts;
  };
  Entries entries_of(std::string_view id) const;
  Result<store::Position> opening_among(const std::vector<store::Position>& claims,
                                        std::string_view id) const;
  Result<std::shared_ptr<const File>> load(std::string_view id, const Entries& entries) const;
  // Those of the entries that are acts of it, each once.
  std::vector<std::shared_ptr<const procedure::Record>> acts_of(
      std::string_view id, const std::vector<store::Position>& positions) const;
  size_t recalls() const { return view_->state().recalls->size(); }
  bool is_low_enough(store::Position position) const;
  std::shared_ptr<const Written> written(store::Position position) const;
  // The next instant at which the directory says something else by itself.
  int64_t next_boundary_ms() const;
  const procedure::Roster& roster(const std::vector<std::string>& format) const;
  // Fills in what an act is to say; fails if the pack asks for more.
  Result<void> complete(const File& file, procedure::Record& act) const;
  Result<procedure::Verdict> judge(const File& file, const procedure::Record& act) const;
  Result<void> submit(const Draft& signed_draft);
  // Those who are of the parties and groups now, sorted.
  std::vector<std::string> members_of(const std::vector<std::string>& codes) const;
  // Released to all who take part; where some of them may not read the opening or the text, to the others by name: an act
  // tells of both.
  Draft released(const File& file, const procedure::Record& act, const Terms& terms) const;
  static Result<void> check_in_time(const procedure::Pack& pack,
                                    const procedure::Situation& begins);
  static Result<void> check_attached(const procedure::ActRule& rule, const procedure::Record& act);
  // Fills in what an opening is to say; fails if it cannot begin.
  Result<void> complete(Opening& opening) const;

  exchange::Node& node_;
  Random& random_;
  exchange::Principal who_;
  release::Signer* signer_;
  Shelf* shelf_;
  std::optional<exchange::View> view_;  // always there; made anew after a change
  std::string code_, identity_;
  std::optional<release::Tlp> highest_;
  mutable std::optional<int64_t> boundary_ms_;                             // of the view
  mutable std::map<std::vector<std::string>, procedure::Roster> rosters_;  // of the view, by format
};

// Who is of a format, from when: as was known at each instant, so that what is dated back later changes nothing.
procedure::Roster roster_of(const release::Directory& directory,
                            const std::vector<std::string>& format, int64_t until_ms);

// The calendars and zones of the program.
const procedure::Places& shipped_places();

}  // namespace entente::desk
