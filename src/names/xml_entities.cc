// Leaves come in the order of the file; those of one group (an alias and its quality) are neighbours.
#include "names/xml_entities.h"

#include <algorithm>
#include <array>

#include "names/json_records.h"
#include "names/query.h"

namespace entente::names {
namespace {

std::string_view first_of(const XmlRecord& record, std::string_view path) {
  const auto it = std::ranges::find(record.leaves, path, &XmlLeaf::path);
  return it == record.leaves.end() ? std::string_view() : std::string_view(it->text);
}

template <class Use>
void each(const XmlRecord& record, std::string_view path, Use use) {
  for (const XmlLeaf& leaf : record.leaves) {
    if (leaf.path == path) use(leaf.text);
  }
}

void add_part(std::string& name, std::string_view part) {
  if (part.empty()) return;
  if (!name.empty()) name += ' ';
  name += part;
}

// The UN consolidated list; elements of both kinds of records begin with that kind's name.
Entity entity_of_un(const XmlRecord& record) {
  Entity entity;
  const bool is_person = record.name == "INDIVIDUAL";
  entity.kind = is_person ? Kind::kPerson : Kind::kOrganization;
  entity.id = first_of(record, "DATAID");
  std::string name;
  for (const std::string_view part : {"FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"})
    add_part(name, first_of(record, part));
  add_name(&entity, std::move(name), NameKind::kPrimary);
  each(record, "NAME_ORIGINAL_SCRIPT",
       [&](const std::string& text) { add_name(&entity, text, NameKind::kAlias); });
  std::string_view quality;
  for (const XmlLeaf& leaf : record.leaves) {
    if (leaf.path == record.name + "_ALIAS/QUALITY") quality = leaf.text;
    if (leaf.path != record.name + "_ALIAS/ALIAS_NAME") continue;
    const NameKind kind = quality == "Low"                                     ? NameKind::kWeak
                          : quality.starts_with("F.") || quality == "Formerly" ? NameKind::kFormer
                                                                               : NameKind::kAlias;
    add_name(&entity, leaf.text, kind);
    quality = {};
  }
  for (const std::string_view date : {"DATE", "YEAR", "FROM_YEAR", "TO_YEAR"})
    each(record, record.name + "_DATE_OF_BIRTH/" + std::string(date),
         [&](const std::string& text) { add_birth_date(&entity, text); });
  each(record, "NATIONALITY/VALUE", [&](const std::string& text) { add_country(&entity, text); });
  if (!is_person || entity.countries.empty())
    each(record, record.name + "_ADDRESS/COUNTRY",
         [&](const std::string& text) { add_country(&entity, text); });
  std::string_view type;
  for (const XmlLeaf& leaf : record.leaves) {
    if (leaf.path == record.name + "_DOCUMENT/TYPE_OF_DOCUMENT") type = leaf.text;
    if (leaf.path == record.name + "_DOCUMENT/NUMBER") add_identifier(&entity, type, leaf.text);
  }
  add_identifier(&entity, "un-reference", std::string(first_of(record, "REFERENCE_NUMBER")));
  entity.gender = parse_gender(first_of(record, "GENDER"));
  return entity;
}

// OFAC's SDN.XML.
Entity entity_of_sdn(const XmlRecord& record) {
  Entity entity;
  entity.id = first_of(record, "uid");
  const std::string_view type = first_of(record, "sdnType");
  entity.kind = type == "Individual" ? Kind::kPerson
                : type == "Vessel"   ? Kind::kVessel
                : type == "Aircraft" ? Kind::kAircraft
                                     : Kind::kOrganization;
  std::string name(first_of(record, "firstName"));
  add_part(name, first_of(record, "lastName"));
  add_name(&entity, std::move(name), NameKind::kPrimary);
  std::string alias;
  NameKind kind = NameKind::kAlias;
  const auto flush = [&] {
    add_name(&entity, std::move(alias), kind);
    alias.clear();
    kind = NameKind::kAlias;
  };
  std::string number_type;
  for (const XmlLeaf& leaf : record.leaves) {
    if (leaf.path == "akaList/aka/uid") flush();
    if (leaf.path == "akaList/aka/type" && leaf.text == "f.k.a.") kind = NameKind::kFormer;
    if (leaf.path == "akaList/aka/category" && leaf.text == "weak") kind = NameKind::kWeak;
    if (leaf.path == "akaList/aka/lastName") add_part(alias, leaf.text);
    if (leaf.path == "akaList/aka/firstName")
      alias = alias.empty() ? leaf.text : leaf.text + " " + alias;
    if (leaf.path == "idList/id/idType") number_type = leaf.text;
    if (leaf.path == "idList/id/idNumber") add_identifier(&entity, number_type, leaf.text);
  }
  flush();
  for (const std::string_view path :
       {"nationalityList/nationality/country", "citizenshipList/citizenship/country",
        "addressList/address/country", "vesselInfo/vesselFlag"})
    each(record, path, [&](const std::string& text) { add_country(&entity, text); });
  each(record, "dateOfBirthList/dateOfBirthItem/dateOfBirth",
       [&](const std::string& text) { add_birth_date(&entity, text); });
  return entity;
}

Entity entity_of_lei(const XmlRecord& record) {
  Entity entity;
  entity.kind = Kind::kOrganization;
  entity.id = first_of(record, "LEI");
  add_name(&entity, std::string(first_of(record, "Entity/LegalName")), NameKind::kPrimary);
  for (const XmlLeaf& leaf : record.leaves) {
    if (leaf.path != "Entity/OtherEntityNames/OtherEntityName" &&
        leaf.path != "Entity/TransliteratedOtherEntityNames/TransliteratedOtherEntityName")
      continue;
    const bool is_former = leaf.type.starts_with("PREVIOUS");
    add_name(&entity, leaf.text, is_former ? NameKind::kFormer : NameKind::kAlias);
  }
  add_identifier(&entity, "lei", entity.id);
  for (const std::string_view path : {"Entity/LegalJurisdiction", "Entity/LegalAddress/Country"})
    each(record, path, [&](const std::string& text) { add_country(&entity, text); });
  add_identifier(
      &entity, "registration",
      std::string(first_of(record, "Entity/RegistrationAuthority/RegistrationAuthorityEntityID")));
  add_birth_date(&entity, first_of(record, "Entity/EntityCreationDate"));
  return entity;
}

}  // namespace

bool is_xml_record(std::string_view element) {
  return element == "INDIVIDUAL" || element == "ENTITY" || element == "sdnEntry" ||
         element == "LEIRecord";
}

Entity entity_of_xml(const XmlRecord& record) {
  if (record.name == "sdnEntry") return entity_of_sdn(record);
  if (record.name == "LEIRecord") return entity_of_lei(record);
  return entity_of_un(record);
}

}  // namespace entente::names
