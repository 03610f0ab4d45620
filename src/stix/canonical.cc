// UTF-8 bytes sort as code points do; UTF-16 differs only in that characters past U+FFFF (lead byte
// F0 and up) come before U+E000 to U+FFFF (EE and EF). Numbers: std::to_chars gives the shortest
// digits that read back, as ECMAScript wants; only where the point goes is ECMAScript's own.
#include "stix/canonical.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/result.h"

namespace entente::stix {
namespace {

bool append_object(json::Value object, std::string* out) {
  std::vector<std::pair<std::string, json::Value>> members;
  members.reserve(object.size());
  for (const json::Member member : object.members())
    members.emplace_back(member.key.text(), member.value);
  std::ranges::sort(
      members, [](const auto& a, const auto& b) { return compare_utf16(a.first, b.first) < 0; });
  out->push_back('{');
  for (size_t i = 0; i < members.size(); ++i) {
    if (i > 0) {
      if (members[i].first == members[i - 1].first) return false;
      out->push_back(',');
    }
    append_canonical_string(members[i].first, out);
    out->push_back(':');
    if (!append_canonical(members[i].second, out)) return false;
  }
  out->push_back('}');
  return true;
}

bool append_array(json::Value array, std::string* out) {
  out->push_back('[');
  bool is_first = true;
  for (const json::Value element : array.elements()) {
    if (!is_first) out->push_back(',');
    is_first = false;
    if (!append_canonical(element, out)) return false;
  }
  out->push_back(']');
  return true;
}

}  // namespace

bool append_canonical(json::Value value, std::string* out) {
  switch (value.kind()) {
    case json::Kind::kObject:
      return append_object(value, out);
    case json::Kind::kArray:
      return append_array(value, out);
    case json::Kind::kString: {
      std::string scratch;
      append_canonical_string(value.text(&scratch), out);
      return true;
    }
    case json::Kind::kNumber: {
      const auto number = value.number();
      if (!number) return false;
      append_canonical_number(*number, out);
      return true;
    }
    default:
      out->append(value.raw());
      return true;
  }
}

void append_canonical_string(std::string_view content, std::string* out) {
  static constexpr char kHex[] = "0123456789abcdef";
  out->push_back('"');
  for (const char c : content) {
    switch (c) {
      case '"':
        out->append("\\\"");
        break;
      case '\\':
        out->append("\\\\");
        break;
      case '\b':
        out->append("\\b");
        break;
      case '\f':
        out->append("\\f");
        break;
      case '\n':
        out->append("\\n");
        break;
      case '\r':
        out->append("\\r");
        break;
      case '\t':
        out->append("\\t");
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out->append("\\u00");
          out->push_back(kHex[static_cast<unsigned char>(c) >> 4]);
          out->push_back(kHex[static_cast<unsigned char>(c) & 15]);
        } else {
          out->push_back(c);
        }
    }
  }
  out->push_back('"');
}

// ECMA-262, Number::toString with radix 10: `digits` are k of them, the value is 0.digits * 10^n.
void append_canonical_number(double number, std::string* out) {
  if (number == 0) {
    out->push_back('0');
    return;
  }
  if (number < 0) {
    out->push_back('-');
    number = -number;
  }
  char buffer[40];
  const auto [end, error] =
      std::to_chars(buffer, buffer + sizeof(buffer), number, std::chars_format::scientific);
  CHECK(error == std::errc());
  const std::string_view text(buffer, static_cast<size_t>(end - buffer));
  const size_t e = text.find('e');
  int exponent = 0;
  const char* exponent_begin = text.data() + e + (text[e + 1] == '+' ? 2 : 1);
  std::from_chars(exponent_begin, text.data() + text.size(), exponent);
  std::string digits(1, text[0]);
  if (e > 2) digits.append(text.substr(2, e - 2));
  const int k = static_cast<int>(digits.size());
  const int n = exponent + 1;
  if (k <= n && n <= 21) {
    out->append(digits).append(static_cast<size_t>(n - k), '0');
  } else if (0 < n && n <= 21) {
    out->append(digits, 0, static_cast<size_t>(n))
        .append(".")
        .append(digits, static_cast<size_t>(n));
  } else if (-6 < n && n <= 0) {
    out->append("0.").append(static_cast<size_t>(-n), '0').append(digits);
  } else {
    out->append(digits, 0, 1);
    if (k > 1) out->append(".").append(digits, 1);
    out->append(n > 0 ? "e+" : "e-").append(std::to_string(n > 0 ? n - 1 : 1 - n));
  }
}

int compare_utf16(std::string_view a, std::string_view b) {
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (x == a.end() || y == b.end()) return (x == a.end() ? 0 : 1) - (y == b.end() ? 0 : 1);
  const auto left = static_cast<unsigned char>(*x);
  const auto right = static_cast<unsigned char>(*y);
  const bool is_left_past = left >= 0xF0;
  const bool is_right_past = right >= 0xF0;
  if (is_left_past != is_right_past && left >= 0xEE && right >= 0xEE) return is_left_past ? -1 : 1;
  return left < right ? -1 : 1;
}

}  // namespace entente::stix
