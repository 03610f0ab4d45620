#include "exchange/cursor.h"

#include <cstring>

#include "base/hash.h"
#include "base/text.h"

namespace entente::exchange {
namespace {

constexpr size_t kCodeBytes = 16;

std::string code_of(const View& view, std::string_view query, std::string_view date) {
  const release::Party* party = view.state().directory->party(view.reader().party);
  std::string reader = party == nullptr ? "" : party->code;
  const release::Restriction& restriction = view.reader().restriction;
  if (!restriction.is_none()) reader += " " + describe(restriction, *view.state().directory);
  const Digest digest =
      keyed_digest(view.state().node_key, {"entente cursor v1", reader, query, date});
  return std::string(as_text(digest).substr(0, kCodeBytes));
}

}  // namespace

std::string make_cursor(const View& view, std::string_view query, int64_t last_us) {
  std::string bytes(reinterpret_cast<const char*>(&last_us), sizeof last_us);
  bytes += code_of(view, query, bytes);
  return to_base64url(bytes);
}

std::optional<int64_t> read_cursor(const View& view, std::string_view query,
                                   std::string_view cursor) {
  constexpr size_t kTextMax = 64;
  if (cursor.size() > kTextMax) return std::nullopt;
  const auto bytes = from_base64url(cursor);
  int64_t last_us = 0;
  if (!bytes || bytes->size() != sizeof last_us + kCodeBytes) return std::nullopt;
  const std::string date = bytes->substr(0, sizeof last_us);
  if (!equal_in_constant_time(bytes->substr(sizeof last_us), code_of(view, query, date)))
    return std::nullopt;
  std::memcpy(&last_us, date.data(), sizeof last_us);
  return last_us;
}

}  // namespace entente::exchange
