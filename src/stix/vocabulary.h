// The open vocabularies and closed enumerations of the standard. [stix21 10]
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace entente::stix {

enum class Words : uint8_t {
  kNone,
  kAccountType,
  kAttackMotivation,
  kAttackResourceLevel,
  kEncryptionAlgorithm,
  kExtensionType,
  kGroupingContext,
  kHashAlgorithm,
  kIdentityClass,
  kImplementationLanguage,
  kIndicatorType,
  kIndustrySector,
  kInfrastructureType,
  kMalwareCapabilities,
  kMalwareResult,
  kMalwareType,
  kSocketAddressFamily,
  kSocketType,
  kOpinion,
  kPatternType,
  kProcessorArchitecture,
  kRegion,
  kReportType,
  kThreatActorType,
  kThreatActorRole,
  kThreatActorSophistication,
  kToolType,
  kIntegrityLevel,
  kPeType,
  kRegistryDatatype,
  kServiceStartType,
  kServiceType,
  kServiceStatus,
  kMarkingDefinitionType,
  kCount,
};

struct Vocabulary {
  Words words;
  std::string_view name;  // "malware-type-ov"
  std::span<const std::string_view> terms;
};

// All vocabularies, indexed by the value of Words.
std::span<const Vocabulary> vocabularies();

}  // namespace entente::stix
