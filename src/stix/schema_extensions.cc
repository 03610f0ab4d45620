// Nested types [stix21 2.5, 2.11, 6] and the predefined extensions of cyber-observable objects
// [stix21 6].
#include "stix/checks.h"
#include "stix/schema.h"

namespace entente::stix {
namespace {

using K = Known;
constexpr uint8_t R = kRequired;
constexpr uint8_t L = kList;

constexpr Property kExternalReference[] = {string("source_name", R), string("description"),
                                           string("url"), hashes("hashes"), string("external_id")};
constexpr Rule kExternalReferenceRules[] = {
    {RuleKind::kAtLeastOne, {"description", "url", "external_id"}, "[stix21 2.5.2]"}};
constexpr Property kKillChainPhase[] = {string("kill_chain_name", R), string("phase_name", R)};
constexpr Property kMimePart[] = {string("body"),
                                  reference("body_raw_ref", types(K::kArtifact, K::kFile)),
                                  string("content_type"), string("content_disposition")};
constexpr Rule kMimePartRules[] = {
    {RuleKind::kAtLeastOne, {"body", "body_raw_ref"}, "[stix21 6.6.2]"}};
constexpr Property kAlternateDataStream[] = {string("name", R), hashes("hashes"),
                                             integer("size", 0)};
constexpr Property kPeOptionalHeader[] = {
    hex("magic_hex"),
    integer("major_linker_version"),
    integer("minor_linker_version"),
    integer("size_of_code", 0),
    integer("size_of_initialized_data", 0),
    integer("size_of_uninitialized_data", 0),
    integer("address_of_entry_point"),
    integer("base_of_code"),
    integer("base_of_data"),
    integer("image_base"),
    integer("section_alignment"),
    integer("file_alignment"),
    integer("major_os_version"),
    integer("minor_os_version"),
    integer("major_image_version"),
    integer("minor_image_version"),
    integer("major_subsystem_version"),
    integer("minor_subsystem_version"),
    hex("win32_version_value_hex"),
    integer("size_of_image", 0),
    integer("size_of_headers", 0),
    hex("checksum_hex"),
    hex("subsystem_hex"),
    hex("dll_characteristics_hex"),
    integer("size_of_stack_reserve", 0),
    integer("size_of_stack_commit", 0),
    integer("size_of_heap_reserve"),
    integer("size_of_heap_commit"),
    hex("loader_flags_hex"),
    integer("number_of_rva_and_sizes"),
    hashes("hashes"),
};
constexpr Property kPeSection[] = {string("name", R), integer("size", 0), number("entropy"),
                                   hashes("hashes")};
constexpr Property kRegistryValue[] = {string("name"), string("data"),
                                       enumeration("data_type", Words::kRegistryDatatype)};
constexpr Property kX509V3[] = {
    string("basic_constraints"),
    string("name_constraints"),
    string("policy_constraints"),
    string("key_usage"),
    string("extended_key_usage"),
    string("subject_key_identifier"),
    string("authority_key_identifier"),
    string("subject_alternative_name"),
    string("issuer_alternative_name"),
    string("subject_directory_attributes"),
    string("crl_distribution_points"),
    string("inhibit_any_policy"),
    string("certificate_policies"),
    string("policy_mappings"),
    timestamp("private_key_usage_period_not_before"),
    timestamp("private_key_usage_period_not_after"),
};
constexpr Property kStatement[] = {string("statement", R)};
constexpr Rule kSome[] = {{RuleKind::kNotWithout, {}, "[stix21 6]"}};

constexpr StructureTable kStructures[] = {
    {Structure::kExternalReference, "external-reference", 0, kExternalReference,
     kExternalReferenceRules, check_external_reference},
    {Structure::kKillChainPhase, "kill-chain-phase", 0, kKillChainPhase, {}},
    {Structure::kMimePart, "email-mime-part-type", 0, kMimePart, kMimePartRules},
    {Structure::kAlternateDataStream, "alternate-data-stream-type", 0, kAlternateDataStream, {}},
    {Structure::kPeOptionalHeader, "windows-pe-optional-header-type", 0, kPeOptionalHeader, kSome},
    {Structure::kPeSection, "windows-pe-section-type", 0, kPeSection, {}},
    {Structure::kRegistryValue, "windows-registry-value-type", 0, kRegistryValue, kSome},
    {Structure::kX509V3, "x509-v3-extensions-type", 0, kX509V3, kSome},
    {Structure::kStatement, "statement", 0, kStatement, {}},
};

constexpr Property kArchive[] = {references("contains_refs", types(K::kFile, K::kDirectory), R),
                                 string("comment")};
constexpr Property kNtfs[] = {string("sid"),
                              nested("alternate_data_streams", Structure::kAlternateDataStream, L)};
constexpr Property kPdf[] = {string("version"), boolean("is_optimized"),
                             property("document_info_dict", Form::kStringDictionary),
                             string("pdfid0"), string("pdfid1")};
constexpr Property kRaster[] = {integer("image_height"), integer("image_width"),
                                integer("bits_per_pixel"),
                                property("exif_tags", Form::kScalarDictionary)};
constexpr Property kPeBinary[] = {word("pe_type", Words::kPeType, R),
                                  string("imphash"),
                                  hex("machine_hex"),
                                  integer("number_of_sections", 0),
                                  timestamp("time_date_stamp"),
                                  hex("pointer_to_symbol_table_hex"),
                                  integer("number_of_symbols", 0),
                                  integer("size_of_optional_header", 0),
                                  hex("characteristics_hex"),
                                  hashes("file_header_hashes"),
                                  nested("optional_header", Structure::kPeOptionalHeader),
                                  nested("sections", Structure::kPeSection, L)};
constexpr Property kHttp[] = {property("request_method", Form::kLowerCase, R),
                              string("request_value", R),
                              property("request_version", Form::kLowerCase),
                              property("request_header", Form::kListDictionary),
                              integer("message_body_length"),
                              reference("message_body_data_ref", types(K::kArtifact))};
constexpr Property kIcmp[] = {hex("icmp_type_hex", R), hex("icmp_code_hex", R)};
constexpr Property kSocket[] = {enumeration("address_family", Words::kSocketAddressFamily, R),
                                boolean("is_blocking"),
                                boolean("is_listening"),
                                property("options", Form::kIntegerDictionary),
                                enumeration("socket_type", Words::kSocketType),
                                integer("socket_descriptor", 0),
                                integer("socket_handle")};
constexpr Property kTcp[] = {hex("src_flags_hex"), hex("dst_flags_hex")};
constexpr Property kWindowsProcess[] = {boolean("aslr_enabled"),
                                        boolean("dep_enabled"),
                                        property("priority", Form::kClassName),
                                        string("owner_sid"),
                                        string("window_title"),
                                        string("windows_title"),  // as Errata 01 spells it
                                        property("startup_info", Form::kDictionary),
                                        enumeration("integrity_level", Words::kIntegrityLevel)};
constexpr Property kWindowsService[] = {string("service_name"),
                                        strings("descriptions"),
                                        string("display_name"),
                                        string("group_name"),
                                        enumeration("start_type", Words::kServiceStartType),
                                        references("service_dll_refs", types(K::kFile)),
                                        enumeration("service_type", Words::kServiceType),
                                        enumeration("service_status", Words::kServiceStatus)};
constexpr Property kUnixAccount[] = {integer("gid"), strings("groups"), string("home_dir"),
                                     string("shell")};

constexpr StructureTable kExtensions[] = {
    {Structure::kArchiveExt, "archive-ext", types(K::kFile), kArchive, {}},
    {Structure::kNtfsExt, "ntfs-ext", types(K::kFile), kNtfs, kSome},
    {Structure::kPdfExt, "pdf-ext", types(K::kFile), kPdf, kSome},
    {Structure::kRasterImageExt, "raster-image-ext", types(K::kFile), kRaster, kSome},
    {Structure::kPeBinaryExt, "windows-pebinary-ext", types(K::kFile), kPeBinary, kSome},
    {Structure::kHttpRequestExt, "http-request-ext", types(K::kNetworkTraffic), kHttp, {}},
    {Structure::kIcmpExt, "icmp-ext", types(K::kNetworkTraffic), kIcmp, {}},
    {Structure::kSocketExt, "socket-ext", types(K::kNetworkTraffic), kSocket, {}},
    {Structure::kTcpExt, "tcp-ext", types(K::kNetworkTraffic), kTcp, kSome},
    {Structure::kWindowsProcessExt, "windows-process-ext", types(K::kProcess), kWindowsProcess,
     kSome},
    {Structure::kWindowsServiceExt, "windows-service-ext", types(K::kProcess), kWindowsService,
     kSome},
    {Structure::kUnixAccountExt, "unix-account-ext", types(K::kUserAccount), kUnixAccount, kSome},
};

}  // namespace

std::span<const StructureTable> structure_tables() { return kStructures; }
std::span<const StructureTable> extension_tables() { return kExtensions; }

}  // namespace entente::stix
