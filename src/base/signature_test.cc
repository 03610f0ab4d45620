#include "base/signature.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace entente {
namespace {

// [RFC 8032 7.1], test 2: as PEM with the secret key of that test.
TEST(Signature, IsThatOfTheStandard) {
  std::string der = *from_hex(
      "302e020100300506032b657004220420"
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
  std::string base64 = to_base64url(der);
  for (char& c : base64) c = c == '-' ? '+' : c == '_' ? '/' : c;
  const auto key = SigningKey::from_pem("-----BEGIN PRIVATE KEY-----\n" + base64 +
                                        "\n-----END PRIVATE KEY-----\n");
  ASSERT_TRUE(key.has_value()) << key.error().detail;
  EXPECT_EQ(to_hex(key->public_key()),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  EXPECT_EQ(to_hex(key->sign("\x72")),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  EXPECT_EQ(SigningKey::from_pem(key->to_pem())->public_key(), key->public_key());
}

TEST(Signature, IsOfOneKeyAndOneText) {
  SeededRandom random(1);
  const SigningKey a = SigningKey::generate(random), b = SigningKey::generate(random);
  Signature mark = a.sign("text");
  EXPECT_TRUE(verifies(a.public_key(), "text", mark));
  EXPECT_FALSE(verifies(b.public_key(), "text", mark));
  EXPECT_FALSE(verifies(a.public_key(), "Text", mark));
  for (size_t i = 0; i < mark.size(); ++i) {
    mark[i] ^= 1;
    EXPECT_FALSE(verifies(a.public_key(), "text", mark)) << i;
    mark[i] ^= 1;
  }
}

TEST(Signature, RefusesWhatIsNoKey) {
  EXPECT_FALSE(SigningKey::from_pem("").has_value());
  EXPECT_FALSE(SigningKey::from_pem(std::string(100'000, 'x')).has_value());
  EXPECT_FALSE(public_key_from("").has_value());
  EXPECT_FALSE(public_key_from("00ff").has_value());
  EXPECT_TRUE(public_key_from(std::string(64, '1')).has_value());
  EXPECT_FALSE(public_key_from(std::string(65, '1')).has_value());
}

}  // namespace
}  // namespace entente
