// FollowTheMoney entities. Properties are lists of texts; names given in parts make a whole name if
// there is no other.
#include <algorithm>

#include "base/text.h"
#include "names/countries.h"
#include "names/json_records.h"
#include "names/query.h"

namespace entente::names {
namespace {

struct Schema {
  std::string_view name;
  Kind kind;
};
constexpr Schema kSchemata[] = {{"Person", Kind::kPerson},
                                {"Company", Kind::kOrganization},
                                {"Organization", Kind::kOrganization},
                                {"PublicBody", Kind::kOrganization},
                                {"LegalEntity", Kind::kAny},
                                {"Vessel", Kind::kVessel},
                                {"Airplane", Kind::kAircraft}};

struct NameProperty {
  std::string_view property;
  NameKind kind;
};
constexpr NameProperty kNameProperties[] = {{"name", NameKind::kPrimary},
                                            {"alias", NameKind::kAlias},
                                            {"weakAlias", NameKind::kWeak},
                                            {"previousName", NameKind::kFormer},
                                            {"abbreviation", NameKind::kWeak}};
constexpr std::string_view kCountryProperties[] = {
    "nationality", "country", "jurisdiction", "citizenship", "birthCountry", "mainCountry", "flag"};
constexpr std::string_view kDateProperties[] = {"birthDate", "incorporationDate", "buildDate"};
constexpr std::string_view kIdentifierProperties[] = {"leiCode",
                                                      "registrationNumber",
                                                      "taxNumber",
                                                      "vatCode",
                                                      "innCode",
                                                      "ogrnCode",
                                                      "idNumber",
                                                      "passportNumber",
                                                      "imoNumber",
                                                      "mmsi",
                                                      "callSign",
                                                      "dunsCode",
                                                      "uscCode",
                                                      "swiftBic",
                                                      "bikCode",
                                                      "permId",
                                                      "npiCode",
                                                      "okpoCode",
                                                      "serialNumber",
                                                      "wikidataId",
                                                      "socialSecurityNumber",
                                                      "sourceNumber",
                                                      "isin",
                                                      "isinCode"};

template <class Use>
void each_value(json::Value properties, std::string_view name, Use use) {
  const auto values = properties.find(name);
  if (!values) return;
  if (values->is_string()) use(values->text());
  for (const json::Value one : values->elements()) {
    if (one.is_string()) use(one.text());
  }
}

std::string first_value(json::Value properties, std::string_view name) {
  std::string out;
  each_value(properties, name, [&](std::string text) {
    if (out.empty()) out = std::move(text);
  });
  return out;
}

void add_part(std::string& name, const std::string& part) {
  if (part.empty()) return;
  if (!name.empty()) name += ' ';
  name += part;
}

}  // namespace

void add_name(Entity* entity, std::string text, NameKind kind) {
  if (trim(text).empty() || entity->names.size() >= kNamesMax) return;
  if (text.size() > kNameBytes) text.resize(kNameBytes);
  const bool is_known =
      std::ranges::any_of(entity->names, [&](const Name& name) { return name.text == text; });
  if (!is_known) entity->names.push_back({std::move(text), kind});
}

void add_country(Entity* entity, std::string_view text) {
  if (trim(text).empty() || entity->countries.size() >= kFactsMax) return;
  std::string code = country_code(text.substr(0, kFactBytes));
  if (std::ranges::find(entity->countries, code) == entity->countries.end())
    entity->countries.push_back(std::move(code));
}

void add_birth_date(Entity* entity, std::string_view text) {
  const PartialDate date = parse_partial_date(text);
  if (date.year == 0 || entity->birth_dates.size() >= kFactsMax) return;
  if (std::ranges::find(entity->birth_dates, date) == entity->birth_dates.end())
    entity->birth_dates.push_back(date);
}

void add_identifier(Entity* entity, std::string_view type, std::string value) {
  if (trim(value).empty() || entity->identifiers.size() >= kFactsMax) return;
  if (value.size() > kFactBytes) value.resize(kFactBytes);
  entity->identifiers.push_back({std::string(type), std::move(value)});
}

std::optional<Entity> entity_of_ftm(json::Value object) {
  const auto id = object.find("id"), schema = object.find("schema"),
             properties = object.find("properties");
  if (!schema || !schema->is_string() || !properties || !properties->is_object())
    return std::nullopt;
  const Schema* known = nullptr;
  for (const Schema& one : kSchemata) {
    if (schema->text_is(one.name)) known = &one;
  }
  if (known == nullptr) return std::nullopt;
  Entity entity;
  entity.kind = known->kind;
  if (id) entity.id = id->is_string() ? id->text() : std::string(id->raw());
  for (const NameProperty& one : kNameProperties)
    each_value(*properties, one.property,
               [&](std::string text) { add_name(&entity, std::move(text), one.kind); });
  std::string whole;
  for (const std::string_view part :
       {"firstName", "secondName", "middleName", "fatherName", "lastName"})
    add_part(whole, first_value(*properties, part));
  const bool has_last = !first_value(*properties, "lastName").empty();
  if (entity.names.empty() || (has_last && !first_value(*properties, "firstName").empty()))
    add_name(&entity, std::move(whole),
             entity.names.empty() ? NameKind::kPrimary : NameKind::kAlias);
  for (const std::string_view one : kCountryProperties)
    each_value(*properties, one, [&](const std::string& text) { add_country(&entity, text); });
  for (const std::string_view one : kDateProperties)
    each_value(*properties, one, [&](const std::string& text) { add_birth_date(&entity, text); });
  for (const std::string_view one : kIdentifierProperties)
    each_value(*properties, one,
               [&](std::string text) { add_identifier(&entity, one, std::move(text)); });
  entity.gender = parse_gender(first_value(*properties, "gender"));
  return entity;
}

}  // namespace entente::names
