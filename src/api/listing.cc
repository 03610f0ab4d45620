// Whatever is listed comes from the view: what it does not show is not counted either.
#include "api/listing.h"

#include <fmt/format.h>

#include "base/text.h"
#include "exchange/cursor.h"

namespace entente::api {
namespace {

// What the journal knows of an entry, as members of a JSON object without its braces.
std::string entry_json(const exchange::View& view, store::Position position) {
  const exchange::Named name = view.name(position);
  const store::Entry entry = view.entry(position);
  const auto& directory = *view.state().directory;
  const release::Collection* collection = directory.collection(entry.collection);
  const bool shows_collection = collection != nullptr && view.collection(collection->id) != nullptr;
  return fmt::format(
      R"("id":{},"type":{},"version":{},"spec_version":"{}","revoked":{},"submitter":{},"attested":{},"collection":{},"date_added":"{}")",
      json_quote(name.id), json_quote(view.type(position)), json_quote(name.version),
      (entry.flags & store::kSpec20) != 0 ? "2.0" : "2.1", view.is_revoked(position),
      json_quote(directory.party(entry.submitter)->code), (entry.flags & store::kAttested) != 0,
      shows_collection ? json_quote(collection->alias) : std::string("null"),
      format_time_us(view.date_us(position)));
}

}  // namespace

std::string collection_json(const exchange::View& view, const release::Collection& one) {
  return fmt::format(
      R"({{"id":"{}","alias":"{}","title":{},"description":{},"can_read":{},"can_write":{},"default":{}}})",
      one.id, one.alias, json_quote(one.title), json_quote(one.description), view.may_read(one),
      view.may_write(one),
      one.default_tlp ? json_quote(release::name_of(*one.default_tlp)) : std::string("null"));
}

std::string list_json(const exchange::View& view, const exchange::Page& page, bool with_objects,
                      const std::string& bound) {
  std::string out = "{\"items\":[";
  for (size_t i = 0; i < page.positions.size(); ++i) {
    out += (i == 0 ? "{" : ",{") + entry_json(view, page.positions[i]);
    if (with_objects) {
      out += ",\"object\":";
      out += page.bytes[i];
    }
    out += "}";
  }
  out += "]";
  if (page.more) out += ",\"next\":\"" + exchange::make_cursor(view, bound, page.last_us) + "\"";
  out += "}";
  return out;
}

std::string stats_json(const exchange::View& view) {
  std::string collections;
  for (const release::Collection* one : view.collections()) {
    if (!view.may_read(*one)) continue;
    fmt::format_to(std::back_inserter(collections), "{}{}:{}", collections.empty() ? "" : ",",
                   json_quote(one->alias), view.count({one->number, 0}));
  }
  std::string types;
  for (const auto& [name, n] : view.count_by_type()) {
    fmt::format_to(std::back_inserter(types), "{}{}:{}", types.empty() ? "" : ",", json_quote(name),
                   n);
  }
  return fmt::format(R"({{"entries":{},"collections":{{{}}},"types":{{{}}}}})", view.entry_count(),
                     collections, types);
}

std::string parties_json(const exchange::View& view) {
  std::string out;
  for (const release::Party* party : view.known_parties()) {
    fmt::format_to(std::back_inserter(out), R"({}{{"code":"{}","name":{},"identity":"{}"}})",
                   out.empty() ? "" : ",", party->code, json_quote(party->name), party->identity);
  }
  return "{\"parties\":[" + out + "]}";
}

std::string references_json(const exchange::View& view, const std::string& id, uint32_t limit) {
  std::string out;
  uint32_t count = 0;
  view.referring(id, [&](store::Position position) {
    out += (count == 0 ? "{" : ",{") + entry_json(view, position) + "}";
    return ++count < limit;
  });
  return "{\"items\":[" + out + "]}";
}

}  // namespace entente::api
