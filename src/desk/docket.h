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

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "desk/procedure/fold.h"
#include "desk/records.h"
#include "exchange/node.h"

namespace entente::desk {

// One procedure as a party sees it now. Addresses within stay.
struct File {
  Opening opening;
  const procedure::Pack* pack = nullptr;
  procedure::Case one;
  procedure::Situation now;
};

struct Taken {
  std::string record;  // id
  int64_t at_ms = 0;
  procedure::Verdict verdict = procedure::Verdict::kCounted;
};

class Docket {
 public:
  // `signer` is borrowed; null: who only reads.
  Docket(exchange::Node& node, Random& random, exchange::Principal who, release::Signer* signer);

  int64_t now_ms() const { return view_->now_ms(); }
  const exchange::View& view() const { return *view_; }
  const std::string& code() const { return code_; }

  // Acts are signed with the party's key; without one: kForbidden.
  // Opens a procedure; id, party and instant of its record are filled in. kInvalid: what the pack needs is missing, or a
  // code is unknown; kUnprocessable: the pack is not valid today.
  Result<std::string> open(Opening opening);
  // Records an act; id, party, instant and what it is about are filled in. kNotFound: no such procedure in the world;
  // kInvalid: the pack has no such act, or what it needs is missing: then nothing is recorded.
  Result<Taken> act(std::string_view procedure_id, procedure::Record act);
  // The same in two steps, for a key that is kept elsewhere: what is to be signed, and its recording once it is.
  Result<Draft> draft(std::string_view procedure_id, procedure::Record act);
  Result<Taken> take(const Draft& signed_draft);
  // What such an act would count as now; nothing is recorded. Fails as act().
  Result<procedure::Verdict> try_act(std::string_view procedure_id, procedure::Record act) const;
  // kNotFound: no such procedure in the world; kUnprocessable: its pack is unknown here, or its opening is not signed by
  // its party.
  Result<std::unique_ptr<File>> find(std::string_view id) const;
  // The object, signed by the docket's party. kForbidden: no key to sign with.
  Result<std::string> sign(std::string_view object);
  // The entry that opens it; fails as find().
  Result<store::Position> opening_of(std::string_view id) const;
  Submitted submitted(store::Position position) const;
  // The same, having recorded that the text has reached the party, if the pack asks for that.
  Result<std::unique_ptr<File>> read(std::string_view id);
  // All that can be folded, by id.
  std::vector<std::unique_ptr<File>> all() const;

 private:
  Result<std::unique_ptr<File>> load(store::Position position) const;
  void add_acts(File& file) const;
  // Fills in what an act is to say; fails if the pack asks for more.
  Result<void> complete(const File& file, procedure::Record& act) const;
  Result<procedure::Verdict> judge(const File& file, const procedure::Record& act) const;
  Result<void> submit(const Draft& signed_draft);
  void refresh();

  exchange::Node& node_;
  Random& random_;
  exchange::Principal who_;
  release::Signer* signer_;
  std::optional<exchange::View> view_;  // always there; made anew after a change
  std::string code_, identity_;
};

// Who is of a format, from when: as was known at each instant, so that what is dated back later changes nothing.
procedure::Roster roster_of(const release::Directory& directory,
                            const std::vector<std::string>& format, int64_t until_ms);

// The calendars and zones of the program.
const procedure::Places& shipped_places();

}  // namespace entente::desk
