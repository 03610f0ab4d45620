// What a reader asks: for every route of the node a generator of requests, right and wrong.
//
// The table of generators is keyed by Route::operation, and the list of routes is the surfaces' own: a route without a
// generator fails the test by its name.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/route.h"
#include "draw.h"
#include "history.h"
#include "law_node.h"

namespace entente::law {

struct Exchange {
  Ask ask;
  Answer answer;
};

// Words that a reader may put into a request, whether it should know them or not.
struct Lore {
  std::vector<std::string> ids, types, versions, collections, parties;
  std::vector<int64_t> dates_us;      // when something happened, for anybody
  std::vector<std::string> cursors;   // given to anybody
  std::vector<std::string> statuses;  // of anybody
  std::vector<std::string> texts;     // objects
  std::set<std::string>
      own_ids;  // of what the reader itself has in some collection: not to be deleted in passing
};

// The words of a history; dates and what was given out come later.
Lore lore_of(const History& history);
// Takes cursors, statuses and dates out of an answer.
void learn(const Answer& answer, Lore* lore);

// Every route of the node, of all surfaces.
std::vector<const Route*> all_routes();
// Routes that no generator knows.
std::vector<std::string> routes_without_generator();

// Asks every endpoint, `rounds` times each, following pages to their end.
void probe(const std::string& party, Role role, uint32_t rounds, Draw& draw, Lore* lore,
           const std::function<Answer(const Ask&)>& answer, std::vector<Exchange>* out);

}  // namespace entente::law
