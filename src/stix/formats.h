// Formats of single strings: does a text look like what its property says it is?
//
// Shape only: nothing is looked up, nothing is normalised. All are total and take time linear in
// the text.
#pragma once

#include <string_view>

namespace entente::stix {

bool is_hex(std::string_view text);     // even number of 0-9, a-f [stix21 2.8]
bool is_base64(std::string_view text);  // with padding [RFC 4648 4]
bool is_language_tag(
    std::string_view text);  // subtags of 1 to 8 alphanumerics, a language first [RFC 5646 2.1]
bool is_ipv4(std::string_view text);  // dotted quad, optionally "/0" to "/32" [stix21 6.8]
bool is_ipv6(std::string_view
                 text);  // as [RFC 4291 2.2] writes them, optionally "/0" to "/128" [stix21 6.9]
bool is_mac(std::string_view text);     // "00:00:ab:cd:ef:01" [stix21 6.10]
bool is_email(std::string_view text);   // local@domain, nothing around it [stix21 6.5]
bool is_url(std::string_view text);     // a scheme, ':', and no white space or control [RFC 3986 3]
bool is_domain(std::string_view text);  // labels of 1 to 63 bytes, 253 in all [RFC 1034 3.1]
bool is_country(std::string_view text);            // two letters [ISO 3166-1]
bool is_full_hive(std::string_view text);          // "HKEY_..." [stix21 6.17]
bool is_relationship_name(std::string_view text);  // a-z, 0-9, '-' [stix21 5.1]
bool has_upper_case(std::string_view text);
// Whether the text has the length and digits of that algorithm's hashes; true for algorithms that
// are not known.
bool is_hash_of(std::string_view algorithm, std::string_view text);  // [stix21 10.7]

}  // namespace entente::stix
