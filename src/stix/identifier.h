// Identifiers: type name, "--", UUID. [stix21 2.9]
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace entente::stix {

inline constexpr size_t kUuidSize = 36;

// Lower-case letters, digits and single hyphens, a letter first. Its length is not looked at.
// [stix21 3.1]
bool is_type_name(std::string_view text);

// Lower-case letters, digits and underscores. Its length is not looked at. [stix21 11.1.1]
bool is_property_name(std::string_view text);

// True if the text is a STIX 2.1 identifier: type name, "--", RFC 9562 UUID; hexadecimal digits of
// either case.
bool is_identifier(std::string_view text);

// What a text looks like as an identifier whose type is known to be a type name: the UUID part in
// one scan.
struct UuidShape {
  bool is_uuid = false;
  bool is_usual =
      false;  // lower-case throughout, variant 10 and a version from 1 to 8 [RFC 9562 4]
};
// Of the last 36 bytes of the text, which must follow "--".
UuidShape uuid_shape(std::string_view identifier);

// The type part of an identifier; of any other text, an empty view.
std::string_view type_of(std::string_view identifier);

// The UUID part of an identifier.
inline std::string_view uuid_of(std::string_view identifier) {
  return identifier.substr(identifier.size() - kUuidSize);
}

// The version digit of an identifier's UUID: '4', '5', ...
inline char uuid_version_of(std::string_view identifier) { return uuid_of(identifier)[14]; }

}  // namespace entente::stix
