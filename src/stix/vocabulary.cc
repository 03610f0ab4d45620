// Terms as STIX 2.1 with Errata 01 lists them.
#include "stix/vocabulary.h"

#include <iterator>

namespace entente::stix {
namespace {

using Terms = std::string_view;

constexpr Terms kAccountTypes[] = {"facebook", "ldap",          "nis",           "openid",
                                   "radius",   "skype",         "tacacs",        "twitter",
                                   "unix",     "windows-local", "windows-domain"};
constexpr Terms kMotivations[] = {"accidental",    "coercion",
                                  "dominance",     "ideology",
                                  "notoriety",     "organizational-gain",
                                  "personal-gain", "personal-satisfaction",
                                  "revenge",       "unpredictable"};
constexpr Terms kResourceLevels[] = {"individual", "club",         "contest",
                                     "team",       "organization", "government"};
constexpr Terms kEncryption[] = {"AES-256-GCM", "ChaCha20-Poly1305", "mime-type-indicated"};
constexpr Terms kExtensionTypes[] = {"new-sdo", "new-sco", "new-sro", "property-extension",
                                     "toplevel-property-extension"};
constexpr Terms kGroupingContexts[] = {"suspicious-activity", "malware-analysis", "unspecified"};
constexpr Terms kHashes[] = {"MD5",      "SHA-1",    "SHA-256", "SHA-512",
                             "SHA3-256", "SHA3-512", "SSDEEP",  "TLSH"};
constexpr Terms kIdentityClasses[] = {"individual",   "group", "system",
                                      "organization", "class", "unknown"};
constexpr Terms kLanguages[] = {"applescript", "bash",  "c",          "c++",        "c#",
                                "go",          "java",  "javascript", "lua",        "objective-c",
                                "perl",        "php",   "powershell", "python",     "ruby",
                                "rust",        "scala", "swift",      "typescript", "visual-basic",
                                "x86-32",      "x86-64"};
constexpr Terms kIndicatorTypes[] = {"anomalous-activity", "anonymization", "benign", "compromised",
                                     "malicious-activity", "attribution",   "unknown"};
constexpr Terms kSectors[] = {"agriculture",
                              "aerospace",
                              "automotive",
                              "chemical",
                              "commercial",
                              "communications",
                              "construction",
                              "defense",
                              "education",
                              "energy",
                              "entertainment",
                              "financial-services",
                              "government",
                              "emergency-services",
                              "government-national",
                              "government-regional",
                              "government-local",
                              "government-public-services",
                              "healthcare",
                              "hospitality-leisure",
                              "infrastructure",
                              "dams",
                              "nuclear",
                              "water",
                              "insurance",
                              "legal",
                              "manufacturing",
                              "mining",
                              "non-profit",
                              "pharmaceuticals",
                              "retail",
                              "technology",
                              "telecommunications",
                              "transportation",
                              "utilities"};
constexpr Terms kInfrastructureTypes[] = {"amplification",
                                          "anonymization",
                                          "botnet",
                                          "command-and-control",
                                          "control-system",
                                          "exfiltration",
                                          "firewall",
                                          "hosting-malware",
                                          "hosting-target-lists",
                                          "phishing",
                                          "reconnaissance",
                                          "routers-switches",
                                          "staging",
                                          "workstation",
                                          "unknown"};
constexpr Terms kCapabilities[] = {"accesses-remote-machines",
                                   "anti-debugging",
                                   "anti-disassembly",
                                   "anti-emulation",
                                   "anti-memory-forensics",
                                   "anti-sandbox",
                                   "anti-vm",
                                   "captures-input-peripherals",
                                   "captures-output-peripherals",
                                   "captures-system-state-data",
                                   "cleans-traces-of-infection",
                                   "commits-fraud",
                                   "communicates-with-c2",
                                   "compromises-data-availability",
                                   "compromises-data-integrity",
                                   "compromises-system-availability",
                                   "controls-local-machine",
                                   "degrades-security-software",
                                   "degrades-system-updates",
                                   "determines-c2-server",
                                   "emails-spam",
                                   "escalates-privileges",
                                   "evades-av",
                                   "exfiltrates-data",
                                   "fingerprints-host",
                                   "hides-artifacts",
                                   "hides-executing-code",
                                   "infects-files",
                                   "infects-remote-machines",
                                   "installs-other-components",
                                   "persists-after-system-reboot",
                                   "prevents-artifact-access",
                                   "prevents-artifact-deletion",
                                   "probes-network-environment",
                                   "self-modifies",
                                   "steals-authentication-credentials",
                                   "violates-system-operational-integrity"};
constexpr Terms kResults[] = {"malicious", "suspicious", "benign", "unknown"};
constexpr Terms kMalwareTypes[] = {"adware",
                                   "backdoor",
                                   "bot",
                                   "bootkit",
                                   "ddos",
                                   "downloader",
                                   "dropper",
                                   "exploit-kit",
                                   "keylogger",
                                   "ransomware",
                                   "remote-access-trojan",
                                   "resource-exploitation",
                                   "rogue-security-software",
                                   "rootkit",
                                   "screen-capture",
                                   "spyware",
                                   "trojan",
                                   "unknown",
                                   "virus",
                                   "webshell",
                                   "wiper",
                                   "worm"};
constexpr Terms kAddressFamilies[] = {"AF_UNSPEC",  "AF_INET",  "AF_IPX",  "AF_APPLETALK",
                                      "AF_NETBIOS", "AF_INET6", "AF_IRDA", "AF_BTH"};
constexpr Terms kSocketTypes[] = {"SOCK_STREAM", "SOCK_DGRAM", "SOCK_RAW", "SOCK_RDM",
                                  "SOCK_SEQPACKET"};
constexpr Terms kOpinions[] = {"strongly-disagree", "disagree", "neutral", "agree",
                               "strongly-agree"};
constexpr Terms kPatternTypes[] = {"stix", "pcre", "sigma", "snort", "suricata", "yara"};
constexpr Terms kArchitectures[] = {"alpha",   "arm",   "ia-64", "mips",
                                    "powerpc", "sparc", "x86",   "x86-64"};
constexpr Terms kRegions[] = {"africa",
                              "eastern-africa",
                              "middle-africa",
                              "northern-africa",
                              "southern-africa",
                              "western-africa",
                              "americas",
                              "latin-america-caribbean",
                              "south-america",
                              "caribbean",
                              "central-america",
                              "northern-america",
                              "asia",
                              "central-asia",
                              "eastern-asia",
                              "southern-asia",
                              "south-eastern-asia",
                              "western-asia",
                              "europe",
                              "eastern-europe",
                              "northern-europe",
                              "southern-europe",
                              "western-europe",
                              "oceania",
                              "antarctica",
                              "australia-new-zealand",
                              "melanesia",
                              "micronesia",
                              "polynesia"};
constexpr Terms kReportTypes[] = {"attack-pattern", "campaign",      "identity", "incident",
                                  "indicator",      "intrusion-set", "malware",  "observed-data",
                                  "threat-actor",   "threat-report", "tool",     "vulnerability"};
constexpr Terms kActorTypes[] = {"activist",
                                 "competitor",
                                 "crime-syndicate",
                                 "criminal",
                                 "hacker",
                                 "insider-accidental",
                                 "insider-disgruntled",
                                 "nation-state",
                                 "private-sector",
                                 "sensationalist",
                                 "spy",
                                 "terrorist",
                                 "unknown"};
constexpr Terms kActorRoles[] = {"agent",
                                 "director",
                                 "independent",
                                 "infrastructure-architect",
                                 "infrastructure-operator",
                                 "malware-author",
                                 "sponsor"};
constexpr Terms kSophistication[] = {"none",   "minimal",   "intermediate", "advanced",
                                     "expert", "innovator", "strategic"};
constexpr Terms kToolTypes[] = {
    "denial-of-service",       "exploitation",  "information-gathering",  "network-capture",
    "credential-exploitation", "remote-access", "vulnerability-scanning", "unknown"};
constexpr Terms kIntegrityLevels[] = {"low", "medium", "high", "system"};
constexpr Terms kPeTypes[] = {"dll", "exe", "sys"};
constexpr Terms kRegistryDatatypes[] = {"REG_NONE",
                                        "REG_SZ",
                                        "REG_EXPAND_SZ",
                                        "REG_BINARY",
                                        "REG_DWORD",
                                        "REG_DWORD_BIG_ENDIAN",
                                        "REG_DWORD_LITTLE_ENDIAN",
                                        "REG_LINK",
                                        "REG_MULTI_SZ",
                                        "REG_RESOURCE_LIST",
                                        "REG_FULL_RESOURCE_DESCRIPTION",
                                        "REG_RESOURCE_REQUIREMENTS_LIST",
                                        "REG_QWORD",
                                        "REG_INVALID_TYPE"};
constexpr Terms kStartTypes[] = {"SERVICE_AUTO_START", "SERVICE_BOOT_START", "SERVICE_DEMAND_START",
                                 "SERVICE_DISABLED", "SERVICE_SYSTEM_ALERT"};
constexpr Terms kServiceTypes[] = {"SERVICE_KERNEL_DRIVER", "SERVICE_FILE_SYSTEM_DRIVER",
                                   "SERVICE_WIN32_OWN_PROCESS", "SERVICE_WIN32_SHARE_PROCESS"};
constexpr Terms kServiceStatuses[] = {
    "SERVICE_CONTINUE_PENDING", "SERVICE_PAUSE_PENDING", "SERVICE_PAUSED", "SERVICE_RUNNING",
    "SERVICE_START_PENDING",    "SERVICE_STOP_PENDING",  "SERVICE_STOPPED"};
constexpr Terms kDefinitionTypes[] = {"statement", "tlp"};

constexpr Vocabulary kVocabularies[] = {
    {Words::kNone, "", {}},
    {Words::kAccountType, "account-type-ov", kAccountTypes},
    {Words::kAttackMotivation, "attack-motivation-ov", kMotivations},
    {Words::kAttackResourceLevel, "attack-resource-level-ov", kResourceLevels},
    {Words::kEncryptionAlgorithm, "encryption-algorithm-enum", kEncryption},
    {Words::kExtensionType, "extension-type-enum", kExtensionTypes},
    {Words::kGroupingContext, "grouping-context-ov", kGroupingContexts},
    {Words::kHashAlgorithm, "hash-algorithm-ov", kHashes},
    {Words::kIdentityClass, "identity-class-ov", kIdentityClasses},
    {Words::kImplementationLanguage, "implementation-language-ov", kLanguages},
    {Words::kIndicatorType, "indicator-type-ov", kIndicatorTypes},
    {Words::kIndustrySector, "industry-sector-ov", kSectors},
    {Words::kInfrastructureType, "infrastructure-type-ov", kInfrastructureTypes},
    {Words::kMalwareCapabilities, "malware-capabilities-ov", kCapabilities},
    {Words::kMalwareResult, "malware-result-ov", kResults},
    {Words::kMalwareType, "malware-type-ov", kMalwareTypes},
    {Words::kSocketAddressFamily, "network-socket-address-family-enum", kAddressFamilies},
    {Words::kSocketType, "network-socket-type-enum", kSocketTypes},
    {Words::kOpinion, "opinion-enum", kOpinions},
    {Words::kPatternType, "pattern-type-ov", kPatternTypes},
    {Words::kProcessorArchitecture, "processor-architecture-ov", kArchitectures},
    {Words::kRegion, "region-ov", kRegions},
    {Words::kReportType, "report-type-ov", kReportTypes},
    {Words::kThreatActorType, "threat-actor-type-ov", kActorTypes},
    {Words::kThreatActorRole, "threat-actor-role-ov", kActorRoles},
    {Words::kThreatActorSophistication, "threat-actor-sophistication-ov", kSophistication},
    {Words::kToolType, "tool-type-ov", kToolTypes},
    {Words::kIntegrityLevel, "windows-integrity-level-enum", kIntegrityLevels},
    {Words::kPeType, "windows-pebinary-type-ov", kPeTypes},
    {Words::kRegistryDatatype, "windows-registry-datatype-enum", kRegistryDatatypes},
    {Words::kServiceStartType, "windows-service-start-type-enum", kStartTypes},
    {Words::kServiceType, "windows-service-type-enum", kServiceTypes},
    {Words::kServiceStatus, "windows-service-status-enum", kServiceStatuses},
    {Words::kMarkingDefinitionType, "marking definition types", kDefinitionTypes},
};

constexpr bool vocabularies_are_in_order() {
  for (size_t i = 0; i < std::size(kVocabularies); ++i) {
    if (static_cast<size_t>(kVocabularies[i].words) != i) return false;
  }
  return std::size(kVocabularies) == static_cast<size_t>(Words::kCount);
}
static_assert(vocabularies_are_in_order(), "the table follows the enumeration");

}  // namespace

std::span<const Vocabulary> vocabularies() { return kVocabularies; }

}  // namespace entente::stix
