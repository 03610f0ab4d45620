// Relationship objects [stix21 5] and the summary of listed relationships [stix21 B].
#include "stix/checks.h"
#include "stix/schema.h"

namespace entente::stix {
namespace {

constexpr uint8_t R = kRequired;
constexpr Types kEnds = kSdos | kScos | kCustoms;

constexpr Property kRelationship[] = {property("relationship_type", Form::kRelationshipType, R),
                                      string("description"),
                                      reference("source_ref", kEnds, R),
                                      reference("target_ref", kEnds, R),
                                      timestamp("start_time"),
                                      timestamp("stop_time")};
constexpr Rule kRelationshipRules[] = {
    {RuleKind::kAfter, {"start_time", "stop_time"}, "[stix21 5.1]"}};

constexpr Property kSighting[] = {
    string("description"),
    timestamp("first_seen"),
    timestamp("last_seen"),
    integer("count", 0, 999'999'999),
    reference("sighting_of_ref", kSdos | kCustoms, R),
    references("observed_data_refs", types(Known::kObservedData)),
    references("where_sighted_refs", types(Known::kIdentity, Known::kLocation)),
    boolean("summary")};
constexpr Rule kSightingRules[] = {
    {RuleKind::kNotBefore, {"first_seen", "last_seen"}, "[stix21 5.2]"}};

constexpr TypeTable kTables[] = {
    {Known::kRelationship, kRelationship, kRelationshipRules, check_relationship},
    {Known::kSighting, kSighting, kSightingRules},
};

using K = Known;
constexpr Types kVictims = types(K::kIdentity, K::kLocation, K::kVulnerability);
constexpr Types kMeans = types(K::kAttackPattern, K::kInfrastructure, K::kMalware, K::kTool);
constexpr Types kInfra = types(K::kInfrastructure);
constexpr Types kAddressed = types(K::kIpv4Addr, K::kIpv6Addr, K::kDomainName, K::kUrl);
constexpr Types kMalwareOnly = types(K::kMalware);
constexpr Types kPlace = types(K::kLocation);
constexpr Types kDropped = types(K::kMalware, K::kTool, K::kFile);
constexpr Types kMac = types(K::kMacAddr);
constexpr Types kAs = types(K::kAutonomousSystem);

constexpr Relation kRelations[] = {
    {K::kAttackPattern, "delivers", kMalwareOnly},
    {K::kAttackPattern, "targets", kVictims},
    {K::kAttackPattern, "uses", types(K::kMalware, K::kTool)},
    {K::kCampaign, "attributed-to", types(K::kIntrusionSet, K::kThreatActor)},
    {K::kCampaign, "compromises", kInfra},
    {K::kCampaign, "originates-from", kPlace},
    {K::kCampaign, "targets", kVictims},
    {K::kCampaign, "uses", kMeans},
    {K::kCourseOfAction, "investigates", types(K::kIndicator)},
    {K::kCourseOfAction, "mitigates",
     types(K::kAttackPattern, K::kIndicator, K::kMalware, K::kTool, K::kVulnerability)},
    {K::kCourseOfAction, "remediates", types(K::kMalware, K::kVulnerability)},
    {K::kDomainName, "resolves-to", types(K::kDomainName, K::kIpv4Addr, K::kIpv6Addr)},
    {K::kIdentity, "located-at", kPlace},
    {K::kIndicator, "indicates",
     types(K::kAttackPattern, K::kCampaign, K::kInfrastructure, K::kIntrusionSet, K::kMalware,
           K::kThreatActor, K::kTool)},
    {K::kIndicator, "based-on", types(K::kObservedData)},
    {K::kInfrastructure, "communicates-with", kInfra | kAddressed},
    {K::kInfrastructure, "consists-of", kInfra | types(K::kObservedData) | kScos},
    {K::kInfrastructure, "controls", types(K::kInfrastructure, K::kMalware)},
    {K::kInfrastructure, "delivers", kMalwareOnly},
    {K::kInfrastructure, "has", types(K::kVulnerability)},
    {K::kInfrastructure, "hosts", types(K::kTool, K::kMalware)},
    {K::kInfrastructure, "located-at", kPlace},
    {K::kInfrastructure, "uses", kInfra},
    {K::kIntrusionSet, "attributed-to", types(K::kThreatActor)},
    {K::kIntrusionSet, "compromises", kInfra},
    {K::kIntrusionSet, "hosts", kInfra},
    {K::kIntrusionSet, "owns", kInfra},
    {K::kIntrusionSet, "originates-from", kPlace},
    {K::kIntrusionSet, "targets", kVictims},
    {K::kIntrusionSet, "uses", kMeans},
    {K::kIpv4Addr, "belongs-to", kAs},
    {K::kIpv4Addr, "resolves-to", kMac},
    {K::kIpv6Addr, "belongs-to", kAs},
    {K::kIpv6Addr, "resolves-to", kMac},
    {K::kMalware, "authored-by", types(K::kThreatActor, K::kIntrusionSet)},
    {K::kMalware, "beacons-to", kInfra},
    {K::kMalware, "exfiltrates-to", kInfra},
    {K::kMalware, "communicates-with", kAddressed},
    {K::kMalware, "controls", kMalwareOnly},
    {K::kMalware, "downloads", kDropped},
    {K::kMalware, "drops", kDropped},
    {K::kMalware, "exploits", types(K::kVulnerability)},
    {K::kMalware, "originates-from", kPlace},
    {K::kMalware, "targets", kVictims | kInfra},
    {K::kMalware, "uses", kMeans},
    {K::kMalware, "variant-of", kMalwareOnly},
    {K::kMalwareAnalysis, "characterizes", kMalwareOnly},
    {K::kMalwareAnalysis, "av-analysis-of", kMalwareOnly},
    {K::kMalwareAnalysis, "static-analysis-of", kMalwareOnly},
    {K::kMalwareAnalysis, "dynamic-analysis-of", kMalwareOnly},
    {K::kThreatActor, "attributed-to", types(K::kIdentity)},
    {K::kThreatActor, "compromises", kInfra},
    {K::kThreatActor, "hosts", kInfra},
    {K::kThreatActor, "owns", kInfra},
    {K::kThreatActor, "impersonates", types(K::kIdentity)},
    {K::kThreatActor, "located-at", kPlace},
    {K::kThreatActor, "targets", kVictims},
    {K::kThreatActor, "uses", kMeans},
    {K::kTool, "delivers", kMalwareOnly},
    {K::kTool, "drops", kMalwareOnly},
    {K::kTool, "has", types(K::kVulnerability)},
    {K::kTool, "targets", kVictims | kInfra},
    {K::kTool, "uses", kInfra},
};

}  // namespace

std::span<const TypeTable> sro_tables() { return kTables; }
std::span<const Relation> relations() { return kRelations; }

}  // namespace entente::stix
