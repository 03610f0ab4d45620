// The signature is put in before the last brace, so that the bytes before it stay as they were written.
#include "release/signed_object.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "json/canonical.h"

namespace entente::release {
namespace {

// What else is signed by the same key can never read as an object.
constexpr std::string_view kPurpose = "entente signed object 1\n";

Result<std::string> signed_bytes(json::Value object) {
  std::string out(kPurpose);
  out += TRY(json::canonical(object, kSignatureMember));
  return out;
}

}  // namespace

Result<std::string> sign_object(std::string_view object, const SigningKey& key) {
  object = trim(object);
  const std::string text = json::padded(object);
  json::Parser parser;
  json::Document document;
  if (!parser.parse(std::string_view(text).substr(0, object.size()), &document) ||
      !document.root().is_object())
    return fail(Code::kInvalid, "what is to be signed is not a JSON object");
  const json::Value root = document.root();
  if (root.find(kSignatureMember)) return fail(Code::kInvalid, "it is signed already");
  const Signature value = key.sign(TRY(signed_bytes(root)));
  return fmt::format(R"({}{}"{}":{{"key":"{}","value":"{}"}}}})",
                     object.substr(0, object.size() - 1), root.size() == 0 ? "" : ",",
                     kSignatureMember, to_hex(key.public_key()), to_base64url(as_text(value)));
}

SignatureCheck check_signature(json::Value object) {
  SignatureCheck out;
  const auto signature = object.find(kSignatureMember);
  if (!signature) return out;
  out.found = SignatureCheck::Found::kWrong;
  const auto key = signature->find("key"), value = signature->find("value");
  if (!key || !value || !key->is_string() || !value->is_string()) return out;
  const auto public_key = from_hex(key->text());
  if (!public_key || public_key->size() != out.key.size()) return out;
  std::ranges::copy(*public_key, out.key.begin());
  const auto mark = from_base64url(value->text());
  Signature bytes{};
  if (!mark || mark->size() != bytes.size()) return out;
  std::ranges::copy(*mark, bytes.begin());
  const auto text = signed_bytes(object);
  if (text && verifies(out.key, *text, bytes)) out.found = SignatureCheck::Found::kRight;
  return out;
}

Standing standing_of(const SignatureCheck& check, std::span<const SigningKeyFact> keys,
                     const RecordTime& time) {
  switch (check.found) {
    case SignatureCheck::Found::kNone:
      return Standing::kUnsigned;
    case SignatureCheck::Found::kWrong:
      return Standing::kWrong;
    case SignatureCheck::Found::kRight:
      break;
  }
  const auto fact = std::ranges::find(keys, check.key, &SigningKeyFact::key);
  const bool counts =
      fact != keys.end() && fact->from_ms <= time.tick_ms && time.at_ms < fact->until_ms;
  return counts ? Standing::kSigned : Standing::kUnknownKey;
}

}  // namespace entente::release
