// What a directory is asked. A Directory of ten thousand parties is some megabytes and changes
// rarely, so that a copy per change is cheaper than any sharing of parts would be to understand.
//
// Facts that can be taken back (memberships, clearances, authorities) are rows with the dates at
// which they hold and the ticks between which they were known: a change closes the row it replaces
// and adds another. A question picks the rows known at its `known_ms` and looks at their dates.
#include "release/directory.h"

#include <algorithm>
#include <set>

#include "base/limits.h"
#include "release/enforced.h"

namespace entente::release {
namespace {

constexpr std::string_view kRoleNames[] = {"reader", "contributor", "release-officer", "expert",
                                           "operator"};

}  // namespace

std::optional<Role> role_from(std::string_view text) {
  for (size_t i = 0; i < std::size(kRoleNames); ++i) {
    if (kRoleNames[i] == text) return static_cast<Role>(i);
  }
  return std::nullopt;
}

std::string_view name_of(Role role) { return kRoleNames[static_cast<size_t>(role)]; }

bool may_write(Role role) {
  return role == Role::kContributor || role == Role::kReleaseOfficer || role == Role::kOperator;
}

bool may_release(Role role) { return role == Role::kReleaseOfficer || role == Role::kOperator; }

bool contains(const PartySet& set, PartyNumber party) {
  return std::ranges::binary_search(set, party);
}

bool Group::was_retroactive(int64_t known_ms) const {
  const auto after =
      std::ranges::upper_bound(retroactive_since, known_ms, {}, &std::pair<int64_t, bool>::first);
  return after != retroactive_since.begin() && std::prev(after)->second;
}

const std::vector<std::string>& Collection::read_as_known(int64_t known_ms) const {
  if (read_since.empty()) return read;
  auto at = read_since.begin();
  for (auto next = at; next != read_since.end() && next->first <= known_ms; ++next) at = next;
  return at->second;
}

const Party* Directory::party(PartyNumber number) const {
  return number < parties_.size() ? &parties_[number] : nullptr;
}

const Party* Directory::party(std::string_view code) const {
  return party(party_as_known(code, kAllKnown));
}

PartyNumber Directory::party_as_known(std::string_view code, int64_t known_ms) const {
  const auto found = codes_.find(code);
  return found == codes_.end() || found->second.known_ms > known_ms ? kNoParty
                                                                    : found->second.party;
}

const Party* Directory::party_of_identity(std::string_view identity) const {
  const auto found = std::ranges::find(parties_, identity, &Party::identity);
  return found == parties_.end() ? nullptr : &*found;
}

const Group* Directory::group(std::string_view code) const {
  const auto found = groups_.find(code);
  return found == groups_.end() ? nullptr : &found->second;
}

const Collection* Directory::collection(CollectionNumber number) const {
  return number != kNoCollection && number <= collections_.size() ? &collections_[number - 1u]
                                                                  : nullptr;
}

const Collection* Directory::collection(std::string_view id_or_alias) const {
  const auto found = std::ranges::find_if(collections_, [&](const Collection& c) {
    return c.id == id_or_alias || c.alias == id_or_alias;
  });
  return found == collections_.end() ? nullptr : &*found;
}

const Key* Directory::key(std::string_view id) const {
  const auto found = keys_.find(id);
  return found == keys_.end() ? nullptr : &found->second;
}

PartySet Directory::expand(const std::vector<std::string>& codes, int64_t at_ms) const {
  std::set<PartyNumber> out;
  std::set<std::string_view> seen;
  std::vector<std::string_view> open(codes.begin(), codes.end());
  while (!open.empty()) {
    const std::string_view code = open.back();
    open.pop_back();
    if (!seen.insert(code).second) continue;
    if (const Party* one = party(code)) out.insert(one->number);
    const Group* nested = group(code);
    if (nested == nullptr) continue;
    for (const Membership& m : nested->members) {
      if (m.covers(at_ms)) open.push_back(m.member);
    }
  }
  return {out.begin(), out.end()};
}

PartySet Directory::everybody() const {
  PartySet out;
  for (const Party& one : parties_) {
    if (one.code != kPublicCode) out.push_back(one.number);
  }
  return out;
}

bool Directory::may_read(const Collection& collection, PartyNumber party, int64_t at_ms) const {
  return contains(expand(collection.read, at_ms), party);
}

bool Directory::may_write(const Collection& collection, PartyNumber party, int64_t at_ms) const {
  return contains(expand(collection.write, at_ms), party);
}

int64_t Directory::last_boundary_ms(int64_t at_ms) const {
  const auto after = std::ranges::upper_bound(boundaries_, at_ms);
  return after == boundaries_.begin() ? INT64_MIN : *std::prev(after);
}

std::vector<int64_t> Directory::boundaries_between(int64_t from_ms, int64_t until_ms) const {
  const auto first = std::ranges::upper_bound(boundaries_, from_ms);
  const auto last = std::ranges::lower_bound(boundaries_, until_ms);
  return first < last ? std::vector<int64_t>(first, last) : std::vector<int64_t>();
}

bool Directory::has_ended(PartyNumber party, int64_t now_ms, int64_t known_ms) const {
  return std::ranges::any_of(successions_, [&](const Succession& s) {
    return s.predecessor == party && s.known_ms <= known_ms && s.at_ms <= now_ms;
  });
}

std::vector<PartyNumber> Directory::stands_for(PartyNumber party, int64_t now_ms,
                                               int64_t known_ms) const {
  std::vector<PartyNumber> out{party};
  for (size_t i = 0; i < out.size() && !successions_.empty(); ++i) {
    for (const Succession& s : successions_) {
      if (s.successor != out[i] || s.known_ms > known_ms || s.at_ms > now_ms) continue;
      if (std::ranges::find(out, s.predecessor) == out.end()) out.push_back(s.predecessor);
    }
  }
  return out;
}

namespace {

// One node of the graph of groups: a party, or a group by its code.
struct Member {
  PartyNumber party = kNoParty;
  std::string_view group;
  bool is(const Membership& m) const {
    return m.party == party && (party != kNoParty || m.member == group);
  }
};

// The dates of release for which the step from a member to a group counts.
Spans spans_of_step(const Group& group, const Member& member, int64_t now_ms, int64_t known_ms) {
  bool is_member_now = false;
  Spans held;
  for (const auto* rows : {&group.members, &group.superseded}) {
    for (const Membership& m : *rows) {
      if (!member.is(m) || (!m.known.at(known_ms) && enforced(Check::kKnown))) continue;
      is_member_now |= m.covers(now_ms) || !enforced(Check::kMemberNow);
      held.push_back({m.from_ms, m.until_ms});
    }
  }
  if (!is_member_now) return {};
  if (!enforced(Check::kMemberAtRelease)) return always();
  if (group.was_retroactive(known_ms) && enforced(Check::kRetroactive)) return always();
  return normalised(std::move(held));
}

}  // namespace

// Walks upwards from the party. Spans only grow and have finitely many ends, so that even circles,
// which apply() refuses, would end.
Directory::GroupSpans Directory::groups_of(PartyNumber party, int64_t now_ms,
                                           int64_t known_ms) const {
  GroupSpans out;
  if (party >= groups_of_party_.size()) return out;
  std::vector<Member> open{{party, {}}};
  while (!open.empty()) {
    const Member member = open.back();
    open.pop_back();
    const bool is_party = member.party != kNoParty;
    const Spans reached = is_party ? always() : out[member.group];
    const auto nested = is_party ? groups_of_group_.end() : groups_of_group_.find(member.group);
    if (!is_party && nested == groups_of_group_.end()) continue;
    for (const std::string& code : is_party ? groups_of_party_[party] : nested->second) {
      const Group& group = groups_.find(code)->second;
      const Spans through = intersection(reached, spans_of_step(group, member, now_ms, known_ms));
      if (through.empty()) continue;
      Spans& known = out[group.code];
      Spans grown = union_of(known, through);
      if (grown == known) continue;
      known = std::move(grown);
      open.push_back({kNoParty, group.code});
    }
  }
  return out;
}

std::vector<std::string_view> Directory::groups_now(PartyNumber party, int64_t now_ms,
                                                    int64_t known_ms) const {
  std::vector<std::string_view> out;
  if (party >= groups_of_party_.size()) return out;
  Member member{party, {}};
  for (size_t next = 0;; member = {kNoParty, out[next++]}) {
    const bool is_party = member.party != kNoParty;
    const auto nested = is_party ? groups_of_group_.end() : groups_of_group_.find(member.group);
    if (is_party || nested != groups_of_group_.end()) {
      for (const std::string& code : is_party ? groups_of_party_[party] : nested->second) {
        const Group& group = groups_.find(code)->second;
        if (std::ranges::find(out, group.code) != out.end()) continue;
        if (!spans_of_step(group, member, now_ms, known_ms).empty()) out.push_back(group.code);
      }
    }
    if (next == out.size()) return out;
  }
}

const Policy* Directory::policy(std::string_view name, int64_t known_ms) const {
  const auto found = policies_.find(name);
  if (found == policies_.end()) return nullptr;
  const Policy* out = nullptr;
  for (const auto& [since_ms, policy] : found->second) {
    if (since_ms <= known_ms) out = &policy;
  }
  return out;
}

std::vector<std::string_view> Directory::policy_names() const {
  std::vector<std::string_view> out;
  for (const auto& [name, versions] : policies_) out.push_back(name);
  return out;
}

bool Directory::is_cleared(PartyNumber party, const Classification& classification, int64_t now_ms,
                           int64_t known_ms) const {
  const Policy* policy = this->policy(classification.policy, known_ms);
  if (policy == nullptr) return false;
  return std::ranges::any_of(clearances_, [&](const ClearanceFact& fact) {
    return fact.party == party && fact.known.at(known_ms) && fact.from_ms <= now_ms &&
           now_ms < fact.until_ms && covers(*policy, fact.clearance, classification);
  });
}

bool Directory::is_authority(PartyNumber party, std::string_view marking_id,
                             std::string_view content, int64_t known_ms) const {
  return std::ranges::any_of(authorities_, [&](const Authority& one) {
    return one.party == party && one.known.at(known_ms) &&
           (one.marking == "*" || (one.marking == marking_id && one.content == content));
  });
}

std::vector<int64_t> Directory::instants_of(PartyNumber party) const {
  if (party >= parties_.size()) return {};
  std::set<int64_t> out;
  const auto note = [&](const Known& known, int64_t from_ms, int64_t until_ms) {
    out.insert({known.from_ms, known.until_ms, from_ms, until_ms});
  };
  const std::vector<PartyNumber> parties = stands_for(party, INT64_MAX, kAllKnown);
  const auto is_one = [&](PartyNumber p) { return std::ranges::find(parties, p) != parties.end(); };
  for (const Succession& s : successions_) {
    if (is_one(s.successor) || is_one(s.predecessor)) out.insert({s.at_ms, s.known_ms});
  }
  for (const auto& [code, fact] : codes_) {
    if (is_one(fact.party)) out.insert(fact.known_ms);
  }
  for (const ClearanceFact& fact : clearances_) {
    if (is_one(fact.party)) note(fact.known, fact.from_ms, fact.until_ms);
  }
  for (const auto& [name, versions] : policies_) {
    for (const auto& version : versions) out.insert(version.first);
  }
  for (const Collection& collection : collections_) {
    for (size_t i = 1; i < collection.read_since.size(); ++i)
      out.insert(collection.read_since[i].first);
  }
  std::set<std::string_view> seen;
  std::vector<Member> open;
  for (const PartyNumber p : parties) open.push_back({p, {}});
  while (!open.empty()) {
    const Member member = open.back();
    open.pop_back();
    const bool is_party = member.party != kNoParty;
    const auto nested = is_party ? groups_of_group_.end() : groups_of_group_.find(member.group);
    if (!is_party && nested == groups_of_group_.end()) continue;
    for (const std::string& code : is_party ? groups_of_party_[member.party] : nested->second) {
      const Group& group = groups_.find(code)->second;
      for (const auto* rows : {&group.members, &group.superseded}) {
        for (const Membership& m : *rows) {
          if (member.is(m)) note(m.known, m.from_ms, m.until_ms);
        }
      }
      if (!seen.insert(group.code).second) continue;
      for (const auto& since : group.retroactive_since) out.insert(since.first);
      open.push_back({kNoParty, group.code});
    }
  }
  out.erase(INT64_MIN);
  out.erase(INT64_MAX);
  return {out.begin(), out.end()};
}

}  // namespace entente::release
