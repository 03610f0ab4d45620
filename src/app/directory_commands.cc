// Parties, groups, collections. Each change is a JSON object that the directory itself checks (release/directory.h);
// nothing is checked twice here.
#include "app/directory_commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "app/commands.h"
#include "base/text.h"

namespace entente::app {
Result<release::Role> role_of(const Fields& request, release::Role otherwise) {
  const std::string text = request.text("role");
  if (text.empty()) return otherwise;
  const auto role = release::role_from(text);
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

int64_t now_ms(const Desk& desk) {
  return std::max(desk.node.clock().now_ms(), desk.node.state()->tick_ms);
}

Result<std::optional<int64_t>> date_ms(const Fields& request, std::string_view name) {
  const std::string text = request.text(name);
  if (text.empty()) return std::nullopt;
  const auto us = parse_instant_us(text);
  if (!us) {
    return fail(Code::kInvalid,
                fmt::format("--{}: '{}' is neither a date (2024-03-07) nor an instant "
                            "(2024-03-07T12:00:00Z)",
                            name, text));
  }
  return *us / 1000;
}

Result<int64_t> date_or_now_ms(const Desk& desk, const Fields& request, std::string_view name) {
  const std::optional<int64_t> ms = TRY(date_ms(request, name));
  return ms.value_or(now_ms(desk));
}

Result<void> add_dates(const Fields& request, JsonObject* change, JsonObject* said) {
  for (const std::string_view bound : {"from", "until"}) {
    const std::optional<int64_t> ms = TRY(date_ms(request, bound));
    if (!ms) continue;
    change->add_signed(bound, *ms);
    said->add(bound, instant(*ms));
  }
  return {};
}

namespace {

std::string random_uuid(Random& random) {
  std::array<uint8_t, 16> bytes{};
  random.fill(bytes);
  return uuid_from(bytes);
}

Result<Outcome> party_add(Desk& desk, const Fields& request) {
  const release::Role role = TRY(role_of(request, release::Role::kContributor));
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

Result<Outcome> party_rename(Desk& desk, const Fields& request) {
  const std::string code = request.text("code"), name = request.text("name");
  JsonObject change;
  change.add("op", "rename").add("party", request.text("party"));
  if (!code.empty()) change.add("code", code);
  if (!name.empty()) change.add("name", name);
  TRY(desk.node.change_directory(change.add_signed("at", now_ms(desk)).text()));
  const auto state = desk.node.state();
  const release::Party* party = state->directory->party(request.text("party"));
  CHECK(party != nullptr);
  note(desk, party->code, "party-rename", request.text("party"));
  return Outcome{JsonObject()
                     .add("code", party->code)
                     .add("name", party->name)
                     .add("identity", party->identity)
                     .text()};
}

Result<Outcome> party_split(Desk& desk, const Fields& request) {
  const int64_t at_ms = TRY(date_or_now_ms(desk, request, "at"));
  const std::string code = request.text("party");
  TRY(desk.node.change_directory(JsonObject()
                                     .add("op", "split")
                                     .add("party", code)
                                     .add_list("into", request.list("into"))
                                     .add_signed("at", at_ms)
                                     .text()));
  note(desk, code, "party-split", code);
  return Outcome{JsonObject()
                     .add("code", code)
                     .add_list("into", request.list("into"))
                     .add("at", instant(at_ms))
                     .text()};
}

Result<Outcome> party_merge(Desk& desk, const Fields& request) {
  const int64_t at_ms = TRY(date_or_now_ms(desk, request, "at"));
  const std::string into = request.text("party");
  TRY(desk.node.change_directory(JsonObject()
                                     .add("op", "merge")
                                     .add_list("parties", request.list("parties"))
                                     .add("into", into)
                                     .add_signed("at", at_ms)
                                     .text()));
  for (const std::string& code : request.list("parties")) note(desk, code, "party-merge", into);
  return Outcome{JsonObject()
                     .add_list("parties", request.list("parties"))
                     .add("into", into)
                     .add("at", instant(at_ms))
                     .text()};
}

Result<Outcome> party_list(Desk& desk, const Fields&) {
  const auto state = desk.node.state();
  const release::Directory& directory = *state->directory;
  JsonList list;
  for (const release::Party& party : directory.parties()) {
    JsonObject one;
    one.add("code", party.code).add("name", party.name).add("identity", party.identity);
    if (party.made_ms != INT64_MIN) one.add("made", instant(party.made_ms));
    std::vector<std::string> heirs;
    int64_t ended_ms = INT64_MAX;
    for (const release::Succession& succession : directory.successions()) {
      if (succession.predecessor != party.number) continue;
      heirs.push_back(directory.party(succession.successor)->code);
      ended_ms = succession.at_ms;
    }
    if (!heirs.empty()) one.add("ends", instant(ended_ms)).add_list("succeeded_by", heirs);
    list.add_raw(one.text());
  }
  return Outcome{JsonObject().add_raw("parties", list.text()).text()};
}

Result<Outcome> group_add(Desk& desk, const Fields& request) {
  const std::string code = request.text("code");
  std::string name = request.text("name");
  if (name.empty()) name = code;
  const bool retroactive = request.flag("retroactive");
  TRY(desk.node.change_directory(JsonObject()
                                     .add("op", "group")
                                     .add("code", code)
                                     .add("name", name)
                                     .add_flag("retroactive", retroactive)
                                     .text()));
  return Outcome{
      JsonObject().add("code", code).add("name", name).add_flag("retroactive", retroactive).text()};
}

Result<Outcome> group_member(Desk& desk, const Fields& request) {
  JsonObject change, said;
  change.add("op", "member")
      .add("group", request.text("group"))
      .add("member", request.text("member"));
  said.add("group", request.text("group")).add("member", request.text("member"));
  TRY(add_dates(request, &change, &said));
  TRY(desk.node.change_directory(change.text()));
  note(desk, request.text("member"), "group-join", request.text("group"));
  return Outcome{said.text()};
}

Result<Outcome> group_leave(Desk& desk, const Fields& request) {
  const int64_t until_ms = TRY(date_or_now_ms(desk, request, "until"));
  JsonObject change;
  change.add("op", "member-end")
      .add("group", request.text("group"))
      .add("member", request.text("member"));
  TRY(desk.node.change_directory(change.add_signed("until", until_ms).text()));
  note(desk, request.text("member"), "group-leave", request.text("group"));
  return Outcome{JsonObject()
                     .add("group", request.text("group"))
                     .add("member", request.text("member"))
                     .add("until", instant(until_ms))
                     .text()};
}

Result<Outcome> group_retroactive(Desk& desk, const Fields& request) {
  const std::string word = request.text("switch");
  if (word != "on" && word != "off") return fail(Code::kInvalid, "say on or off");
  const std::string group = request.text("group");
  TRY(desk.node.change_directory(JsonObject()
                                     .add("op", "group-retroactive")
                                     .add("group", group)
                                     .add_flag("retroactive", word == "on")
                                     .text()));
  note(desk, std::string_view(), "group-retroactive-" + word, group);
  return Outcome{JsonObject().add("group", group).add_flag("retroactive", word == "on").text()};
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
                     .add_flag("retroactive", group.retroactive)
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

Result<Outcome> collection_readers(Desk& desk, const Fields& request) {
  const std::string name = request.text("alias");
  std::vector<std::string> read = request.list("read");
  std::erase(read, "");  // --read without any code
  TRY(desk.node.change_directory(JsonObject()
                                     .add("op", "collection-readers")
                                     .add("collection", name)
                                     .add_list("read", read)
                                     .text()));
  const auto state = desk.node.state();
  const release::Collection* collection = state->directory->collection(name);
  CHECK(collection != nullptr);
  note(desk, std::string_view(), "collection-readers", collection->id);
  return Outcome{JsonObject()
                     .add("id", collection->id)
                     .add("alias", collection->alias)
                     .add_list("read", collection->read)
                     .text()};
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
  static constexpr std::pair<std::string_view, Command> kCommands[] = {
      {"party-add", party_add},
      {"party-rename", party_rename},
      {"party-split", party_split},
      {"party-merge", party_merge},
      {"party-list", party_list},
      {"group-add", group_add},
      {"group-member", group_member},
      {"group-leave", group_leave},
      {"group-retroactive", group_retroactive},
      {"group-list", group_list},
      {"collection-add", collection_add},
      {"collection-readers", collection_readers},
      {"collection-list", collection_list},
  };
  for (const auto& [known, command] : kCommands) {
    if (known == name) return command;
  }
  return nullptr;
}

}  // namespace entente::app
