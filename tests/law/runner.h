// Plays a history whole and, for each reader, without what the reader may never see, and compares every answer.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "history.h"
#include "law_node.h"

namespace entente::law {

struct RunOptions {
  uint32_t readers = 10;
  uint32_t rounds = 2;   // requests of each endpoint at each moment
  uint32_t moments = 2;  // at which a reader asks, besides the last
  Leak leak;             // of both nodes; none: as they are
  bool fills_types =
      true;  // in some histories few types of the whole node get a number, and all of the twin's
  std::string only_party;  // compare for this one alone
};

struct Report {
  bool makes_sense = true;           // false: acts depend on others that are missing
  uint32_t readers = 0;              // compared; 0: nothing is hidden, or a limit tells
  uint64_t entries = 0, hidden = 0;  // hidden: summed over readers
  uint64_t cut = 0;  // entries that a reader sees without some parts, summed likewise
  uint64_t parted =
      0;  // batches of several submissions of which a reader saw some, summed over readers
  // By operation: requests, and those that were answered with success.
  std::map<std::string, std::pair<uint64_t, uint64_t>> reached;
  // Where the oracle and the whole node disagree on what was taken in or may be seen; empty: nowhere.
  std::string disagreement;
  // Where an answer of the whole node differs from the twin's.
  std::string breach;
  std::string breach_party;  // of a disagreement too; empty: of no one
};

Report run(const History& history, const RunOptions& options);

// As a run, but for one party alone and asking much more: finds again what one request in a thousand shows.
RunOptions thorough(RunOptions options, const std::string& party);

// The history with as few acts and objects as still breach the law for that party, or as still make node and oracle
// disagree if they did.
History shrink(History history, RunOptions options, const std::string& party);

}  // namespace entente::law
