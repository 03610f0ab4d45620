// SHA-1 by OpenSSL's low-level functions: EVP looks the algorithm up at each call, at several times
// the cost of the digest of so short a text. It names things here and protects nothing.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "stix/deterministic_id.h"

#include <openssl/sha.h>

#include <algorithm>
#include <vector>

#include "stix/canonical.h"
#include "stix/schema.h"

namespace entente::stix {
namespace {

// One hash of several, by the standard's order of preference; else the first. [stix21 6.7]
bool append_one_hash(json::Value hashes, std::string* out) {
  std::optional<json::Value> value;
  std::string algorithm;
  for (const std::string_view preferred : {"MD5", "SHA-1", "SHA-256", "SHA-512"}) {
    value = hashes.find(preferred);
    if (!value) continue;
    algorithm = preferred;
    break;
  }
  if (!value) {
    for (const json::Member member : hashes.members()) {
      value = member.value;
      algorithm = member.key.text();
      break;
    }
  }
  if (!value) return false;
  out->push_back('{');
  append_canonical_string(algorithm, out);
  out->push_back(':');
  const bool done = append_canonical(*value, out);
  out->push_back('}');
  return done;
}

}  // namespace

std::string uuid_v5(const uint8_t (&name_space)[16], std::string_view name) {
  uint8_t digest[SHA_DIGEST_LENGTH];
  SHA_CTX context;
  SHA1_Init(&context);
  SHA1_Update(&context, name_space, sizeof(name_space));
  SHA1_Update(&context, name.data(), name.size());
  SHA1_Final(digest, &context);
  digest[6] = static_cast<uint8_t>((digest[6] & 0x0F) | 0x50);
  digest[8] = static_cast<uint8_t>((digest[8] & 0x3F) | 0x80);
  static constexpr char kHex[] = "0123456789abcdef";
  std::string uuid;
  uuid.reserve(36);
  for (size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) uuid.push_back('-');
    uuid.push_back(kHex[digest[i] >> 4]);
    uuid.push_back(kHex[digest[i] & 15]);
  }
  return uuid;
}

std::string deterministic_id(json::Value object) {
  const auto type = object.find("type");
  if (!type || !type->is_string()) return {};
  const std::string type_name = type->text();
  const Compiled& compiled = schema().of(schema().type_named(type_name));
  std::vector<std::string_view> names(compiled.contributing.begin(), compiled.contributing.end());
  std::ranges::sort(names);
  std::string name = "{";
  for (const std::string_view property : names) {
    const auto value = object.find(property);
    if (!value) continue;
    if (name.size() > 1) name.push_back(',');
    append_canonical_string(property, &name);
    name.push_back(':');
    const bool done = property == "hashes" && value->is_object() ? append_one_hash(*value, &name)
                                                                 : append_canonical(*value, &name);
    if (!done) return {};
  }
  if (name.size() == 1) return {};
  name.push_back('}');
  return type_name + "--" + uuid_v5(kStixNamespace, name);
}

}  // namespace entente::stix
