// Entities in JSON, one object each, in the forms that lists come in. nullopt: the object is none of
// that form, or is something else than a party (an address, a relationship).
#pragma once

#include <optional>
#include <string_view>

#include "json/json.h"
#include "names/entity.h"

namespace entente::names {

// FollowTheMoney: {"id","schema","properties":{"name":[...],...}}. Person, Company, Organization,
// LegalEntity, PublicBody, Vessel, Airplane and those that extend them.
std::optional<Entity> entity_of_ftm(json::Value object);

// STIX 2.1: identity, threat-actor, intrusion-set, with aliases and what the party extension adds. [stix21 4]
std::optional<Entity> entity_of_stix(json::Value object);
// The extension of joint supervision (docs/formats/ownership.md); on an identity it says more of a party.
inline constexpr std::string_view kSupervisionExtension =
    "extension-definition--63e3e682-03d9-4d24-815a-6b94d4ce3244";
// GLEIF level 1 (LEI-CDF): {"LEI","Entity":{"LegalName",...}}.
std::optional<Entity> entity_of_gleif(json::Value object);
// BODS 0.4: entity and person statements.
std::optional<Entity> entity_of_bods(json::Value object);
// US Consolidated Screening List: {"id","name","alt_names",...}, or compact {"n","a","c"}.
std::optional<Entity> entity_of_screening_list(json::Value object);
// End-user lists: {"id","entity_name","aliases",...}.
std::optional<Entity> entity_of_end_user(json::Value object);

// Any form known here, told apart by members.
std::optional<Entity> entity_of_json(json::Value object);

// Adds what is worth keeping: empty texts, repetitions and what is past the limits are left out.
void add_name(Entity* entity, std::string text, NameKind kind);
void add_country(Entity* entity, std::string_view text);
void add_birth_date(Entity* entity, std::string_view text);
void add_identifier(Entity* entity, std::string_view type, std::string value);

}  // namespace entente::names
