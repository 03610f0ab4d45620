// Interests and deals come first: they say which parties there are; of the identities, only those are read.
#include "desk/supervision/world_graph.h"

#include "desk/supervision/objects.h"

namespace entente::supervision {

const std::vector<std::string>& WorldGraph::types() {
  static const std::vector<std::string> kTypes{"identity", "threat-actor", "intrusion-set",
                                               std::string(kInterestType), std::string(kDealType)};
  return kTypes;
}

Result<std::shared_ptr<const WorldGraph>> WorldGraph::make(const exchange::View& view,
                                                           const Contents& contents) {
  auto made = std::make_shared<WorldGraph>();
  std::vector<store::Position> about, parties;
  for (const store::Position position : contents.positions) {
    const std::string type = view.type(position);
    (type == kInterestType || type == kDealType ? about : parties).push_back(position);
  }
  each_object(view, about, [&](store::Position position, json::Value object) {
    if (view.type(position) == kInterestType)
      return read_interest(object, &made->graph, &made->findings);
    auto deal = read_deal(object, &made->findings);
    if (!deal) return;
    made->graph.party(deal->buyer);
    made->graph.party(deal->target);
    made->deals.push_back(std::move(*deal));
  });
  std::vector<store::Position> known;
  for (const store::Position position : parties) {
    if (made->graph.find(view.name(position).id)) known.push_back(position);
  }
  each_object(view, known, [&](store::Position, json::Value object) {
    const auto party = made->graph.find(text_of(object, "id"));
    if (party) read_party(object, &made->graph.parties[*party]);
  });
  return std::shared_ptr<const WorldGraph>(std::move(made));
}

}  // namespace entente::supervision
