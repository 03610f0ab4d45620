// The public keys that a party's records are signed with, and since when each counts. Part of the directory: added and
// ended by dated records, never forgotten, since what a key signed while it counted goes on being signed.
//
// Threads: a value.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/signature.h"
#include "release/world.h"

namespace entente::release {

// From the tick of the record that added it until that of the one that ended it.
struct SigningKeyFact {
  PublicKey key{};
  std::string holder;  // for people: whose it is, if not the node's own; may be empty
  int64_t from_ms = INT64_MIN;
  int64_t until_ms = INT64_MAX;
};

class SigningKeys {
 public:
  // In order of their records.
  std::span<const SigningKeyFact> of(PartyNumber party) const;
  // kNoParty: nobody's.
  PartyNumber holder_of(const PublicKey& key) const;
  // kConflict: it is somebody's already, or has been; kTooLarge: past a limit.
  Result<void> add(PartyNumber party, SigningKeyFact fact);
  // kNotFound: it is none of that party's, or ended already.
  Result<void> end(PartyNumber party, const PublicKey& key, int64_t tick_ms);

 private:
  std::map<PartyNumber, std::vector<SigningKeyFact>> by_party_;
  std::map<PublicKey, PartyNumber> holders_;
};

}  // namespace entente::release
