// Two positions move forward; at a mismatch the last % takes one character more. Earlier ones never
// need to be tried again, since the last can take whatever they would have left.
#include "pattern/like.h"

#include <unicode/unorm2.h>

#include <cstdint>
#include <cstring>
#include <vector>

namespace entente::pattern {
namespace {

size_t character_bytes(std::string_view text, size_t at, Unit unit) {
  if (unit == Unit::kOctet) return 1;
  size_t bytes = 1;
  while (at + bytes < text.size() && (static_cast<uint8_t>(text[at + bytes]) & 0xC0) == 0x80)
    ++bytes;
  return bytes;
}

constexpr char16_t kReplacement = 0xFFFD;

// Valid UTF-8 to UTF-16.
std::vector<char16_t> to_utf16(std::string_view text) {
  std::vector<char16_t> out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<uint8_t>(text[i]);
    const size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (i + bytes > text.size()) break;
    uint32_t point = bytes == 1 ? lead : lead & (0x7FU >> bytes);
    for (size_t k = 1; k < bytes; ++k)
      point = point << 6 | (static_cast<uint8_t>(text[i + k]) & 0x3F);
    i += bytes;
    if (point >= 0x10000) {
      point -= 0x10000;
      out.push_back(static_cast<char16_t>(0xD800 + (point >> 10)));
      out.push_back(static_cast<char16_t>(0xDC00 + (point & 0x3FF)));
    } else {
      out.push_back(static_cast<char16_t>(point));
    }
  }
  return out;
}

void append_utf8(std::string* out, uint32_t point) {
  if (point < 0x80) {
    out->push_back(static_cast<char>(point));
  } else if (point < 0x800) {
    out->push_back(static_cast<char>(0xC0 | point >> 6));
    out->push_back(static_cast<char>(0x80 | (point & 0x3F)));
  } else if (point < 0x10000) {
    out->push_back(static_cast<char>(0xE0 | point >> 12));
    out->push_back(static_cast<char>(0x80 | (point >> 6 & 0x3F)));
    out->push_back(static_cast<char>(0x80 | (point & 0x3F)));
  } else {
    out->push_back(static_cast<char>(0xF0 | point >> 18));
    out->push_back(static_cast<char>(0x80 | (point >> 12 & 0x3F)));
    out->push_back(static_cast<char>(0x80 | (point >> 6 & 0x3F)));
    out->push_back(static_cast<char>(0x80 | (point & 0x3F)));
  }
}

std::string to_utf8(const char16_t* units, size_t size) {
  std::string out;
  for (size_t i = 0; i < size; ++i) {
    uint32_t point = units[i];
    if (point >= 0xD800 && point < 0xDC00 && i + 1 < size) {
      point = 0x10000 + ((point - 0xD800) << 10) + (units[++i] - 0xDC00U);
    } else if (point >= 0xD800 && point < 0xE000) {
      point = kReplacement;
    }
    append_utf8(&out, point);
  }
  return out;
}

}  // namespace

bool is_like(std::string_view value, std::string_view pattern, Unit unit) {
  size_t v = 0, p = 0;
  size_t star = std::string_view::npos, resume = 0;
  while (v < value.size()) {
    if (p < pattern.size() && pattern[p] == '%') {
      star = p++;
      resume = v;
    } else if (p < pattern.size() && pattern[p] == '_') {
      v += character_bytes(value, v, unit);
      ++p;
    } else if (p < pattern.size() && pattern[p] == value[v]) {
      ++v;
      ++p;
    } else if (star != std::string_view::npos) {
      resume += character_bytes(value, resume, unit);
      v = resume;
      p = star + 1;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '%') ++p;
  return p == pattern.size();
}

bool is_ascii(std::string_view text) {
  size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    uint64_t word;
    std::memcpy(&word, text.data() + i, 8);
    if ((word & 0x8080808080808080ULL) != 0) return false;
  }
  for (; i < text.size(); ++i) {
    if (static_cast<uint8_t>(text[i]) >= 0x80) return false;
  }
  return true;
}

std::string_view to_nfc(std::string_view text, std::string* scratch) {
  if (is_ascii(text) || text.size() > INT32_MAX / 8) return text;
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* nfc = unorm2_getNFCInstance(&status);
  if (U_FAILURE(status)) return text;
  const std::vector<char16_t> in = to_utf16(text);
  const auto size = static_cast<int32_t>(in.size());
  if (unorm2_quickCheck(nfc, in.data(), size, &status) == UNORM_YES && U_SUCCESS(status))
    return text;
  // NFC is at most three times as long in UTF-16 (UAX 15).
  std::vector<char16_t> out(in.size() * 3 + 1);
  status = U_ZERO_ERROR;
  const int32_t made =
      unorm2_normalize(nfc, in.data(), size, out.data(), static_cast<int32_t>(out.size()), &status);
  if (U_FAILURE(status)) return text;
  *scratch = to_utf8(out.data(), static_cast<size_t>(made));
  return *scratch;
}

}  // namespace entente::pattern
