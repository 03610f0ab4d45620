// Character classes by table: identifiers are most of what STIX text is made of.
#include "stix/identifier.h"

#include <array>

namespace entente::stix {
namespace {

enum : uint8_t { kHexDigit = 1, kUpperHex = 2, kNameChar = 4, kPropertyChar = 8 };

constexpr std::array<uint8_t, 256> make_classes() {
  std::array<uint8_t, 256> classes{};
  for (unsigned c = '0'; c <= '9'; ++c) classes[c] = kHexDigit | kNameChar | kPropertyChar;
  for (unsigned c = 'a'; c <= 'z'; ++c) classes[c] = kNameChar | kPropertyChar;
  for (unsigned c = 'a'; c <= 'f'; ++c) classes[c] |= kHexDigit;
  for (unsigned c = 'A'; c <= 'F'; ++c) classes[c] = kHexDigit | kUpperHex;
  classes[static_cast<unsigned>('-')] = kNameChar;
  classes[static_cast<unsigned>('_')] = kPropertyChar;
  return classes;
}

constexpr std::array<uint8_t, 256> kClasses = make_classes();

uint8_t class_of(char c) { return kClasses[static_cast<unsigned char>(c)]; }

struct Classes {
  uint8_t all = 0xFF;  // what every digit is
  uint8_t any = 0;     // what some digit is
};

template <size_t kSize>
[[gnu::always_inline]] inline void take(const char* p, Classes* classes) {
  for (size_t i = 0; i < kSize; ++i) {
    const uint8_t c = class_of(p[i]);
    classes->all &= c;
    classes->any |= c;
  }
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

bool is_property_name(std::string_view text) {
  uint8_t all = kPropertyChar;
  for (const char c : text) all &= class_of(c);
  return all != 0;
}

UuidShape uuid_shape(std::string_view identifier) {
  UuidShape shape;
  if (identifier.size() < kUuidSize + 3) return shape;
  const char* p = identifier.data() + identifier.size() - kUuidSize;
  if (p[-1] != '-' || p[-2] != '-') return shape;
  if (p[8] != '-' || p[13] != '-' || p[18] != '-' || p[23] != '-') return shape;
  Classes classes;
  take<8>(p, &classes);
  take<4>(p + 9, &classes);
  take<4>(p + 14, &classes);
  take<4>(p + 19, &classes);
  take<12>(p + 24, &classes);
  shape.is_uuid = (classes.all & kHexDigit) != 0;
  const char version = p[14];
  const char variant = p[19];
  shape.is_usual = shape.is_uuid && (classes.any & kUpperHex) == 0 && version >= '1' &&
                   version <= '8' &&
                   (variant == '8' || variant == '9' || variant == 'a' || variant == 'b');
  return shape;
}

bool is_identifier(std::string_view text) {
  return uuid_shape(text).is_uuid && is_type_name(text.substr(0, text.size() - kUuidSize - 2));
}

std::string_view type_of(std::string_view identifier) {
  if (identifier.size() < kUuidSize + 3) return {};
  return identifier.substr(0, identifier.size() - kUuidSize - 2);
}

}  // namespace entente::stix
