// Ed25519 signatures [RFC 8032] (OpenSSL): keys of 32 bytes, signatures of 64.
//
//   const SigningKey key = TRY(SigningKey::from_pem(text));
//   const Signature mark = key.sign(bytes);
//   verifies(key.public_key(), bytes, mark);
//
// Threads: values; any thread. Cost: 40 us a signature, 100 us a verification.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"

namespace entente {

using PublicKey = std::array<uint8_t, 32>;
using Signature = std::array<uint8_t, 64>;

// The private key of a pair. What it held is wiped when it dies.
class SigningKey {
 public:
  static SigningKey generate(Random& random);
  // A PRIVATE KEY in PEM [RFC 8410 7], as `openssl genpkey -algorithm ed25519` writes it; kInvalid else.
  static Result<SigningKey> from_pem(std::string_view pem);

  SigningKey(const SigningKey& other) = default;
  SigningKey& operator=(const SigningKey& other) = default;
  ~SigningKey();

  std::string to_pem() const;
  const PublicKey& public_key() const { return public_; }
  Signature sign(std::string_view bytes) const;

 private:
  using Secret = std::array<uint8_t, 32>;
  explicit SigningKey(const Secret& secret);

  Secret secret_{};
  PublicKey public_{};
};

bool verifies(const PublicKey& key, std::string_view bytes, const Signature& signature);

// 64 hex digits; a PUBLIC KEY in PEM is taken too. nullopt: neither.
std::optional<PublicKey> public_key_from(std::string_view text);

}  // namespace entente
