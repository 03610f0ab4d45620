// Changes are applied one by one to a value; a Directory of ten thousand parties is some megabytes
// and changes rarely, so that a copy per change is cheaper than any sharing of parts would be to
// understand.
#include "release/directory.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/limits.h"
#include "base/text.h"
#include "json/json.h"

namespace entente::release {
namespace {

constexpr std::string_view kRoleNames[] = {"reader", "contributor", "release-officer", "expert",
                                           "operator"};

// Codes are upper case, aliases lower case: both are words in URLs and command lines.
bool is_word(std::string_view text, bool upper) {
  if (text.empty() || text.size() > limits::kCodeBytesMax || text.front() == '-') return false;
  return std::ranges::all_of(text, [&](char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           (upper ? c >= 'A' && c <= 'Z' : c >= 'a' && c <= 'z');
  });
}

std::string text_of(json::Value object, std::string_view key) {
  const auto value = object.find(key);
  return value ? value->text() : std::string();
}

int64_t integer_of(json::Value object, std::string_view key, int64_t otherwise) {
  const auto value = object.find(key);
  return value ? value->integer().value_or(otherwise) : otherwise;
}

std::vector<std::string> texts_of(json::Value object, std::string_view key) {
  std::vector<std::string> out;
  if (const auto value = object.find(key)) {
    for (const json::Value element : value->elements()) out.push_back(element.text());
  }
  return out;
}

Result<Digest> digest_of(std::string_view hex) {
  const auto bytes = from_hex(hex);
  Digest digest;
  if (!bytes || bytes->size() != digest.size())
    return fail(Code::kInvalid, "a digest has 64 hex digits");
  std::ranges::copy(*bytes, reinterpret_cast<char*>(digest.data()));
  return digest;
}

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

bool contains(const PartySet& set, PartyNumber party) {
  return std::ranges::binary_search(set, party);
}

Result<void> Directory::apply(std::string_view change_json) {
  json::Parser parser;
  json::Document document;
  const std::string bytes = json::padded(change_json);
  if (!parser.parse(bytes, &document) || !document.root().is_object()) {
    return fail(Code::kInvalid, "a directory change is a JSON object");
  }
  const json::Value change = document.root();
  const std::string op = text_of(change, "op");
  Result<void> outcome = fail(Code::kInvalid, fmt::format("unknown directory change '{}'", op));
  if (op == "party") {
    outcome = add_party(
        {kNoParty, text_of(change, "code"), text_of(change, "name"), text_of(change, "identity")});
  } else if (op == "group") {
    outcome = add_group({text_of(change, "code"), text_of(change, "name"), {}});
  } else if (op == "member") {
    outcome = add_member(text_of(change, "group"),
                         {text_of(change, "member"), integer_of(change, "from", INT64_MIN),
                          integer_of(change, "until", INT64_MAX)});
  } else if (op == "collection") {
    Collection collection{kNoCollection,
                          text_of(change, "id"),
                          text_of(change, "alias"),
                          text_of(change, "title"),
                          text_of(change, "description"),
                          texts_of(change, "read"),
                          texts_of(change, "write"),
                          std::nullopt};
    const std::string level = text_of(change, "default");
    collection.default_tlp = tlp_from(level);
    if (!level.empty() && !collection.default_tlp)
      return fail(Code::kInvalid, fmt::format("'{}' is no TLP level", level));
    outcome = add_collection(std::move(collection));
  } else if (op == "key") {
    const auto role = role_from(text_of(change, "role"));
    if (!role)
      return fail(Code::kInvalid,
                  "a key needs a role: reader, contributor, release-officer, expert or operator");
    Key key{text_of(change, "id"),
            TRY(digest_of(text_of(change, "digest"))),
            kNoParty,
            *role,
            integer_of(change, "at", 0),
            INT64_MAX};
    outcome = add_key(std::move(key), text_of(change, "party"));
  } else if (op == "revoke-key") {
    const auto found = keys_.find(text_of(change, "id"));
    if (found == keys_.end()) return fail(Code::kNotFound, "no such key");
    found->second.revoked_ms = std::min(found->second.revoked_ms, integer_of(change, "at", 0));
    outcome = {};
  }
  if (outcome) ++generation_;
  return outcome;
}

Result<void> Directory::check_new_code(std::string_view code) const {
  if (!is_word(code, true)) {
    return fail(Code::kInvalid, fmt::format("'{}': a code has 1 to {} of A-Z, 0-9, '-' and '_'",
                                            code, limits::kCodeBytesMax));
  }
  if (party(code) != nullptr || group(code) != nullptr)
    return fail(Code::kConflict, fmt::format("'{}' is taken", code));
  return {};
}

Result<void> Directory::add_party(Party party) {
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
  parties_.push_back(std::move(party));
  return {};
}

Result<void> Directory::add_group(Group group) {
  TRY(check_new_code(group.code));
  if (groups_.size() >= limits::kGroupsMax) return fail(Code::kTooLarge, "too many groups");
  if (group.name.size() > limits::kNameBytesMax)
    return fail(Code::kTooLarge, "the name is too long");
  const std::string code = group.code;
  groups_.emplace(code, std::move(group));
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

Result<void> Directory::add_member(std::string_view group_code, Membership membership) {
  const auto found = groups_.find(group_code);
  if (found == groups_.end())
    return fail(Code::kNotFound, fmt::format("no group '{}'", group_code));
  const bool is_group = group(membership.member) != nullptr;
  if (!is_group && party(membership.member) == nullptr) {
    return fail(Code::kNotFound, fmt::format("no party or group '{}'", membership.member));
  }
  if (membership.from_ms >= membership.until_ms)
    return fail(Code::kInvalid, "a membership ends after it began");
  if (is_group && reaches(membership.member, group_code, 0)) {
    return fail(Code::kConflict,
                "a group cannot be its own member, nor be nested deeper than the limit");
  }
  auto& members = found->second.members;
  const auto is_same = [&](const Membership& m) { return m.member == membership.member; };
  const bool ends_open_one = membership.from_ms == INT64_MIN && membership.until_ms != INT64_MAX;
  const auto open = std::ranges::find_if(members, [&](const Membership& m) {
    return is_same(m) && m.until_ms == INT64_MAX && m.from_ms < membership.until_ms;
  });
  if (ends_open_one && open != members.end()) {
    open->until_ms = membership.until_ms;
  } else {
    const bool overlaps = std::ranges::any_of(members, [&](const Membership& m) {
      return is_same(m) && m.from_ms < membership.until_ms && membership.from_ms < m.until_ms;
    });
    if (overlaps) {
      return fail(Code::kConflict,
                  fmt::format("'{}' is a member at some of that time already", membership.member));
    }
    members.push_back(membership);
  }
  std::set<int64_t> boundaries(boundaries_.begin(), boundaries_.end());
  for (const int64_t at : {membership.from_ms, membership.until_ms}) {
    if (at != INT64_MIN && at != INT64_MAX) boundaries.insert(at);
  }
  boundaries_.assign(boundaries.begin(), boundaries.end());
  return {};
}

Result<void> Directory::add_collection(Collection collection) {
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
  for (const auto* codes : {&collection.read, &collection.write}) {
    for (const std::string& code : *codes) {
      if (party(code) == nullptr && group(code) == nullptr) {
        return fail(Code::kNotFound, fmt::format("no party or group '{}'", code));
      }
    }
  }
  if (collection.title.empty()) collection.title = collection.alias;
  collection.number = static_cast<CollectionNumber>(collections_.size() + 1);
  collections_.push_back(std::move(collection));
  return {};
}

Result<void> Directory::add_key(Key key, std::string_view party_code) {
  const Party* owner = party(party_code);
  if (owner == nullptr) return fail(Code::kNotFound, fmt::format("no party '{}'", party_code));
  if (key.id.size() != 16 || !from_hex(key.id))
    return fail(Code::kInvalid, "a key's id has 16 hex digits");
  if (keys_.contains(key.id)) return fail(Code::kConflict, "that key exists");
  key.party = owner->number;
  const std::string id = key.id;
  keys_.emplace(id, std::move(key));
  return {};
}

const Party* Directory::party(PartyNumber number) const {
  return number < parties_.size() ? &parties_[number] : nullptr;
}

const Party* Directory::party(std::string_view code) const {
  const auto found = std::ranges::find(parties_, code, &Party::code);
  return found == parties_.end() ? nullptr : &*found;
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
      if (m.from_ms <= at_ms && at_ms < m.until_ms) open.push_back(m.member);
    }
  }
  return {out.begin(), out.end()};
}

PartySet Directory::everybody() const {
  PartySet out;
  for (const Party& one : parties_) out.push_back(one.number);
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

}  // namespace entente::release
