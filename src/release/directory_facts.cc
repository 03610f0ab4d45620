// Changes of keys, policies, clearances and authorities. As in directory_apply.cc, each checks
// everything first and changes second.
#include <fmt/format.h>

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "release/directory.h"
#include "release/directory_change.h"

namespace entente::release {

Result<void> Directory::apply_key(const Change& change) {
  const auto role = role_from(text_of(change.object, "role"));
  if (!role)
    return fail(Code::kInvalid,
                "a key needs a role: reader, contributor, release-officer, expert or operator");
  Key key;
  key.id = text_of(change.object, "id");
  key.digest = TRY(digest_of(text_of(change.object, "digest")));
  key.role = *role;
  key.created_ms = integer_of(change.object, "at", 0);
  const Party* owner = party(text_of(change.object, "party"));
  if (owner == nullptr) return no_party(text_of(change.object, "party"));
  if (key.id.size() != 16 || !from_hex(key.id))
    return fail(Code::kInvalid, "a key's id has 16 hex digits");
  if (keys_.contains(key.id)) return fail(Code::kConflict, "that key exists");
  key.party = owner->number;
  key.revoked_ms = end_of(owner->number);
  if (key.created_ms >= key.revoked_ms)
    return fail(Code::kConflict, fmt::format("'{}' has ended", owner->code));
  const std::string id = key.id;
  keys_.emplace(id, std::move(key));
  return {};
}

Result<void> Directory::apply_revoke_key(const Change& change) {
  const auto found = keys_.find(text_of(change.object, "id"));
  if (found == keys_.end()) return fail(Code::kNotFound, "no such key");
  found->second.revoked_ms = std::min(found->second.revoked_ms, integer_of(change.object, "at", 0));
  return {};
}

Result<void> Directory::apply_policy(const Change& change) {
  Policy policy = TRY(read_policy(change.object));
  if (!policies_.contains(policy.name) && policies_.size() >= limits::kPoliciesMax)
    return fail(Code::kTooLarge, "too many policies");
  const std::string name = policy.name;
  policies_[name].emplace_back(change.tick_ms, std::move(policy));
  return {};
}

Result<void> Directory::apply_clearance(const Change& change) {
  const Party* owner = party(text_of(change.object, "party"));
  if (owner == nullptr) return no_party(text_of(change.object, "party"));
  ClearanceFact fact;
  fact.party = owner->number;
  fact.clearance = {text_of(change.object, "policy"), text_of(change.object, "level"),
                    texts_of(change.object, "categories")};
  canonicalise(fact.clearance);
  fact.from_ms = integer_of(change.object, "from", INT64_MIN);
  fact.until_ms = integer_of(change.object, "until", INT64_MAX);
  fact.known.from_ms = change.tick_ms;
  const Policy* policy = this->policy(fact.clearance.policy);
  if (policy == nullptr)
    return fail(Code::kNotFound, fmt::format("no policy '{}'", fact.clearance.policy));
  if (!policy->rank(fact.clearance.level) ||
      !std::ranges::includes(policy->categories, fact.clearance.categories)) {
    return fail(Code::kNotFound,
                fmt::format("policy '{}' has no such level or category", fact.clearance.policy));
  }
  if (fact.from_ms >= fact.until_ms) return fail(Code::kInvalid, "a clearance ends after it began");
  if (clearances_.size() >= limits::kClearancesMax)
    return fail(Code::kTooLarge, "too many clearances");
  add_boundary(fact.from_ms);
  add_boundary(fact.until_ms);
  clearances_.push_back(std::move(fact));
  return {};
}

Result<void> Directory::apply_clearance_end(const Change& change) {
  const Party* owner = party(text_of(change.object, "party"));
  if (owner == nullptr) return no_party(text_of(change.object, "party"));
  const std::string policy = text_of(change.object, "policy");
  const int64_t until_ms = TRY(date_of(change.object, "until"));
  std::vector<size_t> ended;
  for (size_t i = 0; i < clearances_.size(); ++i) {
    const ClearanceFact& fact = clearances_[i];
    if (fact.party == owner->number && fact.clearance.policy == policy &&
        fact.known.until_ms == INT64_MAX && until_ms < fact.until_ms) {
      ended.push_back(i);
    }
  }
  if (ended.empty()) {
    return fail(Code::kNotFound,
                fmt::format("'{}' has no clearance under '{}' that goes on past then", owner->code,
                            policy));
  }
  if (clearances_.size() + ended.size() > limits::kClearancesMax)
    return fail(Code::kTooLarge, "too many clearances");
  for (const size_t i : ended) {
    clearances_[i].known.until_ms = change.tick_ms;
    ClearanceFact shorter = clearances_[i];
    shorter.known = {change.tick_ms, INT64_MAX};
    shorter.until_ms = until_ms;
    if (shorter.from_ms < shorter.until_ms) clearances_.push_back(std::move(shorter));
  }
  add_boundary(until_ms);
  return {};
}

Result<void> Directory::apply_authority(const Change& change) {
  const Party* who = party(text_of(change.object, "party"));
  if (who == nullptr) return no_party(text_of(change.object, "party"));
  Authority out{who->number,
                text_of(change.object, "marking"),
                text_of(change.object, "content"),
                {change.tick_ms, INT64_MAX}};
  if (out.marking == "*") {
    if (!out.content.empty())
      return fail(Code::kInvalid, "an authority for all markings is pinned to no content");
  } else {
    constexpr std::string_view kPrefix = "marking-definition--";
    if (!out.marking.starts_with(kPrefix) ||
        !is_uuid(std::string_view(out.marking).substr(kPrefix.size()))) {
      return fail(Code::kInvalid, "'marking' is the id of a marking-definition, or '*'");
    }
    TRY(digest_of(out.content));
    out.content = to_lower_ascii(out.content);
  }
  if (authorities_.size() >= limits::kAuthoritiesMax)
    return fail(Code::kTooLarge, "too many authorities");
  authorities_.push_back(std::move(out));
  return {};
}

Result<void> Directory::apply_authority_end(const Change& change) {
  const Party* who = party(text_of(change.object, "party"));
  if (who == nullptr) return no_party(text_of(change.object, "party"));
  const std::string marking = text_of(change.object, "marking");
  size_t ended = 0;
  for (Authority& one : authorities_) {
    if (one.party != who->number || one.marking != marking || one.known.until_ms != INT64_MAX)
      continue;
    one.known.until_ms = change.tick_ms;
    ++ended;
  }
  if (ended == 0)
    return fail(Code::kNotFound, fmt::format("'{}' is no authority for that", who->code));
  return {};
}

}  // namespace entente::release
