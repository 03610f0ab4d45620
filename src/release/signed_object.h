// JSON objects that carry their signer's signature, whatever they are: acts of procedures, outcomes, acts of release.
//
//   {..., "signature":{"key":"<64 hex digits>","value":"<base64url>"}}
//
// Signed is the canonical form [RFC 8785] of the object without that member: another spelling of the same object is
// signed by the same signature, and a part that was cut out of it is missed.
//
//   const std::string text = TRY(sign_object(object, key));
//   const SignatureCheck check = check_signature(root);      // the arithmetic: dear, and the same for ever
//   standing_of(check, directory.signing_keys().of(party), at);  // what it is worth: cheap, and dated
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/signature.h"
#include "json/json.h"
#include "release/signing_keys.h"

namespace entente::release {

inline constexpr std::string_view kSignatureMember = "signature";

// The object with its signature as its last member. kInvalid: no object, one with a signature, or one without a
// canonical form.
Result<std::string> sign_object(std::string_view object, const SigningKey& key);

struct SignatureCheck {
  enum class Found : uint8_t { kNone, kWrong, kRight };
  Found found = Found::kNone;
  PublicKey key{};  // that it names; unless kNone
};
// What does not read as a signature is a wrong one.
SignatureCheck check_signature(json::Value object);

// What a signature is worth.
enum class Standing : uint8_t {
  kSigned,
  kUnsigned,
  kWrong,       // it is not the key's over this object
  kUnknownKey,  // the key is none of the party's, or was not at that time
};

// When a record was made as its party says, within what its node believes, and when it was taken in.
struct RecordTime {
  int64_t at_ms = 0;
  int64_t tick_ms = 0;
};
// A key counts for what was taken in after it was added and made before it ended.
Standing standing_of(const SignatureCheck& check, std::span<const SigningKeyFact> keys,
                     const RecordTime& time);

// The key that a party signs with at a node; of those that act for it, each asks here.
class Signer {
 public:
  virtual ~Signer() = default;
  // kForbidden: the node holds no private key of that party.
  virtual Result<SigningKey> key_for(PartyNumber party) = 0;
};

}  // namespace entente::release
