// Each part is a question that a party could ask by itself; here they are asked together, with what the filing says. Cases
// are about one buyer if they name one id, or one name but for its case and spaces: whoever keeps a case does not show it
// to those whom it does not concern, so that "is anybody else looking?" is answered by those alone who let it be seen.
#include "desk/risk.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "desk/procedure/limits.h"
#include "desk/views.h"
#include "json/json.h"
#include "stix/stix.h"

namespace entente::desk {
namespace {

std::string text_of_value(const std::optional<json::Value>& value) {
  return value && value->is_string() ? value->text() : std::string();
}

FiledParty filed_party(json::Value root, std::string_view name) {
  FiledParty out;
  const auto value = root.find(name);
  if (!value) return out;
  if (value->is_string()) {
    const std::string text = value->text();
    (stix::is_identifier(text) ? out.id : out.name) = text;
  } else if (value->is_object()) {
    out.id = text_of_value(value->find("id"));
    out.name = text_of_value(value->find("name"));
    if (!stix::is_identifier(out.id)) out.id.clear();
  }
  return out;
}

void add_texts(json::Value root, std::string_view name, size_t max, std::vector<std::string>* out) {
  const auto value = root.find(name);
  if (!value) return;
  if (value->is_string()) out->push_back(value->text());
  for (const json::Value one : value->elements()) {
    if (one.is_string() && out->size() < max) out->push_back(one.text());
  }
}

bool is_same(const FiledParty& a, const FiledParty& b) {
  if (!a.id.empty() && !b.id.empty()) return a.id == b.id;
  return !a.name.empty() && plain_name(a.name) == plain_name(b.name);
}

std::string party_json(const FiledParty& party) {
  return fmt::format(R"({{"id":{},"name":{}}})", party.id.empty() ? "null" : json_quote(party.id),
                     party.name.empty() ? "null" : json_quote(party.name));
}

// Other open cases of the world about the buyer, by id.
std::string cases_json(const Docket& docket, const File& file, const FiledParty& buyer) {
  std::string out;
  for (const auto& other : docket.all()) {
    if (other->opening.filing.empty() || other->opening.record.id == file.opening.record.id ||
        !is_same(filed_deal(other->opening.filing).buyer, buyer))
      continue;
    out += fmt::format(R"({}{{"id":{},"title":{},"opened_by":{},"opened":"{}","state":{}}})",
                       out.empty() ? "" : ",", json_quote(other->opening.record.id),
                       json_quote(other->opening.title), json_quote(other->one.opening.party),
                       format_time_ms(other->one.opening.at_ms),
                       json_quote(other->pack->states[other->now.state].name));
  }
  return "[" + out + "]";
}

// What the world has under each id, as under any that dangles.
std::string objects_json(const exchange::View& view, const std::vector<std::string>& ids) {
  std::string out;
  for (const std::string& id : ids) {
    out += fmt::format(R"({}{{"id":{},"here":{}}})", out.empty() ? "" : ",", json_quote(id),
                       is_here(view, id));
  }
  return "[" + out + "]";
}

}  // namespace

std::string plain_name(std::string_view name) {
  std::string out;
  for (const char c : trim(name)) {
    const bool is_space = c == ' ' || c == '\t';
    if (is_space && (out.empty() || out.back() == ' ')) continue;
    out += is_space ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return out;
}

FiledDeal filed_deal(std::string_view filing) {
  FiledDeal out;
  const std::string text = json::padded(filing);
  json::Parser parser;
  json::Document document;
  if (!parser.parse(std::string_view(text).substr(0, filing.size()), &document) ||
      !document.root().is_object())
    return out;
  const json::Value root = document.root();
  out.buyer = filed_party(root, "buyer");
  out.target = filed_party(root, "target");
  add_texts(root, "sector", procedure::limits::kFiledSectorsMax, &out.sectors);
  add_texts(root, "sectors", procedure::limits::kFiledSectorsMax, &out.sectors);
  add_texts(root, "objects", procedure::limits::kFiledObjectsMax, &out.objects);
  std::erase_if(out.objects, [](const std::string& id) { return !stix::is_identifier(id); });
  return out;
}

Result<std::string> risk_json(const Docket& docket, const File& file,
                              const exchange::Principal& who,
                              supervision::Supervision& supervision) {
  const FiledDeal deal = filed_deal(file.opening.filing);
  if (deal.buyer.id.empty() && deal.buyer.name.empty())
    return fail(Code::kInvalid,
                fmt::format("the filing of {} names no buyer", file.opening.record.id));
  // Codes of sectors begin with digits; words say nothing to the graph.
  std::map<std::string, std::string, std::less<>> values;
  std::string sectors;
  for (const std::string& sector : deal.sectors) {
    if (!sector.empty() && sector[0] >= '0' && sector[0] <= '9')
      sectors += (sectors.empty() ? "" : ",") + sector;
  }
  if (!sectors.empty()) values["sector"] = sectors;
  const supervision::Parameters with_sector = [&](std::string_view name) {
    const auto found = values.find(name);
    return found == values.end() ? nullptr : &found->second;
  };
  const supervision::Parameters none = [](std::string_view) -> const std::string* {
    return nullptr;
  };
  const std::string& party = deal.buyer.id.empty() ? deal.buyer.name : deal.buyer.id;
  const std::string query = deal.buyer.id.empty()
                                ? fmt::format(R"({{"names":[{}]}})", json_quote(deal.buyer.name))
                                : fmt::format(R"({{"object":{}}})", json_quote(deal.buyer.id));
  const std::pair<std::string_view, Result<std::string>> parts[] = {
      {"screening", supervision.screen(who, query, none)},
      {"owners", supervision.owners(who, party, none)},
      {"holdings", supervision.holdings(who, party, with_sector)},
      {"rush", supervision.rush(who, with_sector)}};
  std::string out =
      fmt::format(R"({{"id":{},"buyer":{},"target":{})", json_quote(file.opening.record.id),
                  party_json(deal.buyer), party_json(deal.target));
  std::string missing;
  for (const auto& [name, answer] : parts) {
    out += fmt::format(R"(,"{}":{})", name, answer ? *answer : std::string("null"));
    if (!answer)
      missing += fmt::format(R"({}{{"part":"{}","why":{}}})", missing.empty() ? "" : ",", name,
                             json_quote(answer.error().detail));
  }
  return out + ",\"cases\":" + cases_json(docket, file, deal.buyer) +
         ",\"objects\":" + objects_json(docket.view(), deal.objects) + ",\"missing\":[" + missing +
         "]}";
}

}  // namespace entente::desk
