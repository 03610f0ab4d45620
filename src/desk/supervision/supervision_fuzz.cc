// Any bytes as an object of supervision: what is read keeps the bounds of the engines, and what is written of it is read back
// as the same.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "desk/supervision/decisions.h"
#include "desk/supervision/objects.h"
#include "names/json_records.h"
#include "names/query.h"

namespace {

using namespace entente;
using namespace entente::supervision;

void check_range(const ownership::Range& range) {
  CHECK(range.low >= 0 && range.low <= range.high && range.high <= 1);
}

// Calls use with the root of an object that we wrote.
template <class Use>
void with_written(const std::string& object, Use use) {
  const std::string text = json::padded(object);
  json::Parser parser;
  json::Document document;
  CHECK(parser.parse(std::string_view(text).substr(0, object.size()), &document));
  use(document.root());
}

void check_entity(const names::Entity& entity) {
  if (entity.names.empty()) return;
  with_written(to_stix(entity, {"fuzz", "", "2026-01-01T00:00:00.000Z", {}, false, false}),
               [&](json::Value object) {
                 const auto back = names::entity_of_stix(object);
                 CHECK(back && back->names.size() <= names::kNamesMax);
                 CHECK(back->kind == entity.kind && back->gender == entity.gender);
                 CHECK(back->birth_dates == entity.birth_dates);
               });
}

void check_interest(json::Value object) {
  ownership::Graph graph;
  ownership::Findings findings;
  read_interest(object, &graph, &findings);
  CHECK(graph.interests.size() + findings.errors == 1);
  if (graph.interests.empty()) return;
  const ownership::Interest& one = graph.interests.front();
  check_range(one.capital);
  check_range(one.votes);
  CHECK(one.confidence >= 0 && one.confidence <= 1);
  with_written(to_stix(one, graph, 0, {"fuzz", "", "2026-01-01T00:00:00.000Z", {}, false, false}),
               [&](json::Value written) {
                 ownership::Graph back;
                 read_interest(written, &back, &findings);
                 CHECK(back.interests.size() == 1);
                 CHECK(back.interests[0].kind == one.kind);
                 CHECK(back.interests[0].from == one.from && back.interests[0].to == one.to);
               });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text =
      json::padded(std::string_view(reinterpret_cast<const char*>(data), size));
  json::Parser parser;
  json::Document document;
  if (!parser.parse(std::string_view(text).substr(0, size), &document)) return 0;
  const json::Value object = document.root();
  if (const auto entity = names::entity_of_stix(object)) check_entity(*entity);
  if (const auto query = names::read_query(object)) check_entity(*query);
  ownership::Party party;
  read_party(object, &party);
  check_interest(object);
  ownership::Findings findings;
  if (const auto deal = read_deal(object, &findings)) {
    check_range(deal->share);
    CHECK(deal->price >= 0);
  }
  return 0;
}
