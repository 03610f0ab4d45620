// A clearance covers by itself or not at all: two clearances never add up, so that "SECRET" without
// a category and "RESTRICTED" with it do not make "SECRET" with it.
#include "release/policy.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/limits.h"

namespace entente::release {
namespace {

Result<std::vector<std::string>> words_of(json::Value policy, std::string_view key, size_t max) {
  std::vector<std::string> out;
  const auto list = policy.find(key);
  if (!list) return out;
  if (!list->is_array()) return fail(Code::kInvalid, fmt::format("{} is a list", key));
  if (list->size() > max)
    return fail(Code::kTooLarge, fmt::format("{} has more than {} entries", key, max));
  for (const json::Value element : list->elements()) {
    std::string word = element.is_string() ? element.text() : std::string();
    if (word.empty() || word.size() > limits::kCodeBytesMax) {
      return fail(Code::kInvalid,
                  fmt::format("{} holds words of 1 to {} bytes", key, limits::kCodeBytesMax));
    }
    if (std::ranges::find(out, word) != out.end())
      return fail(Code::kInvalid, fmt::format("'{}' is twice in {}", word, key));
    out.push_back(std::move(word));
  }
  return out;
}

}  // namespace

void canonicalise(Classification& classification) {
  auto& categories = classification.categories;
  std::ranges::sort(categories);
  categories.erase(std::ranges::unique(categories).begin(), categories.end());
}

std::optional<size_t> Policy::rank(std::string_view level) const {
  const auto found = std::ranges::find(levels, level);
  if (found == levels.end()) return std::nullopt;
  return static_cast<size_t>(found - levels.begin());
}

Result<Policy> read_policy(json::Value policy) {
  Policy out;
  const auto name = policy.find("name");
  if (name && name->is_string()) out.name = name->text();
  if (out.name.empty() || out.name.size() > limits::kCodeBytesMax) {
    return fail(Code::kInvalid,
                fmt::format("a policy has a name of 1 to {} bytes", limits::kCodeBytesMax));
  }
  out.levels = TRY(words_of(policy, "levels", limits::kPolicyLevelsMax));
  if (out.levels.empty()) return fail(Code::kInvalid, "a policy has levels, the most open first");
  out.categories = TRY(words_of(policy, "categories", limits::kPolicyCategoriesMax));
  std::ranges::sort(out.categories);
  return out;
}

bool covers(const Policy& policy, const Clearance& clearance,
            const Classification& classification) {
  if (clearance.policy != policy.name || classification.policy != policy.name) return false;
  const auto reached = policy.rank(clearance.level);
  const auto needed = policy.rank(classification.level);
  if (!reached || !needed || *reached < *needed) return false;
  return std::ranges::includes(policy.categories, classification.categories) &&
         std::ranges::includes(clearance.categories, classification.categories);
}

}  // namespace entente::release
