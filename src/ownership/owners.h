// Who owns and who controls a party: the answer to `entente owners`.
//
//   const Snapshot snapshot(graph, parse_day("2026-01-01").value());
//   Scratch scratch;
//   const Owners answer = owners_of(snapshot, *graph.find("X"), {}, &scratch);
//   print(to_json(answer, snapshot));
//
// Owners are the ultimate ones (region.h): those in whom nobody holds. Parties on the way, that control
// the target but have owners of their own, are listed apart.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ownership/control.h"
#include "ownership/paths.h"
#include "ownership/snapshot.h"

namespace entente::ownership {

struct OwnersOptions {
  size_t paths_max = 10;  // of one owner
  ControlOptions control;
  bool all = false;  // every party from which interests lead to the target, not the ultimate alone
  std::vector<std::vector<PartyIndex>> concerts;  // parties that act as one
};

struct OwnerPath {
  std::vector<PartyIndex> parties;  // from the owner to the target
  Range capital;
};

struct Owner {
  PartyIndex party = kNoParty;
  bool is_ultimate = true;
  bool is_nominee = false;  // holds some of it for another
  Range capital;
  Votes votes;
  std::optional<Range> weakest_link;  // absent where it would take too long
  std::vector<OwnerPath> paths;       // largest first
  bool has_more_paths = false;
};

struct Controller {
  PartyIndex party = kNoParty;
  Votes votes;
  bool is_controlled = false;  // another party controls it for certain
};

struct Concert {
  std::vector<PartyIndex> parties;
  Range capital;
  Votes votes;
};

struct Owners {
  PartyIndex of = kNoParty;
  Day at = 0;
  std::vector<Owner> owners;            // largest capital first, then votes, then by id
  std::vector<Controller> controllers;  // all that control the target, or may, most votes first
  std::vector<Concert> concerts;        // as asked for
  Range undisclosed;                    // capital that leads to no owner listed
  std::vector<Finding> findings;        // of the snapshot, about parties behind the target
};

// Who controls the target for certain in the second answer and did not in the first, and the other way round.
struct ControlGained {
  std::vector<PartyIndex> gained, lost;
};
ControlGained control_gained(const Owners& before, const Owners& after);

Owners owners_of(const Snapshot& snapshot, PartyIndex target, const OwnersOptions& options,
                 Scratch* scratch);

// One JSON object: of, at, owners, controllers, undisclosed. Findings of reading, if given, and those of the
// snapshot that concern parties behind the target go with it.
std::string to_json(const Owners& answer, const Snapshot& snapshot,
                    const Findings* reading = nullptr);
// The same as a table for people.
std::string to_text(const Owners& answer, const Snapshot& snapshot);

}  // namespace entente::ownership
