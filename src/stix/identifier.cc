// Character classes by table: identifiers are most of what STIX text is made of.
#include "stix/identifier.h"

#include <array>

namespace entente::stix {
namespace {

enum : uint8_t { kHexDigit = 1, kUpperHex = 2, kNameChar = 4 };

constexpr std::array<uint8_t, 256> make_classes() {
  std::array<uint8_t, 256> classes{};
  for (unsigned c = '0'; c <= '9'; ++c) classes[c] = kHexDigit | kNameChar;
  for (unsigned c = 'a'; c <= 'z'; ++c) classes[c] = kNameChar;
  for (unsigned c = 'a'; c <= 'f'; ++c) classes[c] |= kHexDigit;
  for (unsigned c = 'A'; c <= 'F'; ++c) classes[c] = kHexDigit | kUpperHex;
  classes[static_cast<unsigned>('-')] = kNameChar;
  return classes;
}

constexpr std::array<uint8_t, 256> kClasses = make_classes();

uint8_t class_of(char c) { return kClasses[static_cast<unsigned char>(c)]; }

bool is_uuid_text(const char* p) {
  if (p[8] != '-' || p[13] != '-' || p[18] != '-' || p[23] != '-') return false;
  uint8_t all = kHexDigit;
  for (size_t i = 0; i < kUuidSize; ++i) {
    if (i == 8 || i == 13 || i == 18 || i == 23) continue;
    all &= class_of(p[i]);
  }
  return (all & kHexDigit) != 0;
}

}  // namespace

bool is_type_name(std::string_view text) {
  if (text.empty() || text[0] < 'a' || text[0] > 'z') return false;
  char before = 0;
  for (const char c : text) {
    if ((class_of(c) & kNameChar) == 0 || (c == '-' && before == '-')) return false;
    before = c;
  }
  return before != '-';
}

bool is_identifier(std::string_view text) {
  if (text.size() < kUuidSize + 3) return false;
  const size_t type_size = text.size() - kUuidSize - 2;
  if (text[type_size] != '-' || text[type_size + 1] != '-') return false;
  return is_uuid_text(text.data() + type_size + 2) && is_type_name(text.substr(0, type_size));
}

std::string_view type_of(std::string_view identifier) {
  if (identifier.size() < kUuidSize + 3) return {};
  return identifier.substr(0, identifier.size() - kUuidSize - 2);
}

bool is_usual_uuid(std::string_view uuid) {
  for (const char c : uuid) {
    if ((class_of(c) & kUpperHex) != 0) return false;
  }
  const char variant = uuid[19];
  const char version = uuid[14];
  return (variant == '8' || variant == '9' || variant == 'a' || variant == 'b') && version >= '1' && version <= '8';
}

}  // namespace entente::stix
