// Names, the identity file and the keyed hash.
#define XXH_STATIC_LINKING_ONLY
#include "store/core.h"

#include <xxhash.h>

#include <cstdio>
#include <cstring>

#include "base/text.h"

namespace entente::store {

Hasher::Hasher(const Identity& identity) {
  // XXH3 wants 136 bytes or more of good secret: SHA-256 in counter mode.
  for (uint8_t block = 0; block < key_.size() / 32; ++block) {
    const char counter = static_cast<char>(block);
    const Digest digest = sha256({"entente ids", as_text(identity.secret), {&counter, 1}});
    std::memcpy(key_.data() + size_t{block} * 32, digest.data(), digest.size());
  }
}

uint64_t Hasher::operator()(std::string_view bytes) const {
  return XXH3_64bits_withSecret(bytes.data(), bytes.size(), key_.data(), key_.size());
}

uint64_t frame_secret(const Identity& identity) {
  const Digest digest = sha256({"entente frames", as_text(identity.secret)});
  return load<uint64_t>(as_text(digest), 0);
}

std::string identity_text(const Identity& identity) {
  std::string text = "entente journal\nnode " + to_hex(identity.node) + "\nsecret " +
                     to_hex(identity.secret) + "\n";
  const uint64_t check = hash64(text);
  return text + "check " + std::to_string(check) + "\n";
}

std::optional<Identity> parse_identity(std::string_view text) {
  const size_t node = text.find("node ");
  const size_t secret = text.find("secret ");
  if (node == std::string_view::npos || secret == std::string_view::npos) return std::nullopt;
  const auto node_bytes = from_hex(text.substr(node + 5, 32));
  const auto secret_bytes = from_hex(text.substr(secret + 7, 32));
  if (!node_bytes || !secret_bytes || node_bytes->size() != 16 || secret_bytes->size() != 16) {
    return std::nullopt;
  }
  Identity identity;
  std::memcpy(identity.node.data(), node_bytes->data(), 16);
  std::memcpy(identity.secret.data(), secret_bytes->data(), 16);
  if (identity_text(identity) != text) return std::nullopt;
  return identity;
}

namespace {

std::string stem(uint32_t number, uint32_t generation) {
  char buffer[48];
  if (generation == 1) {
    std::snprintf(buffer, sizeof buffer, "%08u", number);
  } else {
    std::snprintf(buffer, sizeof buffer, "%08u.g%u", number, generation);
  }
  return buffer;
}

}  // namespace

std::string segment_name(uint32_t number, uint32_t generation) {
  return stem(number, generation) + ".seg";
}

std::string index_name(uint32_t number, uint32_t generation) {
  return stem(number, generation) + ".idx";
}

std::optional<FileName> parse_name(std::string_view name) {
  const std::vector<std::string_view> parts = split(name, '.');
  if (parts.size() != 2 && parts.size() != 3) return std::nullopt;
  FileName out;
  if (parts.back() == "idx") {
    out.index = true;
  } else if (parts.back() != "seg") {
    return std::nullopt;
  }
  std::string_view digits = parts[0];
  if (digits.size() < 8) return std::nullopt;
  while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
  const auto number = parse_decimal(digits);
  if (!number || *number == 0 || *number > UINT32_MAX) return std::nullopt;
  out.number = static_cast<uint32_t>(*number);
  if (parts.size() == 3) {
    if (parts[1].size() < 2 || parts[1][0] != 'g') return std::nullopt;
    const auto generation = parse_decimal(parts[1].substr(1));
    if (!generation || *generation < 2 || *generation > UINT32_MAX) return std::nullopt;
    out.generation = static_cast<uint32_t>(*generation);
  }
  const std::string canonical =
      out.index ? index_name(out.number, out.generation) : segment_name(out.number, out.generation);
  if (canonical != name) return std::nullopt;
  return out;
}

Result<void> write_small(Files& files, const std::string& directory, const std::string& name,
                         std::string_view bytes) {
  const std::string path = directory + "/" + name;
  auto file = TRY(files.open(path + ".tmp"));
  TRY(file->truncate(0));
  TRY(file->write_at(0, bytes));
  TRY(file->sync());
  file.reset();
  TRY(files.rename(path + ".tmp", path));
  return files.sync_directory(directory);
}

}  // namespace entente::store
