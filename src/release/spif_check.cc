// Checks a label against a policy, and turns it into the label of an equivalent policy.
//
// An equivalence is taken only where it cannot widen. A permissive list lets a reader in by any of
// its values, so two lists must not run together into one, a restrictive value must not become one
// choice of a permissive list, and of a list that loses values one must be left. What decides
// nothing (informative) may be dropped.
#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "release/spif.h"

namespace entente::release {
namespace {

using Findings = std::vector<LabelFinding>;

void error(Findings* findings, std::string code, std::string detail) {
  findings->push_back({LabelFinding::Weight::kError, std::move(code), std::move(detail)});
}
void warning(Findings* findings, std::string code, std::string detail) {
  findings->push_back({LabelFinding::Weight::kWarning, std::move(code), std::move(detail)});
}

void check_classification(const Spif& policy, const ConfidentialityInformation& information,
                          Findings* findings) {
  const SpifClassification* classification =
      policy.classification_named(information.classification);
  if (classification == nullptr)
    return error(findings, "unknown-classification", information.classification);
  if (classification->obsolete)
    warning(findings, "obsolete-classification", information.classification);
  for (const SpifRequirement& requirement : classification->required) {
    if (!is_met(policy, information, requirement))
      error(findings, "required-category", "that " + information.classification + " requires");
  }
}

void check_value(const Spif& policy, const ConfidentialityInformation& information,
                 const std::string& tag_name, const SpifCategory& category, Findings* findings) {
  const std::string what = tag_name + " " + category.name;
  if (category.obsolete) warning(findings, "obsolete-category", what);
  for (const std::string& excluded : category.excluded_classes) {
    if (equal_ignoring_case(excluded, information.classification))
      error(findings, "excluded-classification", what + " with " + information.classification);
  }
  if (!category.required_class.empty() &&
      !equal_ignoring_case(category.required_class, information.classification))
    error(findings, "required-classification", what + " requires " + category.required_class);
  for (const SpifRequirement& requirement : category.required) {
    if (!is_met(policy, information, requirement))
      error(findings, "required-category", "that " + what + " requires");
  }
  for (const SpifCategoryGroup& group : category.excluded) {
    if (has_value(policy, information, group))
      error(findings, "excluded-category", what + " with " + group.tag_set);
  }
}

using Selections = std::map<const SpifTag*, uint64_t>;

void check_category(const Spif& policy, const ConfidentialityInformation& information,
                    const LabelCategory& category, Selections* selections, Findings* findings) {
  const SpifTagSet* tag_set = policy.tag_set_named(category.tag_name);
  if (tag_set == nullptr) return error(findings, "unknown-tag-set", category.tag_name);
  if (!category.uri.empty() && category.uri != "urn:oid:" + tag_set->id)
    error(findings, "other-tag-set-identifier", category.uri);
  bool has_type = false;
  for (const SpifTag& tag : tag_set->tags) has_type = has_type || tag.type == category.type;
  if (!has_type)
    return error(findings, "other-category-type",
                 category.tag_name + " is not " + std::string(name_of(category.type)));
  if (category.values.empty()) error(findings, "no-value", category.tag_name);
  std::set<std::string> seen;
  for (const std::string& value : category.values) {
    const SpifPlace place = place_of(*tag_set, category.type, value);
    if (place.category == nullptr) {
      error(findings, "unknown-category", category.tag_name + " " + value);
      continue;
    }
    if (!seen.insert(to_lower_ascii(value)).second)
      warning(findings, "repeated-category", category.tag_name + " " + value);
    ++(*selections)[place.tag];
    check_value(policy, information, tag_set->name, *place.category, findings);
  }
}

void check_selections(const SpifTag& tag, uint64_t selected, Findings* findings) {
  if (tag.selections_min && selected < *tag.selections_min)
    error(findings, "too-few-categories", tag.name);
  if (tag.selections_max && selected > *tag.selections_max)
    error(findings, "too-many-categories", tag.name);
}

bool applies(SpifApplied applied, Direction direction) {
  return applied == SpifApplied::kBoth ||
         (applied == SpifApplied::kMade) == (direction == Direction::kMade);
}

std::unexpected<Error> no_equivalent(std::string_view what, const Spif& target) {
  return fail(Code::kUnprocessable,
              "no sure equivalent in " + target.policy.name + " of " + std::string(what));
}

// The names by which a policy file refers to the target.
const SpifPolicyName* reference_to(const Spif& from, const Spif& target) {
  for (const SpifPolicyName& each : from.equivalent_policies) {
    if (each.id == target.policy.id) return &each;
  }
  return nullptr;
}

struct TargetPlace {
  const SpifTagSet* tag_set = nullptr;
  const SpifCategory* category = nullptr;
};

TargetPlace place_by_number(const Spif& policy, std::string_view tag_set_id, CategoryType type,
                            std::string_view lacv) {
  for (const SpifTagSet& tag_set : policy.tag_sets) {
    if (tag_set.id != tag_set_id) continue;
    for (const SpifTag& tag : tag_set.tags) {
      if (tag.type != type) continue;
      for (const SpifCategory& category : tag.categories) {
        if (category.lacv == lacv) return {&tag_set, &category};
      }
    }
  }
  return {};
}

void add_value(const SpifTagSet& tag_set, CategoryType type, const std::string& value,
               ConfidentialityInformation* out) {
  for (LabelCategory& category : out->categories) {
    if (category.type != type || category.tag_name != tag_set.name) continue;
    for (const std::string& each : category.values) {
      if (each == value) return;
    }
    category.values.push_back(value);
    return;
  }
  out->categories.push_back({type, tag_set.name, "urn:oid:" + tag_set.id, {value}});
}

// One label on its way to another policy.
class Translation {
 public:
  Translation(const Spif& from, const Spif& target, const std::string& policy, Direction direction)
      : from_(from), target_(target), policy_(policy), direction_(direction) {}

  Result<void> classification(const ConfidentialityInformation& information,
                              ConfidentialityInformation* out) {
    const SpifClassification* classification =
        from_.classification_named(information.classification);
    CHECK(classification != nullptr);  // check has found no error
    const SpifEquivalentClassification* equivalent = nullptr;
    for (const SpifEquivalentClassification& each : classification->equivalents) {
      if (each.policy != policy_ || !applies(each.applied, direction_)) continue;
      if (equivalent != nullptr) return no_equivalent(information.classification, target_);
      equivalent = &each;
    }
    if (equivalent == nullptr) return no_equivalent(information.classification, target_);
    for (const SpifClassification& each : target_.classifications) {
      if (each.lacv == equivalent->lacv) out->classification = each.name;
    }
    if (out->classification.empty()) return no_equivalent(information.classification, target_);
    required_.insert(required_.end(), equivalent->required.begin(), equivalent->required.end());
    return {};
  }

  Result<void> category(const LabelCategory& category, ConfidentialityInformation* out) {
    const SpifTagSet* tag_set = from_.tag_set_named(category.tag_name);
    CHECK(tag_set != nullptr);
    size_t kept = 0;
    for (const std::string& value : category.values) {
      const SpifPlace place = place_of(*tag_set, category.type, value);
      CHECK(place.category != nullptr);
      kept += TRY(this->value(category, *place.category, out));
    }
    if (kept == 0 && category.type != CategoryType::kInformative)
      return no_equivalent(category.tag_name, target_);
    return {};
  }

  // Categories that the target wants beside; only where there is no choice are they added.
  Result<void> requirements(ConfidentialityInformation* out) {
    for (const SpifRequirement& requirement : required_) {
      if (is_met(target_, *out, requirement)) continue;
      if (requirement.operation != SpifRequirement::Operation::kAll)
        return no_equivalent("a requirement that leaves a choice", target_);
      for (const SpifCategoryGroup& group : requirement.groups) {
        const SpifTagSet* tag_set = target_.tag_set_named(group.tag_set);
        // A value more in a permissive list lets more read; a list where there was none does not.
        const bool has_list = has_value(target_, *out, {group.tag_set, group.type, std::nullopt});
        if (tag_set == nullptr || !group.lacv ||
            (group.type == CategoryType::kPermissive && has_list))
          return no_equivalent("a requirement that could widen", target_);
        const TargetPlace place = place_by_number(target_, tag_set->id, group.type, *group.lacv);
        if (place.category == nullptr) return no_equivalent("a requirement", target_);
        add_value(*tag_set, group.type, place.category->name, out);
      }
    }
    return {};
  }

  void require(const std::vector<SpifRequirement>& more) {
    required_.insert(required_.end(), more.begin(), more.end());
  }

 private:
  // How many values of the target stand for this one.
  Result<size_t> value(const LabelCategory& category, const SpifCategory& value,
                       ConfidentialityInformation* out) {
    size_t kept = 0;
    bool discarded = false;
    for (const SpifEquivalentCategory& each : value.equivalents) {
      if (each.policy != policy_ || !applies(each.applied, direction_)) continue;
      if (each.discard) {
        discarded = true;
        continue;
      }
      const TargetPlace place = place_by_number(target_, each.tag_set_id, each.type, each.lacv);
      if (place.category == nullptr || each.type != category.type)
        return no_equivalent(value.name, target_);
      if (category.type == CategoryType::kPermissive) {
        const auto [source, first] = sources_.emplace(place.tag_set, category.tag_name);
        if (++kept > 1 || (!first && source->second != category.tag_name))
          return no_equivalent(value.name, target_);
      }
      add_value(*place.tag_set, each.type, place.category->name, out);
      kept = std::max<size_t>(kept, 1);
    }
    if (kept != 0 || category.type == CategoryType::kInformative) return kept;
    if (discarded && category.type == CategoryType::kPermissive) return kept;
    return no_equivalent(value.name, target_);
  }

  const Spif& from_;
  const Spif& target_;
  const std::string& policy_;
  Direction direction_;
  std::vector<SpifRequirement> required_;
  std::map<const SpifTagSet*, std::string> sources_;  // of a permissive list: the one it comes from
};

}  // namespace

bool has_errors(const std::vector<LabelFinding>& findings) {
  for (const LabelFinding& each : findings) {
    if (each.weight == LabelFinding::Weight::kError) return true;
  }
  return false;
}

bool has_value(const Spif& policy, const ConfidentialityInformation& information,
               const SpifCategoryGroup& group) {
  const SpifTagSet* tag_set = policy.tag_set_named(group.tag_set);
  if (tag_set == nullptr) return false;
  for (const LabelCategory& category : information.categories) {
    if (category.type != group.type || !equal_ignoring_case(category.tag_name, tag_set->name))
      continue;
    for (const std::string& value : category.values) {
      const SpifPlace place = place_of(*tag_set, category.type, value);
      if (place.category != nullptr && (!group.lacv || place.category->lacv == *group.lacv))
        return true;
    }
  }
  return false;
}

bool is_met(const Spif& policy, const ConfidentialityInformation& information,
            const SpifRequirement& requirement) {
  size_t met = 0;
  for (const SpifCategoryGroup& group : requirement.groups)
    met += has_value(policy, information, group) ? 1 : 0;
  switch (requirement.operation) {
    case SpifRequirement::Operation::kOnlyOne:
      return met == 1;
    case SpifRequirement::Operation::kOneOrMore:
      return met >= 1;
    case SpifRequirement::Operation::kAll:
      return met == requirement.groups.size();
  }
  return false;
}

std::vector<LabelFinding> Spif::check(const ConfidentialityLabel& label) const {
  Findings findings;
  const ConfidentialityInformation& information = label.information;
  if (!equal_ignoring_case(information.policy_name, policy.name))
    error(&findings, "other-policy", information.policy_name);
  if (!information.policy_uri.empty() && information.policy_uri != "urn:oid:" + policy.id)
    error(&findings, "other-policy-identifier", information.policy_uri);
  check_classification(*this, information, &findings);
  Selections selections;
  for (const LabelCategory& category : information.categories)
    check_category(*this, information, category, &selections, &findings);
  for (const SpifTagSet& tag_set : tag_sets) {
    for (const SpifTag& tag : tag_set.tags) {
      const auto selected = selections.find(&tag);
      check_selections(tag, selected == selections.end() ? 0 : selected->second, &findings);
    }
  }
  if (information.privacy_mark) {
    bool known = false;
    for (const std::string& mark : privacy_marks)
      known = known || mark == *information.privacy_mark;
    if (!known) error(&findings, "unknown-privacy-mark", *information.privacy_mark);
  }
  for (const std::string& part : label.not_understood) error(&findings, "not-understood", part);
  if (!label.creation_date_time) warning(&findings, "no-creation-time", "the schema wants one");
  if (!label.review_date_time && !label.succession)
    warning(&findings, "no-review-time", "the standard wants one where no succession is stated");
  return findings;
}

Result<ConfidentialityLabel> Spif::equivalent(const ConfidentialityLabel& label, const Spif& target,
                                              Direction direction) const {
  if (const Findings findings = check(label); has_errors(findings))
    return fail(Code::kInvalid, "the policy " + policy.name + " does not allow the label");
  const SpifPolicyName* reference = reference_to(*this, target);
  if (reference == nullptr) return no_equivalent("the policy", target);
  if (label.succession) return no_equivalent("a succession", target);
  if (label.information.privacy_mark) return no_equivalent("a privacy mark", target);
  ConfidentialityLabel out = label;
  out.kind = LabelKind::kAlternative;
  out.information = {};
  out.information.policy_name = target.policy.name;
  out.information.policy_uri = "urn:oid:" + target.policy.id;
  Translation translation(*this, target, reference->name, direction);
  translation.require(reference->required);
  TRY(translation.classification(label.information, &out.information));
  std::set<std::pair<CategoryType, std::string>> tags;
  for (const LabelCategory& category : label.information.categories) {
    if (!tags.emplace(category.type, to_lower_ascii(category.tag_name)).second)
      return no_equivalent("a tag that stands twice", target);
    TRY(translation.category(category, &out.information));
  }
  TRY(translation.requirements(&out.information));
  if (has_errors(target.check(out)))
    return fail(Code::kInvalid, "the policy " + target.policy.name + " does not allow it");
  return out;
}

}  // namespace entente::release
