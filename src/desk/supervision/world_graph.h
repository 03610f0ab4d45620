// Who holds what in whom, and who bought what, as one world shows it.
//
// Parties are the ids that interests and deals refer to; what is known of them comes from the objects of those ids, if
// the world shows any. An interest that the reader may not see is not there, and nothing tells of it.
//
// Threads: immutable once made.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "desk/supervision/kept.h"
#include "ownership/deals.h"
#include "ownership/model.h"

namespace entente::supervision {

struct WorldGraph {
  ownership::Graph graph;
  std::vector<ownership::Deal> deals;
  ownership::Findings findings;  // about objects that cannot be used

  static Result<std::shared_ptr<const WorldGraph>> make(const exchange::View& view,
                                                        const Contents& contents);
  static const std::vector<std::string>& types();
};

}  // namespace entente::supervision
