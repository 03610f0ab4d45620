// The table of everything that can be found. The severities were chosen on the public feeds of the
// large producers: what they break harmlessly is a warning, what makes an object unusable or unsafe
// to label is an error.
#include "stix/finding.h"

#include "base/result.h"

namespace entente::stix {
namespace {

constexpr Severity E = Severity::kError;
constexpr Severity W = Severity::kWarning;
constexpr Severity H = Severity::kHint;

constexpr ProblemKind kKinds[] = {
    {Problem::kNotAnObject, "not-an-object", E, "[stix21 3.2]", "the value is not a JSON object"},
    {Problem::kObjectTooLarge, "object-too-large", E, "[limit]",
     "the object has more bytes than the limit"},
    {Problem::kKeyDuplicate, "key-duplicate", E, "[stix21 1.2.10]",
     "a member name appears twice in one object"},
    {Problem::kNullValue, "null-value", W, "[stix21 2]",
     "a value is null, which no STIX type allows"},

    {Problem::kTypeMissing, "type-missing", E, "[stix21 3.2]",
     "there is no type, or it is not a string"},
    {Problem::kTypeMalformed, "type-malformed", E, "[stix21 3.1]", "the type is not a type name"},
    {Problem::kIdMissing, "id-missing", E, "[stix21 3.3]", "there is no id, or it is not a string"},
    {Problem::kIdMalformed, "id-malformed", E, "[stix21 2.9]", "the id is not type--UUID"},
    {Problem::kIdTooLong, "id-too-long", E, "[limit]", "the id has more bytes than the limit"},
    {Problem::kIdTypeMismatch, "id-type-mismatch", E, "[stix21 2.9]",
     "the id names another type than the object has"},
    {Problem::kUuidUnusual, "uuid-unusual", W, "[stix21 2.9]",
     "the UUID has upper-case digits or an unknown variant"},
    {Problem::kSpecVersionUnknown, "spec-version-unknown", E, "[stix21 3.2]",
     "spec_version is neither 2.1 nor 2.0"},
    {Problem::kSpecVersionMissing, "spec-version-missing", W, "[stix21 3.2]",
     "spec_version is absent from a type that STIX 2.0 does not have"},
    {Problem::kVersionMalformed, "version-malformed", E, "[stix21 2.16]",
     "created or modified is not a timestamp"},
    {Problem::kVersionPrecision, "version-precision", H, "[stix21 3.2]",
     "created or modified has fewer than three fraction digits"},
    {Problem::kModifiedBeforeCreated, "modified-before-created", E, "[stix21 3.6]",
     "modified is earlier than created"},

    {Problem::kPropertyMissing, "property-missing", E, "[stix21 3.1]",
     "a required property is absent"},
    {Problem::kPropertyType, "property-type", E, "[stix21 2]",
     "a property has a value of the wrong JSON type"},
    {Problem::kPropertyNotApplicable, "property-not-applicable", W, "[stix21 3.2]",
     "a common property that objects of this type do not have"},
    {Problem::kPropertyReserved, "property-reserved", W, "[stix21 3.8]",
     "a property name that is reserved"},
    {Problem::kPropertyName, "property-name", W, "[stix21 11.1]",
     "a property name outside a-z, 0-9 and _, or not of 3 to 250 characters"},
    {Problem::kPropertyCustom, "property-custom", H, "[stix21 11.1]",
     "a property that no extension accounts for"},
    {Problem::kPropertyDeprecated, "property-deprecated", H, "[stix21 4.14]",
     "a property that is deprecated"},
    {Problem::kTypeCustom, "type-custom", H, "[stix21 11.2]",
     "an object type that no extension accounts for"},
    {Problem::kTypeDiscouraged, "type-name", W, "[stix21 3.1]",
     "a type name that is not of 3 to 250 characters, or has two hyphens in a row"},

    {Problem::kListEmpty, "list-empty", W, "[stix21 2.12]", "a list has no elements"},
    {Problem::kDictionaryEmpty, "dictionary-empty", W, "[stix21 2.3]",
     "a dictionary has no entries"},
    {Problem::kDictionaryKey, "dictionary-key", W, "[stix21 2.3]",
     "a dictionary key has other characters or length"},
    {Problem::kDictionaryValue, "dictionary-value", W, "[stix21 2.3]",
     "a dictionary value has another type"},
    {Problem::kValueRange, "value-range", E, "[stix21 2.10]", "a number is outside its range"},
    {Problem::kValueEmpty, "value-empty", E, "[stix21 4.7]",
     "a string that must say something is empty"},
    {Problem::kValueMalformed, "value-malformed", W, "[stix21 6]",
     "a value does not have the format of its kind"},
    {Problem::kTimestampMalformed, "timestamp-malformed", W, "[stix21 2.16]",
     "a time is not a STIX timestamp"},
    {Problem::kHexMalformed, "hex-malformed", W, "[stix21 2.8]",
     "not an even number of lower-case hexadecimal digits"},
    {Problem::kBinaryMalformed, "binary-malformed", W, "[stix21 2.1]", "not base64"},
    {Problem::kHashMalformed, "hash-malformed", W, "[stix21 2.7]",
     "a hash does not have the form of its algorithm"},
    {Problem::kHashForeign, "hash-foreign", H, "[stix21 10.7]",
     "a hash algorithm outside the vocabulary"},
    {Problem::kLanguageMalformed, "language-malformed", W, "[stix21 3.2]",
     "not a language tag (RFC 5646)"},
    {Problem::kEnumUnknown, "enum-unknown", E, "[stix21 2.4]",
     "a word outside a closed enumeration"},
    {Problem::kWordForeign, "word-foreign", H, "[stix21 2.14]",
     "a word outside the open vocabulary"},
    {Problem::kStyle, "style", H, "[stix21 3.1]", "a spelling that the standard advises against"},

    {Problem::kReferenceMalformed, "reference-malformed", E, "[stix21 3.3]",
     "a reference is not an identifier"},
    {Problem::kReferenceTarget, "reference-target", W, "[stix21 3.3]",
     "a reference names a type that may not stand there"},
    {Problem::kReferencesTooMany, "references-too-many", E, "[limit]",
     "the object has more references than the limit"},
    {Problem::kContainerReference, "container-reference", W, "[stix21 2.13]",
     "a reference in `objects` names no entry of the same container"},

    {Problem::kChoiceMissing, "choice-missing", E, "[stix21 4]",
     "none of several properties is present"},
    {Problem::kChoiceConflict, "choice-conflict", W, "[stix21 4]",
     "properties that exclude each other are present"},
    {Problem::kDependencyMissing, "dependency-missing", W, "[stix21 4]",
     "a property is present without one it needs"},
    {Problem::kTimeOrder, "time-order", W, "[stix21 4]", "an end is earlier than its beginning"},
    {Problem::kRuleBroken, "rule-broken", W, "[stix21 4]",
     "a rule between properties of this type is broken"},
    {Problem::kRelationshipName, "relationship-name", W, "[stix21 5.1]",
     "relationship_type has characters other than a-z, 0-9 and -"},
    {Problem::kRelationshipUnlisted, "relationship-unlisted", H, "[stix21 B]",
     "the standard does not list this relationship between these types"},

    {Problem::kExtensionMalformed, "extension-malformed", E, "[stix21 3.2]",
     "an extension is not an object"},
    {Problem::kExtensionKey, "extension-key", W, "[stix21 3.2]",
     "an extension key is neither predefined nor the id of an extension-definition"},
    {Problem::kExtensionType, "extension-type", W, "[stix21 7.3]",
     "extension_type is absent, unknown or unfit"},
    {Problem::kExtensionMisplaced, "extension-misplaced", W, "[stix21 3.10]",
     "a predefined extension stands on a type that does not have it"},

    {Problem::kMarkingRefMalformed, "marking-ref-malformed", E, "[stix21 7.2.2]",
     "a marking reference is not the id of a marking-definition"},
    {Problem::kMarkingSelf, "marking-self", E, "[stix21 3.2]",
     "a marking-definition is marked with itself"},
    {Problem::kMarkingsTooMany, "markings-too-many", E, "[limit]",
     "the object has more markings than the limit"},
    {Problem::kGranularMalformed, "granular-malformed", E, "[stix21 7.2.3]",
     "a granular marking lacks selectors, or has not exactly one of marking_ref and lang"},
    {Problem::kSelectorMalformed, "selector-malformed", E, "[stix21 7.2.3]",
     "a selector does not follow the grammar"},
    {Problem::kSelectorUnresolved, "selector-unresolved", E, "[stix21 7.2.3]",
     "a selector selects nothing"},
    {Problem::kSelectorsTooMany, "selectors-too-many", E, "[limit]",
     "selectors are more, or cost more, than the limit"},
    {Problem::kTlpMismatch, "tlp-mismatch", E, "[stix21 7.2.1]",
     "a fixed TLP id comes with another TLP level"},
    {Problem::kTlpForeign, "tlp-foreign", W, "[stix21 7.2.1]",
     "a TLP marking under an id of its own"},
    {Problem::kStatementMissing, "statement-missing", E, "[stix21 7.2.1]",
     "a statement marking without its statement"},

    {Problem::kDeterministicMismatch, "deterministic-mismatch", H, "[stix21 2.9]",
     "the version 5 UUID is not the one of the contributing properties"},
    {Problem::kDeterministicUnfounded, "deterministic-unfounded", W, "[stix21 2.9]",
     "a version 5 UUID although no contributing property is present"},

    {Problem::kBundleMalformed, "bundle-malformed", E, "[stix21 8.1]",
     "the bundle's own properties are wrong"},
    {Problem::kBundleRepeats, "bundle-repeats", W, "[stix21 8.1]",
     "a bundle has the same version of an object twice"},
};

constexpr bool kinds_are_in_order() {
  for (size_t i = 0; i < std::size(kKinds); ++i) {
    if (static_cast<size_t>(kKinds[i].problem) != i) return false;
  }
  return std::size(kKinds) == static_cast<size_t>(Problem::kBundleRepeats) + 1;
}
static_assert(kinds_are_in_order(), "the table follows the enumeration");

}  // namespace

std::span<const ProblemKind> problem_kinds() { return kKinds; }

const ProblemKind& kind_of(Problem problem) { return kKinds[static_cast<size_t>(problem)]; }

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kHint:
      return "hint";
  }
  CHECK(false);
}

}  // namespace entente::stix
