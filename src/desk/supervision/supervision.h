// Joint supervision in one party's world: who is this buyer, and who stands behind it?
//
//   Supervision supervision(node, random);
//   auto answer = supervision.screen(who, R"({"names":["..."]})", parameters);
//   auto owners = supervision.owners(who, "identity--...", parameters);
//
// Every answer is computed on the caller's world: names are screened against the parties of that world with that
// world's frequencies, and a stake that rests on an interest which the caller may not see is computed without it.
//
// Parameters are texts by name, as a query string or a command line gives them; docs/names.md and docs/ownership.md
// list them. kInvalid for a value that means nothing.
//
// Threads: any. Cost: bench/RESULTS.md; the first question after a change of the world makes its list or graph anew.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "desk/supervision/decisions.h"
#include "desk/supervision/world_graph.h"
#include "desk/supervision/world_names.h"
#include "exchange/node.h"

namespace entente::supervision {

// The value of a parameter, or null.
using Parameters = std::function<const std::string*(std::string_view name)>;

class Supervision {
 public:
  Supervision(exchange::Node& node, Random& random);
  ~Supervision();
  Supervision(const Supervision&) = delete;
  Supervision& operator=(const Supervision&) = delete;

  // `body` is a query (names/query.h), {"object":ID} for a party of the world, or {"queries":[...]} of either:
  // {"id":...,"matches":[...]}, or {"answers":[...]}. Parameters: limit, threshold, explain. kInvalid if the body is
  // none of these, kTooLarge past limits::kQueriesMax. Each answer names its `subject`, to be decided about, and what
  // was `decided` about it; whom the caller's party has decided to be another is no match, unless `decided` is true.
  Result<std::string> screen(const exchange::Principal& who, std::string_view body,
                             const Parameters& find);

  // Records what the caller's party decides about two ids:
  // {"parties":[ID,ID],"decision":"same"|"not-same"|"unsure"|"undo", "reason":...}. Parameters: collection, marking,
  // dry_run. kForbidden: the key does not write for its party; kNotFound: nothing to undo; kUnprocessable: it would
  // be readable where what it is about is not.
  Result<std::string> decide(const exchange::Principal& who, std::string_view body,
                             const Parameters& find);
  // What "same" holds together with an id, and what was decided about those. kNotFound: nothing is known of the id.
  Result<std::string> cluster(const exchange::Principal& who, std::string_view id);
  // Screens the caller's party's own buyers again, says which answers are other than was recorded, and records them
  // so. Parameters: threshold (of those screened for the first time, and of all from now on), dry_run.
  Result<std::string> rescreen(const exchange::Principal& who, const Parameters& find);
  // The same for every party that has ever recorded screenings, if its world has changed.
  void refresh();

  // Who owns and controls a party, named by id, by the id that its source has for it, or by its name if only one
  // party of the graph has it. kNotFound: the world knows no such party. Parameters: at, since, paths, threshold,
  // all, law, listed, concert, acting_for, one_share_one_vote, min_confidence, format (json, text, dot, svg).
  Result<std::string> owners(const exchange::Principal& who, std::string_view party,
                             const Parameters& find);
  // What it holds, with those named in `with`. Parameters: at, with, sector, member, min, controlled, acting_for,
  // one_share_one_vote, min_confidence, format (json, text).
  Result<std::string> holdings(const exchange::Principal& who, std::string_view party,
                               const Parameters& find);
  // Whether connected buyers acquire faster than is usual. Parameters: sector, member, window, from, to, at,
  // false_alarm, usual, concert, and those of the graph.
  Result<std::string> rush(const exchange::Principal& who, const Parameters& find);

 private:
  struct Kept;  // of one world
  std::shared_ptr<Kept> kept(const exchange::Principal& who);
  Result<std::shared_ptr<const WorldNames>> names(const exchange::View& view);
  Result<std::shared_ptr<const WorldGraph>> graph(const exchange::View& view);
  Result<std::shared_ptr<const WorldDecisions>> decisions(const exchange::View& view);
  bool must_rescreen(const exchange::View& view);

  exchange::Node& node_;
  Random& random_;
  std::mutex mutex_;
  uint64_t uses_ = 0;
  std::map<std::pair<release::PartyNumber, release::Restriction>, std::shared_ptr<Kept>> kept_;
};

// How an object is written: collection, marking, dry_run. kInvalid, kNotFound.
struct WritingParameters {
  release::CollectionNumber collection = release::kNoCollection;
  std::optional<std::vector<std::string>> markings;  // none: as before
  bool is_dry = false;
};
Result<WritingParameters> writing_parameters(const exchange::View& view, const Parameters& find);

// Parameters as values. kInvalid, naming the parameter.
Result<bool> flag_of(const Parameters& find, std::string_view name);
Result<double> number_of(const Parameters& find, std::string_view name, double absent, double low,
                         double high);
// A whole number from 1.
Result<int64_t> whole_of(const Parameters& find, std::string_view name, int64_t absent,
                         int64_t high);
// Separated by commas; kInvalid past limits::kValuesMax.
Result<std::vector<std::string>> list_of(const Parameters& find, std::string_view name);

}  // namespace entente::supervision
