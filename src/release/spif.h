// Security policy files in XML (XMLSPIF, http://www.xmlspif.org, schema 2.1, and of 3.0 what means
// the same): which classifications and categories a policy has, which may stand together, and what
// they are in another policy.
//
//   Spif nato = TRY(Spif::read(xml));
//   std::vector<LabelFinding> findings = nato.check(label);      // empty: the policy allows the label
//   ConfidentialityLabel ours = TRY(nato.equivalent(label, national, Direction::kReceived));
//
// Names are compared without regard to ASCII case, as ADatP-4774 asks for its policies. How a tag
// of a policy file stands in a label is ADatP-4774.1's table 10: names, not numbers.
//
// Threads: a Spif does not change after read. Ownership: it owns its content.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "release/stanag.h"

namespace entente::release {

inline constexpr std::string_view kSpifSpace = "http://www.xmlspif.org/spif";

// Something that a policy does not allow in a label. `code` is stable, `detail` for people.
struct LabelFinding {
  enum class Weight : uint8_t { kError, kWarning };
  Weight weight = Weight::kError;
  std::string code;    // "unknown-classification"
  std::string detail;  // "SECRETT"
  friend bool operator==(const LabelFinding&, const LabelFinding&) = default;
};

// Whether a label is being made, or has been received: equivalences may hold for one of the two.
enum class Direction : uint8_t { kMade, kReceived };

// Values of a tag set: one of them (by lacv), or any.
struct SpifCategoryGroup {
  std::string tag_set;
  CategoryType type = CategoryType::kRestrictive;
  std::optional<std::string> lacv;  // absent: any value
};

struct SpifRequirement {
  enum class Operation : uint8_t { kOnlyOne, kOneOrMore, kAll };
  Operation operation = Operation::kAll;
  std::vector<SpifCategoryGroup> groups;
};

enum class SpifApplied : uint8_t { kMade, kReceived, kBoth };

struct SpifEquivalentClassification {
  std::string policy;  // name of an equivalent policy
  std::string lacv;
  SpifApplied applied = SpifApplied::kBoth;
  std::vector<SpifRequirement> required;  // of the label in the other policy
};

struct SpifEquivalentCategory {
  std::string policy;
  std::string tag_set_id;
  CategoryType type = CategoryType::kRestrictive;
  std::string lacv;
  SpifApplied applied = SpifApplied::kBoth;
  bool discard = false;
};

struct SpifClassification {
  std::string name;
  std::string lacv;
  int64_t hierarchy = 0;
  bool obsolete = false;
  std::vector<SpifEquivalentClassification> equivalents;
  std::vector<SpifRequirement> required;
};

struct SpifCategory {
  std::string name;
  std::string lacv;
  bool obsolete = false;
  std::string required_class;  // empty: any
  std::vector<std::string> excluded_classes;
  std::vector<SpifRequirement> required;
  std::vector<SpifCategoryGroup> excluded;
  std::vector<SpifEquivalentCategory> equivalents;
};

struct SpifTag {
  std::string name;
  CategoryType type = CategoryType::kRestrictive;
  std::optional<uint64_t> selections_min, selections_max;
  std::vector<SpifCategory> categories;
};

struct SpifTagSet {
  std::string name;
  std::string id;
  std::vector<SpifTag> tags;
};

struct SpifPolicyName {
  std::string name;
  std::string id;
  std::vector<SpifRequirement> required;  // of any label in that policy
};

struct Spif {
  std::string schema_version;
  SpifPolicyName policy;
  std::vector<SpifClassification> classifications;
  std::vector<SpifTagSet> tag_sets;
  std::vector<std::string> privacy_marks;
  std::vector<SpifPolicyName> equivalent_policies;

  // kInvalid: not XML that is read here, or no policy file. kUnprocessable: a rule of a kind that
  // is not known here (validity periods, input by users, unknown elements): without it a label
  // could pass that should not.
  static Result<Spif> read(std::string_view xml);

  // All that the policy does not allow in the label, not just the first. Warnings are for what the
  // policy leaves open: values that are obsolete, times that the standard wants.
  std::vector<LabelFinding> check(const ConfidentialityLabel& label) const;

  // The label in the other policy, as an alternative label. kUnprocessable: this policy does not
  // say what a part of the label is there, or says it in a way that could widen. Errors of check in
  // either policy: kInvalid.
  Result<ConfidentialityLabel> equivalent(const ConfidentialityLabel& label, const Spif& target,
                                          Direction direction) const;

  const SpifClassification* classification_named(std::string_view name) const;
  const SpifTagSet* tag_set_named(std::string_view name) const;
};

// Of one tag set, the tag that has a value of that type; null if there is none.
struct SpifPlace {
  const SpifTag* tag = nullptr;
  const SpifCategory* category = nullptr;
};
SpifPlace place_of(const SpifTagSet& tag_set, CategoryType type, std::string_view value);

// Whether the label has a value of the group.
bool has_value(const Spif& policy, const ConfidentialityInformation& information,
               const SpifCategoryGroup& group);
bool is_met(const Spif& policy, const ConfidentialityInformation& information,
            const SpifRequirement& requirement);

bool has_errors(const std::vector<LabelFinding>& findings);

}  // namespace entente::release
