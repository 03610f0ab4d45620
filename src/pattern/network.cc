// By hand, since inet_pton wants a terminated string and says nothing of prefixes.
#include "pattern/network.h"

#include <algorithm>

#include "pattern/octets.h"

namespace entente::pattern {
namespace {

// A decimal of at most `max` without leading zeros; takes it off the front of *text.
std::optional<unsigned> take_decimal(std::string_view* text, unsigned max) {
  size_t digits = 0;
  unsigned value = 0;
  while (digits < text->size() && digits < 4 && (*text)[digits] >= '0' && (*text)[digits] <= '9')
    value = value * 10 + static_cast<unsigned>((*text)[digits++] - '0');
  if (digits == 0 || digits > 3 || value > max || (digits > 1 && (*text)[0] == '0'))
    return std::nullopt;
  text->remove_prefix(digits);
  return value;
}

bool parse_v4(std::string_view text, uint8_t* out) {
  for (int i = 0; i < 4; ++i) {
    if (i > 0) {
      if (!text.starts_with('.')) return false;
      text.remove_prefix(1);
    }
    const auto octet = take_decimal(&text, 255);
    if (!octet) return false;
    out[i] = static_cast<uint8_t>(*octet);
  }
  return text.empty();
}

// Groups of four digits; one "::" stands for as many zero groups as are missing. [RFC 4291 2.2]
bool parse_v6(std::string_view text, uint8_t* out) {
  std::array<uint8_t, 16> bytes{};
  size_t size = 0;
  size_t gap = SIZE_MAX;
  if (text.starts_with("::")) {
    gap = 0;
    text.remove_prefix(2);
  }
  bool needs_group = gap != 0 || !text.empty();
  while (needs_group) {
    if (size > 14) return false;
    if (text.find(':') == std::string_view::npos && text.find('.') != std::string_view::npos) {
      if (size > 12 || !parse_v4(text, bytes.data() + size)) return false;
      size += 4;
      break;
    }
    unsigned group = 0;
    size_t digits = 0;
    while (digits < text.size() && digits < 5 && hex_value(text[digits]) >= 0)
      group = group * 16 + static_cast<unsigned>(hex_value(text[digits++]));
    if (digits == 0 || digits > 4) return false;
    text.remove_prefix(digits);
    bytes[size++] = static_cast<uint8_t>(group >> 8);
    bytes[size++] = static_cast<uint8_t>(group);
    if (text.empty()) break;
    if (text.starts_with("::")) {
      if (gap != SIZE_MAX) return false;
      gap = size;
      text.remove_prefix(2);
      needs_group = !text.empty();
    } else if (text.starts_with(':')) {
      text.remove_prefix(1);
    } else {
      return false;
    }
  }
  if (gap == SIZE_MAX ? size != 16 : size > 14) return false;
  if (gap == SIZE_MAX) gap = size;
  std::fill(out, out + 16, uint8_t{0});
  std::copy(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(gap), out);
  std::copy(bytes.begin() + static_cast<std::ptrdiff_t>(gap),
            bytes.begin() + static_cast<std::ptrdiff_t>(size), out + 16 - (size - gap));
  return true;
}

}  // namespace

bool Network::is_within(const Network& other) const {
  if (is_v6 != other.is_v6 || bits < other.bits) return false;
  const size_t whole = other.bits / 8;
  if (!std::equal(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(whole),
                  other.bytes.begin()))
    return false;
  const unsigned left = other.bits % 8;
  if (left == 0) return true;
  const auto mask = static_cast<uint8_t>(0xFF00U >> left);
  return (bytes[whole] & mask) == (other.bytes[whole] & mask);
}

std::optional<Network> parse_network(std::string_view text) {
  Network out;
  if (text.size() > 64) return std::nullopt;
  const size_t slash = text.find('/');
  const std::string_view address = text.substr(0, slash);
  out.is_v6 = address.find(':') != std::string_view::npos;
  const unsigned bits_max = out.is_v6 ? 128 : 32;
  if (out.is_v6 ? !parse_v6(address, out.bytes.data()) : !parse_v4(address, out.bytes.data()))
    return std::nullopt;
  out.bits = static_cast<uint8_t>(bits_max);
  if (slash == std::string_view::npos) return out;
  std::string_view prefix = text.substr(slash + 1);
  const auto bits = take_decimal(&prefix, bits_max);
  if (!bits || !prefix.empty()) return std::nullopt;
  out.bits = static_cast<uint8_t>(*bits);
  for (unsigned bit = *bits; bit < bits_max; ++bit)
    out.bytes[bit / 8] &= static_cast<uint8_t>(~(0x80U >> (bit % 8)));
  return out;
}

}  // namespace entente::pattern
