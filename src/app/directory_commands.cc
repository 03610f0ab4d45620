// Parties, groups, keys, collections. Each change is a JSON object that the directory itself checks (release/directory.h);
// nothing is checked twice here.
#include <fmt/format.h>

#include <array>

#include "app/commands.h"
#include "base/text.h"

namespace entente::app {
namespace {

std::string random_uuid(Random& random) {
  std::array<uint8_t, 16> bytes{};
  random.fill(bytes);
  return uuid_from(bytes);
}

void note(Desk& desk, std::string_view party, std::string_view action, std::string_view object) {
  desk.audit.add({.party = party,
                  .by = "operator",
                  .action = action,
                  .collection = {},
                  .object = object,
                  .count = {},
                  .status = 200,
                  .request = {}});
}

Result<release::Role> role_of(const Fields& request) {
  const std::string text = request.text("role");
  const auto role = release::role_from(text.empty() ? "contributor" : text);
  if (!role) {
    return fail(
        Code::kInvalid,
        fmt::format(
            "'{}' is no role; roles: reader, contributor, release-officer, expert, operator",
            text));
  }
  return *role;
}

std::string instant(int64_t ms) { return format_time_ms(ms); }

Result<Outcome> party_add(Desk& desk, const Fields& request) {
  const release::Role role = TRY(role_of(request));
  const std::string code = request.text("code");
  std::string identity = request.text("identity");
  if (identity.empty()) identity = "identity--" + random_uuid(desk.random);
  std::string name = request.text("name");
  if (name.empty()) name = code;
  TRY(desk.node.change_directory(JsonObject()
                                     .add("op", "party")
                                     .add("code", code)
                                     .add("name", name)
                                     .add("identity", identity)
                                     .text()));
  const exchange::NewKey key = TRY(desk.node.new_key(code, role));
  note(desk, code, "party-add", identity);
  note(desk, code, "key-new", key.id);
  return Outcome{JsonObject()
                     .add("code", code)
                     .add("identity", identity)
                     .add("key", key.text)
                     .add("key_id", key.id)
                     .add("role", release::name_of(role))
                     .text()};
}

Result<Outcome> party_list(Desk& desk, const Fields&) {
  const auto state = desk.node.state();
  JsonList list;
  for (const release::Party& party : state->directory->parties()) {
    list.add_raw(JsonObject()
                     .add("code", party.code)
                     .add("name", party.name)
                     .add("identity", party.identity)
                     .text());
  }
  return Outcome{JsonObject().add_raw("parties", list.text()).text()};
}

Result<Outcome> key_new(Desk& desk, const Fields& request) {
  const release::Role role = TRY(role_of(request));
  const std::string code = request.text("code");
  const exchange::NewKey key = TRY(desk.node.new_key(code, role));
  note(desk, code, "key-new", key.id);
  return Outcome{JsonObject()
                     .add("code", code)
                     .add("key", key.text)
                     .add("key_id", key.id)
                     .add("role", release::name_of(role))
                     .text()};
}

Result<Outcome> key_list(Desk& desk, const Fields&) {
  const auto state = desk.node.state();
  JsonList list;
  for (const auto& [id, key] : state->directory->keys()) {
    JsonObject one;
    const release::Party* party = state->directory->party(key.party);
    one.add("key_id", id)
        .add("party", party != nullptr ? party->code : "")
        .add("role", release::name_of(key.role));
    one.add("made", instant(key.created_ms));
    if (key.revoked_ms != INT64_MAX) one.add("revoked", instant(key.revoked_ms));
    list.add_raw(one.text());
  }
  return Outcome{JsonObject().add_raw("keys", list.text()).text()};
}

Result<Outcome> key_revoke(Desk& desk, const Fields& request) {
  const std::string id = request.text("id");
  const int64_t now_ms = desk.node.clock().now_ms();
  std::string party;
  {
    const auto state = desk.node.state();
    const release::Key* key = state->directory->key(id);
    if (key == nullptr) return fail(Code::kNotFound, "no key with that id; see: entente key list");
    if (const release::Party* owner = state->directory->party(key->party)) party = owner->code;
  }
  TRY(desk.node.change_directory(
      JsonObject().add("op", "revoke-key").add("id", id).add_signed("at", now_ms).text()));
  note(desk, party, "key-revoke", id);
  return Outcome{
      JsonObject().add("key_id", id).add("party", party).add("revoked", instant(now_ms)).text()};
}

Result<Outcome> group_add(Desk& desk, const Fields& request) {
  const std::string code = request.text("code");
  std::string name = request.text("name");
  if (name.empty()) name = code;
  TRY(desk.node.change_directory(
      JsonObject().add("op", "group").add("code", code).add("name", name).text()));
  return Outcome{JsonObject().add("code", code).add("name", name).text()};
}

Result<Outcome> group_member(Desk& desk, const Fields& request) {
  JsonObject change;
  change.add("op", "member")
      .add("group", request.text("group"))
      .add("member", request.text("member"));
  JsonObject said;
  said.add("group", request.text("group")).add("member", request.text("member"));
  for (const std::string_view bound : {"from", "until"}) {
    const std::string text = request.text(bound);
    if (text.empty()) continue;
    const auto us = parse_instant_us(text);
    if (!us)
      return fail(Code::kInvalid,
                  fmt::format("--{}: '{}' is neither a date nor an instant", bound, text));
    change.add_signed(bound, *us / 1000);
    said.add(bound, instant(*us / 1000));
  }
  TRY(desk.node.change_directory(change.text()));
  return Outcome{said.text()};
}

Result<Outcome> group_list(Desk& desk, const Fields&) {
  const auto state = desk.node.state();
  JsonList list;
  for (const auto& [code, group] : state->directory->groups()) {
    JsonList members;
    for (const release::Membership& membership : group.members) {
      JsonObject one;
      one.add("member", membership.member);
      if (membership.from_ms != INT64_MIN) one.add("from", instant(membership.from_ms));
      if (membership.until_ms != INT64_MAX) one.add("until", instant(membership.until_ms));
      members.add_raw(one.text());
    }
    list.add_raw(JsonObject()
                     .add("code", code)
                     .add("name", group.name)
                     .add_raw("members", members.text())
                     .text());
  }
  return Outcome{JsonObject().add_raw("groups", list.text()).text()};
}

Result<Outcome> collection_add(Desk& desk, const Fields& request) {
  const std::string alias = request.text("alias");
  const std::string id = random_uuid(desk.random);
  std::string title = request.text("title");
  if (title.empty()) title = alias;
  JsonObject change;
  change.add("op", "collection").add("alias", alias).add("id", id).add("title", title);
  change.add("description", request.text("description"));
  change.add_list("read", request.list("read")).add_list("write", request.list("write"));
  if (!request.text("default").empty()) change.add("default", request.text("default"));
  TRY(desk.node.change_directory(change.text()));
  return Outcome{JsonObject().add("id", id).add("alias", alias).text()};
}

Result<Outcome> collection_list(Desk& desk, const Fields&) {
  const auto state = desk.node.state();
  JsonList list;
  for (const release::Collection& one : state->directory->collections()) {
    JsonObject out;
    out.add("id", one.id).add("alias", one.alias).add("title", one.title);
    if (!one.description.empty()) out.add("description", one.description);
    out.add_list("read", one.read).add_list("write", one.write);
    if (one.default_tlp) out.add("default", release::name_of(*one.default_tlp));
    list.add_raw(out.text());
  }
  return Outcome{JsonObject().add_raw("collections", list.text()).text()};
}

}  // namespace

Command directory_command(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, Command>, 10> kCommands{{
      {"party-add", party_add},
      {"party-list", party_list},
      {"key-new", key_new},
      {"key-list", key_list},
      {"key-revoke", key_revoke},
      {"group-add", group_add},
      {"group-member", group_member},
      {"group-list", group_list},
      {"collection-add", collection_add},
      {"collection-list", collection_list},
  }};
  for (const auto& [known, command] : kCommands) {
    if (known == name) return command;
  }
  return nullptr;
}

}  // namespace entente::app
