#include "json/escape.h"

#include <cstdint>
#include <cstring>

namespace entente::json {
namespace {

// Four hex digits at text[at...], or -1.
int32_t hex4(std::string_view text, size_t at) {
  if (text.size() < at + 4) return -1;
  int32_t value = 0;
  for (size_t i = at; i < at + 4; ++i) {
    const char c = text[i];
    int digit;
    if (c >= '0' && c <= '9') {
      digit = c - '0';
    } else if (c >= 'a' && c <= 'f') {
      digit = c - 'a' + 10;
    } else if (c >= 'A' && c <= 'F') {
      digit = c - 'A' + 10;
    } else {
      return -1;
    }
    value = value * 16 + digit;
  }
  return value;
}

void append_utf8(std::string* out, uint32_t point) {
  const auto push = [&](uint32_t byte) { out->push_back(static_cast<char>(byte)); };
  if (point < 0x80) {
    push(point);
  } else if (point < 0x800) {
    push(0xC0 | point >> 6);
    push(0x80 | (point & 63));
  } else if (point < 0x10000) {
    push(0xE0 | point >> 12);
    push(0x80 | (point >> 6 & 63));
    push(0x80 | (point & 63));
  } else {
    push(0xF0 | point >> 18);
    push(0x80 | (point >> 12 & 63));
    push(0x80 | (point >> 6 & 63));
    push(0x80 | (point & 63));
  }
}

// The character an escape of one letter stands for, or 0.
char simple_escape(char letter) {
  switch (letter) {
    case '"':
      return '"';
    case '\\':
      return '\\';
    case '/':
      return '/';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return 0;
  }
}

}  // namespace

size_t unescape(std::string_view content, std::string* out) {
  size_t at = 0;
  while (at < content.size()) {
    const void* found = std::memchr(content.data() + at, '\\', content.size() - at);
    const size_t plain_end =
        found == nullptr ? content.size()
                         : static_cast<size_t>(static_cast<const char*>(found) - content.data());
    out->append(content.substr(at, plain_end - at));
    at = plain_end;
    if (at == content.size()) break;
    if (at + 1 >= content.size()) return at;
    const char letter = content[at + 1];
    if (letter != 'u') {
      const char simple = simple_escape(letter);
      if (simple == 0) return at;
      out->push_back(simple);
      at += 2;
      continue;
    }
    const int32_t unit = hex4(content, at + 2);
    if (unit < 0 || (unit >= 0xDC00 && unit <= 0xDFFF)) return at;
    if (unit < 0xD800 || unit > 0xDBFF) {
      append_utf8(out, static_cast<uint32_t>(unit));
      at += 6;
      continue;
    }
    const bool has_second = content.substr(at + 6, 2) == "\\u";
    const int32_t low = has_second ? hex4(content, at + 8) : -1;
    if (low < 0xDC00 || low > 0xDFFF) return at;
    append_utf8(out, 0x10000u + (static_cast<uint32_t>(unit - 0xD800) << 10) +
                         static_cast<uint32_t>(low - 0xDC00));
    at += 12;
  }
  return kNoError;
}

size_t first_invalid_utf8(std::string_view text) {
  size_t at = 0;
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  while (at < text.size()) {
    const uint8_t lead = byte(at);
    size_t length = 1;
    uint8_t second_min = 0x80, second_max = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
      length = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
      length = 3;
      if (lead == 0xE0) second_min = 0xA0;
      if (lead == 0xED) second_max = 0x9F;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
      length = 4;
      if (lead == 0xF0) second_min = 0x90;
      if (lead == 0xF4) second_max = 0x8F;
    } else if (lead >= 0x80) {
      return at;
    }
    if (at + length > text.size()) return at;
    for (size_t i = 1; i < length; ++i) {
      const uint8_t low = i == 1 ? second_min : uint8_t{0x80};
      const uint8_t high = i == 1 ? second_max : uint8_t{0xBF};
      if (byte(at + i) < low || byte(at + i) > high) return at;
    }
    at += length;
  }
  return text.size();
}

size_t first_bare_control(std::string_view text) {
  bool in_string = false;
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (in_string && c == '\\') {
      ++at;
    } else if (c == '"') {
      in_string = !in_string;
    } else if (in_string && static_cast<uint8_t>(c) < 0x20) {
      return at;
    }
  }
  return text.size();
}

}  // namespace entente::json
