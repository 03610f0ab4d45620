// Who is who on this node: parties, groups with dated membership, principals' keys, collections and
// their audiences.
//
// A Directory is an immutable value made by folding journaled changes in order; a change that
// cannot apply is refused before it is journaled, by applying it to a copy. Share it through
// shared_ptr<const Directory>; copying is for writers.
//
// Changes are JSON objects with an "op" (docs/formats/directory.md):
//   {"op":"party","code":"JPN","name":"...","identity":"identity--..."}
//   {"op":"group","code":"AP4","name":"..."}
//   {"op":"member","group":"AP4","member":"JPN","from":MS,"until":MS}       dated; absent: without
//   that bound
//   {"op":"collection","alias":"threats","id":UUID,"title":"...","description":"...","read":[CODES],"write":[CODES],"default":"tlp:amber"}
//   {"op":"key","id":HEX,"party":"JPN","role":"contributor","digest":HEX,"at":MS}
//   {"op":"revoke-key","id":HEX,"at":MS}
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
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

struct Party {
  PartyNumber number = kNoParty;
  std::string code;
  std::string name;
  std::string identity;  // identity--UUID
};

// [from_ms, until_ms)
struct Membership {
  std::string member;  // code of a party or group
  int64_t from_ms = INT64_MIN;
  int64_t until_ms = INT64_MAX;
};

struct Group {
  std::string code;
  std::string name;
  std::vector<Membership> members;
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
};

struct Key {
  std::string id;   // public part, hex
  Digest digest{};  // of the secret part
  PartyNumber party = kNoParty;
  Role role = Role::kReader;
  int64_t created_ms = 0;
  int64_t revoked_ms = INT64_MAX;
};

// A sorted set of parties.
using PartySet = std::vector<PartyNumber>;
bool contains(const PartySet& set, PartyNumber party);

class Directory {
 public:
  // Applies one change. kInvalid: malformed; kConflict: the code, alias or identity is taken;
  // kNotFound: it names something unknown; kTooLarge: past a limit. On failure nothing has changed.
  Result<void> apply(std::string_view change_json);

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
  PartySet everybody() const;
  bool may_read(const Collection& collection, PartyNumber party, int64_t at_ms) const;
  bool may_write(const Collection& collection, PartyNumber party, int64_t at_ms) const;
  // The last instant at or before `at_ms` at which some membership began or ended; INT64_MIN if
  // none. Between two such instants nothing that depends on time alone changes.
  int64_t last_boundary_ms(int64_t at_ms) const;
  // Such instants after `from_ms` and before `until_ms`, rising.
  std::vector<int64_t> boundaries_between(int64_t from_ms, int64_t until_ms) const;
  // Number of changes applied.
  uint64_t generation() const { return generation_; }

 private:
  Result<void> add_party(Party party);
  Result<void> add_group(Group group);
  Result<void> add_member(std::string_view group, Membership membership);
  Result<void> add_collection(Collection collection);
  Result<void> add_key(Key key, std::string_view party_code);
  Result<void> check_new_code(std::string_view code) const;
  bool reaches(std::string_view from, std::string_view to, uint32_t depth) const;

  std::vector<Party> parties_;  // index: number
  std::map<std::string, Group, std::less<>> groups_;
  std::vector<Collection> collections_;  // index: number - 1
  std::map<std::string, Key, std::less<>> keys_;
  std::vector<int64_t> boundaries_;  // sorted
  uint64_t generation_ = 0;
};

}  // namespace entente::release
