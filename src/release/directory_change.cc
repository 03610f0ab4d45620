// Small readers, and the two refusals that nearly every change may meet.
#include "release/directory_change.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"

namespace entente::release {

bool is_word(std::string_view text, bool upper) {
  if (text.empty() || text.size() > limits::kCodeBytesMax || text.front() == '-') return false;
  return std::ranges::all_of(text, [&](char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           (upper ? c >= 'A' && c <= 'Z' : c >= 'a' && c <= 'z');
  });
}

std::string text_of(json::Value object, std::string_view key) {
  const auto value = object.find(key);
  return value ? value->text() : std::string();
}

int64_t integer_of(json::Value object, std::string_view key, int64_t otherwise) {
  const auto value = object.find(key);
  return value ? value->integer().value_or(otherwise) : otherwise;
}

Result<int64_t> date_of(json::Value object, std::string_view key) {
  const auto value = object.find(key);
  const auto date = value ? value->integer() : std::nullopt;
  if (!date) return fail(Code::kInvalid, fmt::format("'{}' is a date in milliseconds", key));
  return *date;
}

bool is_true(json::Value object, std::string_view key) {
  const auto value = object.find(key);
  return value && value->kind() == json::Kind::kTrue;
}

std::vector<std::string> texts_of(json::Value object, std::string_view key) {
  std::vector<std::string> out;
  if (const auto value = object.find(key)) {
    for (const json::Value element : value->elements()) out.push_back(element.text());
  }
  return out;
}

Result<Digest> digest_of(std::string_view hex) {
  const auto bytes = from_hex(hex);
  Digest digest;
  if (!bytes || bytes->size() != digest.size())
    return fail(Code::kInvalid, "a digest has 64 hex digits");
  std::ranges::copy(*bytes, reinterpret_cast<char*>(digest.data()));
  return digest;
}

std::unexpected<Error> no_party(std::string_view code) {
  return fail(Code::kNotFound, fmt::format("no party '{}'", code));
}

std::unexpected<Error> no_group(std::string_view code) {
  return fail(Code::kNotFound, fmt::format("no group '{}'", code));
}

}  // namespace entente::release
