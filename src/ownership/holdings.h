// What a party holds, with everyone who acts with it: the answer to `entente holdings`.
//
// Capital in each party is the integrated share of the askers together (capital.h); votes and control are
// theirs too (control.h). A holding that is held by another of the askers is theirs whole.
#pragma once

#include <string>
#include <vector>

#include "ownership/control.h"
#include "ownership/region.h"

namespace entente::ownership {

struct HoldingsOptions {
  std::vector<std::string> sectors;    // codes or their beginnings; empty: all
  std::vector<std::string> countries;  // ISO 3166-1 alpha-2; empty: all
  double capital_min = 0;              // less, at most, is left out unless it carries control
  bool controlled_only = false;        // what they control for certain, or may
  ControlOptions control;
};

struct HeldParty {
  PartyIndex party = kNoParty;
  Range capital;
  Range votes;
  Certainty controls = Certainty::kNo;
  std::vector<PartyIndex> path;  // the largest
};

struct Holdings {
  std::vector<PartyIndex> of;
  Day at = 0;
  std::vector<HeldParty> held;  // largest capital first
};

Holdings holdings_of(const Snapshot& snapshot, const std::vector<PartyIndex>& owners,
                     const HoldingsOptions& options, Scratch* scratch);

// Whether a code is the other or lies within it, as 35.11 lies within 35 and D35 within D; dots, blanks and case do not count.
bool is_within_sector(std::string_view code, std::string_view sector);

std::string to_json(const Holdings& answer, const Snapshot& snapshot,
                    const Findings* reading = nullptr);
std::string to_text(const Holdings& answer, const Snapshot& snapshot);

}  // namespace entente::ownership
