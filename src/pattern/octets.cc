// One table for both digits; no library, since base64 with line feeds is what none of ours takes.
#include "pattern/octets.h"

#include <array>
#include <cstdint>

namespace entente::pattern {
namespace {

constexpr std::string_view kBase64Digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<int8_t, 256> make_base64_values() {
  std::array<int8_t, 256> out{};
  for (int8_t& value : out) value = -1;
  for (size_t i = 0; i < kBase64Digits.size(); ++i)
    out[static_cast<uint8_t>(kBase64Digits[i])] = static_cast<int8_t>(i);
  return out;
}
constexpr std::array<int8_t, 256> kBase64Values = make_base64_values();

}  // namespace

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool decode_hex(std::string_view text, std::string* out) {
  if (text.size() % 2 != 0) return false;
  for (size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_value(text[i]), low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return false;
    out->push_back(static_cast<char>(high * 16 + low));
  }
  return true;
}

bool decode_base64(std::string_view text, std::string* out) {
  uint32_t bits = 0;
  size_t digits = 0, padding = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r') continue;
    if (c == '=' && padding < 2) {
      ++padding;
      continue;
    }
    const int8_t value = kBase64Values[static_cast<uint8_t>(c)];
    if (value < 0 || padding > 0) return false;
    bits = bits << 6 | static_cast<uint32_t>(value);
    if (++digits % 4 == 0) {
      out->push_back(static_cast<char>(bits >> 16));
      out->push_back(static_cast<char>(bits >> 8));
      out->push_back(static_cast<char>(bits));
    }
  }
  const size_t left = digits % 4;
  if (left == 1 || (digits + padding) % 4 != 0) return false;
  if (left == 2) out->push_back(static_cast<char>(bits >> 4));
  if (left == 3) {
    out->push_back(static_cast<char>(bits >> 10));
    out->push_back(static_cast<char>(bits >> 2));
  }
  return true;
}

bool octets_of_text(std::string_view utf8, std::string* out) {
  for (size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<uint8_t>(utf8[i]);
    if (byte < 0x80) {
      out->push_back(utf8[i]);
    } else if ((byte == 0xC2 || byte == 0xC3) && i + 1 < utf8.size()) {
      const auto next = static_cast<uint8_t>(utf8[++i]);
      out->push_back(static_cast<char>((byte & 3) << 6 | (next & 0x3F)));
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace entente::pattern
