// The common properties, and which kind of object has which of them. [stix21 3.2]
#include "stix/schema.h"

namespace entente::stix {
namespace {

constexpr uint8_t kAbsent = kCommon | kNotApplicable;

// `type` and `id` are not marked as required: their absence has findings of its own.
constexpr Property typed(std::string_view name, Form form, uint8_t flags = kCommon) {
  return property(name, form, flags);
}
constexpr Property confidence(uint8_t flags) { return integer("confidence", 0, 100, flags); }

constexpr Property kSdoCommon[] = {
    typed("type", Form::kTypeName),
    typed("spec_version", Form::kSpecVersion),
    typed("id", Form::kId),
    typed("created_by_ref", Form::kCreator),
    typed("created", Form::kCreated, kCommon | kRequired),
    typed("modified", Form::kModified, kCommon | kRequired),
    typed("revoked", Form::kRevoked),
    strings("labels", kCommon),
    confidence(kCommon),
    typed("lang", Form::kLanguage),
    nested("external_references", Structure::kExternalReference, kCommon | kList),
    typed("object_marking_refs", Form::kMarkingRefs),
    typed("granular_markings", Form::kGranularMarkings),
    typed("extensions", Form::kExtensions),
    boolean("defanged", kAbsent),
};

constexpr Property kScoCommon[] = {
    typed("type", Form::kTypeName),
    typed("spec_version", Form::kSpecVersion),
    typed("id", Form::kId),
    typed("object_marking_refs", Form::kMarkingRefs),
    typed("granular_markings", Form::kGranularMarkings),
    boolean("defanged", kCommon),
    typed("extensions", Form::kExtensions),
    typed("created_by_ref", Form::kCreator, kAbsent),
    typed("created", Form::kCreated, kAbsent),
    typed("modified", Form::kModified, kAbsent),
    typed("revoked", Form::kRevoked, kAbsent),
    strings("labels", kAbsent),
    confidence(kAbsent),
    typed("lang", Form::kLanguage, kAbsent),
    nested("external_references", Structure::kExternalReference, kAbsent | kList),
};

constexpr Property kExtensionDefinitionCommon[] = {
    typed("type", Form::kTypeName),
    typed("spec_version", Form::kSpecVersion),
    typed("id", Form::kId),
    typed("created_by_ref", Form::kCreator, kCommon | kRequired),
    typed("created", Form::kCreated, kCommon | kRequired),
    typed("modified", Form::kModified, kCommon | kRequired),
    typed("revoked", Form::kRevoked),
    strings("labels", kCommon),
    nested("external_references", Structure::kExternalReference, kCommon | kList),
    typed("object_marking_refs", Form::kMarkingRefs),
    typed("granular_markings", Form::kGranularMarkings),
    confidence(kAbsent),
    typed("lang", Form::kLanguage, kAbsent),
    typed("extensions", Form::kExtensions, kAbsent),
    boolean("defanged", kAbsent),
};

constexpr Property kLanguageContentCommon[] = {
    typed("type", Form::kTypeName),
    typed("spec_version", Form::kSpecVersion),
    typed("id", Form::kId),
    typed("created_by_ref", Form::kCreator),
    typed("created", Form::kCreated, kCommon | kRequired),
    typed("modified", Form::kModified, kCommon | kRequired),
    typed("revoked", Form::kRevoked),
    strings("labels", kCommon),
    confidence(kCommon),
    nested("external_references", Structure::kExternalReference, kCommon | kList),
    typed("object_marking_refs", Form::kMarkingRefs),
    typed("granular_markings", Form::kGranularMarkings),
    typed("extensions", Form::kExtensions),
    typed("lang", Form::kLanguage, kAbsent),
    boolean("defanged", kAbsent),
};

constexpr Property kMarkingCommon[] = {
    typed("type", Form::kTypeName),
    typed("spec_version", Form::kSpecVersion),
    typed("id", Form::kId),
    typed("created_by_ref", Form::kCreator),
    typed("created", Form::kCreated, kCommon | kRequired),
    nested("external_references", Structure::kExternalReference, kCommon | kList),
    typed("object_marking_refs", Form::kMarkingRefs),
    typed("granular_markings", Form::kGranularMarkings),
    typed("extensions", Form::kExtensions),
    typed("modified", Form::kModified, kAbsent),
    typed("revoked", Form::kRevoked, kAbsent),
    strings("labels", kAbsent),
    confidence(kAbsent),
    typed("lang", Form::kLanguage, kAbsent),
    boolean("defanged", kAbsent),
};

// Custom objects may be modelled on any kind, so that nothing is required and nothing out of place.
constexpr Property kCustomCommon[] = {
    typed("type", Form::kTypeName),
    typed("spec_version", Form::kSpecVersion),
    typed("id", Form::kId),
    typed("created_by_ref", Form::kCreator),
    typed("created", Form::kCreated),
    typed("modified", Form::kModified),
    typed("revoked", Form::kRevoked),
    strings("labels", kCommon),
    confidence(kCommon),
    typed("lang", Form::kLanguage),
    nested("external_references", Structure::kExternalReference, kCommon | kList),
    typed("object_marking_refs", Form::kMarkingRefs),
    typed("granular_markings", Form::kGranularMarkings),
    boolean("defanged", kCommon),
    typed("extensions", Form::kExtensions),
};

// What is read of an object of STIX 2.0.
constexpr Property kLight[] = {
    typed("type", Form::kTypeName),
    typed("spec_version", Form::kSpecVersion),
    typed("id", Form::kId),
    typed("created_by_ref", Form::kCreator),
    typed("created", Form::kCreated),
    typed("modified", Form::kModified),
    typed("revoked", Form::kRevoked),
    typed("object_marking_refs", Form::kMarkingRefs),
    typed("granular_markings", Form::kGranularMarkings),
    typed("definition_type", Form::kDefinitionType),
    typed("definition", Form::kDefinition),
    typed("extensions", Form::kExtensions),
};

}  // namespace

std::span<const Property> common_properties(Known type) {
  const Types one = types(type);
  if ((one & kScos) != 0) return kScoCommon;
  if (type == Known::kExtensionDefinition) return kExtensionDefinitionCommon;
  if (type == Known::kLanguageContent) return kLanguageContentCommon;
  if (type == Known::kMarkingDefinition) return kMarkingCommon;
  if (type == Known::kCustom) return kCustomCommon;
  return kSdoCommon;
}

std::span<const Property> light_properties() { return kLight; }

}  // namespace entente::stix
