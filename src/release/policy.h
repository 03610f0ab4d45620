// Classification policies: the levels of a policy in order, its categories, and whether a clearance
// covers a classification. The policies of a node are in its directory; docs/formats/policy.md has
// the form.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/json.h"

namespace entente::release {

// What an object is classified as, or what a party is cleared for. Categories are sorted and
// distinct.
struct Classification {
  std::string policy;
  std::string level;
  std::vector<std::string> categories;
  friend auto operator<=>(const Classification&, const Classification&) = default;
};
using Clearance = Classification;

// Sorts the categories and drops what is there twice.
void canonicalise(Classification& classification);

struct Policy {
  std::string name;
  std::vector<std::string> levels;      // from the most open to the most closed
  std::vector<std::string> categories;  // sorted
  // The rank of a level; nullopt: the policy has none of that name.
  std::optional<size_t> rank(std::string_view level) const;
};

// {"name":"...","levels":["..."],"categories":["..."]}; other members are for the caller to judge.
// kInvalid: no name, no level, a level or category that is empty, too long or there twice;
// kTooLarge: past a limit.
Result<Policy> read_policy(json::Value policy);

// Whether the clearance reaches the classification: the same policy, no lower level, and every
// category. A level or category that the policy does not have is covered by nothing.
bool covers(const Policy& policy, const Clearance& clearance, const Classification& classification);

}  // namespace entente::release
