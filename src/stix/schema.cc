// Compiles the tables: property names into a hash per type, rules into masks over property numbers,
// listed relationships into one mask of targets per (name, source).
#include "stix/schema.h"

#include <algorithm>

#include "base/result.h"

namespace entente::stix {
namespace {

constexpr std::string_view kTypeNames[] = {"attack-pattern",
                                           "campaign",
                                           "course-of-action",
                                           "grouping",
                                           "identity",
                                           "incident",
                                           "indicator",
                                           "infrastructure",
                                           "intrusion-set",
                                           "location",
                                           "malware",
                                           "malware-analysis",
                                           "note",
                                           "observed-data",
                                           "opinion",
                                           "report",
                                           "threat-actor",
                                           "tool",
                                           "vulnerability",
                                           "relationship",
                                           "sighting",
                                           "artifact",
                                           "autonomous-system",
                                           "directory",
                                           "domain-name",
                                           "email-addr",
                                           "email-message",
                                           "file",
                                           "ipv4-addr",
                                           "ipv6-addr",
                                           "mac-addr",
                                           "mutex",
                                           "network-traffic",
                                           "process",
                                           "software",
                                           "url",
                                           "user-account",
                                           "windows-registry-key",
                                           "x509-certificate",
                                           "extension-definition",
                                           "language-content",
                                           "marking-definition",
                                           "bundle"};
static_assert(std::size(kTypeNames) == static_cast<size_t>(Known::kCustom));

ObjectKind kind_of_type(Known type) {
  const Types one = types(type);
  if ((one & kSdos) != 0) return ObjectKind::kSdo;
  if ((one & kSros) != 0) return ObjectKind::kSro;
  if ((one & kScos) != 0) return ObjectKind::kSco;
  if ((one & kMetas) != 0) return ObjectKind::kMeta;
  return ObjectKind::kCustom;
}

Compiled compile(std::span<const Property> common, std::span<const Property> own,
                 std::span<const Rule> rules) {
  Compiled compiled;
  compiled.properties.assign(common.begin(), common.end());
  compiled.properties.insert(compiled.properties.end(), own.begin(), own.end());
  CHECK(compiled.properties.size() <= 64);
  std::vector<std::string_view> names;
  for (size_t i = 0; i < compiled.properties.size(); ++i) {
    const Property& property = compiled.properties[i];
    names.push_back(property.name);
    const uint64_t bit = uint64_t{1} << i;
    if ((property.flags & kRequired) != 0) compiled.required |= bit;
    if ((property.flags & (kCommon | kRequired)) == 0) compiled.own |= bit;
  }
  compiled.index = NameIndex(names);
  for (const Rule& rule : rules) {
    Compiled::CompiledRule made{&rule, 0, {}, 0};
    for (const std::string_view name : rule.names) {
      if (name.empty()) break;
      const uint16_t number = compiled.index.find(name);
      CHECK(number != NameIndex::kNone);
      made.at[made.count++] = static_cast<uint8_t>(number);
      made.mask |= uint64_t{1} << number;
    }
    if (rule.kind == RuleKind::kNotWithout) made.mask |= compiled.own;
    compiled.rules.push_back(made);
  }
  return compiled;
}

}  // namespace

std::string_view name_of(Known type) {
  return type == Known::kCustom ? "custom" : kTypeNames[static_cast<size_t>(type)];
}

Schema::Schema() : type_index_(kTypeNames) {
  for (const auto tables : {sdo_tables(), sro_tables(), sco_tables(), meta_tables()}) {
    for (const TypeTable& table : tables) {
      Compiled& compiled = types_[static_cast<size_t>(table.type)];
      compiled = compile(common_properties(table.type), table.properties, table.rules);
      compiled.check = table.check;
      compiled.type = table.type;
      compiled.kind = kind_of_type(table.type);
      compiled.contributing = table.contributing;
    }
  }
  // A bundle among objects is refused for its type; the rest of it is read like a custom object.
  for (const Known type : {Known::kCustom, Known::kBundle}) {
    types_[static_cast<size_t>(type)] = compile(common_properties(Known::kCustom), {}, {});
  }
  light_ = compile(light_properties(), {}, {});
  std::vector<std::string_view> keys;
  for (const StructureTable& table : structure_tables()) {
    structures_[static_cast<size_t>(table.structure)] = compile({}, table.properties, table.rules);
    structures_[static_cast<size_t>(table.structure)].check = table.check;
  }
  for (const StructureTable& table : extension_tables()) {
    structures_[static_cast<size_t>(table.structure)] = compile({}, table.properties, table.rules);
    keys.push_back(table.name);
    extensions_.push_back(table.structure);
    extension_homes_.push_back(table.home);
  }
  extension_index_ = NameIndex(keys);
  for (const Vocabulary& vocabulary : vocabularies()) {
    words_[static_cast<size_t>(vocabulary.words)] = NameIndex(vocabulary.terms);
  }
  std::vector<std::string_view> names;
  for (const Relation& relation : relations()) {
    if (std::ranges::find(names, relation.name) == names.end()) names.push_back(relation.name);
  }
  relation_index_ = NameIndex(names);
  relation_targets_.assign(names.size() * kKnownCount, 0);
  for (const Relation& relation : relations()) {
    const size_t row = relation_index_.find(relation.name);
    relation_targets_[row * kKnownCount + static_cast<size_t>(relation.source)] |= relation.targets;
  }
}

Structure Schema::extension_named(std::string_view key, Types* home) const {
  const uint16_t number = extension_index_.find(key);
  if (number == NameIndex::kNone) return Structure::kNone;
  *home = extension_homes_[number];
  return extensions_[number];
}

// [stix21 3.7]: the common relationships; then the summary table.
bool Schema::lists(Known source, std::string_view relationship_type, Known target) const {
  if (source == Known::kCustom || target == Known::kCustom) return true;
  if (relationship_type == "related-to") return true;
  if (relationship_type == "derived-from" || relationship_type == "duplicate-of")
    return source == target;
  const uint16_t row = relation_index_.find(relationship_type);
  if (row == NameIndex::kNone) return false;
  return (relation_targets_[row * kKnownCount + static_cast<size_t>(source)] & types(target)) != 0;
}

const Schema& schema() {
  static const Schema compiled;
  return compiled;
}

}  // namespace entente::stix
