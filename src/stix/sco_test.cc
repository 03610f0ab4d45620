// Cyber-observable objects, their extensions and nested types.
#include <gtest/gtest.h>

#include <string>

#include "stix/test_support.h"

namespace entente::stix {
namespace {

using testing::expect_all;
using testing::sco;

std::string ref(std::string_view type) {
  return "\"" + std::string(type) + "--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061\"";
}
std::string refs(std::string_view type) { return "[" + ref(type) + "]"; }
std::string extension(std::string_view name, std::string_view members) {
  return R"("name":"n","extensions":{")" + std::string(name) + R"(":{)" + std::string(members) +
         "}}";
}
const std::string kHash =
    R"("hashes":{"SHA-256":"6db12788c37247f2316052e142f42f4b259d6561751e5f401a1ae2a6df9c674b"})";

TEST(StixSco, SingleValues) {
  expect_all({
      {sco("domain-name", R"("value":"example.com","resolves_to_refs":)" + refs("ipv6-addr")), ""},
      {sco("domain-name", R"("value":"a b","resolves_to_refs":)" + refs("mac-addr")),
       "value-malformed /value;reference-target /resolves_to_refs/0"},
      {sco("domain-name", ""), "property-missing"},
      {sco("email-addr",
           R"("value":"a@b","display_name":"A","belongs_to_ref":)" + ref("user-account")),
       ""},
      {sco("email-addr", R"("value":"A <a@b>","belongs_to_ref":)" + ref("identity")),
       "value-malformed /value;reference-target /belongs_to_ref"},
      {sco("ipv4-addr",
           R"("value":"198.51.100.0/24","belongs_to_refs":)" + refs("autonomous-system")),
       ""},
      {sco("ipv4-addr", R"("value":"::1","resolves_to_refs":)" + refs("ipv4-addr")),
       "value-malformed /value;reference-target /resolves_to_refs/0"},
      {sco("ipv6-addr", R"("value":"2001:db8::/96")"), ""},
      {sco("ipv6-addr", R"("value":"1.2.3.4")"), "value-malformed /value"},
      {sco("mac-addr", R"("value":"d2:fb:49:24:37:18")"), ""},
      {sco("mac-addr", R"("value":"D2:FB:49:24:37:18")"), "value-malformed /value"},
      {sco("url", R"("value":"https://example.com/a")"), ""},
      {sco("url", R"("value":"example.com")"), "value-malformed /value"},
      {sco("mutex", R"("name":"n")"), ""},
      {sco("mutex", R"("name":7)"), "property-type /name"},
      {sco("autonomous-system", R"("number":15139,"name":"n","rir":"ARIN")"), ""},
      {sco("autonomous-system", R"("number":"15139")"), "property-type /number"},
      {sco("software",
           R"("name":"n","cpe":"cpe:2.3:a:b:c:1:*:*:*:*:*:*:*","swid":"s","languages":["en"],"vendor":"v","version":"1")"),
       ""},
      {sco("software", R"("name":"n","cpe":"cpe:/a","languages":["en_US"])"),
       "value-malformed /cpe;language-malformed /languages/0"},
  });
}

TEST(StixSco, Artifact) {
  expect_all({
      {sco("artifact", R"("mime_type":"a/b","payload_bin":"QQ==")"), ""},
      {sco("artifact", R"("url":"https://a/b",)" + kHash), ""},
      {sco("artifact", R"("url":"https://a/b")"), "dependency-missing /url"},
      {sco("artifact", R"("payload_bin":"QQ==","url":"https://a/b",)" + kHash), "choice-conflict"},
      {sco("artifact", ""), "choice-missing"},
      {sco("artifact", R"("payload_bin":"Q")"), "binary-malformed /payload_bin"},
      {sco("artifact",
           R"("payload_bin":"QQ==","encryption_algorithm":"mime-type-indicated","decryption_key":"k")"),
       ""},
      {sco("artifact", R"("payload_bin":"QQ==","decryption_key":"k")"),
       "dependency-missing /decryption_key"},
      {sco("artifact", R"("payload_bin":"QQ==","encryption_algorithm":"rot13")"),
       "enum-unknown /encryption_algorithm"},
  });
}

TEST(StixSco, FilesAndDirectories) {
  expect_all({
      {sco("file",
           R"("name":"n","name_enc":"windows-1252","size":0,"magic_number_hex":"504b","mime_type":"a/b","ctime":"2024-01-01T00:00:00Z",)"
           R"("parent_directory_ref":)" +
               ref("directory") + R"(,"contains_refs":)" + refs("ipv4-addr") +
               R"(,"content_ref":)" + ref("artifact")),
       ""},
      {sco("file", kHash), ""},
      {sco("file", R"("size":1)"), "choice-missing"},
      {sco("file", R"("name_enc":"x",)" + kHash), "dependency-missing /name_enc"},
      {sco("file", R"("name":"n","size":-1)"), "value-range /size"},
      {sco("file", R"("name":"n","magic_number_hex":"504B")"), "hex-malformed /magic_number_hex"},
      {sco("file", R"("name":"n","content_ref":)" + ref("file")), "reference-target /content_ref"},
      {sco("file", R"("hashes":{"MD5":"x","SHA1":"y","ab":"z"})"),
       "hash-malformed /hashes/MD5;hash-foreign /hashes/SHA1;hash-foreign /hashes/ab"},
      {sco("file", R"("hashes":{})"), "dictionary-empty /hashes"},
      {sco("file", R"("hashes":{"MD5":7,"a b":"c"})"),
       "property-type /hashes/MD5;dictionary-key /hashes/a b;hash-foreign /hashes/a b"},
      {sco("directory",
           R"("path":"/","path_enc":"utf-8","atime":"2024-01-01T00:00:00Z","contains_refs":)" +
               refs("file")),
       ""},
      {sco("directory", R"("mtime":"x")"), "property-missing;timestamp-malformed /mtime"},
  });
}

TEST(StixSco, FileExtensions) {
  expect_all({
      {sco("file", extension("archive-ext", R"("comment":"c","contains_refs":)" + refs("file"))),
       ""},
      {sco("file", extension("archive-ext", R"("comment":"c")")),
       "property-missing /extensions/archive-ext"},
      {sco("file",
           extension("ntfs-ext", R"("sid":"s","alternate_data_streams":[{"name":"a","size":0}])")),
       ""},
      {sco("file", extension("ntfs-ext", R"("alternate_data_streams":[{"size":-1}])")),
       "property-missing /extensions/ntfs-ext/alternate_data_streams/0;value-range "
       "/extensions/ntfs-ext/alternate_data_streams/0/size"},
      {sco("file", extension("ntfs-ext", "")), "choice-missing /extensions/ntfs-ext"},
      {sco("file",
           extension(
               "pdf-ext",
               R"("version":"1.7","is_optimized":true,"document_info_dict":{"Title":"t"},"pdfid0":"a","pdfid1":"b")")),
       ""},
      {sco("file", extension("pdf-ext", R"("document_info_dict":{"Title":7})")),
       "dictionary-value /extensions/pdf-ext/document_info_dict/Title"},
      {sco("file", extension("raster-image-ext",
                             R"("image_height":1,"exif_tags":{"Make":"m","XResolution":4928})")),
       ""},
      {sco("file", extension("raster-image-ext", R"("image_width":"1","exif_tags":{"Make":[1]})")),
       "property-type /extensions/raster-image-ext/image_width;dictionary-value "
       "/extensions/raster-image-ext/exif_tags/Make"},
      {sco("file",
           extension(
               "windows-pebinary-ext",
               R"("pe_type":"exe","machine_hex":"014c","time_date_stamp":"2016-01-22T12:31:12Z",)"
               R"("optional_header":{"magic_hex":"010b"},"sections":[{"name":".data","entropy":7.98,"size":1}])")),
       ""},
      {sco("file", extension("windows-pebinary-ext", R"("pe_type":"exe")")),
       "choice-missing /extensions/windows-pebinary-ext"},
      {sco("file", extension("windows-pebinary-ext",
                             R"("pe_type":"x","optional_header":{},"sections":[{"entropy":"x"}])")),
       "word-foreign /extensions/windows-pebinary-ext/pe_type;choice-missing "
       "/extensions/windows-pebinary-ext/optional_header;"
       "property-missing /extensions/windows-pebinary-ext/sections/0;property-type "
       "/extensions/windows-pebinary-ext/sections/0/entropy"},
  });
}

TEST(StixSco, EmailMessage) {
  const std::string single = R"("is_multipart":false,)";
  const std::string multi = R"("is_multipart":true,)";
  expect_all({
      {sco("email-message",
           single +
               R"("body":"b","subject":"s","message_id":"m","date":"2024-01-01T00:00:00Z","received_lines":["r"],)"
               R"("additional_header_fields":{"Reply-To":["a","b"],"X-Mailer":"m"},"from_ref":)" +
               ref("email-addr") + R"(,"raw_email_ref":)" + ref("artifact")),
       ""},
      {sco("email-message",
           multi + R"("body_multipart":[{"body":"b","content_type":"t"},{"body_raw_ref":)" +
               ref("file") + "}]"),
       ""},
      {sco("email-message", R"("subject":"s")"), "property-missing"},
      {sco("email-message", multi + R"("body":"b")"), "rule-broken /body"},
      {sco("email-message", single + R"("body_multipart":[{"body":"b"}])"),
       "rule-broken /body_multipart"},
      {sco("email-message", multi + R"("body_multipart":[{"content_type":"t"}])"),
       "choice-missing /body_multipart/0"},
      {sco("email-message", single + R"("additional_header_fields":{"a":7,"b c":"d"})"),
       "dictionary-value /additional_header_fields/a;dictionary-key /additional_header_fields/b c"},
      {sco("email-message", single + R"("additional_header_fields":{})"),
       "dictionary-empty /additional_header_fields"},
      {sco("email-message", single + R"("to_refs":)" + refs("identity")),
       "reference-target /to_refs/0"},
  });
}

std::string traffic(std::string_view members) {
  return sco("network-traffic", R"("protocols":["tcp"],"src_ref":)" + ref("ipv4-addr") +
                                    (members.empty() ? "" : ",") + std::string(members));
}

TEST(StixSco, NetworkTraffic) {
  expect_all({
      {traffic(""), ""},
      {traffic(
           R"("start":"2024-01-01T00:00:00Z","end":"2024-01-01T00:00:00Z","is_active":false,"src_port":0,"dst_port":65535,"ipfix":{"a":1,"b":"c"})"),
       ""},
      {sco("network-traffic", R"("protocols":["tcp"])"), "choice-missing"},
      {sco("network-traffic", R"("dst_ref":)" + ref("mac-addr")), "property-missing"},
      {traffic(R"("dst_port":65536)"), "value-range /dst_port"},
      {traffic(R"("src_byte_count":-1)"), "value-range /src_byte_count"},
      {traffic(R"("is_active":true,"end":"2024-01-01T00:00:00Z")"), "rule-broken /end"},
      {traffic(R"("start":"2024-01-02T00:00:00Z","end":"2024-01-01T00:00:00Z")"),
       "time-order /end"},
      {traffic(R"("ipfix":{"a":[1]})"), "dictionary-value /ipfix/a"},
      {traffic(R"("dst_ref":)" + ref("url")), "reference-target /dst_ref"},
      {traffic(R"("encapsulates_refs":)" + refs("file")), "reference-target /encapsulates_refs/0"},
      {traffic(
           R"("extensions":{"http-request-ext":{"request_method":"get","request_value":"/","request_header":{"Host":["a"]}}})"),
       ""},
      {traffic(
           R"("extensions":{"http-request-ext":{"request_method":"GET","request_header":{"Host":"a"}}})"),
       "property-missing /extensions/http-request-ext;style "
       "/extensions/http-request-ext/request_method;"
       "dictionary-value /extensions/http-request-ext/request_header/Host"},
      {traffic(R"("extensions":{"icmp-ext":{"icmp_type_hex":"08","icmp_code_hex":"00"}})"), ""},
      {traffic(R"("extensions":{"icmp-ext":{"icmp_type_hex":"8"}})"),
       "property-missing /extensions/icmp-ext;hex-malformed /extensions/icmp-ext/icmp_type_hex"},
      {traffic(
           R"("extensions":{"socket-ext":{"address_family":"AF_INET","socket_type":"SOCK_RAW","options":{"SO_LINGER":1},"socket_descriptor":0}})"),
       ""},
      {traffic(
           R"("extensions":{"socket-ext":{"address_family":"AF_X","socket_type":"x","options":{"a":"b"}}})"),
       "enum-unknown /extensions/socket-ext/address_family;enum-unknown "
       "/extensions/socket-ext/socket_type;"
       "dictionary-value /extensions/socket-ext/options/a"},
      {traffic(R"("extensions":{"tcp-ext":{"src_flags_hex":"00000002"}})"), ""},
      {traffic(R"("extensions":{"tcp-ext":{}})"), "choice-missing /extensions/tcp-ext"},
  });
}

TEST(StixSco, ProcessesAndAccounts) {
  expect_all({
      {sco("process",
           R"("pid":1,"is_hidden":false,"environment_variables":{"A":"b"},"image_ref":)" +
               ref("file") + R"(,"child_refs":)" + refs("process")),
       ""},
      {sco("process", ""), "choice-missing"},
      {sco("process", R"("pid":1,"environment_variables":{"A":1})"),
       "dictionary-value /environment_variables/A"},
      {sco("process", R"("pid":1,"creator_user_ref":)" + ref("identity")),
       "reference-target /creator_user_ref"},
      {sco("process",
           R"("extensions":{"windows-process-ext":{"aslr_enabled":true,"priority":"HIGH_PRIORITY_CLASS","startup_info":{"a":"b"},"integrity_level":"low","window_title":"w"}})"),
       ""},
      {sco("process",
           R"("extensions":{"windows-process-ext":{"priority":"high","integrity_level":"none"}})"),
       "style /extensions/windows-process-ext/priority;enum-unknown "
       "/extensions/windows-process-ext/integrity_level"},
      {sco("process",
           R"("extensions":{"windows-service-ext":{"service_name":"s","start_type":"SERVICE_DISABLED","service_type":"SERVICE_KERNEL_DRIVER","service_status":"SERVICE_STOPPED"}})"),
       ""},
      {sco("process",
           R"("extensions":{"windows-service-ext":{"start_type":"x","service_dll_refs":)" +
               refs("process") + "}}"),
       "enum-unknown /extensions/windows-service-ext/start_type;reference-target "
       "/extensions/windows-service-ext/service_dll_refs/0"},
      {sco("user-account",
           R"("user_id":"1","account_type":"unix","is_privileged":true,"account_created":"2024-01-01T00:00:00Z",)"
           R"("extensions":{"unix-account-ext":{"gid":1,"groups":["g"]}})"),
       ""},
      {sco("user-account", ""), "choice-missing"},
      {sco("user-account", R"("account_type":"x","extensions":{"unix-account-ext":{"gid":"1"}})"),
       "word-foreign /account_type;property-type /extensions/unix-account-ext/gid"},
  });
}

TEST(StixSco, RegistryAndCertificates) {
  expect_all({
      {sco("windows-registry-key",
           R"("key":"HKEY_USERS\\a","values":[{"name":"","data":"d","data_type":"REG_SZ"}],"number_of_subkeys":1)"),
       ""},
      {sco("windows-registry-key", R"("key":"HKLM\\a","values":[{"data_type":"REG_X"},{}])"),
       "value-malformed /key;enum-unknown /values/0/data_type;choice-missing /values/1"},
      {sco("windows-registry-key", ""), "choice-missing"},
      {sco("x509-certificate",
           R"("serial_number":"1","x509_v3_extensions":{"key_usage":"k","private_key_usage_period_not_before":"2016-03-12T12:00:00Z"})"),
       ""},
      {sco("x509-certificate", R"("x509_v3_extensions":{},"validity_not_before":"x")"),
       "choice-missing /x509_v3_extensions;timestamp-malformed /validity_not_before"},
      {sco("x509-certificate", R"("defanged":true)"), "choice-missing"},
  });
}

TEST(StixSco, DeterministicIds) {
  expect_all({
      {R"({"type":"ipv4-addr","id":"ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4","value":"198.51.100.3"})",
       ""},
      {R"({"type":"ipv4-addr","id":"ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c5","value":"198.51.100.3"})",
       "deterministic-mismatch /id"},
      {R"({"type":"process","id":"process--28bb3599-77cd-5a82-a950-b5bc3caf07c5","pid":1})",
       "deterministic-unfounded /id"},
      {R"({"type":"x-own","id":"x-own--28bb3599-77cd-5a82-a950-b5bc3caf07c5","value":1})",
       "type-custom"},
  });
}

}  // namespace
}  // namespace entente::stix
