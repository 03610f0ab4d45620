// What the standard says of each type, as data: properties, their forms, and rules between them.
//
// The tables of the sections are constant arrays (schema_*.cc); Schema compiles them once into
// hashes and masks. Private to this module. Threads: const after construction.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "stix/finding.h"
#include "stix/names.h"
#include "stix/stix.h"
#include "stix/vocabulary.h"

namespace entente::stix {

// The types that the standard defines, SDOs first, then SROs, SCOs, meta objects and the bundle.
enum class Known : uint8_t {
  kAttackPattern,
  kCampaign,
  kCourseOfAction,
  kGrouping,
  kIdentity,
  kIncident,
  kIndicator,
  kInfrastructure,
  kIntrusionSet,
  kLocation,
  kMalware,
  kMalwareAnalysis,
  kNote,
  kObservedData,
  kOpinion,
  kReport,
  kThreatActor,
  kTool,
  kVulnerability,
  kRelationship,
  kSighting,
  kArtifact,
  kAutonomousSystem,
  kDirectory,
  kDomainName,
  kEmailAddr,
  kEmailMessage,
  kFile,
  kIpv4Addr,
  kIpv6Addr,
  kMacAddr,
  kMutex,
  kNetworkTraffic,
  kProcess,
  kSoftware,
  kUrl,
  kUserAccount,
  kWindowsRegistryKey,
  kX509Certificate,
  kExtensionDefinition,
  kLanguageContent,
  kMarkingDefinition,
  kBundle,
  kCustom,  // any other type
};
inline constexpr size_t kKnownCount = static_cast<size_t>(Known::kCustom) + 1;

// A set of types, one bit each.
using Types = uint64_t;

template <class... T>
constexpr Types types(T... known) {
  return (Types{0} | ... | (Types{1} << static_cast<unsigned>(known)));
}
constexpr Types types_between(Known first, Known last) {
  return ((Types{1} << (static_cast<unsigned>(last) + 1)) - 1) &
         ~((Types{1} << static_cast<unsigned>(first)) - 1);
}
inline constexpr Types kSdos = types_between(Known::kAttackPattern, Known::kVulnerability);
inline constexpr Types kSros = types_between(Known::kRelationship, Known::kSighting);
inline constexpr Types kScos = types_between(Known::kArtifact, Known::kX509Certificate);
inline constexpr Types kMetas =
    types_between(Known::kExtensionDefinition, Known::kMarkingDefinition);
inline constexpr Types kCustoms = types(Known::kCustom);
inline constexpr Types kStixObjects = kSdos | kSros | kScos | kMetas | kCustoms;

std::string_view name_of(Known type);

// How a property's value is checked.
enum class Form : uint8_t {
  kAny,
  kString,
  kText /* a string that must not be empty */,
  kBoolean,
  kInteger,
  kFloat,
  kTimestamp,
  kReference,
  kHex,
  kBinary,
  kHashes,
  kDictionary,
  kStringDictionary,
  kScalarDictionary /* strings or integers */,
  kIntegerDictionary,
  kStringsDictionary /* strings or lists of strings */,
  kListDictionary /* lists of strings */,
  kWord,
  kEnum,
  kLanguage,
  kStructure,
  // Strings with a format of their own.
  kIpv4,
  kIpv6,
  kMac,
  kEmail,
  kUrl,
  kDomain,
  kCpe,
  kCountry,
  kHive,
  kLowerCase,
  kRelationshipType,
  kClassName,
  // Common properties that feed the header.
  kTypeName,
  kId,
  kSpecVersion,
  kCreator,
  kCreated,
  kModified,
  kRevoked,
  kMarkingRefs,
  kGranularMarkings,
  kExtensions,
  // Properties of one type only.
  kContainer,
  kContents,
  kDefinition,
  kDefinitionType,
};

enum Flag : uint8_t {
  kRequired = 1,
  kList = 2,
  kDeprecated = 4,
  kNotApplicable = 8,  // a common property that this type does not have
  kCommon = 16,        // does not count as a property of the type itself
  kMayBeEmpty = 32,
};

// Nested types, predefined extensions included.
enum class Structure : uint8_t {
  kNone,
  kExternalReference,
  kKillChainPhase,
  kMimePart,
  kAlternateDataStream,
  kPeOptionalHeader,
  kPeSection,
  kRegistryValue,
  kX509V3,
  kStatement,
  kArchiveExt,
  kNtfsExt,
  kPdfExt,
  kRasterImageExt,
  kPeBinaryExt,
  kHttpRequestExt,
  kIcmpExt,
  kSocketExt,
  kTcpExt,
  kWindowsProcessExt,
  kWindowsServiceExt,
  kUnixAccountExt,
  kCount,
};

struct Property {
  std::string_view name;
  Form form = Form::kAny;
  uint8_t flags = 0;
  Words words = Words::kNone;
  Structure structure = Structure::kNone;
  Types targets = kStixObjects;
  int64_t minimum = INT64_MIN;
  int64_t maximum = INT64_MAX;
};

// Ways to write a Property down.
constexpr Property property(std::string_view name, Form form, uint8_t flags = 0) {
  Property p;
  p.name = name;
  p.form = form;
  p.flags = flags;
  return p;
}
constexpr Property string(std::string_view name, uint8_t flags = 0) {
  return property(name, Form::kString, flags);
}
constexpr Property strings(std::string_view name, uint8_t flags = 0) {
  return string(name, flags | kList);
}
constexpr Property boolean(std::string_view name, uint8_t flags = 0) {
  return property(name, Form::kBoolean, flags);
}
constexpr Property timestamp(std::string_view name, uint8_t flags = 0) {
  return property(name, Form::kTimestamp, flags);
}
constexpr Property hex(std::string_view name, uint8_t flags = 0) {
  return property(name, Form::kHex, flags);
}
constexpr Property hashes(std::string_view name) { return property(name, Form::kHashes); }
constexpr Property integer(std::string_view name, int64_t minimum = INT64_MIN,
                           int64_t maximum = INT64_MAX, uint8_t flags = 0) {
  Property p = property(name, Form::kInteger, flags);
  p.minimum = minimum;
  p.maximum = maximum;
  return p;
}
constexpr Property number(std::string_view name, int64_t minimum = INT64_MIN,
                          int64_t maximum = INT64_MAX) {
  Property p = integer(name, minimum, maximum);
  p.form = Form::kFloat;
  return p;
}
constexpr Property word(std::string_view name, Words words, uint8_t flags = 0) {
  Property p = property(name, Form::kWord, flags);
  p.words = words;
  return p;
}
constexpr Property enumeration(std::string_view name, Words words, uint8_t flags = 0) {
  Property p = word(name, words, flags);
  p.form = Form::kEnum;
  return p;
}
constexpr Property reference(std::string_view name, Types targets, uint8_t flags = 0) {
  Property p = property(name, Form::kReference, flags);
  p.targets = targets;
  return p;
}
constexpr Property references(std::string_view name, Types targets, uint8_t flags = 0) {
  return reference(name, targets, flags | kList);
}
constexpr Property nested(std::string_view name, Structure structure, uint8_t flags = 0) {
  Property p = property(name, Form::kStructure, flags);
  p.structure = structure;
  return p;
}

// A rule between properties of one object.
enum class RuleKind : uint8_t {
  kAtLeastOne,  // of the names
  kAtMostOne,   // of the names
  kAllNeeded,   // if the first is present, all others are
  kAnyNeeded,   // if the first is present, one of the others is
  kNotBefore,   // the second time is not earlier than the first
  kAfter,       // the second time is later than the first
  kNotWithout,  // some property of its own that is not required, or one of the names
};

struct Rule {
  RuleKind kind;
  std::array<std::string_view, 4> names = {};
  std::string_view clause;
};

class Walk;
struct Frame;
// A check that no table can say.
using Check = void (*)(Walk&, const Frame&);

struct TypeTable {
  Known type;
  std::span<const Property> properties;
  std::span<const Rule> rules;
  Check check = nullptr;
  std::span<const std::string_view> contributing = {};  // to the deterministic id
};

struct StructureTable {
  Structure structure;
  std::string_view name;  // of an extension: its key
  Types home;             // of an extension: the type that has it
  std::span<const Property> properties;
  std::span<const Rule> rules;
  Check check = nullptr;
};

// A table made ready for use: properties by name, rules by mask.
struct Compiled {
  std::vector<Property> properties;  // at most 64
  NameIndex index;
  uint64_t required = 0;
  uint64_t own = 0;  // properties that are not common ones
  struct CompiledRule {
    const Rule* rule;
    uint64_t mask;  // of all its names
    std::array<uint8_t, 4> at;
    uint8_t count;
  };
  std::vector<CompiledRule> rules;
  Check check = nullptr;
  Known type = Known::kCustom;
  ObjectKind kind = ObjectKind::kCustom;
  std::span<const std::string_view> contributing;
};

class Schema {
 public:
  Schema();

  // kCustom for a name that the standard does not define.
  Known type_named(std::string_view name) const {
    const uint16_t number = type_index_.find(name);
    return number == NameIndex::kNone ? Known::kCustom : static_cast<Known>(number);
  }
  const Compiled& of(Known type) const { return types_[static_cast<size_t>(type)]; }
  const Compiled& of(Structure structure) const {
    return structures_[static_cast<size_t>(structure)];
  }
  // Objects of STIX 2.0: the common properties only.
  const Compiled& light() const { return light_; }

  // The predefined extension of that key; kNone if there is none. *home: the types that have it.
  Structure extension_named(std::string_view key, Types* home) const;
  const NameIndex& words(Words words) const { return words_[static_cast<size_t>(words)]; }
  // Whether the standard lists the relationship. True where one end is of a custom type, of which
  // it cannot know.
  bool lists(Known source, std::string_view relationship_type, Known target) const;

 private:
  NameIndex type_index_;
  std::array<Compiled, kKnownCount> types_;
  std::array<Compiled, static_cast<size_t>(Structure::kCount)> structures_;
  Compiled light_;
  NameIndex extension_index_;
  std::vector<Structure> extensions_;
  std::vector<Types> extension_homes_;
  std::array<NameIndex, static_cast<size_t>(Words::kCount)> words_;
  NameIndex relation_index_;
  std::vector<Types> relation_targets_;  // by name, then source
};

// The one compiled schema, made at first use. Constant data in all but its making.
const Schema& schema();

// The tables, by section.
std::span<const TypeTable> sdo_tables();   // [stix21 4]
std::span<const TypeTable> sro_tables();   // [stix21 5]
std::span<const TypeTable> sco_tables();   // [stix21 6]
std::span<const TypeTable> meta_tables();  // [stix21 7]
std::span<const StructureTable> structure_tables();
std::span<const StructureTable> extension_tables();
// The common properties as each kind of object has them. [stix21 3.2]
std::span<const Property> common_properties(Known type);
std::span<const Property> light_properties();

// A row of the relationship summary: these sources may have this relationship to these targets.
// [stix21 B]
struct Relation {
  Known source;
  std::string_view name;
  Types targets;
};
std::span<const Relation> relations();

}  // namespace entente::stix
