// What would change the answer: small facts, not known today, under which somebody would control a target.
//
// - a nominee acts for another (stated by a source, or only supposed);
// - the votes that nobody is known to have, or that an unnamed owner has, belong to somebody;
// - two owners act in concert.
// Only changes are listed: whoever controls the target for certain already is left out.
#pragma once

#include <string>
#include <vector>

#include "ownership/control.h"
#include "ownership/region.h"

namespace entente::ownership {

struct Change {
  enum class If : uint8_t { kNomineeActsFor, kUnknownVotesAre, kConcert };
  If kind = If::kConcert;
  PartyIndex controller = kNoParty;  // who then controls
  PartyIndex with = kNoParty;        // the nominee, or the other of a concert
  Range votes;                       // what the controller would cast then, at least and at most
  bool is_stated = false;            // a source says that the nominee acts for the controller
};

struct ChangesOptions {
  size_t changes_max = 20;
  size_t owners_max = 40;  // the largest by votes are tried
  ControlOptions control;
};

// Stated ones first, then by the votes that the controller would cast.
std::vector<Change> changes_of_control(const Snapshot& snapshot, PartyIndex target,
                                       const ChangesOptions& options, Scratch* scratch);

std::string to_json(const std::vector<Change>& changes, const Graph& graph);
// One sentence a line.
std::string to_text(const std::vector<Change>& changes, const Graph& graph);

}  // namespace entente::ownership
