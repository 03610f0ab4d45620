#include "base/hash.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace entente {

TEST(Hash, Sha256OfPartsIsThatOfTheirConcatenation) {
  EXPECT_EQ(to_hex(sha256({"a", "bc"})),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Hash, KeyedDigestSeparatesItsParts) {
  const std::string key(32, 'k');
  EXPECT_NE(keyed_digest(key, {"ab", "c"}), keyed_digest(key, {"a", "bc"}));
  EXPECT_NE(keyed_digest(key, {"abc"}), keyed_digest(std::string(32, 'l'), {"abc"}));
  EXPECT_EQ(keyed_digest(key, {"abc"}), keyed_digest(key, {"abc"}));
}

TEST(Hash, ConstantTimeEquality) {
  EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
  EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_in_constant_time("abc", "abcd"));
}

}  // namespace entente
