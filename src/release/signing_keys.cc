// A party has few keys: they are looked through.
#include "release/signing_keys.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"

namespace entente::release {
namespace {

// Of one party, those that ended among them.
constexpr size_t kKeysOfPartyMax = 1000;

}  // namespace

std::span<const SigningKeyFact> SigningKeys::of(PartyNumber party) const {
  const auto found = by_party_.find(party);
  if (found == by_party_.end()) return {};
  return found->second;
}

PartyNumber SigningKeys::holder_of(const PublicKey& key) const {
  const auto found = holders_.find(key);
  return found == holders_.end() ? kNoParty : found->second;
}

Result<void> SigningKeys::add(PartyNumber party, SigningKeyFact fact) {
  if (holders_.contains(fact.key))
    return fail(Code::kConflict, fmt::format("the key {} is somebody's", to_hex(fact.key)));
  if (fact.holder.size() > limits::kNameBytesMax)
    return fail(Code::kTooLarge, "the holder's name is too long");
  std::vector<SigningKeyFact>& facts = by_party_[party];
  if (facts.size() >= kKeysOfPartyMax)
    return fail(Code::kTooLarge, fmt::format("more than {} keys of a party", kKeysOfPartyMax));
  holders_.emplace(fact.key, party);
  facts.push_back(std::move(fact));
  return {};
}

Result<void> SigningKeys::end(PartyNumber party, const PublicKey& key, int64_t tick_ms) {
  const auto facts = by_party_.find(party);
  if (facts != by_party_.end()) {
    const auto found = std::ranges::find(facts->second, key, &SigningKeyFact::key);
    if (found != facts->second.end() && found->until_ms == INT64_MAX) {
      found->until_ms = tick_ms;
      return {};
    }
  }
  return fail(Code::kNotFound,
              fmt::format("the key {} is none that the party signs with", to_hex(key)));
}

}  // namespace entente::release
