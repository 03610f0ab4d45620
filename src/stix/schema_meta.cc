// Meta objects. [stix21 7]
#include "stix/checks.h"
#include "stix/schema.h"

namespace entente::stix {
namespace {

constexpr uint8_t R = kRequired;

constexpr Property kExtensionDefinition[] = {
    string("name", R),
    string("description"),
    string("schema", R),
    string("version", R),
    enumeration("extension_types", Words::kExtensionType, R | kList),
    strings("extension_properties")};
constexpr Property kLanguageContent[] = {reference("object_ref", kStixObjects, R),
                                         timestamp("object_modified"),
                                         property("contents", Form::kContents, R)};
constexpr Property kMarkingDefinition[] = {string("name"),
                                           property("definition_type", Form::kDefinitionType),
                                           property("definition", Form::kDefinition)};

constexpr TypeTable kTables[] = {
    {Known::kExtensionDefinition, kExtensionDefinition, {}, check_extension_definition},
    {Known::kLanguageContent, kLanguageContent, {}},
    {Known::kMarkingDefinition, kMarkingDefinition, {}, check_marking_definition},
};

}  // namespace

std::span<const TypeTable> meta_tables() { return kTables; }

}  // namespace entente::stix
