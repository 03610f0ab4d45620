// A thing found wrong or odd in a document: data, never an exception. Codes are stable and
// documented in docs/findings.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace entente::stix {

// kError: the object is refused. kWarning: a clause is broken but the object can be kept and
// released safely. kHint: it is allowed and usually unwise (an open vocabulary's foreign word,
// say).
enum class Severity : uint8_t { kError, kWarning, kHint };

struct Finding {
  std::string_view code;  // "id-malformed": a string constant from the table in finding.cc
  Severity severity = Severity::kError;
  std::string pointer;  // JSON pointer from the object's root [RFC 6901]
  size_t offset = 0;    // of the value (or of the key) in the document's bytes
  std::string detail;   // for people: what was expected, what was found; never more than 200 bytes
};

// Longest detail, in bytes.
inline constexpr size_t kDetailBytesMax = 200;

// Everything that can be found, in the order of the table in docs/findings.md.
enum class Problem : uint8_t {
  // JSON and size.
  kNotAnObject,
  kObjectTooLarge,
  kKeyDuplicate,
  kNullValue,
  // Identity of the object.
  kTypeMissing,
  kTypeMalformed,
  kIdMissing,
  kIdMalformed,
  kIdTooLong,
  kIdTypeMismatch,
  kUuidUnusual,
  kSpecVersionUnknown,
  kSpecVersionMissing,
  kVersionMalformed,
  kVersionPrecision,
  kModifiedBeforeCreated,
  // Properties.
  kPropertyMissing,
  kPropertyType,
  kPropertyNotApplicable,
  kPropertyReserved,
  kPropertyName,
  kPropertyCustom,
  kPropertyDeprecated,
  kTypeCustom,
  kTypeDiscouraged,
  // Values.
  kListEmpty,
  kDictionaryEmpty,
  kDictionaryKey,
  kDictionaryValue,
  kValueRange,
  kValueEmpty,
  kValueMalformed,
  kTimestampMalformed,
  kHexMalformed,
  kBinaryMalformed,
  kHashMalformed,
  kHashForeign,
  kLanguageMalformed,
  kEnumUnknown,
  kWordForeign,
  kStyle,
  // References.
  kReferenceMalformed,
  kReferenceTarget,
  kReferencesTooMany,
  kContainerReference,
  // Several properties together.
  kChoiceMissing,
  kChoiceConflict,
  kDependencyMissing,
  kTimeOrder,
  kRuleBroken,
  kRelationshipName,
  kRelationshipUnlisted,
  // Extensions.
  kExtensionMalformed,
  kExtensionKey,
  kExtensionType,
  kExtensionMisplaced,
  // Markings.
  kMarkingRefMalformed,
  kMarkingSelf,
  kMarkingsTooMany,
  kGranularMalformed,
  kSelectorMalformed,
  kSelectorUnresolved,
  kSelectorsTooMany,
  kTlpMismatch,
  kTlpForeign,
  kStatementMissing,
  // Deterministic ids.
  kDeterministicMismatch,
  kDeterministicUnfounded,
  // Bundles.
  kBundleMalformed,
  kBundleRepeats,
};

// What the table says of one problem.
struct ProblemKind {
  Problem problem;
  std::string_view code;
  Severity severity;
  std::string_view clause;   // "[stix21 2.9]"
  std::string_view meaning;  // one line
};

// All of them, indexed by the value of Problem.
std::span<const ProblemKind> problem_kinds();
const ProblemKind& kind_of(Problem problem);

// "error", "warning", "hint".
std::string_view name_of(Severity severity);

}  // namespace entente::stix
