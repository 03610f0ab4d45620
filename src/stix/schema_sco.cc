// Cyber-observable objects [stix21 6]; their predefined extensions and nested types are in
// schema_extensions.cc.
#include "stix/checks.h"
#include "stix/schema.h"

namespace entente::stix {
namespace {

using K = Known;
constexpr uint8_t R = kRequired;
using Names = std::string_view;

constexpr Names kValue[] = {"value"};
constexpr Names kName[] = {"name"};

constexpr Property kArtifact[] = {string("mime_type"),
                                  property("payload_bin", Form::kBinary),
                                  property("url", Form::kUrl),
                                  hashes("hashes"),
                                  enumeration("encryption_algorithm", Words::kEncryptionAlgorithm),
                                  string("decryption_key")};
constexpr Rule kArtifactRules[] = {
    {RuleKind::kAtLeastOne, {"payload_bin", "url"}, "[stix21 6.1]"},
    {RuleKind::kAtMostOne, {"payload_bin", "url"}, "[stix21 6.1]"},
    {RuleKind::kAllNeeded, {"url", "hashes"}, "[stix21 6.1]"},
    {RuleKind::kAllNeeded, {"decryption_key", "encryption_algorithm"}, "[stix21 6.1]"},
};
constexpr Names kArtifactId[] = {"hashes", "payload_bin"};

constexpr Property kAutonomousSystem[] = {integer("number", INT64_MIN, INT64_MAX, R),
                                          string("name"), string("rir")};
constexpr Names kAutonomousSystemId[] = {"number"};

constexpr Property kDirectory[] = {
    string("path", R),  string("path_enc"),
    timestamp("ctime"), timestamp("mtime"),
    timestamp("atime"), references("contains_refs", types(K::kFile, K::kDirectory))};
constexpr Rule kDirectoryRules[] = {{RuleKind::kAllNeeded, {"path_enc", "path"}, "[stix21 3.1]"}};
constexpr Names kDirectoryId[] = {"path"};

constexpr Property kDomainName[] = {
    property("value", Form::kDomain, R),
    references("resolves_to_refs", types(K::kIpv4Addr, K::kIpv6Addr, K::kDomainName))};

constexpr Property kEmailAddr[] = {property("value", Form::kEmail, R), string("display_name"),
                                   reference("belongs_to_ref", types(K::kUserAccount))};

constexpr Types kMailbox = types(K::kEmailAddr);
constexpr Property kEmailMessage[] = {
    boolean("is_multipart", R),
    timestamp("date"),
    string("content_type"),
    reference("from_ref", kMailbox),
    reference("sender_ref", kMailbox),
    references("to_refs", kMailbox),
    references("cc_refs", kMailbox),
    references("bcc_refs", kMailbox),
    string("message_id"),
    string("subject"),
    strings("received_lines"),
    property("additional_header_fields", Form::kStringsDictionary),
    string("body"),
    nested("body_multipart", Structure::kMimePart, kList),
    reference("raw_email_ref", types(K::kArtifact))};
constexpr Names kEmailMessageId[] = {"from_ref", "subject", "body"};

constexpr Property kFile[] = {hashes("hashes"),
                              integer("size", 0),
                              string("name"),
                              string("name_enc"),
                              hex("magic_number_hex"),
                              string("mime_type"),
                              timestamp("ctime"),
                              timestamp("mtime"),
                              timestamp("atime"),
                              reference("parent_directory_ref", types(K::kDirectory)),
                              references("contains_refs", kScos | kCustoms),
                              reference("content_ref", types(K::kArtifact))};
constexpr Rule kFileRules[] = {
    {RuleKind::kAtLeastOne, {"hashes", "name"}, "[stix21 6.7]"},
    {RuleKind::kAllNeeded, {"name_enc", "name"}, "[stix21 3.1]"},
};
constexpr Names kFileId[] = {"hashes", "name", "extensions", "parent_directory_ref"};

constexpr Property kIpv4Addr[] = {property("value", Form::kIpv4, R),
                                  references("resolves_to_refs", types(K::kMacAddr)),
                                  references("belongs_to_refs", types(K::kAutonomousSystem))};
constexpr Property kIpv6Addr[] = {property("value", Form::kIpv6, R),
                                  references("resolves_to_refs", types(K::kMacAddr)),
                                  references("belongs_to_refs", types(K::kAutonomousSystem))};
constexpr Property kMacAddr[] = {property("value", Form::kMac, R)};
constexpr Property kMutex[] = {string("name", R)};

constexpr Types kHosts = types(K::kIpv4Addr, K::kIpv6Addr, K::kMacAddr, K::kDomainName);
constexpr Property kNetworkTraffic[] = {
    timestamp("start"),
    timestamp("end"),
    boolean("is_active"),
    reference("src_ref", kHosts),
    reference("dst_ref", kHosts),
    integer("src_port", 0, 65535),
    integer("dst_port", 0, 65535),
    strings("protocols", R),
    integer("src_byte_count", 0),
    integer("dst_byte_count", 0),
    integer("src_packets", 0),
    integer("dst_packets", 0),
    property("ipfix", Form::kScalarDictionary),
    reference("src_payload_ref", types(K::kArtifact)),
    reference("dst_payload_ref", types(K::kArtifact)),
    references("encapsulates_refs", types(K::kNetworkTraffic)),
    reference("encapsulated_by_ref", types(K::kNetworkTraffic))};
constexpr Rule kNetworkTrafficRules[] = {
    {RuleKind::kAtLeastOne, {"src_ref", "dst_ref"}, "[stix21 6.12]"},
    {RuleKind::kNotBefore, {"start", "end"}, "[stix21 6.12]"},
};
constexpr Names kNetworkTrafficId[] = {"start",    "end",      "src_ref",   "dst_ref",
                                       "src_port", "dst_port", "protocols", "extensions"};

constexpr Property kProcess[] = {boolean("is_hidden"),
                                 integer("pid"),
                                 timestamp("created_time"),
                                 string("cwd"),
                                 string("command_line"),
                                 property("environment_variables", Form::kStringDictionary),
                                 references("opened_connection_refs", types(K::kNetworkTraffic)),
                                 reference("creator_user_ref", types(K::kUserAccount)),
                                 reference("image_ref", types(K::kFile)),
                                 reference("parent_ref", types(K::kProcess)),
                                 references("child_refs", types(K::kProcess))};
constexpr Rule kProcessRules[] = {{RuleKind::kNotWithout, {"extensions"}, "[stix21 6.13]"}};

constexpr Property kSoftware[] = {string("name", R), property("cpe", Form::kCpe),
                                  string("swid"),    property("languages", Form::kLanguage, kList),
                                  string("vendor"),  string("version")};
constexpr Names kSoftwareId[] = {"name", "cpe", "swid", "vendor", "version"};

constexpr Property kUrl[] = {property("value", Form::kUrl, R)};

constexpr Property kUserAccount[] = {string("user_id"),
                                     string("credential"),
                                     string("account_login"),
                                     word("account_type", Words::kAccountType),
                                     string("display_name"),
                                     boolean("is_service_account"),
                                     boolean("is_privileged"),
                                     boolean("can_escalate_privs"),
                                     boolean("is_disabled"),
                                     timestamp("account_created"),
                                     timestamp("account_expires"),
                                     timestamp("credential_last_changed"),
                                     timestamp("account_first_login"),
                                     timestamp("account_last_login")};
constexpr Rule kUserAccountRules[] = {{RuleKind::kNotWithout, {"extensions"}, "[stix21 6.16]"}};
constexpr Names kUserAccountId[] = {"account_type", "user_id", "account_login"};

constexpr Property kWindowsRegistryKey[] = {
    property("key", Form::kHive), nested("values", Structure::kRegistryValue, kList),
    timestamp("modified_time"), reference("creator_user_ref", types(K::kUserAccount)),
    integer("number_of_subkeys", 0)};
constexpr Rule kWindowsRegistryKeyRules[] = {{RuleKind::kNotWithout, {}, "[stix21 6.17]"}};
constexpr Names kWindowsRegistryKeyId[] = {"key", "values"};

constexpr Property kX509Certificate[] = {boolean("is_self_signed"),
                                         hashes("hashes"),
                                         string("version"),
                                         string("serial_number"),
                                         string("signature_algorithm"),
                                         string("issuer"),
                                         timestamp("validity_not_before"),
                                         timestamp("validity_not_after"),
                                         string("subject"),
                                         string("subject_public_key_algorithm"),
                                         string("subject_public_key_modulus"),
                                         integer("subject_public_key_exponent"),
                                         nested("x509_v3_extensions", Structure::kX509V3)};
constexpr Rule kX509CertificateRules[] = {{RuleKind::kNotWithout, {}, "[stix21 6.18]"}};
constexpr Names kX509CertificateId[] = {"hashes", "serial_number"};

constexpr TypeTable kTables[] = {
    {K::kArtifact, kArtifact, kArtifactRules, nullptr, kArtifactId},
    {K::kAutonomousSystem, kAutonomousSystem, {}, nullptr, kAutonomousSystemId},
    {K::kDirectory, kDirectory, kDirectoryRules, nullptr, kDirectoryId},
    {K::kDomainName, kDomainName, {}, nullptr, kValue},
    {K::kEmailAddr, kEmailAddr, {}, nullptr, kValue},
    {K::kEmailMessage, kEmailMessage, {}, check_email_message, kEmailMessageId},
    {K::kFile, kFile, kFileRules, nullptr, kFileId},
    {K::kIpv4Addr, kIpv4Addr, {}, nullptr, kValue},
    {K::kIpv6Addr, kIpv6Addr, {}, nullptr, kValue},
    {K::kMacAddr, kMacAddr, {}, nullptr, kValue},
    {K::kMutex, kMutex, {}, nullptr, kName},
    {K::kNetworkTraffic, kNetworkTraffic, kNetworkTrafficRules, check_network_traffic,
     kNetworkTrafficId},
    {K::kProcess, kProcess, kProcessRules},
    {K::kSoftware, kSoftware, {}, nullptr, kSoftwareId},
    {K::kUrl, kUrl, {}, nullptr, kValue},
    {K::kUserAccount, kUserAccount, kUserAccountRules, nullptr, kUserAccountId},
    {K::kWindowsRegistryKey, kWindowsRegistryKey, kWindowsRegistryKeyRules, nullptr,
     kWindowsRegistryKeyId},
    {K::kX509Certificate, kX509Certificate, kX509CertificateRules, nullptr, kX509CertificateId},
};

}  // namespace

std::span<const TypeTable> sco_tables() { return kTables; }

}  // namespace entente::stix
