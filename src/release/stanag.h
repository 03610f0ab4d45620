// Confidentiality labels as NATO writes them: STANAG 4774 (ADatP-4774 edition A), in XML. Plain
// values: what a label means for our readers is for stanag_map.h, whether a policy allows it for
// spif.h, what it is bound to for stanag_binding.h.
//
//   ConfidentialityLabel label = TRY(read_confidentiality_label(xml));
//   std::string xml = TRY(write_confidentiality_label(label));
//
// What is written reads back as the same value. What is not understood (elements and attributes of
// other namespaces, which the schema allows) is named in `not_understood`, never passed over in
// silence: such a label maps to nobody and is not written again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace entente::release {

struct XmlElement;
class XmlWriter;

inline constexpr std::string_view kLabelSpace =
    "urn:nato:stanag:4774:confidentialitymetadatalabel:1:0";

// Which of the three root elements: the originator's label, its equivalent in another policy, or
// the label of the metadata themselves. [ADatP-4774 App. 1]
enum class LabelKind : uint8_t { kOriginator, kAlternative, kMetadata };

// RESTRICTIVE: a reader needs every value. PERMISSIVE: one of the values is enough. INFORMATIVE:
// decides nothing.
enum class CategoryType : uint8_t { kRestrictive, kPermissive, kInformative };

struct LabelCategory {
  CategoryType type = CategoryType::kRestrictive;
  std::string tag_name;
  std::string uri;  // "urn:oid:" and the tag set's object identifier; empty: none
  std::vector<std::string> values;
  friend bool operator==(const LabelCategory&, const LabelCategory&) = default;
};

// The part that a policy decides.
struct ConfidentialityInformation {
  std::string policy_name;
  std::string policy_uri;  // "urn:oid:1.3.26.1.3.1"; empty: none
  std::string classification;
  std::optional<std::string> privacy_mark;
  std::vector<LabelCategory> categories;
  friend bool operator==(const ConfidentialityInformation&,
                         const ConfidentialityInformation&) = default;
};

struct OriginatorId {
  std::string type;  // one of the schema's eight: "rfc822Name", "uniformResourceIdentifier", ...
  std::string value;
  friend bool operator==(const OriginatorId&, const OriginatorId&) = default;
};

// What a label and the label that follows it have in common. Times are xs:dateTime, kept as
// written.
struct LabelBase {
  ConfidentialityInformation information;
  std::optional<OriginatorId> originator;
  // The schema wants it; labels without are read, since known tools write them, but are not
  // written.
  std::optional<std::string> creation_date_time;
  std::optional<std::string> review_date_time;
  friend bool operator==(const LabelBase&, const LabelBase&) = default;
};

// From this time on another label holds.
struct LabelSuccession {
  std::string date_time;
  LabelBase successor;
  friend bool operator==(const LabelSuccession&, const LabelSuccession&) = default;
};

struct ConfidentialityLabel : LabelBase {
  LabelKind kind = LabelKind::kOriginator;
  std::optional<LabelSuccession> succession;
  std::vector<std::string> not_understood;  // "{namespace}element" or "element/@attribute"
  friend bool operator==(const ConfidentialityLabel&, const ConfidentialityLabel&) = default;
};

// "RESTRICTIVE", "PERMISSIVE", "INFORMATIVE".
std::string_view name_of(CategoryType type);
std::optional<CategoryType> category_type_from(std::string_view text);

// kInvalid: not XML that is read here (stanag_xml.h), or not a label. kTooLarge: past a limit.
Result<ConfidentialityLabel> read_confidentiality_label(std::string_view xml);

// The label as a document that keeps to the schema. kInvalid: a value that the schema does not
// allow, or no creation time. kUnprocessable: the label has parts that were not understood, which
// would be lost.
Result<std::string> write_confidentiality_label(const ConfidentialityLabel& label);

// The same inside another document.
Result<ConfidentialityLabel> confidentiality_label_of(const XmlElement& element);
Result<void> append_confidentiality_label(const ConfidentialityLabel& label, XmlWriter* out);

}  // namespace entente::release
