// Scalar values against the forms of their properties. [stix21 2]
#include <algorithm>
#include <cmath>

#include "base/limits.h"
#include "stix/formats.h"
#include "stix/identifier.h"
#include "stix/walk.h"

namespace entente::stix {
namespace {

constexpr int64_t kIntegerMax = (int64_t{1} << 53) - 1;  // [stix21 2.10]

std::string_view name_of(json::Kind kind) {
  switch (kind) {
    case json::Kind::kObject:
      return "an object";
    case json::Kind::kArray:
      return "a list";
    case json::Kind::kString:
      return "a string";
    case json::Kind::kNumber:
      return "a number";
    case json::Kind::kNull:
      return "null";
    default:
      return "a boolean";
  }
}

// An integer, however it is written (1e3, 5.0), if it is one and fits 64 bits.
std::optional<int64_t> whole_number(json::Value value) {
  if (const auto written = value.integer()) return written;
  const auto rounded = value.number();
  if (!rounded || std::trunc(*rounded) != *rounded || std::abs(*rounded) > 1e15)
    return std::nullopt;
  return static_cast<int64_t>(*rounded);
}

}  // namespace

bool Walk::expect(json::Kind wanted, json::Value value, std::string_view what) {
  if (kind(value) == wanted) [[likely]]
    return true;
  if (value.kind() == json::Kind::kNull) {
    note(Problem::kNullValue, value, {"expected ", what});
  } else {
    note(Problem::kPropertyType, value, {"expected ", what, ", not ", name_of(value.kind())});
  }
  return false;
}

void Walk::value(const Property& property, json::Value value) {
  if (kind(value) == json::Kind::kNull && (property.flags & kRequired) != 0) {
    return note(Problem::kPropertyType, value, {property.name, " is required and may not be null"});
  }
  if ((property.flags & kList) == 0) return scalar(property, value);
  if (!expect(json::Kind::kArray, value, "a list")) return;
  if (value.size() == 0) note(Problem::kListEmpty, value, {property.name, " has no elements"});
  for (const json::Value element : value.elements()) scalar(property, element);
}

void Walk::scalar(const Property& property, json::Value value) {
  switch (property.form) {
    case Form::kString:
      expect(json::Kind::kString, value, "a string");
      return;
    case Form::kBoolean:
      if (!value.is_bool()) expect(json::Kind::kTrue, value, "true or false");
      return;
    case Form::kInteger:
    case Form::kFloat:
      return numeric(property, value);
    case Form::kTimestamp:
      return timestamp(value);
    case Form::kReference:
      return reference(property, value);
    case Form::kHashes:
      return hashes(value);
    case Form::kDictionary:
    case Form::kStringDictionary:
    case Form::kScalarDictionary:
    case Form::kIntegerDictionary:
    case Form::kStringsDictionary:
    case Form::kListDictionary:
      return dictionary(property, value);
    case Form::kWord:
    case Form::kEnum:
      return word(property, value);
    case Form::kLanguage:
      return language(value);
    case Form::kStructure:
      if (expect(json::Kind::kObject, value, "an object"))
        structure(value, schema_.of(property.structure));
      return;
    case Form::kContainer:
      return container(value);
    case Form::kContents:
      return contents(value);
    case Form::kDefinition:
      header().definition_raw = value.raw();
      if (expect(json::Kind::kObject, value, "an object")) content(value);
      return;
    case Form::kDefinitionType:
      if (!expect(json::Kind::kString, value, "a string")) return;
      if (value.is_plain()) {
        header().definition_type = text(value);
      } else {
        note(Problem::kPropertyType, value, {"definition_type has escapes in it"});
      }
      return;
    case Form::kAny:
      return content(value);
    default:
      return text_form(property, value);
  }
}

// Strings with a format of their own.
void Walk::text_form(const Property& property, json::Value value) {
  if (!expect(json::Kind::kString, value, "a string")) return;
  const std::string_view content = text(value);
  Problem problem = Problem::kValueMalformed;
  std::string_view wanted;
  bool fits = true;
  switch (property.form) {
    case Form::kText:
      fits = !content.empty(), wanted = "something", problem = Problem::kValueEmpty;
      break;
    case Form::kHex:
      fits = is_hex(content), wanted = "lower-case hex", problem = Problem::kHexMalformed;
      break;
    case Form::kBinary:
      fits = is_base64(content), wanted = "base64", problem = Problem::kBinaryMalformed;
      break;
    case Form::kIpv4:
      fits = is_ipv4(content), wanted = "an IPv4 address or CIDR block";
      break;
    case Form::kIpv6:
      fits = is_ipv6(content), wanted = "an IPv6 address or CIDR block";
      break;
    case Form::kMac:
      fits = is_mac(content), wanted = "a lower-case MAC address with colons";
      break;
    case Form::kEmail:
      fits = is_email(content), wanted = "an address without display name";
      break;
    case Form::kUrl:
      fits = is_url(content), wanted = "a URL";
      break;
    case Form::kDomain:
      fits = is_domain(content), wanted = "a domain name";
      break;
    case Form::kCpe:
      fits = content.starts_with("cpe:2.3:"), wanted = "CPE 2.3";
      break;
    case Form::kHive:
      fits = is_full_hive(content), wanted = "a key with its whole hive name";
      break;
    case Form::kCountry:
      fits = is_country(content), wanted = "a two-letter code", problem = Problem::kStyle;
      break;
    case Form::kLowerCase:
      fits = !has_upper_case(content), wanted = "lower case", problem = Problem::kStyle;
      break;
    case Form::kClassName:
      fits = content.ends_with("_CLASS"), wanted = "..._CLASS", problem = Problem::kStyle;
      break;
    case Form::kRelationshipType:
      fits = is_relationship_name(content), wanted = "a-z, 0-9 and -",
      problem = Problem::kRelationshipName;
      break;
    default:
      break;
  }
  if (!fits) note(problem, value, {"expected ", wanted, ", not ", content});
}

void Walk::numeric(const Property& property, json::Value value) {
  const bool is_integer = property.form == Form::kInteger;
  if (!expect(json::Kind::kNumber, value, is_integer ? "an integer" : "a number")) return;
  if (is_integer) {
    const auto whole = whole_number(value);
    const bool is_fraction =
        !whole && value.number() && std::trunc(*value.number()) != *value.number();
    if (is_fraction)
      return note(Problem::kPropertyType, value, {"expected an integer, not ", value.raw()});
    const bool fits = whole && *whole <= kIntegerMax && *whole >= -kIntegerMax &&
                      *whole >= property.minimum && *whole <= property.maximum;
    if (!fits)
      note(Problem::kValueRange, value, {property.name, " is out of range: ", value.raw()});
    return;
  }
  const auto number = value.number();
  const bool fits =
      number &&
      (property.minimum == INT64_MIN || *number >= static_cast<double>(property.minimum)) &&
      (property.maximum == INT64_MAX || *number <= static_cast<double>(property.maximum));
  if (!fits) note(Problem::kValueRange, value, {property.name, " is out of range: ", value.raw()});
}

void Walk::timestamp(json::Value value) {
  if (!expect(json::Kind::kString, value, "a timestamp")) return;
  if (!is_plain_string(value) || !parse_timestamp(text(value))) {
    note(Problem::kTimestampMalformed, value,
         {"expected YYYY-MM-DDTHH:MM:SS[.s]Z, not ", value.raw()});
  }
}

// [stix21 3.3]
void Walk::reference(const Property& property, json::Value value) {
  if (!expect(json::Kind::kString, value, "an identifier")) return;
  const std::string_view identifier = text(value);
  UuidShape shape;
  const std::optional<Known> known = identified(identifier, &shape);
  if (!known || !is_plain_string(value) || identifier.size() > limits::kIdBytesMax) {
    return note(Problem::kReferenceMalformed, value,
                {property.name, " holds identifiers, not ", identifier});
  }
  add_reference(identifier, value);
  if ((types(*known) & property.targets) == 0) {
    note(Problem::kReferenceTarget, value,
         {property.name, " may not name a ", type_of(identifier)});
  }
}

void Walk::add_reference(std::string_view identifier, json::Value at) {
  std::vector<std::string_view>& references = header().references;
  if (references.size() < limits::kReferencesMax) {
    references.push_back(identifier);
  } else {
    note(Problem::kReferencesTooMany, at, {"at most ", std::to_string(limits::kReferencesMax)});
  }
}

// [stix21 2.4] [stix21 2.14]
void Walk::word(const Property& property, json::Value value) {
  if (!expect(json::Kind::kString, value, "a string")) return;
  const std::string_view term = text(value);
  if (schema_.words(property.words).find(term) != NameIndex::kNone) return;
  const std::string_view vocabulary = vocabularies()[static_cast<size_t>(property.words)].name;
  note(property.form == Form::kEnum ? Problem::kEnumUnknown : Problem::kWordForeign, value,
       {vocabulary, " does not have ", term});
}

void Walk::language(json::Value value) {
  if (!expect(json::Kind::kString, value, "a language tag")) return;
  const std::string_view tag = text(value);
  if (!is_language_tag(tag))
    note(Problem::kLanguageMalformed, value, {"not a language tag: ", tag});
}

// [stix21 2.7]
void Walk::hashes(json::Value value) {
  if (!expect(json::Kind::kObject, value, "hashes")) return;
  if (value.size() == 0) note(Problem::kDictionaryEmpty, value, {"no hash in it"});
  for (const json::Member member : value.members()) {
    const std::string_view algorithm = text(member.key);
    if (schema_.words(Words::kHashAlgorithm).find(algorithm) == NameIndex::kNone) {
      dictionary_key(member.key);
      note(Problem::kHashForeign, member.key, {"hash-algorithm-ov does not have ", algorithm});
    }
    if (!expect(json::Kind::kString, member.value, "a string")) continue;
    const std::string_view digest = other_text(member.value);
    if (!is_hash_of(algorithm, digest)) {
      note(Problem::kHashMalformed, member.value, {"not a ", algorithm, " hash: ", digest});
    }
  }
}

}  // namespace entente::stix
