// Entities of the JSON forms other than FollowTheMoney. Each form is known by the members that only it
// has; a member of another type than expected is left out.
#include "names/json_records.h"

#include <initializer_list>

#include "base/text.h"
#include "names/query.h"

namespace entente::names {
namespace {

// A member's text, and the first text of a list; a GLEIF value may stand under "$".
std::string text_of(json::Value object, std::string_view name) {
  const auto value = object.find(name);
  if (!value) return {};
  if (value->is_string()) return value->text();
  if (value->is_number()) return std::string(value->raw());
  if (const auto inner = value->find("$"); inner && inner->is_string()) return inner->text();
  for (const json::Value one : value->elements()) {
    if (one.is_string()) return one.text();
  }
  return {};
}

template <class Use>
void each(json::Value object, std::string_view name, Use use) {
  const auto value = object.find(name);
  if (!value) return;
  for (const json::Value one : value->elements()) use(one);
}

void add_texts(json::Value object, std::string_view name, NameKind kind, Entity* entity) {
  each(object, name, [&](json::Value one) {
    if (one.is_string()) add_name(entity, one.text(), kind);
  });
}

Kind kind_of_class(std::string_view text) {
  if (text == "individual") return Kind::kPerson;
  if (text == "organization" || text == "group" || text == "class" || text == "system")
    return Kind::kOrganization;
  return Kind::kAny;
}

NameKind kind_of_name(std::string_view text) {
  if (text == "primary") return NameKind::kPrimary;
  if (text == "former") return NameKind::kFormer;
  return text == "weak" ? NameKind::kWeak : NameKind::kAlias;
}

// What the party extension of an identity says of names and facts.
void add_party_extension(json::Value object, Entity* entity) {
  const auto all = object.find("extensions");
  const auto own = all ? all->find(kSupervisionExtension) : std::nullopt;
  if (!own) return;
  const std::string kind = text_of(*own, "party_kind");
  if (!kind.empty()) entity->kind = parse_kind(kind == "state" ? "organization" : kind);
  entity->gender = parse_gender(text_of(*own, "gender"));
  each(*own, "names", [&](json::Value one) {
    add_name(entity, text_of(one, "name"), kind_of_name(text_of(one, "kind")));
  });
  each(*own, "birth_dates", [&](json::Value one) {
    if (one.is_string()) add_birth_date(entity, one.text());
  });
  each(*own, "countries", [&](json::Value one) {
    if (one.is_string()) add_country(entity, one.text());
  });
  each(*own, "identifiers", [&](json::Value one) {
    add_identifier(entity, text_of(one, "type"), text_of(one, "value"));
  });
}

}  // namespace

std::optional<Entity> entity_of_stix(json::Value object) {
  const std::string type = text_of(object, "type");
  if (type != "identity" && type != "threat-actor" && type != "intrusion-set") return std::nullopt;
  Entity entity;
  entity.id = text_of(object, "id");
  entity.kind = type == "identity" ? kind_of_class(text_of(object, "identity_class")) : Kind::kAny;
  add_name(&entity, text_of(object, "name"), NameKind::kPrimary);
  for (const std::string_view list : {"aliases", "x_opencti_aliases", "x_mitre_aliases"})
    add_texts(object, list, NameKind::kAlias, &entity);
  add_party_extension(object, &entity);
  return entity;
}

std::optional<Entity> entity_of_gleif(json::Value object) {
  const auto inner = object.find("Entity");
  const std::string lei = text_of(object, "LEI");
  if (!inner || !inner->is_object() || lei.empty()) return std::nullopt;
  Entity entity;
  entity.id = lei;
  entity.kind = Kind::kOrganization;
  add_name(&entity, text_of(*inner, "LegalName"), NameKind::kPrimary);
  const auto add_other = [&](std::string_view member) {
    return [&entity, member](json::Value one) {
      const std::string type = text_of(one, "type");
      const bool is_former = type.find("PREVIOUS") != std::string::npos;
      add_name(&entity, text_of(one, member), is_former ? NameKind::kFormer : NameKind::kAlias);
    };
  };
  each(*inner, "OtherEntityNames", add_other("OtherEntityName"));
  each(*inner, "TransliteratedOtherEntityNames", add_other("TransliteratedOtherEntityName"));
  add_identifier(&entity, "lei", lei);
  add_country(&entity, text_of(*inner, "LegalJurisdiction"));
  if (const auto address = inner->find("LegalAddress"))
    add_country(&entity, text_of(*address, "Country"));
  if (const auto authority = inner->find("RegistrationAuthority"))
    add_identifier(&entity, "registration", text_of(*authority, "RegistrationAuthorityEntityID"));
  add_birth_date(&entity, text_of(*inner, "EntityCreationDate"));
  return entity;
}

std::optional<Entity> entity_of_bods(json::Value object) {
  const std::string type = text_of(object, "recordType");
  const auto details = object.find("recordDetails");
  if ((type != "entity" && type != "person") || !details || !details->is_object())
    return std::nullopt;
  Entity entity;
  entity.id = text_of(object, "recordId");
  entity.kind = type == "person" ? Kind::kPerson : Kind::kOrganization;
  add_name(&entity, text_of(*details, "name"), NameKind::kPrimary);
  add_texts(*details, "alternateNames", NameKind::kAlias, &entity);
  each(*details, "names", [&](json::Value one) {
    std::string name = text_of(one, "fullName");
    if (name.empty()) name = text_of(one, "givenName") + " " + text_of(one, "familyName");
    const bool is_former = text_of(one, "type") == "former" || text_of(one, "type") == "birth";
    add_name(&entity, std::move(name), is_former ? NameKind::kFormer : NameKind::kPrimary);
  });
  for (const std::string_view date : {"birthDate", "foundingDate"})
    add_birth_date(&entity, text_of(*details, date));
  each(*details, "nationalities",
       [&](json::Value one) { add_country(&entity, text_of(one, "code")); });
  if (const auto jurisdiction = details->find("jurisdiction"))
    add_country(&entity, text_of(*jurisdiction, "code"));
  each(*details, "identifiers", [&](json::Value one) {
    add_identifier(&entity, text_of(one, "scheme"), text_of(one, "id"));
  });
  return entity;
}

std::optional<Entity> entity_of_screening_list(json::Value object) {
  const bool is_compact = object.find("n") && object.find("s");
  const bool is_full = object.find("name") && object.find("source") && object.find("alt_names");
  if (!is_compact && !is_full) return std::nullopt;
  Entity entity;
  const std::string type = to_lower_ascii(text_of(object, is_compact ? "t" : "type"));
  entity.kind = parse_kind(type == "entity" ? "organization" : type);
  add_name(&entity, text_of(object, is_compact ? "n" : "name"), NameKind::kPrimary);
  add_texts(object, is_compact ? "a" : "alt_names", NameKind::kAlias, &entity);
  for (const std::string_view list : {"c", "nationalities", "citizenships"})
    each(object, list, [&](json::Value one) {
      if (one.is_string()) add_country(&entity, one.text());
    });
  each(object, "addresses",
       [&](json::Value one) { add_country(&entity, text_of(one, "country")); });
  each(object, "dates_of_birth", [&](json::Value one) {
    if (one.is_string()) add_birth_date(&entity, one.text());
  });
  each(object, "ids", [&](json::Value one) {
    add_identifier(&entity, text_of(one, "type"), text_of(one, "number"));
  });
  entity.id = text_of(object, "id");
  if (entity.id.empty()) entity.id = text_of(object, is_compact ? "e" : "entity_number");
  if (entity.id.empty() && !entity.names.empty()) entity.id = entity.names.front().text;
  return entity;
}

std::optional<Entity> entity_of_end_user(json::Value object) {
  if (!object.find("entity_name")) return std::nullopt;
  Entity entity;
  entity.id = text_of(object, "id");
  entity.kind = parse_kind(text_of(object, "entity_type"));
  add_name(&entity, text_of(object, "entity_name"), NameKind::kPrimary);
  add_texts(object, "aliases", NameKind::kAlias, &entity);
  return entity;
}

}  // namespace entente::names
