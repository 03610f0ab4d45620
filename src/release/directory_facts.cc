// Changes of keys (of the API, and those that records are signed with), policies, clearances and authorities. As in directory_apply.cc, each checks
// everything first and changes second.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "release/directory.h"
#include "release/directory_change.h"

namespace entente::release {

bool Restriction::lets_into(CollectionNumber collection) const {
  return !collections || std::ranges::binary_search(*collections, collection);
}

std::string describe(const Restriction& restriction, const Directory& directory) {
  std::string out = "{";
  const auto list = [&](std::string_view name, const auto& elements, const auto& text_of_one) {
    out += fmt::format("{}\"{}\":[", out.size() > 1 ? "," : "", name);
    for (size_t i = 0; i < elements.size(); ++i)
      out += (i == 0 ? "" : ",") + json_quote(text_of_one(elements[i]));
    out += "]";
  };
  if (restriction.collections) {
    list("collections", *restriction.collections,
         [&](CollectionNumber number) { return directory.collection(number)->id; });
  }
  if (restriction.clearances) {
    list("clearances", *restriction.clearances, [](const Clearance& one) {
      std::string text = one.policy + ":" + one.level;
      for (size_t i = 0; i < one.categories.size(); ++i)
        text += (i == 0 ? ":" : ",") + one.categories[i];
      return text;
    });
  }
  if (!restriction.exercise.empty()) {
    out += fmt::format("{}\"exercise\":{}", out.size() > 1 ? "," : "",
                       json_quote(restriction.exercise));
  }
  return out + "}";
}

// A clearance under a policy that the directory has, canonical.
Result<Clearance> Directory::clearance_of(json::Value object) const {
  Clearance out{text_of(object, "policy"), text_of(object, "level"),
                texts_of(object, "categories")};
  canonicalise(out);
  const Policy* policy = this->policy(out.policy);
  if (policy == nullptr) return fail(Code::kNotFound, fmt::format("no policy '{}'", out.policy));
  if (!policy->rank(out.level))
    return fail(Code::kNotFound,
                fmt::format("policy '{}' has no level '{}'; it has: {}", out.policy, out.level,
                            fmt::join(policy->levels, ", ")));
  for (const std::string& category : out.categories) {
    if (!std::ranges::binary_search(policy->categories, category)) {
      return fail(Code::kNotFound,
                  fmt::format("policy '{}' has no category '{}'; it has: {}", out.policy, category,
                              fmt::join(policy->categories, ", ")));
    }
  }
  return out;
}

Result<Restriction> Directory::restriction_of(json::Value object) const {
  Restriction out;
  if (object.find("collections")) {
    auto& numbers = out.collections.emplace();
    for (const std::string& name : texts_of(object, "collections")) {
      const Collection* found = collection(name);
      if (found == nullptr) return fail(Code::kNotFound, fmt::format("no collection '{}'", name));
      numbers.push_back(found->number);
    }
    std::ranges::sort(numbers);
    numbers.erase(std::ranges::unique(numbers).begin(), numbers.end());
  }
  if (const auto list = object.find("clearances")) {
    auto& clearances = out.clearances.emplace();
    if (!list->is_array() || list->size() > limits::kClassificationsMax) {
      return fail(Code::kInvalid, fmt::format("'clearances' is a list of up to {} clearances",
                                              limits::kClassificationsMax));
    }
    for (const json::Value element : list->elements()) {
      Clearance one = TRY(clearance_of(element));
      clearances.push_back(std::move(one));
    }
    std::ranges::sort(clearances);
    clearances.erase(std::ranges::unique(clearances).begin(), clearances.end());
  }
  out.exercise = text_of(object, "exercise");
  if (out.exercise.size() > limits::kNameBytesMax)
    return fail(Code::kTooLarge, "the name of the exercise is too long");
  return out;
}

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
  key.restriction = TRY(restriction_of(change.object));
  if (!key.restriction.is_none() && release::may_write(key.role)) {
    return fail(Code::kInvalid,
                "a key with a narrower world than its party's reads alone: its role is reader or "
                "expert");
  }
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
  fact.clearance = TRY(clearance_of(change.object));
  fact.from_ms = integer_of(change.object, "from", INT64_MIN);
  fact.until_ms = integer_of(change.object, "until", INT64_MAX);
  fact.known.from_ms = change.tick_ms;
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
    constexpr std::string_view kMarkingPrefix = "marking-definition--";
    if (!out.marking.starts_with(kMarkingPrefix) ||
        !is_uuid(std::string_view(out.marking).substr(kMarkingPrefix.size()))) {
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

Result<void> Directory::apply_signing_key(const Change& change) {
  const Party* who = party(text_of(change.object, "party"));
  if (who == nullptr) return no_party(text_of(change.object, "party"));
  const auto key = public_key_from(text_of(change.object, "public"));
  if (!key) return fail(Code::kInvalid, "'public' is an Ed25519 public key: 64 hex digits");
  return signing_keys_.add(who->number, {*key, text_of(change.object, "holder"), change.tick_ms});
}

Result<void> Directory::apply_signing_key_end(const Change& change) {
  const Party* who = party(text_of(change.object, "party"));
  if (who == nullptr) return no_party(text_of(change.object, "party"));
  const auto key = public_key_from(text_of(change.object, "public"));
  if (!key) return fail(Code::kInvalid, "'public' is an Ed25519 public key: 64 hex digits");
  return signing_keys_.end(who->number, *key, change.tick_ms);
}

}  // namespace entente::release
