// Domain objects. [stix21 4]
#include "stix/checks.h"
#include "stix/schema.h"

namespace entente::stix {
namespace {

constexpr uint8_t R = kRequired;
constexpr uint8_t L = kList;

constexpr Rule kSeen[] = {{RuleKind::kNotBefore, {"first_seen", "last_seen"}, "[stix21 4.2]"}};
constexpr Property kKillChain = nested("kill_chain_phases", Structure::kKillChainPhase, L);

constexpr Property kAttackPattern[] = {string("name", R), string("description"), strings("aliases"),
                                       kKillChain};
constexpr Property kCampaign[] = {string("name", R),      string("description"),
                                  strings("aliases"),     timestamp("first_seen"),
                                  timestamp("last_seen"), string("objective")};
constexpr Property kCourseOfAction[] = {string("name", R), string("description")};
constexpr Property kGrouping[] = {string("name"), string("description"),
                                  word("context", Words::kGroupingContext, R),
                                  references("object_refs", kStixObjects, R)};
constexpr Property kIdentity[] = {string("name", R),
                                  string("description"),
                                  strings("roles"),
                                  word("identity_class", Words::kIdentityClass),
                                  word("sectors", Words::kIndustrySector, L),
                                  string("contact_information")};
constexpr Property kIncident[] = {string("name", R), string("description")};
constexpr Property kIndicator[] = {string("name"),
                                   string("description"),
                                   word("indicator_types", Words::kIndicatorType, L),
                                   property("pattern", Form::kText, R),
                                   word("pattern_type", Words::kPatternType, R),
                                   string("pattern_version"),
                                   timestamp("valid_from", R),
                                   timestamp("valid_until"),
                                   kKillChain};
constexpr Rule kIndicatorRules[] = {
    {RuleKind::kAfter, {"valid_from", "valid_until"}, "[stix21 4.7]"}};
constexpr Property kInfrastructure[] = {string("name", R),
                                        string("description"),
                                        word("infrastructure_types", Words::kInfrastructureType, L),
                                        strings("aliases"),
                                        kKillChain,
                                        timestamp("first_seen"),
                                        timestamp("last_seen")};
constexpr Property kIntrusionSet[] = {string("name", R),
                                      string("description"),
                                      strings("aliases"),
                                      timestamp("first_seen"),
                                      timestamp("last_seen"),
                                      strings("goals"),
                                      word("resource_level", Words::kAttackResourceLevel),
                                      word("primary_motivation", Words::kAttackMotivation),
                                      word("secondary_motivations", Words::kAttackMotivation, L)};
constexpr Property kLocation[] = {string("name"),
                                  string("description"),
                                  number("latitude", -90, 90),
                                  number("longitude", -180, 180),
                                  number("precision", 0),
                                  word("region", Words::kRegion),
                                  property("country", Form::kCountry),
                                  string("administrative_area"),
                                  string("city"),
                                  string("street_address"),
                                  string("postal_code")};
constexpr Rule kLocationRules[] = {
    {RuleKind::kAllNeeded, {"latitude", "longitude"}, "[stix21 4.10]"},
    {RuleKind::kAllNeeded, {"longitude", "latitude"}, "[stix21 4.10]"},
    {RuleKind::kAllNeeded, {"precision", "latitude", "longitude"}, "[stix21 4.10]"},
};
constexpr Property kMalware[] = {
    string("name"),
    string("description"),
    word("malware_types", Words::kMalwareType, L),
    boolean("is_family", R),
    strings("aliases"),
    kKillChain,
    timestamp("first_seen"),
    timestamp("last_seen"),
    references("operating_system_refs", types(Known::kSoftware)),
    word("architecture_execution_envs", Words::kProcessorArchitecture, L),
    word("implementation_languages", Words::kImplementationLanguage, L),
    word("capabilities", Words::kMalwareCapabilities, L),
    references("sample_refs", types(Known::kArtifact, Known::kFile))};
constexpr Property kMalwareAnalysis[] = {
    string("product", R),
    string("version"),
    reference("host_vm_ref", types(Known::kSoftware)),
    reference("operating_system_ref", types(Known::kSoftware)),
    references("installed_software_refs", types(Known::kSoftware)),
    string("configuration_version"),
    strings("modules"),
    string("analysis_engine_version"),
    string("analysis_definition_version"),
    timestamp("submitted"),
    timestamp("analysis_started"),
    timestamp("analysis_ended"),
    string("result_name"),
    word("result", Words::kMalwareResult),
    references("analysis_sco_refs", kScos | kCustoms),
    reference("sample_ref", types(Known::kFile, Known::kNetworkTraffic, Known::kArtifact))};
constexpr Rule kMalwareAnalysisRules[] = {
    {RuleKind::kAtLeastOne, {"result", "analysis_sco_refs"}, "[stix21 4.12]"},
    {RuleKind::kNotBefore, {"analysis_started", "analysis_ended"}, "[stix21 4.12]"},
};
constexpr Property kNote[] = {string("abstract"), string("content", R), strings("authors"),
                              references("object_refs", kStixObjects, R)};
constexpr Property kObservedData[] = {timestamp("first_observed", R), timestamp("last_observed", R),
                                      integer("number_observed", 1, 999'999'999, R),
                                      property("objects", Form::kContainer, kDeprecated),
                                      references("object_refs", kScos | kSros | kCustoms)};
constexpr Rule kObservedDataRules[] = {
    {RuleKind::kNotBefore, {"first_observed", "last_observed"}, "[stix21 4.14]"},
    {RuleKind::kAtLeastOne, {"objects", "object_refs"}, "[stix21 4.14]"},
    {RuleKind::kAtMostOne, {"objects", "object_refs"}, "[stix21 4.14]"},
};
constexpr Property kOpinion[] = {string("explanation"), strings("authors"),
                                 enumeration("opinion", Words::kOpinion, R),
                                 references("object_refs", kStixObjects, R)};
constexpr Property kReport[] = {
    string("name", R), string("description"), word("report_types", Words::kReportType, L),
    timestamp("published", R), references("object_refs", kStixObjects, R)};
constexpr Property kThreatActor[] = {string("name", R),
                                     string("description"),
                                     word("threat_actor_types", Words::kThreatActorType, L),
                                     strings("aliases"),
                                     timestamp("first_seen"),
                                     timestamp("last_seen"),
                                     word("roles", Words::kThreatActorRole, L),
                                     strings("goals"),
                                     word("sophistication", Words::kThreatActorSophistication),
                                     word("resource_level", Words::kAttackResourceLevel),
                                     word("primary_motivation", Words::kAttackMotivation),
                                     word("secondary_motivations", Words::kAttackMotivation, L),
                                     word("personal_motivations", Words::kAttackMotivation, L)};
constexpr Property kTool[] = {string("name", R),
                              string("description"),
                              word("tool_types", Words::kToolType, L),
                              strings("aliases"),
                              kKillChain,
                              string("tool_version")};
constexpr Property kVulnerability[] = {string("name", R), string("description")};

constexpr TypeTable kTables[] = {
    {Known::kAttackPattern, kAttackPattern, {}},
    {Known::kCampaign, kCampaign, kSeen},
    {Known::kCourseOfAction, kCourseOfAction, {}},
    {Known::kGrouping, kGrouping, {}},
    {Known::kIdentity, kIdentity, {}},
    {Known::kIncident, kIncident, {}},
    {Known::kIndicator, kIndicator, kIndicatorRules},
    {Known::kInfrastructure, kInfrastructure, kSeen},
    {Known::kIntrusionSet, kIntrusionSet, kSeen},
    {Known::kLocation, kLocation, kLocationRules, check_location},
    {Known::kMalware, kMalware, kSeen, check_malware},
    {Known::kMalwareAnalysis, kMalwareAnalysis, kMalwareAnalysisRules},
    {Known::kNote, kNote, {}},
    {Known::kObservedData, kObservedData, kObservedDataRules, check_observed_data},
    {Known::kOpinion, kOpinion, {}},
    {Known::kReport, kReport, {}},
    {Known::kThreatActor, kThreatActor, kSeen},
    {Known::kTool, kTool, {}},
    {Known::kVulnerability, kVulnerability, {}},
};

}  // namespace

std::span<const TypeTable> sdo_tables() { return kTables; }

}  // namespace entente::stix
