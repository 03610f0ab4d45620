// Who is who on this node: parties, groups with dated membership, principals' keys, collections and
// their audiences, policies and clearances, authorities for markings.
//
// A Directory is an immutable value made by folding journaled changes in order; a change that
// cannot apply is refused before it is journaled, by applying it to a copy. Share it through
// shared_ptr<const Directory>; copying is for writers. Changes are JSON objects with an "op":
// docs/formats/directory.md lists them all.
//
// Every fact has two times: the dates at which it holds, and the tick at which it was recorded. What
// was known at a past instant can be asked (`known_ms`): a fact that is recorded late, or dated back,
// never changes what was so before it was recorded.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "json/json.h"
#include "release/policy.h"
#include "release/signing_keys.h"
#include "release/spans.h"
#include "release/tlp.h"
#include "release/world.h"

namespace entente::release {

using CollectionNumber = uint16_t;
inline constexpr CollectionNumber kNoCollection = 0;

// What a principal may do. All read their party's world; contributors, release officers and the operator write.
enum class Role : uint8_t { kReader, kContributor, kReleaseOfficer, kExpert, kOperator };
std::optional<Role> role_from(std::string_view text);
std::string_view name_of(Role role);
bool may_write(Role role);
// Recalls: for release officers, and the operator in their place.
bool may_release(Role role);

// "As far as it is recorded by now."
inline constexpr int64_t kAllKnown = INT64_MAX;

// From the tick of the record that says it, until the tick of the one that replaces it.
struct Known {
  int64_t from_ms = INT64_MIN;
  int64_t until_ms = INT64_MAX;
  bool at(int64_t known_ms) const {
    return from_ms <= known_ms && (known_ms < until_ms || until_ms == INT64_MAX);
  }
};

struct Party {
  PartyNumber number = kNoParty;
  std::string code;  // the present one: a renamed party keeps its former codes too
  std::string name;
  std::string identity;  // identity--UUID
  int64_t made_ms = INT64_MIN;
};

// [from_ms, until_ms)
struct Membership {
  std::string member;  // code of a party or group
  int64_t from_ms = INT64_MIN;
  int64_t until_ms = INT64_MAX;
  Known known;
  PartyNumber party = kNoParty;  // of the member; kNoParty: a group

  bool covers(int64_t at_ms) const {
    return from_ms <= at_ms && (at_ms < until_ms || until_ms == INT64_MAX);
  }
};

struct Group {
  std::string code;
  std::string name;
  std::vector<Membership> members;     // as known now
  bool retroactive = false;            // joiners get the back catalogue too
  std::vector<Membership> superseded;  // as they were known before
  std::vector<std::pair<int64_t, bool>> retroactive_since = {};  // known from, rising
  bool was_retroactive(int64_t known_ms) const;
};

// From `at_ms` on, `successor` stands where `predecessor` stood.
struct Succession {
  PartyNumber predecessor = kNoParty;
  PartyNumber successor = kNoParty;
  int64_t at_ms = 0;
  int64_t known_ms = INT64_MIN;
};

// [from_ms, until_ms)
struct ClearanceFact {
  PartyNumber party = kNoParty;
  Clearance clearance;
  int64_t from_ms = INT64_MIN;
  int64_t until_ms = INT64_MAX;
  Known known;
};

// That party's copy of that marking definition counts for everybody's objects.
struct Authority {
  PartyNumber party = kNoParty;
  std::string marking;  // marking-definition--UUID, or "*": any
  std::string content;  // SHA-256 of the definition, hex; empty with "*"
  Known known;
};

struct Collection {
  CollectionNumber number = kNoCollection;
  std::string id;  // UUID
  std::string alias;
  std::string title;
  std::string description;
  std::vector<std::string> read;  // codes of parties and groups
  std::vector<std::string> write;
  std::optional<Tlp> default_tlp;
  std::vector<std::pair<int64_t, std::vector<std::string>>> read_since = {};  // known from, rising
  // Who could read it as known then; before it was made, as when it was made.
  const std::vector<std::string>& read_as_known(int64_t known_ms) const;
};

// What makes a principal's world narrower than its party's: experts from outside, need to know, players
// of an exercise. Such a principal reads, and does not write.
struct Restriction {
  std::optional<std::vector<CollectionNumber>> collections;  // sorted: only what is in these
  std::optional<std::vector<Clearance>> clearances;  // sorted: cleared for no more than these
  std::string exercise;                              // its realm; empty: live

  bool is_none() const { return !collections && !clearances && exercise.empty(); }
  bool lets_into(CollectionNumber collection) const;
  friend auto operator<=>(const Restriction&, const Restriction&) = default;
};

class Directory;
// One text for each restriction: {"collections":["UUID"],"clearances":["P:L:C"],"exercise":"..."}.
std::string describe(const Restriction& restriction, const Directory& directory);

struct Key {
  std::string id;   // public part, hex
  Digest digest{};  // of the secret part
  PartyNumber party = kNoParty;
  Role role = Role::kReader;
  int64_t created_ms = 0;
  int64_t revoked_ms = INT64_MAX;
  Restriction restriction;
};

// A sorted set of parties.
using PartySet = std::vector<PartyNumber>;
bool contains(const PartySet& set, PartyNumber party);

class Directory {
 public:
  // Applies one change. kInvalid: malformed; kConflict: the code, alias or identity is taken;
  // kNotFound: it names something unknown; kTooLarge: past a limit. On failure nothing has changed.
  // `tick_ms` is that of the record: ticks do not go back from change to change.
  Result<void> apply(std::string_view change_json, int64_t tick_ms);
  // As if it had been known always.
  Result<void> apply(std::string_view change_json) { return apply(change_json, INT64_MIN); }

  const Party* party(PartyNumber number) const;
  const Party* party(std::string_view code) const;
  const Party* party_of_identity(std::string_view identity) const;
  const Group* group(std::string_view code) const;
  const Collection* collection(CollectionNumber number) const;
  // By UUID or alias.
  const Collection* collection(std::string_view id_or_alias) const;
  const Key* key(std::string_view id) const;
  const std::vector<Party>& parties() const { return parties_; }
  const std::vector<Collection>& collections() const { return collections_; }
  const std::map<std::string, Group, std::less<>>& groups() const { return groups_; }
  const std::map<std::string, Key, std::less<>>& keys() const { return keys_; }

  // Every party that the codes name at that instant, groups expanded. Cycles of groups end; unknown
  // codes name nobody.
  PartySet expand(const std::vector<std::string>& codes, int64_t at_ms) const;
  // All parties but the one that stands for anonymous readers.
  PartySet everybody() const;
  bool may_read(const Collection& collection, PartyNumber party, int64_t at_ms) const;
  bool may_write(const Collection& collection, PartyNumber party, int64_t at_ms) const;
  // The last instant at or before `at_ms` at which some membership, clearance or party began or
  // ended; INT64_MIN if none. Between two such instants nothing that depends on time alone changes.
  int64_t last_boundary_ms(int64_t at_ms) const;
  // Such instants after `from_ms` and before `until_ms`, rising.
  std::vector<int64_t> boundaries_between(int64_t from_ms, int64_t until_ms) const;
  // Number of changes applied.
  uint64_t generation() const { return generation_; }

  // What follows says how things were at `now_ms` as known at `known_ms`.

  // The party that goes by that code, former ones included; kNoParty: none.
  PartyNumber party_as_known(std::string_view code, int64_t known_ms) const;
  // Whether another party has taken its place.
  bool has_ended(PartyNumber party, int64_t now_ms, int64_t known_ms) const;
  // The party itself, first, and all those in whose place it stands.
  std::vector<PartyNumber> stands_for(PartyNumber party, int64_t now_ms, int64_t known_ms) const;
  // The groups that the party is in, directly or through groups, each with the dates of release for
  // which that counts: at each step the membership holds now, and it held at release or the group
  // is retroactive. Views are of this directory.
  using GroupSpans = std::map<std::string_view, Spans>;
  GroupSpans groups_of(PartyNumber party, int64_t now_ms, int64_t known_ms) const;
  // The groups that the party is in now, whatever was released when.
  std::vector<std::string_view> groups_now(PartyNumber party, int64_t now_ms,
                                           int64_t known_ms) const;
  // nullptr: no such policy. The latest of a name holds.
  const Policy* policy(std::string_view name, int64_t known_ms = kAllKnown) const;
  std::vector<std::string_view> policy_names() const;  // sorted
  // Whether some clearance of the party covers it.
  bool is_cleared(PartyNumber party, const Classification& classification, int64_t now_ms,
                  int64_t known_ms) const;
  // Whether the party may define that marking for everybody. `content` is the SHA-256 of the
  // marking definition's bytes, hex.
  bool is_authority(PartyNumber party, std::string_view marking_id, std::string_view content,
                    int64_t known_ms = kAllKnown) const;
  // By name, each as known since when; the last holds.
  using PolicyHistory = std::vector<std::pair<int64_t, Policy>>;
  const std::map<std::string, PolicyHistory, std::less<>>& policies() const { return policies_; }
  const std::vector<ClearanceFact>& clearances() const { return clearances_; }
  const std::vector<Succession>& successions() const { return successions_; }
  const std::vector<Authority>& authorities() const { return authorities_; }
  const SigningKeys& signing_keys() const { return signing_keys_; }
  // Every tick and date that may change what the party reads, of all time, rising: between two of
  // them the answers to all of the above stay, if asked with now = known.
  std::vector<int64_t> instants_of(PartyNumber party) const;

 private:
  using Outcome = Result<void>;
  // What the parts of apply() are given.
  struct Change {
    json::Value object;
    int64_t tick_ms;
  };
  Outcome apply_party(const Change& change);
  Outcome apply_group(const Change& change);
  Outcome apply_retroactive(const Change& change);
  Outcome apply_member(const Change& change);
  Outcome apply_member_end(const Change& change);
  Outcome apply_collection(const Change& change);
  Outcome apply_readers(const Change& change);
  Outcome apply_key(const Change& change);
  Outcome apply_revoke_key(const Change& change);
  Outcome apply_rename(const Change& change);
  Outcome apply_split(const Change& change);
  Outcome apply_merge(const Change& change);
  Outcome apply_policy(const Change& change);
  Outcome apply_clearance(const Change& change);
  Outcome apply_clearance_end(const Change& change);
  Outcome apply_authority(const Change& change);
  Outcome apply_authority_end(const Change& change);
  Outcome apply_signing_key(const Change& change);
  Outcome apply_signing_key_end(const Change& change);
  static const std::map<std::string_view, Outcome (Directory::*)(const Change&)>& operations();

  Outcome check_new_code(std::string_view code) const;
  Outcome check_codes(const std::vector<std::string>& codes) const;
  Outcome succeed(std::vector<Succession> successions);
  Result<Clearance> clearance_of(json::Value object) const;
  Result<Restriction> restriction_of(json::Value object) const;
  bool reaches(std::string_view from, std::string_view to, uint32_t depth) const;
  void end_membership(Group& group, size_t index, int64_t until_ms, int64_t tick_ms);
  void add_boundary(int64_t at_ms);
  int64_t end_of(PartyNumber party) const;

  struct CodeFact {
    PartyNumber party = kNoParty;
    int64_t known_ms = INT64_MIN;
  };
  std::vector<Party> parties_;                             // index: number
  std::map<std::string, CodeFact, std::less<>> codes_;     // of parties, former ones too
  std::vector<std::vector<std::string>> groups_of_party_;  // index: number; of any date
  std::map<std::string, std::vector<std::string>, std::less<>> groups_of_group_;
  std::map<std::string, Group, std::less<>> groups_;
  std::vector<Collection> collections_;  // index: number - 1
  std::map<std::string, Key, std::less<>> keys_;
  std::vector<Succession> successions_;
  std::vector<ClearanceFact> clearances_;
  std::vector<Authority> authorities_;
  SigningKeys signing_keys_;
  std::map<std::string, PolicyHistory, std::less<>> policies_;
  std::vector<int64_t> boundaries_;  // sorted
  uint64_t generation_ = 0;
};

// The party that stands for readers without a key.
inline constexpr std::string_view kPublicCode = "PUBLIC";

}  // namespace entente::release
