// The directory's part of the policy lint: each rule is a walk over one kind of fact, as it holds now.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "exchange/lint_findings.h"

namespace entente::exchange {
namespace {

bool holds(const release::ClearanceFact& fact, int64_t now_ms) {
  return fact.known.until_ms == INT64_MAX && now_ms < fact.until_ms;
}

void lint_parties(const release::Directory& directory, int64_t now_ms, LintFindings& findings) {
  std::set<release::PartyNumber> with_key;
  for (const auto& [id, key] : directory.keys()) {
    if (now_ms < key.revoked_ms) with_key.insert(key.party);
  }
  for (const release::Party& party : directory.parties()) {
    const bool needs_none = party.code == release::kPublicCode ||
                            directory.has_ended(party.number, now_ms, release::kAllKnown);
    if (!needs_none && !with_key.contains(party.number))
      findings.add("party-without-key", party.code, "no API key of it is valid");
  }
}

void lint_collections(const release::Directory& directory, int64_t now_ms, LintFindings& findings) {
  const release::Party* anyone = directory.party(release::kPublicCode);
  for (const release::Collection& one : directory.collections()) {
    const release::PartySet readers = directory.expand(one.read, now_ms);
    if (readers.empty())
      findings.add("collection-unread", one.alias,
                   "nobody reads it but by what objects say themselves");
    if (!one.default_tlp) {
      findings.add("collection-without-default", one.alias, "it has no default level");
    } else if (*one.default_tlp == release::Tlp::kClear) {
      findings.add("collection-open", one.alias, "what comes unmarked is CLEAR: for anyone");
    } else if (anyone != nullptr && release::contains(readers, anyone->number)) {
      findings.add("collection-open", one.alias,
                   fmt::format("readers without a key read it, and what comes unmarked is {}",
                               release::name_of(*one.default_tlp)));
    }
  }
}

void lint_policies(const release::Directory& directory, int64_t now_ms, LintFindings& findings) {
  std::set<std::string_view> cleared;
  for (const release::ClearanceFact& fact : directory.clearances()) {
    if (!holds(fact, now_ms)) continue;
    cleared.insert(fact.clearance.policy);
    const release::Party* party = directory.party(fact.party);
    const release::Policy* policy = directory.policy(fact.clearance.policy);
    const std::string code = party == nullptr ? std::string() : party->code;
    if (policy == nullptr) {
      findings.add("clearance-without-policy", code,
                   fmt::format("it is cleared under '{}', which this node does not have",
                               fact.clearance.policy));
    } else if (!policy->rank(fact.clearance.level)) {
      findings.add("clearance-without-policy", code,
                   fmt::format("it is cleared to '{}', which policy '{}' does not have",
                               fact.clearance.level, policy->name));
    }
  }
  for (const std::string_view name : directory.policy_names()) {
    if (!cleared.contains(name))
      findings.add("policy-unused", std::string(name), "no clearance names it");
  }
}

void lint_authorities(const State& state, LintFindings& findings) {
  for (const release::Authority& authority : state.directory->authorities()) {
    const bool is_over = authority.known.until_ms != INT64_MAX;
    if (is_over || authority.marking == "*") continue;
    const release::Party* party = state.directory->party(authority.party);
    const std::string code = party == nullptr ? std::string() : party->code;
    const auto* seen = state.markings->find(authority.party, authority.marking);
    if (seen == nullptr) {
      findings.add("authority-without-marking", authority.marking,
                   fmt::format("{} may define it for everybody and has not submitted it", code));
    } else if (to_hex(seen->content) != authority.content) {
      findings.add("authority-without-marking", authority.marking,
                   fmt::format("what {} submitted is not the content that is pinned", code));
    }
  }
}

}  // namespace

void lint_directory(const State& state, int64_t now_ms, LintFindings& findings) {
  const release::Directory& directory = *state.directory;
  lint_parties(directory, now_ms, findings);
  for (const auto& [code, group] : directory.groups()) {
    if (directory.expand({code}, now_ms).empty())
      findings.add("group-empty", code, "it has no member now");
  }
  lint_collections(directory, now_ms, findings);
  lint_policies(directory, now_ms, findings);
  lint_authorities(state, findings);
}

}  // namespace entente::exchange
