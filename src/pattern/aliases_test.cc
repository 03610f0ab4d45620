// Misspelt names are put right, and nothing else is touched.
#include "pattern/aliases.h"

#include <gtest/gtest.h>

namespace entente::pattern {
namespace {

std::string resolved(std::string_view text) {
  Pattern pattern;
  EXPECT_TRUE(parse(text, {}, &pattern)) << text;
  return resolve_aliases(pattern).value_or("as it is");
}

TEST(PatternAliases, PutNamesRight) {
  EXPECT_EQ(resolved("[file:hashes.SHA256 = 'x' OR file:hashes.'sha-1' = 'y']"),
            "[file:hashes.'SHA-256' = 'x' OR file:hashes.'SHA-1' = 'y']");
  EXPECT_EQ(resolved("[x509-certificate:hashes.md5='x'] FOLLOWEDBY [email:subject LIKE 'a%']"),
            "[x509-certificate:hashes.MD5='x'] FOLLOWEDBY [email-message:subject LIKE 'a%']");
  EXPECT_EQ(resolved("[process:name = 'a' AND process:binary_ref.hashes.'sha256' = 'b']"),
            "[process:image_ref.name = 'a' AND process:image_ref.hashes.'SHA-256' = 'b']");
  EXPECT_EQ(resolved("[http-request-ext:request_value LIKE '/a%']"),
            "[network-traffic:extensions.'http-request-ext'.request_value LIKE '/a%']");
  EXPECT_EQ(resolved("[artifact:hashes.sha512 = 'x']"), "[artifact:hashes.'SHA-512' = 'x']");
}

TEST(PatternAliases, LeaveTheRestAlone) {
  for (const char* const text :
       {"[file:hashes.'SHA-256' = 'x']", "[file:hashes.MD5 = 'x']", "[file:hashes.'MD5' = 'x']",
        "[file:name = 'SHA256']", "[process:name_of = 'a']", "[file:SHA256 = 'x']",
        "[file:hashes.IMPHASH = 'x']", "[email-message:subject = 'x']"})
    EXPECT_EQ(resolved(text), "as it is") << text;
}

}  // namespace
}  // namespace entente::pattern
