// Keys, policies, clearances, authorities and the clock: what opens beyond groups and collections.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/commands.h"
#include "app/directory_commands.h"
#include "base/text.h"

namespace entente::app {
namespace {

// POLICY:LEVEL or POLICY:LEVEL:CATEGORY,CATEGORY
Result<JsonObject> clearance_from(const std::string& text) {
  const auto parts = split(text, ':');
  if (parts.size() < 2 || parts.size() > 3 || parts[0].empty() || parts[1].empty()) {
    return fail(
        Code::kInvalid,
        fmt::format("'{}' is no clearance: write POLICY:LEVEL or POLICY:LEVEL:CATEGORY,...", text));
  }
  std::vector<std::string> categories;
  if (parts.size() == 3) {
    for (const std::string_view one : split(parts[2], ',')) categories.emplace_back(one);
  }
  JsonObject out;
  out.add("policy", parts[0]).add("level", parts[1]).add_list("categories", categories);
  return out;
}

std::string text_of(const release::Clearance& clearance) {
  std::string out = clearance.policy + ":" + clearance.level;
  for (size_t i = 0; i < clearance.categories.size(); ++i)
    out += (i == 0 ? ":" : ",") + clearance.categories[i];
  return out;
}

// What narrows the key, for people: nothing if nothing does.
void add_restriction(const release::Directory& directory, const release::Restriction& restriction,
                     JsonObject* out) {
  if (restriction.collections) {
    std::vector<std::string> aliases;
    for (const release::CollectionNumber number : *restriction.collections)
      aliases.push_back(directory.collection(number)->alias);
    out->add_list("only_collections", aliases);
  }
  if (restriction.clearances) {
    std::vector<std::string> texts;
    for (const release::Clearance& one : *restriction.clearances) texts.push_back(text_of(one));
    out->add_list("clearances", texts);
  }
  if (!restriction.exercise.empty()) out->add("exercise", restriction.exercise);
}

Result<Outcome> key_new(Desk& desk, const Fields& request) {
  const auto collections = request.list("only_collections");
  const auto clearances = request.list("clearances");
  const std::string exercise = request.text("exercise"), code = request.text("code");
  const bool is_narrow = !collections.empty() || !clearances.empty() || !exercise.empty();
  const release::Role role =
      TRY(role_of(request, is_narrow ? release::Role::kExpert : release::Role::kContributor));
  JsonObject narrowing;
  if (!collections.empty()) narrowing.add_list("collections", collections);
  if (!clearances.empty()) {
    JsonList list;
    for (const std::string& text : clearances) {
      const JsonObject one = TRY(clearance_from(text));
      list.add_raw(one.text());
    }
    narrowing.add_raw("clearances", list.text());
  }
  if (!exercise.empty()) narrowing.add("exercise", exercise);
  const exchange::NewKey key = TRY(desk.node.new_key(code, role, narrowing.text()));
  note(desk, code, "key-new", key.id);
  JsonObject out;
  out.add("code", code)
      .add("key", key.text)
      .add("key_id", key.id)
      .add("role", release::name_of(role));
  const auto state = desk.node.state();
  if (const release::Key* made = state->directory->key(key.id))
    add_restriction(*state->directory, made->restriction, &out);
  return Outcome{out.text()};
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
    add_restriction(*state->directory, key.restriction, &one);
    list.add_raw(one.text());
  }
  return Outcome{JsonObject().add_raw("keys", list.text()).text()};
}

Result<Outcome> key_revoke(Desk& desk, const Fields& request) {
  const std::string id = request.text("id");
  const int64_t at_ms = now_ms(desk);
  std::string party;
  {
    const auto state = desk.node.state();
    const release::Key* key = state->directory->key(id);
    if (key == nullptr) return fail(Code::kNotFound, "no key with that id; see: entente key list");
    if (const release::Party* owner = state->directory->party(key->party)) party = owner->code;
  }
  TRY(desk.node.change_directory(
      JsonObject().add("op", "revoke-key").add("id", id).add_signed("at", at_ms).text()));
  note(desk, party, "key-revoke", id);
  return Outcome{
      JsonObject().add("key_id", id).add("party", party).add("revoked", instant(at_ms)).text()};
}

Result<Outcome> policy_add(Desk& desk, const Fields& request) {
  const auto file = request.root().find("file");
  if (!file || !file->is_object()) return fail(Code::kInvalid, "a policy is a JSON object");
  const release::Policy policy = TRY(release::read_policy(*file));
  TRY(desk.node.change_directory(JsonObject()
                                     .add("op", "policy")
                                     .add("name", policy.name)
                                     .add_list("levels", policy.levels)
                                     .add_list("categories", policy.categories)
                                     .text()));
  note(desk, std::string_view(), "policy-add", policy.name);
  return Outcome{JsonObject()
                     .add("name", policy.name)
                     .add_list("levels", policy.levels)
                     .add_list("categories", policy.categories)
                     .text()};
}

Result<Outcome> policy_list(Desk& desk, const Fields&) {
  const auto state = desk.node.state();
  JsonList list;
  for (const auto& [name, history] : state->directory->policies()) {
    const auto& [since_ms, policy] = history.back();
    JsonObject one;
    one.add("name", name).add_list("levels", policy.levels);
    one.add_list("categories", policy.categories);
    if (since_ms != INT64_MIN) one.add("since", instant(since_ms));
    list.add_raw(one.text());
  }
  return Outcome{JsonObject().add_raw("policies", list.text()).text()};
}

Result<Outcome> clearance_add(Desk& desk, const Fields& request) {
  JsonObject change = TRY(clearance_from(request.text("clearance")));
  const std::string party = request.text("party");
  change.add("op", "clearance").add("party", party);
  JsonObject said;
  said.add("party", party).add("clearance", request.text("clearance"));
  TRY(add_dates(request, &change, &said));
  TRY(desk.node.change_directory(change.text()));
  note(desk, party, "clearance-add", request.text("clearance"));
  return Outcome{said.text()};
}

Result<Outcome> clearance_end(Desk& desk, const Fields& request) {
  const int64_t until_ms = TRY(date_or_now_ms(desk, request, "until"));
  const std::string party = request.text("party"), policy = request.text("policy");
  TRY(desk.node.change_directory(JsonObject()
                                     .add("op", "clearance-end")
                                     .add("party", party)
                                     .add("policy", policy)
                                     .add_signed("until", until_ms)
                                     .text()));
  note(desk, party, "clearance-end", policy);
  return Outcome{JsonObject()
                     .add("party", party)
                     .add("policy", policy)
                     .add("until", instant(until_ms))
                     .text()};
}

Result<Outcome> clearance_list(Desk& desk, const Fields&) {
  const auto state = desk.node.state();
  JsonList list;
  for (const release::ClearanceFact& fact : state->directory->clearances()) {
    if (fact.known.until_ms != INT64_MAX) continue;  // another row has taken its place
    JsonObject one;
    one.add("party", state->directory->party(fact.party)->code)
        .add("clearance", text_of(fact.clearance));
    if (fact.from_ms != INT64_MIN) one.add("from", instant(fact.from_ms));
    if (fact.until_ms != INT64_MAX) one.add("until", instant(fact.until_ms));
    list.add_raw(one.text());
  }
  return Outcome{JsonObject().add_raw("clearances", list.text()).text()};
}

// The marking that the request is about: an id, or "*".
Result<std::string> marking_of(const Fields& request) {
  const std::string marking = request.text("marking");
  if (request.flag("any") != marking.empty())
    return fail(Code::kInvalid, "name one marking definition by its id, or say --any");
  return marking.empty() ? "*" : marking;
}

// The content of the party's definition of that id, as it came in.
Result<std::string> content_of(const exchange::State& state, const std::string& code,
                               const std::string& marking) {
  const release::Party* party = state.directory->party(code);
  if (party == nullptr) return fail(Code::kNotFound, fmt::format("no party '{}'", code));
  const auto* seen = state.markings->find(party->number, marking);
  if (seen == nullptr) {
    return fail(Code::kNotFound,
                fmt::format("{} has sent no marking definition '{}' to this node: import it as {} "
                            "first, or give its SHA-256 with --content",
                            party->code, marking, party->code));
  }
  return to_hex(seen->content);
}

Result<Outcome> authority_add(Desk& desk, const Fields& request) {
  const std::string marking = TRY(marking_of(request));
  const std::string party = request.text("party");
  std::string content = request.text("content");
  if (marking != "*" && content.empty())
    content = TRY(content_of(*desk.node.state(), party, marking));
  JsonObject change, said;
  change.add("op", "authority").add("party", party).add("marking", marking);
  said.add("party", party).add("marking", marking);
  if (!content.empty()) {
    change.add("content", content);
    said.add("content", content);
  }
  TRY(desk.node.change_directory(change.text()));
  note(desk, party, "authority-add", marking);
  return Outcome{said.text()};
}

Result<Outcome> authority_end(Desk& desk, const Fields& request) {
  const std::string marking = TRY(marking_of(request));
  const std::string party = request.text("party");
  TRY(desk.node.change_directory(
      JsonObject().add("op", "authority-end").add("party", party).add("marking", marking).text()));
  note(desk, party, "authority-end", marking);
  return Outcome{JsonObject().add("party", party).add("marking", marking).text()};
}

Result<Outcome> authority_list(Desk& desk, const Fields&) {
  const auto state = desk.node.state();
  JsonList list;
  for (const release::Authority& authority : state->directory->authorities()) {
    JsonObject one;
    one.add("party", state->directory->party(authority.party)->code)
        .add("marking", authority.marking);
    if (!authority.content.empty()) one.add("content", authority.content);
    if (authority.known.from_ms != INT64_MIN) one.add("since", instant(authority.known.from_ms));
    if (authority.known.until_ms != INT64_MAX) one.add("ended", instant(authority.known.until_ms));
    list.add_raw(one.text());
  }
  return Outcome{JsonObject().add_raw("authorities", list.text()).text()};
}

// How far apart the clocks are, and what to do about it.
Result<Outcome> clock(Desk& desk, const Fields& request) {
  const std::string word = request.text("switch");
  if (!word.empty() && word != "accept")
    return fail(Code::kInvalid, "the word after 'clock' is accept, or nothing");
  if (word == "accept") {
    const auto before = desk.node.clock().status();
    if (!desk.node.clock().accept()) {
      return fail(Code::kConflict,
                  "there is nothing to accept: the node goes by the machine's clock already");
    }
    note(desk, std::string_view(), "clock-accept", instant(before.machine_ms));
  }
  const exchange::NodeClock::Status status = desk.node.clock().status();
  const int64_t tick_ms = desk.node.state()->tick_ms;
  JsonObject out;
  out.add("now", instant(now_ms(desk)))
      .add("machine", instant(status.machine_ms))
      .add("last_tick", instant(tick_ms))
      .add_signed("since_last_tick_ms", now_ms(desk) - tick_ms)
      .add_signed("machine_ahead_ms", status.machine_ms - now_ms(desk))
      .add_flag("held", status.is_held);
  if (status.is_held) {
    out.add("advice",
            "the machine's clock has leapt ahead: put it right, or, if it is right, run: entente "
            "clock accept");
  } else if (status.machine_ms < now_ms(desk)) {
    out.add("advice",
            "the machine's clock is behind the node's time, which stands still until it has caught "
            "up");
  }
  return Outcome{out.text()};
}

}  // namespace

Command access_command(std::string_view name) {
  static constexpr std::pair<std::string_view, Command> kCommands[] = {
      {"key-new", key_new},
      {"key-list", key_list},
      {"key-revoke", key_revoke},
      {"policy-add", policy_add},
      {"policy-list", policy_list},
      {"clearance-add", clearance_add},
      {"clearance-end", clearance_end},
      {"clearance-list", clearance_list},
      {"authority-add", authority_add},
      {"authority-end", authority_end},
      {"authority-list", authority_list},
      {"clock", clock},
  };
  for (const auto& [known, command] : kCommands) {
    if (known == name) return command;
  }
  return nullptr;
}

}  // namespace entente::app
