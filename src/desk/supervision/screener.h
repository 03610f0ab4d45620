// One world's list at work: who is meant by a query, less those of whom the reader's party has said that they are
// others. Threads: one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/supervision/decisions.h"
#include "desk/supervision/world_names.h"
#include "names/entity.h"

namespace entente::supervision {

// A query, and the party that it is about: an object of the world, or an id that follows from what the query says, so
// that what was decided about it is found again.
struct Asked {
  names::Entity query;
  std::string id_json = "null";
  std::string subject;
  bool is_object = false;
};

struct Hit {
  names::Match match;
  std::string entity;
  std::optional<Verdict> verdict;  // what counts for the reader
};

// `value`: a query (names/query.h) or {"object":ID}. kInvalid, or kNotFound for an object that the world does not
// show as a party.
Result<Asked> read_asked(const exchange::View& view, json::Value value);
Asked asked_about(names::Entity party);

class Screener {
 public:
  Screener(const WorldNames& names, const WorldDecisions& decisions)
      : names_(names), decisions_(decisions), searcher_(names) {}

  // Best first. With `all` also those that the reader's party has decided to be others.
  std::vector<Hit> find(const Asked& asked, const names::SearchOptions& how, bool all);

  const WorldNames& names() const { return names_; }
  const WorldDecisions& decisions() const { return decisions_; }

 private:
  const WorldNames& names_;
  const WorldDecisions& decisions_;
  const WorldNames::Lent searcher_;
};

}  // namespace entente::supervision
