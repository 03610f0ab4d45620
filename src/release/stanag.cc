// Reads and writes labels, walking the schema of ADatP-4774 (Appendix 1, Annex A: namespace as in
// kLabelSpace, version 1.3), with what its prose adds: only GenericValue holds values, a
// Classification has no URI.
//
// Order among siblings is not checked (tools differ), multiplicity is: a second Classification
// could hide the first.
#include "release/stanag.h"

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "base/text.h"
#include "release/stanag_xml.h"

namespace entente::release {
namespace {

constexpr std::string_view kSchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";
constexpr std::string_view kXmlSpace = "http://www.w3.org/XML/1998/namespace";
constexpr std::array<std::string_view, 3> kRoots = {"originatorConfidentialityLabel",
                                                    "alternativeConfidentialityLabel",
                                                    "metadataConfidentialityLabel"};
// [ADatP-4774 App. 1, table 9]
constexpr std::array<std::string_view, 8> kOriginatorTypes = {
    "rfc822Name", "dNSName",     "directoryName",     "uniformResourceIdentifier",
    "iPAddress",  "x400Address", "userPrincipalName", "jID"};

using Names = std::vector<std::string>;

// Notes attributes that are none of `known`. Those of XML and of schema instances say nothing of
// the label.
void note_attributes(const XmlElement& at, std::initializer_list<std::string_view> known,
                     Names* not_understood) {
  for (const XmlAttribute& attribute : at.attributes) {
    if (attribute.space == kSchemaInstance || attribute.space == kXmlSpace) continue;
    if (attribute.space.empty() &&
        std::find(known.begin(), known.end(), attribute.name) != known.end())
      continue;
    not_understood->push_back(at.name + "/@" + attribute.name);
  }
}

// An element of another namespace, where the schema allows any; one of ours that has no place here
// is an error.
Result<void> note_element(const XmlElement& child, Names* not_understood) {
  if (child.space == kLabelSpace) return xml_fail(child, "has no place here, or stands twice");
  not_understood->push_back("{" + child.space + "}" + child.name);
  return {};
}

Result<void> check_container(const XmlElement& at) {
  if (!trim(at.text).empty()) return xml_fail(at, "holds text beside its elements");
  return {};
}

Result<std::string> leaf_text(const XmlElement& at) {
  if (!at.children.empty()) return xml_fail(at, "holds elements where text belongs");
  return at.text;
}

Result<std::string> token_text(const XmlElement& at) {
  std::string token = xml_collapsed(TRY(leaf_text(at)));
  if (token.empty()) return xml_fail(at, "is empty");
  return token;
}

Result<std::string> date_time_text(const XmlElement& at) {
  std::string text = xml_collapsed(TRY(leaf_text(at)));
  if (!is_xml_date_time(text)) return xml_fail(at, "is no date and time");
  return text;
}

Result<LabelCategory> category_of(const XmlElement& at, Names* not_understood) {
  LabelCategory category;
  note_attributes(at, {"Type", "TagName", "URI"}, not_understood);
  const std::string* type = at.attribute("Type");
  const std::optional<CategoryType> known =
      type == nullptr ? std::nullopt : category_type_from(*type);
  if (!known) return xml_fail(at, "Type is none of RESTRICTIVE, PERMISSIVE, INFORMATIVE");
  category.type = *known;
  const std::string* tag_name = at.attribute("TagName");
  if (tag_name == nullptr || tag_name->empty()) return xml_fail(at, "has no TagName");
  category.tag_name = *tag_name;
  if (const std::string* uri = at.attribute("URI")) category.uri = *uri;
  TRY(check_container(at));
  for (const XmlElement& child : at.children) {
    if (!child.is(kLabelSpace, "GenericValue"))
      return xml_fail(child, "only GenericValue is read in a Category");
    note_attributes(child, {}, not_understood);
    category.values.push_back(TRY(leaf_text(child)));
    if (category.values.size() > limits::kLabelValuesMax)
      return fail(Code::kTooLarge, "too many values in a Category");
  }
  return category;
}

Result<ConfidentialityInformation> information_of(const XmlElement& at, Names* not_understood) {
  ConfidentialityInformation out;
  TRY(check_container(at));
  note_attributes(at, {}, not_understood);
  for (const XmlElement& child : at.children) {
    if (child.is(kLabelSpace, "PolicyIdentifier") && out.policy_name.empty()) {
      note_attributes(child, {"URI"}, not_understood);
      out.policy_name = TRY(token_text(child));
      if (const std::string* uri = child.attribute("URI")) out.policy_uri = *uri;
    } else if (child.is(kLabelSpace, "Classification") && out.classification.empty()) {
      note_attributes(child, {}, not_understood);
      out.classification = TRY(token_text(child));
    } else if (child.is(kLabelSpace, "PrivacyMark") && !out.privacy_mark) {
      note_attributes(child, {}, not_understood);
      out.privacy_mark = TRY(leaf_text(child));
    } else if (child.is(kLabelSpace, "Category")) {
      out.categories.push_back(TRY(category_of(child, not_understood)));
      if (out.categories.size() > limits::kLabelCategoriesMax)
        return fail(Code::kTooLarge, "too many categories");
    } else {
      TRY(note_element(child, not_understood));
    }
  }
  if (out.policy_name.empty()) return xml_fail(at, "has no PolicyIdentifier");
  if (out.classification.empty()) return xml_fail(at, "has no Classification");
  return out;
}

Result<OriginatorId> originator_of(const XmlElement& at, Names* not_understood) {
  note_attributes(at, {"IDType"}, not_understood);
  const std::string* type = at.attribute("IDType");
  if (type == nullptr ||
      std::find(kOriginatorTypes.begin(), kOriginatorTypes.end(), *type) == kOriginatorTypes.end())
    return xml_fail(at, "IDType is none of the eight known");
  std::string value = TRY(leaf_text(at));
  return OriginatorId{*type, std::move(value)};
}

Result<LabelSuccession> succession_of(const XmlElement& at, Names* not_understood);

// A label or a successor, whose type has all but a succession of its own.
Result<LabelBase> base_of(const XmlElement& at, std::optional<LabelSuccession>* succession,
                          Names* not_understood) {
  LabelBase out;
  TRY(check_container(at));
  note_attributes(at, {"Id", "ReviewDateTime"}, not_understood);
  if (const std::string* review = at.attribute("ReviewDateTime")) {
    out.review_date_time = xml_collapsed(*review);
    if (!is_xml_date_time(*out.review_date_time))
      return xml_fail(at, "ReviewDateTime is no date and time");
  }
  bool informed = false;
  for (const XmlElement& child : at.children) {
    if (child.is(kLabelSpace, "ConfidentialityInformation") && !informed) {
      out.information = TRY(information_of(child, not_understood));
      informed = true;
    } else if (child.is(kLabelSpace, "OriginatorID") && !out.originator) {
      out.originator = TRY(originator_of(child, not_understood));
    } else if (child.is(kLabelSpace, "CreationDateTime") && !out.creation_date_time) {
      note_attributes(child, {}, not_understood);
      out.creation_date_time = TRY(date_time_text(child));
    } else if (child.is(kLabelSpace, "SuccessionHandling") && succession != nullptr &&
               !*succession) {
      *succession = TRY(succession_of(child, not_understood));
    } else {
      TRY(note_element(child, not_understood));
    }
  }
  if (!informed) return xml_fail(at, "has no ConfidentialityInformation");
  return out;
}

Result<LabelSuccession> succession_of(const XmlElement& at, Names* not_understood) {
  LabelSuccession out;
  bool succeeded = false;
  TRY(check_container(at));
  note_attributes(at, {}, not_understood);
  for (const XmlElement& child : at.children) {
    if (child.is(kLabelSpace, "SuccessionDateTime") && out.date_time.empty()) {
      note_attributes(child, {}, not_understood);
      out.date_time = TRY(date_time_text(child));
    } else if (child.is(kLabelSpace, "SuccessorConfidentialityLabel") && !succeeded) {
      out.successor = TRY(base_of(child, nullptr, not_understood));
      succeeded = true;
    } else {
      TRY(note_element(child, not_understood));
    }
  }
  if (out.date_time.empty() || !succeeded)
    return xml_fail(at, "lacks the time or the label that follows");
  return out;
}

bool is_token(std::string_view text) { return !text.empty() && xml_collapsed(text) == text; }

Result<void> check_writable(const LabelBase& label) {
  const ConfidentialityInformation& information = label.information;
  if (!is_token(information.policy_name))
    return fail(Code::kInvalid, "a policy name that is no token");
  if (!is_token(information.classification))
    return fail(Code::kInvalid, "a classification that is no token");
  if (information.categories.size() > limits::kLabelCategoriesMax)
    return fail(Code::kTooLarge, "too many categories");
  for (const LabelCategory& category : information.categories) {
    if (category.tag_name.empty()) return fail(Code::kInvalid, "a category without a tag name");
    if (category.values.size() > limits::kLabelValuesMax)
      return fail(Code::kTooLarge, "too many values in a category");
  }
  if (!label.creation_date_time || !is_xml_date_time(*label.creation_date_time))
    return fail(Code::kInvalid, "a label without a time of creation");
  if (label.review_date_time && !is_xml_date_time(*label.review_date_time))
    return fail(Code::kInvalid, "a time of review that is none");
  if (label.originator && std::find(kOriginatorTypes.begin(), kOriginatorTypes.end(),
                                    label.originator->type) == kOriginatorTypes.end())
    return fail(Code::kInvalid, "an originator of a type that the schema does not know");
  return {};
}

XmlPairs with_uri(XmlPairs attributes, std::string_view uri) {
  if (!uri.empty()) attributes.emplace_back("URI", uri);
  return attributes;
}

void append_information(const ConfidentialityInformation& information, XmlWriter* out) {
  out->open("slab:ConfidentialityInformation");
  out->leaf("slab:PolicyIdentifier", with_uri({}, information.policy_uri), information.policy_name);
  out->leaf("slab:Classification", {}, information.classification);
  if (information.privacy_mark) out->leaf("slab:PrivacyMark", {}, *information.privacy_mark);
  for (const LabelCategory& category : information.categories) {
    const XmlPairs attributes =
        with_uri({{"Type", name_of(category.type)}, {"TagName", category.tag_name}}, category.uri);
    if (category.values.empty()) {
      out->empty("slab:Category", attributes);
      continue;
    }
    out->open("slab:Category", attributes);
    for (const std::string& value : category.values) out->leaf("slab:GenericValue", {}, value);
    out->close();
  }
  out->close();
}

// Opens the element and leaves it open.
void open_base(std::string_view tag, XmlPairs attributes, const LabelBase& label, XmlWriter* out) {
  if (label.review_date_time) attributes.emplace_back("ReviewDateTime", *label.review_date_time);
  out->open(tag, attributes);
  append_information(label.information, out);
  if (label.originator)
    out->leaf("slab:OriginatorID", {{"IDType", label.originator->type}}, label.originator->value);
  out->leaf("slab:CreationDateTime", {}, *label.creation_date_time);
}

}  // namespace

std::string_view name_of(CategoryType type) {
  switch (type) {
    case CategoryType::kRestrictive:
      return "RESTRICTIVE";
    case CategoryType::kPermissive:
      return "PERMISSIVE";
    case CategoryType::kInformative:
      return "INFORMATIVE";
  }
  return "";
}

std::optional<CategoryType> category_type_from(std::string_view text) {
  for (const CategoryType type :
       {CategoryType::kRestrictive, CategoryType::kPermissive, CategoryType::kInformative}) {
    if (text == name_of(type)) return type;
  }
  return std::nullopt;
}

Result<ConfidentialityLabel> confidentiality_label_of(const XmlElement& element) {
  ConfidentialityLabel label;
  // "ConfidentialityLabel" is the schema's older name for the originator's.
  const auto root = std::find(kRoots.begin(), kRoots.end(), element.name);
  if (element.space != kLabelSpace ||
      (root == kRoots.end() && element.name != "ConfidentialityLabel"))
    return xml_fail(element, "is no confidentiality label");
  label.kind =
      root == kRoots.end() ? LabelKind::kOriginator : static_cast<LabelKind>(root - kRoots.begin());
  static_cast<LabelBase&>(label) = TRY(base_of(element, &label.succession, &label.not_understood));
  return label;
}

Result<ConfidentialityLabel> read_confidentiality_label(std::string_view xml) {
  const XmlElement root = TRY(parse_xml(xml));
  return confidentiality_label_of(root);
}

Result<void> append_confidentiality_label(const ConfidentialityLabel& label, XmlWriter* out) {
  if (!label.not_understood.empty())
    return fail(Code::kUnprocessable,
                "a label with parts that were not understood: " + label.not_understood.front());
  TRY(check_writable(label));
  if (label.succession) {
    if (!is_xml_date_time(label.succession->date_time))
      return fail(Code::kInvalid, "a time of succession that is none");
    TRY(check_writable(label.succession->successor));
  }
  const std::string tag = "slab:" + std::string(kRoots[static_cast<size_t>(label.kind)]);
  open_base(tag, {{"xmlns:slab", kLabelSpace}}, label, out);
  if (label.succession) {
    out->open("slab:SuccessionHandling");
    out->leaf("slab:SuccessionDateTime", {}, label.succession->date_time);
    open_base("slab:SuccessorConfidentialityLabel", {}, label.succession->successor, out);
    out->close();
    out->close();
  }
  out->close();
  return {};
}

Result<std::string> write_confidentiality_label(const ConfidentialityLabel& label) {
  XmlWriter out;
  TRY(append_confidentiality_label(label, &out));
  return std::move(out).finish();
}

}  // namespace entente::release
