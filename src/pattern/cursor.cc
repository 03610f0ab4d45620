// Constants are checked here to the last character, since an invalid constant makes the whole
// pattern invalid [stix21 9.4]; octets and timestamps are converted later, by whoever needs them.
#include "pattern/cursor.h"

#include <charconv>
#include <cmath>

#include "pattern/limits.h"
#include "stix/timestamp.h"

namespace entente::pattern {
namespace {

constexpr int64_t kIntegerMax = (int64_t{1} << 53) - 1;  // [stix21 2.10]

// The size of the UTF-8 sequence that a byte begins.
size_t sequence_bytes(char first) {
  const auto byte = static_cast<uint8_t>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

}  // namespace

size_t unicode_space_bytes(std::string_view text) {
  static constexpr std::string_view kSpaces[] = {"\u0085", "\u00a0", "\u1680", "\u2000", "\u2001",
                                                 "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
                                                 "\u2007", "\u2008", "\u2009", "\u200a", "\u2028",
                                                 "\u2029", "\u202f", "\u205f", "\u3000"};
  if (text.empty() || static_cast<uint8_t>(text[0]) < 0x80) return 0;
  for (const std::string_view space : kSpaces) {
    if (text.starts_with(space)) return space.size();
  }
  return 0;
}

// White space is any code point with WSpace=Y [stix21 9.4]; comments are the grammar's.
void Cursor::skip_slowly() {
  while (at_ != end_) {
    if (is_class(*at_, kSpace)) {
      ++at_;
    } else if (const size_t bytes = unicode_space_bytes({at_, static_cast<size_t>(end_ - at_)})) {
      at_ += bytes;
    } else if (peek() == '/' && peek(1) == '*') {
      const std::string_view rest(at_ + 2, static_cast<size_t>(end_ - at_) - 2);
      const size_t close = rest.find("*/");
      if (close == std::string_view::npos) {
        fail_at(offset(), "expected the end of a comment (*/), found the end of the pattern");
        return;
      }
      at_ += close + 4;
    } else if (peek() == '/' && peek(1) == '/') {
      while (at_ != end_ && *at_ != '\n' && *at_ != '\r') ++at_;
    } else {
      return;
    }
  }
}

bool Cursor::type_name(Slice* out) {
  const char* from = at_;
  if (at_ == end_ || !is_class(*at_, kNameStart)) return fail("an object type, such as file");
  while (at_ != end_ && is_class(*at_, kTypePart)) ++at_;
  *out = slice_from(from);
  if (static_cast<size_t>(at_ - from) <= 10 && *from <= 'Z' &&
      is_keyword({from, static_cast<size_t>(at_ - from)})) {
    at_ = from;
    return fail("an object type, such as file");
  }
  return true;
}

bool Cursor::plain_name(Slice* out) {
  const char* from = at_;
  if (at_ == end_ || !is_class(*at_, kNameStart)) return fail("a property name");
  while (at_ != end_ && is_class(*at_, kNamePart)) ++at_;
  if (static_cast<size_t>(at_ - from) <= 10 &&
      is_keyword({from, static_cast<size_t>(at_ - from)})) {
    at_ = from;
    return fail("a property name (a keyword only in apostrophes)");
  }
  if (peek() == '-') {
    return fail_at(offset(), "a property name with a hyphen stands in apostrophes");
  }
  *out = slice_from(from);
  return true;
}

bool Cursor::quoted(Slice* content, bool* is_escaped) {
  const char* from = at_ + 1;
  const char* p = from;
  bool has_escape = false;
  for (;; ++p) {
    while (p != end_ && *p != '\'' && *p != '\\') ++p;
    if (p == end_) {
      at_ = end_;
      return fail("an apostrophe that ends the string");
    }
    if (*p == '\'') break;
    has_escape = true;
    ++p;
    if (p == end_ || (*p != '\'' && *p != '\\')) {
      at_ = p;
      return fail("\\ or ' after a backslash in a string");
    }
  }
  *content = {static_cast<uint32_t>(from - begin_), static_cast<uint32_t>(p - begin_)};
  *is_escaped = has_escape;
  at_ = p + 1;
  return true;
}

bool Cursor::index(uint32_t* out) {
  const char* from = at_;
  if (at_ == end_ || !is_class(*at_, kDigit)) return fail("a list index from 0, or *");
  while (at_ != end_ && is_class(*at_, kDigit)) ++at_;
  const auto [end, error] = std::from_chars(from, at_, *out);
  if (error != std::errc() || *out > limits::kIndexMax || (at_ - from > 1 && *from == '0')) {
    at_ = from;
    return fail("a list index of at most " + std::to_string(limits::kIndexMax));
  }
  return true;
}

// [stix21 9.2]: decimal; no exponent, no zeros in front.
bool Cursor::number(Constant* out) {
  const char* from = at_;
  if (*at_ == '+' || *at_ == '-') ++at_;
  const char* digits = at_;
  while (at_ != end_ && is_class(*at_, kDigit)) ++at_;
  const size_t whole = static_cast<size_t>(at_ - digits);
  const bool is_float = peek() == '.' && is_class(peek(1), kDigit);
  if (is_float) {
    ++at_;
    while (at_ != end_ && is_class(*at_, kDigit)) ++at_;
  }
  const bool is_bad = (whole == 0 && !is_float) || (whole > 1 && !is_float && *digits == '0') ||
                      is_class(peek(), kNamePart) || peek() == '.';
  if (is_bad) {
    at_ = from;
    return fail("a number, such as 25 or -0.5");
  }
  out->text = slice_from(from);
  const char* sign_less = *from == '+' ? from + 1 : from;
  if (is_float) {
    out->kind = ConstantKind::kFloat;
    const auto result = std::from_chars(sign_less, at_, out->number, std::chars_format::fixed);
    // Too small a number is nearest to nothing; the sign does not matter then.
    if (result.ec == std::errc::result_out_of_range) out->number = whole > 300 ? HUGE_VAL : 0.0;
    if (!std::isfinite(out->number)) return fail_at(out->text.begin, "the number is too large");
    return true;
  }
  out->kind = ConstantKind::kInteger;
  const auto result = std::from_chars(sign_less, at_, out->integer);
  if (result.ec != std::errc() || out->integer > kIntegerMax || out->integer < -kIntegerMax)
    return fail_at(out->text.begin, "an integer is from -(2^53)+1 to (2^53)-1");
  return true;
}

// h'..' and b'..'.
bool Cursor::octets(Constant* out) {
  const bool is_hex = *at_ == 'h';
  const char* from = at_ + 2;
  const char* p = from;
  size_t digits = 0, padding = 0;
  for (; p != end_ && *p != '\''; ++p) {
    if (is_hex ? is_class(*p, kHexDigit) : is_class(*p, kBase64) && padding == 0) {
      ++digits;
    } else if (!is_hex && *p == '=' && padding < 2) {
      ++padding;
    } else if (is_hex || (*p != '\n' && *p != '\r')) {
      at_ = p;
      return fail(is_hex ? "a hexadecimal digit" : "base64");
    }
  }
  at_ = p;
  if (p == end_) return fail("an apostrophe that ends the constant");
  if (is_hex && digits % 2 != 0) return fail("an even number of hexadecimal digits");
  if (!is_hex && ((digits + padding) % 4 != 0 || digits % 4 == 1))
    return fail("base64 in groups of four characters");
  out->kind = is_hex ? ConstantKind::kHex : ConstantKind::kBinary;
  out->text = slice_from(from);
  ++at_;
  return true;
}

bool Cursor::timestamp(Slice* out, bool allow_string) {
  const bool is_prefixed = peek() == 't' && peek(1) == '\'';
  if (!is_prefixed && !(allow_string && peek() == '\''))
    return fail("a timestamp, such as t'2026-01-31T00:00:00Z'");
  if (is_prefixed) ++at_;
  const uint32_t from = offset();
  bool is_escaped = false;
  if (!quoted(out, &is_escaped)) return false;
  if (!stix::parse_timestamp(text().substr(out->begin, out->end - out->begin)))
    return fail_at(from + 1, "not a timestamp in UTC, such as 2026-01-31T00:00:00Z");
  return true;
}

bool Cursor::constant(Constant* out) {
  switch (peek()) {
    case '\'':
      out->kind = ConstantKind::kString;
      return quoted(&out->text, &out->is_escaped);
    case 'h':
    case 'b':
      if (peek(1) == '\'') return octets(out);
      break;
    case 't':
      if (peek(1) == '\'') {
        out->kind = ConstantKind::kTimestamp;
        return timestamp(&out->text, false);
      }
      [[fallthrough]];
    case 'f': {
      const char* from = at_;
      const bool is_true = keyword("true");
      if (is_true || keyword("false")) {
        out->kind = ConstantKind::kBoolean;
        out->boolean = is_true;
        out->text = slice_from(from);
        return true;
      }
      break;
    }
    default:
      if (is_class(peek(), kDigit) || peek() == '-' || peek() == '+' || peek() == '.')
        return number(out);
  }
  return fail("a constant: a string in apostrophes, a number, true, false, t'', h'' or b''");
}

bool Cursor::count(uint32_t max, int64_t* out, const char* what) {
  const uint32_t from = offset();
  Constant constant;
  if (peek() == '-' || !(is_class(peek(), kDigit) || peek() == '+')) return fail(what);
  if (!number(&constant)) return false;
  if (constant.kind != ConstantKind::kInteger || constant.integer < 1 || constant.integer > max) {
    at_ = begin_ + from;
    return fail(std::string(what) + " up to " + std::to_string(max));
  }
  *out = constant.integer;
  return true;
}

bool Cursor::seconds(Slice* text, int64_t* window_ns) {
  static constexpr const char* kWhat = "a positive number of seconds";
  const uint32_t from = offset();
  Constant constant;
  const bool can_begin = is_class(peek(), kDigit) || peek() == '+' || peek() == '.';
  if (!can_begin) return fail(kWhat);
  if (!number(&constant)) return false;
  *text = constant.text;
  const double value = constant.kind == ConstantKind::kInteger
                           ? static_cast<double>(constant.integer)
                           : constant.number;
  if (!(value > 0)) {
    at_ = begin_ + from;
    return fail(kWhat);
  }
  // Differences of observations are whole nanoseconds, so that "less than x" is "less than x
  // rounded up". Three centuries are for ever.
  constexpr double kForever = 9.2e9;
  if (value >= kForever) {
    *window_ns = INT64_MAX;
  } else if (constant.kind == ConstantKind::kInteger) {
    *window_ns = constant.integer * 1'000'000'000;
  } else {
    *window_ns = static_cast<int64_t>(std::ceil(value * 1e9));
    // A decimal fraction is not exact in binary: 0.3 s are 300,000,000 ns and no more.
    const double nearest = std::round(value * 1e9);
    if (std::fabs(nearest - value * 1e9) < 1e-6 * std::fmax(1.0, value))
      *window_ns = static_cast<int64_t>(nearest);
    if (*window_ns < 1) *window_ns = 1;
  }
  return true;
}

std::string Cursor::found() const {
  if (at_ == end_) return "the end of the pattern";
  const char* p = at_;
  while (p != end_ && is_class(*p, kTypePart) && p - at_ < 40) ++p;
  if (p == at_) p += std::min(sequence_bytes(*p), static_cast<size_t>(end_ - p));
  std::string out = "'";
  for (const char* c = at_; c != p; ++c) {
    const bool is_control = static_cast<uint8_t>(*c) < 0x20 || *c == 0x7F;
    out += is_control ? '?' : *c;
  }
  return out + "'";
}

bool Cursor::fail(std::string_view expected) {
  if (message_.empty())
    fail_at(offset(), "expected " + std::string(expected) + ", found " + found());
  return false;
}

bool Cursor::fail_at(uint32_t offset, std::string message) {
  if (message_.empty()) {
    message_ = std::move(message);
    error_offset_ = offset;
  }
  return false;
}

ParseError Cursor::error() const {
  ParseError out{error_offset_, 1, 1, message_};
  for (uint32_t i = 0; i < error_offset_ && begin_ + i != end_; ++i) {
    const auto byte = static_cast<uint8_t>(begin_[i]);
    if (byte == '\n') {
      ++out.line;
      out.column = 1;
    } else if ((byte & 0xC0) != 0x80) {
      ++out.column;
    }
  }
  return out;
}

}  // namespace entente::pattern
