// Objects are added in the order of their ids: in which order they came is not the world's to say.
#include "desk/supervision/world_names.h"

#include "desk/supervision/objects.h"
#include "names/json_records.h"

namespace entente::supervision {
namespace {

bool is_buyer(json::Value object) {
  const auto roles = object.find("roles");
  if (!roles) return false;
  for (const json::Value role : roles->elements()) {
    if (role.is_string() && role.text_is(kBuyerRole)) return true;
  }
  return false;
}

}  // namespace

Contents contents_of(const exchange::View& view, const std::vector<std::string>& types) {
  exchange::Query query;
  query.types = types;
  Contents out;
  for (const store::Position position : view.page(query).positions) {
    if (view.is_revoked(position)) continue;
    out.positions.push_back(position);
    out.cuts.push_back(view.cut_of(position));
  }
  return out;
}

void each_object(const exchange::View& view, const std::vector<store::Position>& positions,
                 const std::function<void(store::Position, json::Value)>& visit) {
  std::vector<std::pair<std::string, store::Position>> order;
  order.reserve(positions.size());
  for (const store::Position position : positions)
    order.emplace_back(view.name(position).id, position);
  std::ranges::sort(order);
  json::Parser parser;
  json::Document document;
  std::string scratch;
  for (const auto& [id, position] : order) {
    const std::string_view bytes = view.edition(position, &scratch);
    const std::string padded = json::padded(bytes);
    if (parser.parse(std::string_view(padded).substr(0, bytes.size()), &document))
      visit(position, document.root());
  }
}

const std::vector<std::string>& WorldNames::types() {
  static const std::vector<std::string> kTypes{"identity", "threat-actor", "intrusion-set"};
  return kTypes;
}

Result<std::shared_ptr<const WorldNames>> WorldNames::make(const exchange::View& view,
                                                           const Contents& contents) {
  names::ListBuilder builder;
  std::vector<store::Position> positions, buyers;
  Result<void> added;
  each_object(view, contents.positions, [&](store::Position position, json::Value object) {
    const auto entity = names::entity_of_stix(object);
    if (!entity || entity->names.empty() || !added) return;
    added = builder.add(*entity);
    positions.push_back(position);
    if (is_buyer(object)) buyers.push_back(position);
  });
  TRY(added);
  return std::shared_ptr<const WorldNames>(
      new WorldNames(builder.finish(), std::move(positions), std::move(buyers)));
}

names::Entity entity_at(const exchange::View& view, store::Position position) {
  names::Entity out;
  each_object(view, {position}, [&](store::Position, json::Value object) {
    if (auto entity = names::entity_of_stix(object)) out = std::move(*entity);
  });
  return out;
}

WorldNames::Lent::Lent(const WorldNames& names) : names_(names) {
  const std::lock_guard<std::mutex> lock(names.mutex_);
  if (!names.idle_.empty()) {
    searcher_ = std::move(names.idle_.back());
    names.idle_.pop_back();
  }
  if (searcher_ == nullptr) searcher_ = std::make_unique<names::Searcher>(names.list_);
}

WorldNames::Lent::~Lent() {
  const std::lock_guard<std::mutex> lock(names_.mutex_);
  names_.idle_.push_back(std::move(searcher_));
}

}  // namespace entente::supervision
