// Reads policy files, walking the schema of XMLSPIF 2.1 (namespace http://www.xmlspif.org/spif).
// What concerns only the looks of a marking (markingData, markingQualifier, colours) is passed
// over; what could be a rule and is not known is refused, since a policy read without one of its
// rules allows more than it says.
#include "release/spif.h"

#include <array>
#include <initializer_list>
#include <set>

#include "base/text.h"
#include "release/stanag_xml.h"

namespace entente::release {
namespace {

// Elements that say how a marking looks, and nothing of who may read.
bool is_looks(const XmlElement& at) {
  for (const std::string_view name :
       {"markingData", "markingQualifier", "updateInfo", "extensions", "defaultSecurityPolicyId"}) {
    if (at.is(kSpifSpace, name)) return true;
  }
  return false;
}

std::unexpected<Error> unknown_rule(const XmlElement& at) {
  return fail(Code::kUnprocessable,
              "line " + std::to_string(at.line) + ": " + at.name + " is not known here");
}

Result<std::string> wanted(const XmlElement& at, std::string_view attribute) {
  const std::string* value = at.attribute(attribute);
  if (value == nullptr || value->empty())
    return xml_fail(at, std::string(attribute) + " is missing");
  return *value;
}

std::string value_or(const XmlElement& at, std::string_view attribute, std::string_view otherwise) {
  const std::string* value = at.attribute(attribute);
  return value == nullptr ? std::string(otherwise) : *value;
}

Result<bool> truth(const XmlElement& at, std::string_view attribute) {
  const std::string value = value_or(at, attribute, "false");
  if (value == "true" || value == "1") return true;
  if (value == "false" || value == "0") return false;
  return xml_fail(at, std::string(attribute) + " is neither true nor false");
}

Result<std::optional<uint64_t>> count(const XmlElement& at, std::string_view attribute) {
  const std::string* value = at.attribute(attribute);
  if (value == nullptr || *value == "unbounded") return std::optional<uint64_t>();
  const std::optional<uint64_t> number = parse_decimal(*value);
  if (!number) return xml_fail(at, std::string(attribute) + " is no number");
  return number;
}

// [ADatP-4774.1 3.3.4] tagType7 is the informative one; "enumerated" says by enumType what it is.
Result<CategoryType> type_of(const XmlElement& at) {
  const std::string tag_type = TRY(wanted(at, "tagType"));
  const std::string type = tag_type == "enumerated" ? value_or(at, "enumType", "") : tag_type;
  if (type == "restrictive") return CategoryType::kRestrictive;
  if (type == "permissive") return CategoryType::kPermissive;
  if (tag_type == "tagType7" || tag_type == "informative") return CategoryType::kInformative;
  return xml_fail(at, "tagType is not known: " + tag_type);
}

Result<SpifApplied> applied_of(const XmlElement& at) {
  const std::string applied = value_or(at, "applied", "both");
  if (applied == "encrypt") return SpifApplied::kMade;
  if (applied == "decrypt") return SpifApplied::kReceived;
  if (applied == "both") return SpifApplied::kBoth;
  return xml_fail(at, "applied is not known: " + applied);
}

Result<SpifCategoryGroup> group_of(const XmlElement& at) {
  SpifCategoryGroup out;
  out.tag_set = TRY(wanted(at, "tagSetRef"));
  out.type = TRY(type_of(at));
  if (at.attribute("lacv") != nullptr) out.lacv = TRY(wanted(at, "lacv"));
  const bool all = TRY(truth(at, "all"));
  if (all == out.lacv.has_value()) return xml_fail(at, "needs either lacv or all");
  return out;
}

Result<SpifRequirement> requirement_of(const XmlElement& at) {
  SpifRequirement out;
  const std::string operation = TRY(wanted(at, "operation"));
  if (operation == "onlyOne") {
    out.operation = SpifRequirement::Operation::kOnlyOne;
  } else if (operation == "oneOrMore") {
    out.operation = SpifRequirement::Operation::kOneOrMore;
  } else if (operation != "all") {
    return xml_fail(at, "operation is not known: " + operation);
  }
  for (const XmlElement& child : at.children) {
    if (!child.is(kSpifSpace, "categoryGroup")) return unknown_rule(child);
    out.groups.push_back(TRY(group_of(child)));
  }
  if (out.groups.empty()) return xml_fail(at, "names no category");
  return out;
}

Result<SpifEquivalentClassification> equivalent_classification_of(const XmlElement& at) {
  SpifEquivalentClassification out;
  out.policy = TRY(wanted(at, "policyRef"));
  out.lacv = TRY(wanted(at, "lacv"));
  out.applied = TRY(applied_of(at));
  for (const XmlElement& child : at.children) {
    if (!child.is(kSpifSpace, "requiredCategory")) return unknown_rule(child);
    out.required.push_back(TRY(requirement_of(child)));
  }
  return out;
}

Result<SpifEquivalentCategory> equivalent_category_of(const XmlElement& at) {
  SpifEquivalentCategory out;
  out.policy = TRY(wanted(at, "policyRef"));
  out.applied = TRY(applied_of(at));
  const std::string action = value_or(at, "action", "");
  if (action == "discard") {
    out.discard = true;
    return out;
  }
  if (!action.empty()) return xml_fail(at, "action is not known: " + action);
  out.tag_set_id = TRY(wanted(at, "tagSetId"));
  out.type = TRY(type_of(at));
  out.lacv = TRY(wanted(at, "lacv"));
  return out;
}

Result<SpifClassification> classification_of(const XmlElement& at) {
  SpifClassification out;
  out.name = TRY(wanted(at, "name"));
  out.lacv = TRY(wanted(at, "lacv"));
  const std::string hierarchy = TRY(wanted(at, "hierarchy"));
  const std::optional<uint64_t> rank = parse_decimal(hierarchy);
  if (!parse_decimal(out.lacv)) return xml_fail(at, "lacv is no number");
  if (!rank || *rank > INT32_MAX) return xml_fail(at, "hierarchy is no number");
  out.hierarchy = static_cast<int64_t>(*rank);
  out.obsolete = TRY(truth(at, "obsolete"));
  for (const XmlElement& child : at.children) {
    if (child.is(kSpifSpace, "equivalentClassification")) {
      out.equivalents.push_back(TRY(equivalent_classification_of(child)));
    } else if (child.is(kSpifSpace, "requiredCategory")) {
      out.required.push_back(TRY(requirement_of(child)));
    } else if (!is_looks(child)) {
      return unknown_rule(child);
    }
  }
  return out;
}

Result<SpifCategory> category_of(const XmlElement& at) {
  SpifCategory out;
  for (const std::string_view rule : {"notBefore", "notAfter", "userInput", "dateFormat"}) {
    const std::string* value = at.attribute(rule);
    if (value != nullptr && *value != "false" && *value != "0")
      return fail(Code::kUnprocessable, std::string(rule) + " of a tagCategory is not known here");
  }
  out.name = TRY(wanted(at, "name"));
  out.lacv = TRY(wanted(at, "lacv"));
  out.obsolete = TRY(truth(at, "obsolete"));
  out.required_class = value_or(at, "requiredClass", "");
  for (const XmlElement& child : at.children) {
    if (child.is(kSpifSpace, "excludedClass")) {
      out.excluded_classes.push_back(xml_collapsed(child.text));
    } else if (child.is(kSpifSpace, "requiredCategory")) {
      out.required.push_back(TRY(requirement_of(child)));
    } else if (child.is(kSpifSpace, "excludedCategory")) {
      out.excluded.push_back(TRY(group_of(child)));
    } else if (child.is(kSpifSpace, "equivalentSecCategoryTag")) {
      out.equivalents.push_back(TRY(equivalent_category_of(child)));
    } else if (!is_looks(child)) {
      return unknown_rule(child);
    }
  }
  return out;
}

Result<SpifTag> tag_of(const XmlElement& at) {
  SpifTag out;
  out.name = value_or(at, "name", "");
  out.type = TRY(type_of(at));
  out.selections_min = TRY(count(at, "minSelection"));
  out.selections_max = TRY(count(at, "maxSelection"));
  if (TRY(truth(at, "singleSelection"))) out.selections_max = 1;
  std::set<std::string> names;
  for (const XmlElement& child : at.children) {
    if (child.is(kSpifSpace, "tagCategory")) {
      out.categories.push_back(TRY(category_of(child)));
      if (!names.insert(to_lower_ascii(out.categories.back().name)).second)
        return xml_fail(child, "name stands twice");
    } else if (!is_looks(child)) {
      return unknown_rule(child);
    }
  }
  return out;
}

Result<SpifTagSet> tag_set_of(const XmlElement& at) {
  SpifTagSet out;
  out.name = TRY(wanted(at, "name"));
  out.id = TRY(wanted(at, "id"));
  std::set<std::pair<CategoryType, std::string>> values;
  for (const XmlElement& child : at.children) {
    if (child.is(kSpifSpace, "securityCategoryTag")) {
      out.tags.push_back(TRY(tag_of(child)));
      for (const SpifCategory& category : out.tags.back().categories) {
        if (!values.emplace(out.tags.back().type, to_lower_ascii(category.name)).second)
          return xml_fail(child, "has a category that another tag of the set and type has too: " +
                                     category.name);
      }
    } else if (child.is(kSpifSpace, "equivalentSecurityCategoryTagSet")) {
      return unknown_rule(child);
    } else if (!is_looks(child)) {
      return unknown_rule(child);
    }
  }
  return out;
}

Result<SpifPolicyName> policy_name_of(const XmlElement& at) {
  SpifPolicyName out;
  out.name = TRY(wanted(at, "name"));
  out.id = TRY(wanted(at, "id"));
  for (const XmlElement& child : at.children) {
    if (child.is(kSpifSpace, "requiredCategory")) {
      out.required.push_back(TRY(requirement_of(child)));
    } else if (!is_looks(child)) {
      return unknown_rule(child);
    }
  }
  return out;
}

// The children of a list, each by `read`.
template <class T, class Read>
Result<void> read_list(const XmlElement& list, std::string_view name, Read read,
                       std::vector<T>* out) {
  for (const XmlElement& child : list.children) {
    if (child.is(kSpifSpace, name)) {
      out->push_back(TRY(read(child)));
    } else if (!is_looks(child)) {
      return unknown_rule(child);
    }
  }
  return {};
}

// Names, lacv and ids that rules and labels refer to stand for one thing each.
Result<void> check_unique(const Spif& spif, const XmlElement& root) {
  std::set<std::string> names, lacvs, sets, ids;
  for (const SpifClassification& each : spif.classifications) {
    if (!names.insert(to_lower_ascii(each.name)).second || !lacvs.insert(each.lacv).second)
      return xml_fail(root, "a classification stands twice: " + each.name);
  }
  for (const SpifTagSet& each : spif.tag_sets) {
    if (!sets.insert(to_lower_ascii(each.name)).second || !ids.insert(each.id).second)
      return xml_fail(root, "a tag set stands twice: " + each.name);
  }
  std::set<std::string> policies;
  for (const SpifPolicyName& each : spif.equivalent_policies) {
    if (!policies.insert(each.name).second)
      return xml_fail(root, "an equivalent policy stands twice: " + each.name);
  }
  return {};
}

Result<void> read_part(const XmlElement& part, Spif* out) {
  if (part.is(kSpifSpace, "securityPolicyId")) {
    if (!out->policy.name.empty()) return xml_fail(part, "stands twice");
    out->policy = TRY(policy_name_of(part));
  } else if (part.is(kSpifSpace, "securityClassifications")) {
    TRY(read_list(part, "securityClassification", classification_of, &out->classifications));
  } else if (part.is(kSpifSpace, "securityCategoryTagSets")) {
    TRY(read_list(part, "securityCategoryTagSet", tag_set_of, &out->tag_sets));
  } else if (part.is(kSpifSpace, "equivalentPolicies")) {
    TRY(read_list(part, "equivalentPolicy", policy_name_of, &out->equivalent_policies));
  } else if (part.is(kSpifSpace, "privacyMarks")) {
    TRY(read_list(
        part, "privacyMark", [](const XmlElement& at) { return wanted(at, "name"); },
        &out->privacy_marks));
  } else if (!is_looks(part)) {
    return unknown_rule(part);
  }
  return {};
}

}  // namespace

Result<Spif> Spif::read(std::string_view xml) {
  const XmlElement root = TRY(parse_xml(xml));
  if (!root.is(kSpifSpace, "SPIF")) return xml_fail(root, "is no SPIF");
  for (const std::string_view rule : {"notBefore", "notAfter"}) {
    if (root.attribute(rule) != nullptr)
      return fail(Code::kUnprocessable, std::string(rule) + " of a policy is not known here");
  }
  Spif out;
  out.schema_version = TRY(wanted(root, "schemaVersion"));
  for (const XmlElement& part : root.children) TRY(read_part(part, &out));
  if (out.policy.name.empty()) return xml_fail(root, "has no securityPolicyId");
  if (out.classifications.empty()) return xml_fail(root, "has no securityClassification");
  TRY(check_unique(out, root));
  return out;
}

const SpifClassification* Spif::classification_named(std::string_view name) const {
  for (const SpifClassification& each : classifications) {
    if (equal_ignoring_case(each.name, name)) return &each;
  }
  return nullptr;
}

const SpifTagSet* Spif::tag_set_named(std::string_view name) const {
  for (const SpifTagSet& each : tag_sets) {
    if (equal_ignoring_case(each.name, name)) return &each;
  }
  return nullptr;
}

SpifPlace place_of(const SpifTagSet& tag_set, CategoryType type, std::string_view value) {
  for (const SpifTag& tag : tag_set.tags) {
    if (tag.type != type) continue;
    for (const SpifCategory& category : tag.categories) {
      if (equal_ignoring_case(category.name, value)) return {&tag, &category};
    }
  }
  return {};
}

}  // namespace entente::release
