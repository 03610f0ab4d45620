// The file is durable before the directory names its key: a crash between the two leaves a key that nobody uses.
#include "app/keystore.h"

#include <fmt/format.h>

#include <ranges>

#include "app/json_text.h"
#include "base/hash.h"
#include "base/text.h"

namespace entente::app {

Keystore::Keystore(exchange::Node& node, store::Files& files, Random& random,
                   std::string data_directory)
    : node_(node),
      files_(files),
      random_(random),
      folder_(std::move(data_directory) + "/keystore") {}

std::string Keystore::path_of(const PublicKey& key) const {
  return folder_ + "/" + to_hex(key) + ".pem";
}

bool Keystore::holds(const PublicKey& key) const { return files_.exists(path_of(key)); }

Result<SigningKey> Keystore::key_for(release::PartyNumber party) {
  const std::lock_guard lock(mutex_);
  const auto state = node_.state();
  const auto facts = state->directory->signing_keys().of(party);
  if (facts.empty()) return make_one(party);
  for (const release::SigningKeyFact& fact : std::views::reverse(facts)) {
    if (fact.until_ms != INT64_MAX || !holds(fact.key)) continue;
    const std::string pem = TRY(files_.read(path_of(fact.key)));
    const SigningKey key = TRY(SigningKey::from_pem(pem));
    if (key.public_key() == fact.key) return key;
    return fail(Code::kCorrupt, path_of(fact.key) + " holds another key than its name says");
  }
  return fail(Code::kForbidden, fmt::format("{} signs with keys that are not on this node",
                                            state->directory->party(party)->code));
}

Result<SigningKey> Keystore::make(release::PartyNumber party) {
  const std::lock_guard lock(mutex_);
  return make_one(party);
}

Result<SigningKey> Keystore::make_one(release::PartyNumber party) {
  const SigningKey key = SigningKey::generate(random_);
  TRY(files_.make_directory(folder_));
  {
    const auto file = TRY(files_.open(path_of(key.public_key())));
    TRY(file->write_at(0, key.to_pem()));
    TRY(file->sync());
  }
  TRY(files_.sync_directory(folder_));
  const auto state = node_.state();
  TRY(node_.change_directory(JsonObject()
                                 .add("op", "signing-key")
                                 .add("party", state->directory->party(party)->code)
                                 .add("public", to_hex(key.public_key()))
                                 .text()));
  return key;
}

}  // namespace entente::app
