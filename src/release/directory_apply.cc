// How changes are folded into a directory. Each apply_* checks everything first and changes second:
// a change that fails has changed nothing.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/limits.h"
#include "base/text.h"
#include "release/directory.h"
#include "release/directory_change.h"

namespace entente::release {
namespace {

bool is_same(const Membership& m, const Membership& other) {
  return m.party == other.party && (m.party != kNoParty || m.member == other.member);
}

}  // namespace

const std::map<std::string_view, Directory::Outcome (Directory::*)(const Directory::Change&)>&
Directory::operations() {
  using D = Directory;
  static const std::map<std::string_view, Outcome (D::*)(const Change&)> all{
      {"party", &D::apply_party},
      {"group", &D::apply_group},
      {"group-retroactive", &D::apply_retroactive},
      {"member", &D::apply_member},
      {"member-end", &D::apply_member_end},
      {"collection", &D::apply_collection},
      {"collection-readers", &D::apply_readers},
      {"key", &D::apply_key},
      {"revoke-key", &D::apply_revoke_key},
      {"rename", &D::apply_rename},
      {"split", &D::apply_split},
      {"merge", &D::apply_merge},
      {"policy", &D::apply_policy},
      {"clearance", &D::apply_clearance},
      {"clearance-end", &D::apply_clearance_end},
      {"authority", &D::apply_authority},
      {"authority-end", &D::apply_authority_end},
      {"signing-key", &D::apply_signing_key},
      {"signing-key-end", &D::apply_signing_key_end}};
  return all;
}

Result<void> Directory::apply(std::string_view change_json, int64_t tick_ms) {
  json::Parser parser;
  json::Document document;
  const std::string bytes = json::padded(change_json);
  if (!parser.parse(bytes, &document) || !document.root().is_object()) {
    return fail(Code::kInvalid, "a directory change is a JSON object");
  }
  const std::string op = text_of(document.root(), "op");
  const auto found = operations().find(op);
  if (found == operations().end())
    return fail(Code::kInvalid, fmt::format("unknown directory change '{}'", op));
  TRY((this->*found->second)({document.root(), tick_ms}));
  ++generation_;
  return {};
}

Result<void> Directory::check_new_code(std::string_view code) const {
  if (!is_word(code, true)) {
    return fail(Code::kInvalid, fmt::format("'{}': a code has 1 to {} of A-Z, 0-9, '-' and '_'",
                                            code, limits::kCodeBytesMax));
  }
  if (codes_.contains(code) || group(code) != nullptr)
    return fail(Code::kConflict, fmt::format("'{}' is taken", code));
  return {};
}

Result<void> Directory::check_codes(const std::vector<std::string>& codes) const {
  for (const std::string& code : codes) {
    if (party(code) == nullptr && group(code) == nullptr)
      return fail(Code::kNotFound, fmt::format("no party or group '{}'", code));
  }
  return {};
}

void Directory::add_boundary(int64_t at_ms) {
  if (at_ms == INT64_MIN || at_ms == INT64_MAX) return;
  const auto place = std::ranges::lower_bound(boundaries_, at_ms);
  if (place == boundaries_.end() || *place != at_ms) boundaries_.insert(place, at_ms);
}

Result<void> Directory::apply_party(const Change& change) {
  Party party{kNoParty, text_of(change.object, "code"), text_of(change.object, "name"),
              text_of(change.object, "identity"), change.tick_ms};
  TRY(check_new_code(party.code));
  if (parties_.size() >= limits::kPartiesMax) return fail(Code::kTooLarge, "too many parties");
  if (party.name.size() > limits::kNameBytesMax)
    return fail(Code::kTooLarge, "the name is too long");
  if (!party.identity.starts_with("identity--") ||
      !is_uuid(std::string_view(party.identity).substr(10))) {
    return fail(Code::kInvalid, "a party is bound to an identity: identity--UUID");
  }
  if (party_of_identity(party.identity) != nullptr) {
    return fail(Code::kConflict, "that identity is bound to another party");
  }
  party.number = static_cast<PartyNumber>(parties_.size());
  codes_.emplace(party.code, CodeFact{party.number, change.tick_ms});
  parties_.push_back(std::move(party));
  groups_of_party_.emplace_back();
  return {};
}

// The organisation stays the same: its number, keys, memberships and past. Its former codes go on
// naming it, and name nobody else.
Result<void> Directory::apply_rename(const Change& change) {
  const Party* old = party(text_of(change.object, "party"));
  if (old == nullptr) return no_party(text_of(change.object, "party"));
  const std::string code = text_of(change.object, "code");
  const std::string name = text_of(change.object, "name");
  if (code.empty() && name.empty())
    return fail(Code::kInvalid, "a renaming gives a code, a name or both");
  if (name.size() > limits::kNameBytesMax) return fail(Code::kTooLarge, "the name is too long");
  const bool is_own = party_as_known(code, kAllKnown) == old->number;  // an earlier one again
  if (!code.empty() && !is_own) TRY(check_new_code(code));
  Party& renamed = parties_[old->number];
  if (!code.empty()) {
    codes_.emplace(code, CodeFact{renamed.number, change.tick_ms});
    renamed.code = code;
  }
  if (!name.empty()) renamed.name = name;
  return {};
}

int64_t Directory::end_of(PartyNumber party) const {
  int64_t out = INT64_MAX;
  for (const Succession& s : successions_) {
    if (s.predecessor == party) out = std::min(out, s.at_ms);
  }
  return out;
}

// Predecessors end: nobody acts for them any more.
Result<void> Directory::succeed(std::vector<Succession> successions) {
  if (successions_.size() + successions.size() > limits::kSuccessionsMax)
    return fail(Code::kTooLarge, "too many splits and mergers");
  for (const Succession& s : successions) {
    if (end_of(s.predecessor) != INT64_MAX || end_of(s.successor) != INT64_MAX) {
      return fail(Code::kConflict,
                  "a party that has ended neither splits, nor merges, nor follows");
    }
    const auto before = stands_for(s.predecessor, INT64_MAX, kAllKnown);
    if (std::ranges::find(before, s.successor) != before.end())
      return fail(Code::kConflict, "a party cannot follow itself");
  }
  for (const Succession& s : successions) {
    successions_.push_back(s);
    add_boundary(s.at_ms);
    for (auto& [id, key] : keys_) {
      if (key.party == s.predecessor) key.revoked_ms = std::min(key.revoked_ms, s.at_ms);
    }
  }
  return {};
}

Result<void> Directory::apply_split(const Change& change) {
  const Party* old = party(text_of(change.object, "party"));
  if (old == nullptr) return no_party(text_of(change.object, "party"));
  const int64_t at_ms = TRY(date_of(change.object, "at"));
  std::set<PartyNumber> into;
  for (const std::string& code : texts_of(change.object, "into")) {
    const Party* one = party(code);
    if (one == nullptr) return no_party(code);
    into.insert(one->number);
  }
  if (into.size() < 2) return fail(Code::kInvalid, "a party splits into two parties or more");
  std::vector<Succession> out;
  for (const PartyNumber one : into) out.push_back({old->number, one, at_ms, change.tick_ms});
  return succeed(std::move(out));
}

Result<void> Directory::apply_merge(const Change& change) {
  const Party* heir = party(text_of(change.object, "into"));
  if (heir == nullptr) return no_party(text_of(change.object, "into"));
  const int64_t at_ms = TRY(date_of(change.object, "at"));
  std::set<PartyNumber> from;
  for (const std::string& code : texts_of(change.object, "parties")) {
    const Party* one = party(code);
    if (one == nullptr) return no_party(code);
    from.insert(one->number);
  }
  if (from.empty()) return fail(Code::kInvalid, "a merger names the parties that merge");
  std::vector<Succession> out;
  for (const PartyNumber one : from) out.push_back({one, heir->number, at_ms, change.tick_ms});
  return succeed(std::move(out));
}

Result<void> Directory::apply_group(const Change& change) {
  Group group;
  group.code = text_of(change.object, "code");
  group.name = text_of(change.object, "name");
  group.retroactive = is_true(change.object, "retroactive");
  group.retroactive_since = {{change.tick_ms, group.retroactive}};
  TRY(check_new_code(group.code));
  if (groups_.size() >= limits::kGroupsMax) return fail(Code::kTooLarge, "too many groups");
  if (group.name.size() > limits::kNameBytesMax)
    return fail(Code::kTooLarge, "the name is too long");
  const std::string code = group.code;
  groups_.emplace(code, std::move(group));
  return {};
}

Result<void> Directory::apply_retroactive(const Change& change) {
  const auto found = groups_.find(text_of(change.object, "group"));
  if (found == groups_.end()) return no_group(text_of(change.object, "group"));
  const auto value = change.object.find("retroactive");
  if (!value || !value->is_bool()) return fail(Code::kInvalid, "'retroactive' is true or false");
  found->second.retroactive = value->kind() == json::Kind::kTrue;
  found->second.retroactive_since.emplace_back(change.tick_ms, found->second.retroactive);
  return {};
}

// Whether group `from` has `to` somewhere among its members of any date.
bool Directory::reaches(std::string_view from, std::string_view to, uint32_t depth) const {
  if (from == to || depth >= limits::kGroupDepthMax) return true;
  const Group* at = group(from);
  return at != nullptr && std::ranges::any_of(at->members, [&](const Membership& m) {
           return group(m.member) != nullptr && reaches(m.member, to, depth + 1);
         });
}

// The row as it was known stays behind; a row with the new end takes its place.
void Directory::end_membership(Group& group, size_t index, int64_t until_ms, int64_t tick_ms) {
  Membership& current = group.members[index];
  Membership before = current;
  before.known.until_ms = tick_ms;
  group.superseded.push_back(std::move(before));
  current.until_ms = until_ms;
  current.known = {tick_ms, INT64_MAX};
  add_boundary(until_ms);
}

Result<void> Directory::apply_member(const Change& change) {
  Membership membership;
  membership.member = text_of(change.object, "member");
  membership.from_ms = integer_of(change.object, "from", INT64_MIN);
  membership.until_ms = integer_of(change.object, "until", INT64_MAX);
  membership.known.from_ms = change.tick_ms;
  membership.party = party_as_known(membership.member, kAllKnown);
  const std::string group_code = text_of(change.object, "group");
  const auto found = groups_.find(group_code);
  if (found == groups_.end()) return no_group(group_code);
  const bool is_group = membership.party == kNoParty;
  if (is_group && group(membership.member) == nullptr) {
    return fail(Code::kNotFound, fmt::format("no party or group '{}'", membership.member));
  }
  if (membership.from_ms >= membership.until_ms)
    return fail(Code::kInvalid, "a membership ends after it began");
  if (is_group && reaches(membership.member, group_code, 0)) {
    return fail(Code::kConflict,
                "a group cannot be its own member, nor be nested deeper than the limit");
  }
  auto& members = found->second.members;
  const bool ends_open_one = membership.from_ms == INT64_MIN && membership.until_ms != INT64_MAX;
  const auto open = std::ranges::find_if(members, [&](const Membership& m) {
    return is_same(m, membership) && m.until_ms == INT64_MAX && m.from_ms < membership.until_ms;
  });
  if (ends_open_one && open != members.end()) {
    end_membership(found->second, static_cast<size_t>(open - members.begin()), membership.until_ms,
                   change.tick_ms);
    return {};
  }
  const bool overlaps = std::ranges::any_of(members, [&](const Membership& m) {
    return is_same(m, membership) && m.from_ms < membership.until_ms &&
           membership.from_ms < m.until_ms;
  });
  if (overlaps) {
    return fail(Code::kConflict,
                fmt::format("'{}' is a member at some of that time already", membership.member));
  }
  auto& groups_of_it =
      is_group ? groups_of_group_[membership.member] : groups_of_party_[membership.party];
  if (std::ranges::find(groups_of_it, group_code) == groups_of_it.end())
    groups_of_it.push_back(group_code);
  add_boundary(membership.from_ms);
  add_boundary(membership.until_ms);
  members.push_back(std::move(membership));
  return {};
}

Result<void> Directory::apply_member_end(const Change& change) {
  const std::string group_code = text_of(change.object, "group");
  const auto found = groups_.find(group_code);
  if (found == groups_.end()) return no_group(group_code);
  const int64_t until_ms = TRY(date_of(change.object, "until"));
  Membership wanted;
  wanted.member = text_of(change.object, "member");
  wanted.party = party_as_known(wanted.member, kAllKnown);
  auto& members = found->second.members;
  const auto at = std::ranges::find_if(members, [&](const Membership& m) {
    return is_same(m, wanted) && m.from_ms < until_ms && until_ms < m.until_ms;
  });
  if (at == members.end()) {
    return fail(Code::kNotFound,
                fmt::format("'{}' has no membership that goes on past then", wanted.member));
  }
  end_membership(found->second, static_cast<size_t>(at - members.begin()), until_ms,
                 change.tick_ms);
  return {};
}

Result<void> Directory::apply_collection(const Change& change) {
  Collection collection;
  collection.id = text_of(change.object, "id");
  collection.alias = text_of(change.object, "alias");
  collection.title = text_of(change.object, "title");
  collection.description = text_of(change.object, "description");
  collection.read = texts_of(change.object, "read");
  collection.write = texts_of(change.object, "write");
  const std::string level = text_of(change.object, "default");
  collection.default_tlp = tlp_from(level);
  if (!level.empty() && !collection.default_tlp)
    return fail(Code::kInvalid, fmt::format("'{}' is no TLP level", level));
  if (!is_word(collection.alias, false)) {
    return fail(Code::kInvalid, fmt::format("'{}': an alias has 1 to {} of a-z, 0-9, '-' and '_'",
                                            collection.alias, limits::kCodeBytesMax));
  }
  if (!is_uuid(collection.id)) return fail(Code::kInvalid, "a collection's id is a UUID");
  if (this->collection(collection.alias) != nullptr || this->collection(collection.id) != nullptr) {
    return fail(Code::kConflict, fmt::format("a collection '{}' exists", collection.alias));
  }
  if (collections_.size() >= limits::kCollectionsMax)
    return fail(Code::kTooLarge, "too many collections");
  if (collection.title.size() > limits::kNameBytesMax ||
      collection.description.size() > limits::kNameBytesMax) {
    return fail(Code::kTooLarge, "title or description is too long");
  }
  TRY(check_codes(collection.read));
  TRY(check_codes(collection.write));
  if (collection.title.empty()) collection.title = collection.alias;
  collection.read_since = {{change.tick_ms, collection.read}};
  collection.number = static_cast<CollectionNumber>(collections_.size() + 1);
  collections_.push_back(std::move(collection));
  return {};
}

Result<void> Directory::apply_readers(const Change& change) {
  const Collection* found = collection(text_of(change.object, "collection"));
  if (found == nullptr) {
    return fail(Code::kNotFound,
                fmt::format("no collection '{}'", text_of(change.object, "collection")));
  }
  const auto read = change.object.find("read");
  if (!read || !read->is_array()) return fail(Code::kInvalid, "'read' is a list of codes");
  std::vector<std::string> codes = texts_of(change.object, "read");
  TRY(check_codes(codes));
  Collection& changed = collections_[found->number - 1u];
  changed.read = codes;
  changed.read_since.emplace_back(change.tick_ms, std::move(codes));
  return {};
}

}  // namespace entente::release
