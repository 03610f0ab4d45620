// Ids follow from what an object is about, so that a newer file of the same source gives newer versions of the same
// objects; `created` is therefore the same for all of them.
#include "desk/supervision/objects.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "names/countries.h"
#include "ownership/limits.h"
#include "stix/deterministic_id.h"
#include "stix/stix.h"

namespace entente::supervision {
namespace {

// Version 5 UUIDs of these objects are made in this namespace.
constexpr uint8_t kNamespace[16] = {0x72, 0xf4, 0xaf, 0xec, 0x05, 0x6d, 0x4a, 0x51,
                                    0x9d, 0x47, 0x22, 0xb9, 0x76, 0xb8, 0xb4, 0x14};
constexpr std::string_view kCreated = "2020-01-01T00:00:00.000Z";
constexpr std::string_view kNoName = "(not named)";
constexpr double kConfidenceMax = 100;  // [stix21 3.2]

std::string head(std::string_view type, std::string_view id, const Stamp& stamp) {
  std::string out = fmt::format(R"({{"type":"{}","spec_version":"2.1","id":"{}")", type, id);
  if (!stamp.created_by.empty()) out += fmt::format(R"(,"created_by_ref":"{}")", stamp.created_by);
  out += fmt::format(R"(,"created":"{}","modified":"{}")", kCreated, stamp.modified);
  if (stamp.is_revoked) out += R"(,"revoked":true)";
  if (!stamp.markings.empty()) out += ",\"object_marking_refs\":" + quoted_list(stamp.markings);
  return out;
}

std::string extension(std::string_view kind, std::string_view members) {
  return fmt::format(R"(,"extensions":{{"{}":{{"extension_type":"{}"{}}}}}}})",
                     kSupervisionExtension, kind, members);
}

std::string_view name_of(names::NameKind kind) {
  switch (kind) {
    case names::NameKind::kPrimary:
      return "primary";
    case names::NameKind::kFormer:
      return "former";
    case names::NameKind::kWeak:
      return "weak";
    case names::NameKind::kAlias:
      break;
  }
  return "alias";
}

std::string identity_class(std::string_view kind) {
  if (kind == "person") return "individual";
  if (kind == "organization" || kind == "entity" || kind == "state") return "organization";
  return kind == "vessel" || kind == "aircraft" ? "system" : "unknown";
}

std::string facts_of(const names::Entity& entity) {
  std::string out, list;
  for (const names::Name& name : entity.names) {
    if (&name == &entity.names.front()) continue;
    list += fmt::format(R"({}{{"name":{},"kind":"{}"}})", list.empty() ? "" : ",",
                        json_quote(name.text), name_of(name.kind));
  }
  if (!list.empty()) out += ",\"names\":[" + list + "]";
  if (entity.gender != names::Gender::kUnknown)
    out += fmt::format(R"(,"gender":"{}")",
                       entity.gender == names::Gender::kFemale ? "female" : "male");
  std::vector<std::string> dates;
  for (const names::PartialDate& date : entity.birth_dates) dates.push_back(text_of(date));
  if (!dates.empty()) out += ",\"birth_dates\":" + quoted_list(dates);
  if (!entity.countries.empty()) out += ",\"countries\":" + quoted_list(entity.countries);
  list.clear();
  for (const names::Identifier& one : entity.identifiers)
    list += fmt::format(R"({}{{"type":{},"value":{}}})", list.empty() ? "" : ",",
                        json_quote(one.type), json_quote(one.value));
  if (!list.empty()) out += ",\"identifiers\":[" + list + "]";
  return out;
}

std::string source_members(std::string_view source, std::string_view id) {
  return fmt::format(R"(,"source":{},"source_id":{})", json_quote(source), json_quote(id));
}

// Absent: not known.
std::string share_member(std::string_view name, const ownership::Range& range) {
  if (range == ownership::kUnknown) return {};
  if (range.low == range.high) return fmt::format(R"(,"{}":{})", name, range.low);
  return fmt::format(R"(,"{}":[{},{}])", name, range.low, range.high);
}

// False if it is neither a share nor a range of shares.
bool read_share(json::Value object, std::string_view name, ownership::Range absent,
                ownership::Range* out) {
  const auto value = object.find(name);
  *out = absent;
  if (!value) return true;
  double ends[2] = {0, 0};
  size_t count = 0;
  if (value->is_number()) {
    ends[0] = ends[1] = value->number().value_or(-1);
    count = 2;
  }
  for (const json::Value one : value->elements()) {
    if (count < 2) ends[count] = one.is_number() ? one.number().value_or(-1) : -1;
    ++count;
  }
  *out = {ends[0], ends[1]};
  return count == 2 && ends[0] >= 0 && ends[1] <= 1 && ends[0] <= ends[1];
}

bool is_right(ownership::InterestKind kind) {
  using ownership::InterestKind;
  return kind != InterestKind::kShares && kind != InterestKind::kNominee &&
         kind != InterestKind::kConsolidation;
}

ownership::PartyKind party_kind_of(std::string_view text) {
  using ownership::PartyKind;
  if (text == "person") return PartyKind::kPerson;
  if (text == "organization") return PartyKind::kEntity;
  if (text == "state") return PartyKind::kState;
  if (text == "trust") return PartyKind::kTrust;
  return text == "anonymous" ? PartyKind::kAnonymous : PartyKind::kUnspecified;
}

std::string_view word_of(ownership::PartyKind kind) {
  return kind == ownership::PartyKind::kEntity ? "organization" : ownership::name_of(kind);
}

}  // namespace

std::string made_id(std::string_view type, std::string_view what) {
  return std::string(type) + "--" +
         stix::uuid_v5(kNamespace, std::string(type) + "\n" + std::string(what));
}

std::string quoted_list(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) out += (out.size() > 1 ? "," : "") + json_quote(text);
  return out + "]";
}

std::string text_of(const names::PartialDate& date) {
  if (date.month == 0) return fmt::format("{:04}", date.year);
  if (date.day == 0) return fmt::format("{:04}-{:02}", date.year, date.month);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::string text_of(json::Value object, std::string_view name) {
  const auto value = object.find(name);
  return value && value->is_string() ? value->text() : std::string();
}

std::string party_id(std::string_view source, std::string_view id) {
  return made_id(kIdentityType, std::string(source) + "\n" + std::string(id));
}

std::string to_stix(const names::Entity& entity, const Stamp& stamp) {
  const std::string_view kind = names::name_of(entity.kind);
  std::string out = head(kIdentityType, party_id(stamp.source, entity.id), stamp);
  out += fmt::format(R"(,"name":{},"identity_class":"{}")",
                     json_quote(entity.names.empty() ? kNoName : entity.names.front().text),
                     identity_class(kind));
  if (stamp.are_buyers) out += fmt::format(R"(,"roles":["{}"])", kBuyerRole);
  std::string members = source_members(stamp.source, entity.id);
  if (entity.kind != names::Kind::kAny) members += fmt::format(R"(,"party_kind":"{}")", kind);
  return out + extension("property-extension", members + facts_of(entity));
}

std::string to_stix(const ownership::Party& party, const Stamp& stamp) {
  const std::string_view kind = word_of(party.kind);
  std::string out = head(kIdentityType, party_id(stamp.source, party.id), stamp);
  out += fmt::format(R"(,"name":{},"identity_class":"{}")",
                     json_quote(party.name.empty() ? std::string_view(party.id) : party.name),
                     identity_class(kind));
  std::string members = source_members(stamp.source, party.id);
  if (party.kind != ownership::PartyKind::kUnspecified)
    members += fmt::format(R"(,"party_kind":"{}")", kind);
  if (!party.country.empty()) members += ",\"countries\":" + quoted_list({party.country});
  if (!party.sectors.empty()) members += ",\"sectors\":" + quoted_list(party.sectors);
  return out + extension("property-extension", members);
}

std::string to_stix(const ownership::Interest& interest, const ownership::Graph& graph,
                    uint32_t ordinal, const Stamp& stamp) {
  const std::string& owner = graph.parties[interest.owner].id;
  const std::string& owned = graph.parties[interest.owned].id;
  const std::string_view kind = ownership::name_of(interest.kind);
  const std::string id = made_id(
      kInterestType, fmt::format("{}\n{}\n{}\n{}\n{}", stamp.source, owner, owned, kind, ordinal));
  std::string out = head(kInterestType, id, stamp);
  out += fmt::format(R"(,"owner_ref":"{}","owned_ref":"{}","interest":"{}")",
                     party_id(stamp.source, owner), party_id(stamp.source, owned), kind);
  out += share_member("capital", interest.capital) + share_member("votes", interest.votes);
  if (interest.from != ownership::kDayFirst)
    out += fmt::format(R"(,"from":"{}")", ownership::format_day(interest.from));
  if (interest.to != ownership::kDayLast)
    out += fmt::format(R"(,"to":"{}")", ownership::format_day(interest.to));
  if (interest.confidence < 1)
    out += fmt::format(R"(,"confidence":{})",
                       std::lround(double{interest.confidence} * kConfidenceMax));
  if (interest.is_indirect) out += R"(,"is_indirect":true)";
  const std::string& source = graph.sources[interest.source];
  if (!source.empty() || !stamp.source.empty()) {
    out += fmt::format(R"(,"external_references":[{{"source_name":{},"external_id":"{}"}}])",
                       json_quote(source.empty() ? std::string_view(stamp.source) : source),
                       interest.line);
  }
  return out + extension("new-sdo", "");
}

std::string to_stix(const ownership::Deal& deal, uint32_t ordinal, const Stamp& stamp) {
  const std::string day = ownership::format_day(deal.day);
  const std::string id = made_id(kDealType, fmt::format("{}\n{}\n{}\n{}\n{}", stamp.source,
                                                        deal.buyer, deal.target, day, ordinal));
  std::string out = head(kDealType, id, stamp);
  out += fmt::format(R"(,"buyer_ref":"{}","target_ref":"{}","date":"{}")",
                     party_id(stamp.source, deal.buyer), party_id(stamp.source, deal.target), day);
  out += share_member("share", deal.share);
  if (deal.price > 0) out += fmt::format(R"(,"price":{})", deal.price);
  if (!deal.currency.empty()) out += ",\"currency\":" + json_quote(deal.currency);
  if (!deal.sector.empty()) out += ",\"sector\":" + json_quote(deal.sector);
  if (!deal.member.empty()) out += ",\"member\":" + json_quote(deal.member);
  return out + extension("new-sdo", "");
}

void read_party(json::Value object, ownership::Party* party) {
  party->name = text_of(object, "name");
  if (text_of(object, "identity_class") == "individual")
    party->kind = ownership::PartyKind::kPerson;
  if (text_of(object, "identity_class") == "organization")
    party->kind = ownership::PartyKind::kEntity;
  const auto all = object.find("extensions");
  const auto own = all ? all->find(kSupervisionExtension) : std::nullopt;
  if (!own) return;
  const std::string kind = text_of(*own, "party_kind");
  if (!kind.empty()) party->kind = party_kind_of(kind);
  if (const auto countries = own->find("countries")) {
    for (const json::Value one : countries->elements()) {
      if (one.is_string() && party->country.empty())
        party->country = names::country_code(one.text());
    }
  }
  if (const auto sectors = own->find("sectors")) {
    for (const json::Value one : sectors->elements()) {
      if (one.is_string()) party->sectors.push_back(one.text());
    }
  }
}

void read_interest(json::Value object, ownership::Graph* graph, ownership::Findings* findings) {
  const std::string id = text_of(object, "id"), owner = text_of(object, "owner_ref"),
                    owned = text_of(object, "owned_ref"), kind = text_of(object, "interest");
  const auto refuse = [&](std::string code, std::string why) {
    findings->error(std::move(code), id, std::move(why));
  };
  if (!stix::is_identifier(owner) || !stix::is_identifier(owned))
    return refuse("party-missing", "owner_ref and owned_ref are ids");
  if (graph->interests.size() >= ownership::limits::kInterestsMax)
    return refuse("too-many", "the graph has too many interests");
  ownership::Interest interest;
  const auto known = ownership::interest_kind_from(kind.empty() ? "shares" : kind);
  if (!known) return refuse("kind-unknown", "no kind of interest '" + kind + "'");
  interest.kind = *known;
  const ownership::Range absent =
      is_right(interest.kind) ? ownership::kNothing : ownership::kUnknown;
  if (!read_share(object, "capital", absent, &interest.capital) ||
      !read_share(object, "votes", absent, &interest.votes))
    return refuse("share-out-of-range", "a share is a number from 0 to 1, or a list of two");
  for (const auto& [name, into] :
       {std::pair("from", &interest.from), std::pair("to", &interest.to)}) {
    const std::string text = text_of(object, name);
    if (text.empty()) continue;
    const auto day = ownership::parse_day(text);
    if (!day) return refuse("date-unreadable", std::string(name) + " is a date: 2026-01-31");
    *into = *day;
  }
  if (const auto confidence = object.find("confidence"); confidence && confidence->is_number())
    interest.confidence = static_cast<float>(
        std::clamp(confidence->number().value_or(kConfidenceMax) / kConfidenceMax, 0.0, 1.0));
  const auto indirect = object.find("is_indirect");
  interest.is_indirect = indirect && indirect->kind() == json::Kind::kTrue;
  if (const auto references = object.find("external_references")) {
    for (const json::Value one : references->elements()) {
      interest.source = graph->source(text_of(one, "source_name"));
      break;
    }
  }
  interest.owner = graph->party(owner);
  interest.owned = graph->party(owned);
  graph->interests.push_back(interest);
}

std::optional<ownership::Deal> read_deal(json::Value object, ownership::Findings* findings) {
  const std::string id = text_of(object, "id");
  ownership::Deal deal;
  deal.buyer = text_of(object, "buyer_ref");
  deal.target = text_of(object, "target_ref");
  const auto day = ownership::parse_day(text_of(object, "date"));
  if (!stix::is_identifier(deal.buyer) || !stix::is_identifier(deal.target) || !day ||
      !read_share(object, "share", ownership::kUnknown, &deal.share)) {
    findings->error("deal-unreadable", id, "buyer_ref, target_ref, date or share");
    return std::nullopt;
  }
  deal.day = *day;
  if (const auto price = object.find("price"); price && price->is_number())
    deal.price = std::max(0.0, price->number().value_or(0));
  deal.currency = text_of(object, "currency");
  deal.sector = text_of(object, "sector");
  const std::string member = text_of(object, "member");
  if (!member.empty()) deal.member = names::country_code(member);
  return deal;
}

}  // namespace entente::supervision
