#include "release/signed_object.h"

#include <gtest/gtest.h>

#include "base/hash.h"
#include "base/text.h"
#include "release/directory.h"

namespace entente::release {
namespace {

SignatureCheck check(std::string_view text) {
  const std::string bytes = json::padded(text);
  json::Parser parser;
  json::Document document;
  EXPECT_TRUE(parser.parse(std::string_view(bytes).substr(0, text.size()), &document));
  return check_signature(document.root());
}

SigningKey key_number(uint64_t seed) {
  SeededRandom random(seed);
  return SigningKey::generate(random);
}

TEST(SignedObject, IsSignedWhateverItsSpelling) {
  const SigningKey key = key_number(1);
  const std::string text = *sign_object(R"({"a":1.50,"b":["x","\u0079"]})", key);
  EXPECT_TRUE(text.starts_with(R"({"a":1.50,"b":["x","\u0079"],"signature":{"key":)"));
  EXPECT_EQ(check(text).found, SignatureCheck::Found::kRight);
  EXPECT_EQ(check(text).key, key.public_key());
  const size_t mark = text.find(",\"signature\"");
  const std::string signature = text.substr(mark + 1, text.size() - mark - 2);
  EXPECT_EQ(check("{ \"b\" : [\"\\u0078\",\"y\"], " + signature + ", \"a\":15e-1}").found,
            SignatureCheck::Found::kRight);
  EXPECT_EQ(check(R"({"a":1.5,"b":["x"],)" + signature + "}").found, SignatureCheck::Found::kWrong);
  EXPECT_EQ(check(R"({"a":1.5,"b":["x","y"],"c":null,)" + signature + "}").found,
            SignatureCheck::Found::kWrong);
}

TEST(SignedObject, TakesNothingElseForASignature) {
  EXPECT_EQ(check("{}").found, SignatureCheck::Found::kNone);
  for (const char* text :
       {R"({"signature":1})", R"({"signature":{}})", R"({"signature":{"key":"00","value":""}})",
        R"({"signature":{"key":7,"value":[]}})"})
    EXPECT_EQ(check(text).found, SignatureCheck::Found::kWrong) << text;
  // A second signature is no way round the first.
  const std::string once = *sign_object("{}", key_number(1));
  EXPECT_FALSE(sign_object(once, key_number(2)).has_value());
  EXPECT_EQ(check(R"({"signature":0,)" + once.substr(1)).found, SignatureCheck::Found::kWrong);
  EXPECT_FALSE(sign_object("[]", key_number(1)).has_value());
  EXPECT_FALSE(sign_object("{", key_number(1)).has_value());
  EXPECT_FALSE(sign_object(R"({"n":9007199254740993})", key_number(1)).has_value());
}

TEST(SignedObject, CountsWhileTheKeyDid) {
  Directory directory;
  const auto change = [&](std::string_view op, const SigningKey& key, const char* party,
                          int64_t tick_ms) {
    return directory.apply(R"({"op":")" + std::string(op) + R"(","party":")" + party +
                               R"(","public":")" + to_hex(key.public_key()) + "\"}",
                           tick_ms);
  };
  for (const char* code : {"AVL", "BOR"})
    EXPECT_TRUE(
        directory.apply(std::string(R"({"op":"party","code":")") + code +
                            R"(","identity":"identity--00000000-0000-4000-8000-00000000000)" +
                            (*code == 'A' ? "1" : "2") + "\"}",
                        1));
  const SigningKey old_key = key_number(1), new_key = key_number(2);
  EXPECT_TRUE(change("signing-key", old_key, "AVL", 100));
  EXPECT_EQ(change("signing-key", old_key, "AVL", 150).error().code, Code::kConflict);
  EXPECT_EQ(change("signing-key", old_key, "BOR", 150).error().code, Code::kConflict);
  EXPECT_EQ(change("signing-key", old_key, "NONE", 150).error().code, Code::kNotFound);
  EXPECT_TRUE(change("signing-key", new_key, "AVL", 200));
  EXPECT_EQ(change("signing-key-end", old_key, "BOR", 200).error().code, Code::kNotFound);
  EXPECT_TRUE(change("signing-key-end", old_key, "AVL", 200));
  EXPECT_EQ(change("signing-key-end", old_key, "AVL", 201).error().code, Code::kNotFound);
  const auto standing = [&](const SigningKey& key, const char* party, RecordTime time) {
    return standing_of(check(*sign_object("{}", key)),
                       directory.signing_keys().of(directory.party(party)->number), time);
  };
  EXPECT_EQ(standing(old_key, "AVL", {99, 99}), Standing::kUnknownKey) << "not yet";
  EXPECT_EQ(standing(old_key, "AVL", {99, 100}), Standing::kSigned) << "made just before";
  EXPECT_EQ(standing(old_key, "AVL", {199, 300}), Standing::kSigned) << "came later";
  EXPECT_EQ(standing(old_key, "AVL", {200, 200}), Standing::kUnknownKey) << "ended";
  EXPECT_EQ(standing(new_key, "AVL", {200, 200}), Standing::kSigned);
  EXPECT_EQ(standing(new_key, "BOR", {200, 200}), Standing::kUnknownKey) << "another's";
}

}  // namespace
}  // namespace entente::release
