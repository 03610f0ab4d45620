// Depth is bounded by the parser's. Numbers are written as ECMAScript does [RFC 8785 3.2.2.3]: the shortest digits that
// read back, laid out by their exponent.
#include "json/canonical.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

namespace entente::json {
namespace {

constexpr double kIntegerMax = 9007199254740991;

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<uint8_t>(c) < 0x80; });
}

// Where the first byte of a character of UTF-8 stands in the order of UTF-16: surrogates, of which characters past U+FFFF
// are made, come before U+E000.
int rank(uint8_t lead) {
  if (lead >= 0xF0) return 0xEE * 2 - 1;
  return lead * 2;
}

// Order of UTF-16 code units, of texts in UTF-8.
bool precedes(std::string_view a, std::string_view b) {
  const auto [at_a, at_b] = std::ranges::mismatch(a, b);
  if (at_a == a.end() || at_b == b.end()) return a.size() < b.size();
  const auto x = static_cast<uint8_t>(*at_a), y = static_cast<uint8_t>(*at_b);
  // Within a character the leads are equal, and the order of bytes is that of characters; two leads past U+FFFF
  // likewise.
  return rank(x) == rank(y) ? x < y : rank(x) < rank(y);
}

void append_string(std::string& out, std::string_view text) {
  constexpr char kDigits[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
      case '\\':
        out += '\\';
        out += c;
        break;
      case '\b':
        out += "\\b";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        if (static_cast<uint8_t>(c) >= 0x20) {
          out += c;
        } else {
          out += "\\u00";
          out += kDigits[c >> 4];
          out += kDigits[c & 15];
        }
    }
  }
  out += '"';
}

// [ECMA-262 Number::toString]
std::string number_text(double value) {
  if (value == 0) return "0";
  char buffer[32];
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, std::abs(value), std::chars_format::scientific);
  const std::string_view written(buffer, static_cast<size_t>(end.ptr - buffer));
  const size_t e = written.find('e');
  std::string digits(written.substr(0, 1));
  if (e > 2) digits += written.substr(2, e - 2);
  int exponent = 0;
  const size_t sign = written[e + 1] == '+' ? 1 : 0;
  std::from_chars(buffer + e + 1 + sign, end.ptr, exponent);
  const int size = static_cast<int>(digits.size());
  const int point = exponent + 1;  // digits before the point
  std::string out = value < 0 ? "-" : "";
  if (size <= point && point <= 21) {
    out += digits + std::string(static_cast<size_t>(point - size), '0');
  } else if (0 < point && point <= 21) {
    out += digits.substr(0, static_cast<size_t>(point)) + "." +
           digits.substr(static_cast<size_t>(point));
  } else if (-6 < point && point <= 0) {
    out += "0." + std::string(static_cast<size_t>(-point), '0') + digits;
  } else {
    out += digits.substr(0, 1);
    if (size > 1) out += "." + digits.substr(1);
    out += exponent < 0 ? "e-" : "e+";
    out += std::to_string(std::abs(exponent));
  }
  return out;
}

Result<void> append(std::string& out, Value value, std::string_view without);

Result<void> append_object(std::string& out, Value object, std::string_view without) {
  struct Entry {
    std::string name;
    Value value;
  };
  std::vector<Entry> entries;
  for (const Member member : object.members()) {
    if (!without.empty() && member.key.text_is(without)) continue;
    entries.push_back({member.key.text(), member.value});
  }
  std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
    return is_ascii(a.name) && is_ascii(b.name) ? a.name < b.name : precedes(a.name, b.name);
  });
  out += '{';
  for (size_t i = 0; i < entries.size(); ++i) {
    if (i > 0) out += ',';
    append_string(out, entries[i].name);
    out += ':';
    TRY(append(out, entries[i].value, {}));
  }
  out += '}';
  return {};
}

Result<void> append(std::string& out, Value value, std::string_view without) {
  switch (value.kind()) {
    case Kind::kObject:
      return append_object(out, value, without);
    case Kind::kArray: {
      out += '[';
      bool is_first = true;
      for (const Value element : value.elements()) {
        if (!is_first) out += ',';
        is_first = false;
        TRY(append(out, element, {}));
      }
      out += ']';
      return {};
    }
    case Kind::kString: {
      std::string scratch;
      append_string(out, value.text(&scratch));
      return {};
    }
    case Kind::kNumber: {
      const auto number = value.number();
      if (!number || !std::isfinite(*number))
        return fail(Code::kInvalid, "a number is too large for a canonical form");
      if (std::trunc(*number) == *number && std::abs(*number) > kIntegerMax)
        return fail(Code::kInvalid, "an integer past 2^53 - 1 has no canonical form");
      out += number_text(*number);
      return {};
    }
    default:
      out += value.raw();
      return {};
  }
}

}  // namespace

Result<std::string> canonical(Value value, std::string_view without) {
  if (!value.document().duplicates().empty()) return fail(Code::kInvalid, "a member stands twice");
  std::string out;
  out.reserve(value.raw().size());
  TRY(append(out, value, without));
  return out;
}

}  // namespace entente::json
