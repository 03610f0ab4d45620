// A key that is made here stays here; of a key made elsewhere (an officer's own) only the public half comes.
#include "app/signing_commands.h"

#include <fmt/format.h>

#include "app/directory_commands.h"
#include "app/keystore.h"
#include "base/hash.h"
#include "base/text.h"

namespace entente::app {
namespace {

Result<const release::Party*> signing_party(const release::Directory& directory,
                                            const std::string& code) {
  const release::Party* party = directory.party(code);
  if (party == nullptr) return fail(Code::kNotFound, fmt::format("no party '{}'", code));
  return party;
}

Result<Outcome> signing_key_told(Desk& desk, const std::string& code, std::string_view action,
                                 const PublicKey& key) {
  note(desk, code, action, to_hex(key));
  return Outcome{JsonObject().add("party", code).add("key", to_hex(key)).text()};
}

Result<Outcome> signing_key_new(Desk& desk, const Fields& request) {
  const auto state = desk.node.state();
  const release::Party* party = TRY(signing_party(*state->directory, request.text("code")));
  const std::string text = request.text("content");
  if (text.empty()) {
    Keystore keystore(desk.node, desk.files, desk.random, desk.directory);
    const SigningKey key = TRY(keystore.make(party->number));
    return signing_key_told(desk, party->code, "signing-key-new", key.public_key());
  }
  const auto key = public_key_from(text);
  if (!key)
    return fail(Code::kInvalid, "not an Ed25519 public key: 64 hex digits, or PUBLIC KEY in PEM");
  TRY(desk.node.change_directory(JsonObject()
                                     .add("op", "signing-key")
                                     .add("party", party->code)
                                     .add("public", to_hex(*key))
                                     .add("holder", request.text("name"))
                                     .text()));
  return signing_key_told(desk, party->code, "signing-key-new", *key);
}

Result<void> end_signing_key(Desk& desk, const std::string& code, const PublicKey& key) {
  TRY(desk.node.change_directory(JsonObject()
                                     .add("op", "signing-key-end")
                                     .add("party", code)
                                     .add("public", to_hex(key))
                                     .text()));
  note(desk, code, "signing-key-end", to_hex(key));
  return {};
}

// A new key of the node's first, then the end of those that the node held: at no time is there none.
Result<Outcome> signing_key_rotate(Desk& desk, const Fields& request) {
  const auto state = desk.node.state();
  const release::Party* party = TRY(signing_party(*state->directory, request.text("code")));
  Keystore keystore(desk.node, desk.files, desk.random, desk.directory);
  const SigningKey key = TRY(keystore.make(party->number));
  for (const auto& fact : state->directory->signing_keys().of(party->number)) {
    if (fact.until_ms == INT64_MAX && keystore.holds(fact.key))
      TRY(end_signing_key(desk, party->code, fact.key));
  }
  return signing_key_told(desk, party->code, "signing-key-new", key.public_key());
}

Result<Outcome> signing_key_end(Desk& desk, const Fields& request) {
  const auto key = public_key_from(request.text("id"));
  if (!key) return fail(Code::kInvalid, "a signing key is named by its 64 hex digits");
  const auto state = desk.node.state();
  const release::PartyNumber holder = state->directory->signing_keys().holder_of(*key);
  const release::Party* party = state->directory->party(holder);
  if (holder == release::kNoParty || party == nullptr)
    return fail(Code::kNotFound, "no party signs with that key; see: entente signing-key list");
  TRY(end_signing_key(desk, party->code, *key));
  return Outcome{JsonObject().add("party", party->code).add("key", to_hex(*key)).text()};
}

Result<Outcome> signing_key_list(Desk& desk, const Fields& request) {
  const auto state = desk.node.state();
  const Keystore keystore(desk.node, desk.files, desk.random, desk.directory);
  const std::string code = request.text("code");
  if (!code.empty()) TRY(signing_party(*state->directory, code));
  JsonList list;
  for (const release::Party& party : state->directory->parties()) {
    if (!code.empty() && state->directory->party(code)->number != party.number) continue;
    for (const auto& fact : state->directory->signing_keys().of(party.number)) {
      JsonObject one;
      one.add("party", party.code).add("key", to_hex(fact.key)).add("from", instant(fact.from_ms));
      if (fact.until_ms != INT64_MAX) one.add("until", instant(fact.until_ms));
      if (!fact.holder.empty()) one.add("holder", fact.holder);
      list.add_raw(one.add_flag("here", keystore.holds(fact.key)).text());
    }
  }
  return Outcome{JsonObject().add_raw("keys", list.text()).text()};
}

}  // namespace

Command signing_command(std::string_view name) {
  if (name == "signing-key-new") return signing_key_new;
  if (name == "signing-key-rotate") return signing_key_rotate;
  if (name == "signing-key-end") return signing_key_end;
  if (name == "signing-key-list") return signing_key_list;
  return nullptr;
}

}  // namespace entente::app
