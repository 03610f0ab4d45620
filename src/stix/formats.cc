// Written out by hand: a regular expression would cost more than the walk around it.
#include "stix/formats.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "base/text.h"

namespace entente::stix {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return is_lower(c) || is_upper(c); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }
bool is_any_hex(char c) { return is_lower_hex(c) || (c >= 'A' && c <= 'F'); }
bool is_space_or_control(char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7F; }

// Splits off "/bits"; false if there is one that is not a number up to `most`.
bool take_prefix_length(std::string_view* text, uint64_t most) {
  const size_t slash = text->find('/');
  if (slash == std::string_view::npos) return true;
  const auto bits = parse_decimal(text->substr(slash + 1));
  *text = text->substr(0, slash);
  return bits && *bits <= most;
}

bool is_digest(std::string_view text, size_t size) {
  return text.size() == size && std::ranges::all_of(text, is_any_hex);
}

}  // namespace

bool is_hex(std::string_view text) {
  return text.size() % 2 == 0 && std::ranges::all_of(text, is_lower_hex);
}

bool is_base64(std::string_view text) {
  if (text.size() % 4 != 0) return false;
  size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  return std::ranges::all_of(text.substr(0, text.size() - padding), [](char c) {
    return is_letter(c) || is_digit(c) || c == '+' || c == '/';
  });
}

bool is_language_tag(std::string_view text) {
  size_t subtag = 0;
  bool is_first = true;
  bool has_digit = false;
  size_t first_size = 0;
  const auto ends_well = [&] {
    if (subtag == 0 || subtag > 8) return false;
    if (is_first) {
      if (has_digit) return false;
      first_size = subtag;
    }
    return true;
  };
  for (const char c : text) {
    if (c == '-') {
      if (!ends_well()) return false;
      is_first = false;
      subtag = 0;
    } else if (is_letter(c) || is_digit(c)) {
      has_digit |= is_digit(c);
      ++subtag;
    } else {
      return false;
    }
  }
  if (!ends_well()) return false;
  // A single letter first is only ever "x-..." or "i-...".
  return first_size >= 2 ||
         (!is_first && (text[0] == 'x' || text[0] == 'X' || text[0] == 'i' || text[0] == 'I'));
}

bool is_ipv4(std::string_view text) {
  if (!take_prefix_length(&text, 32)) return false;
  size_t octets = 0;
  for (size_t i = 0; octets < 4; ++octets) {
    unsigned value = 0;
    size_t digits = 0;
    while (i < text.size() && is_digit(text[i]) && digits < 4) {
      value = value * 10 + static_cast<unsigned>(text[i] - '0');
      ++i;
      ++digits;
    }
    if (digits == 0 || digits > 3 || value > 255) return false;
    if (octets == 3) return i == text.size();
    if (i == text.size() || text[i] != '.') return false;
    ++i;
  }
  return false;
}

bool is_ipv6(std::string_view text) {
  if (!take_prefix_length(&text, 128)) return false;
  char buffer[INET6_ADDRSTRLEN + 1];
  if (text.size() >= sizeof(buffer) || text.find('\0') != text.npos) return false;
  std::memcpy(buffer, text.data(), text.size());
  buffer[text.size()] = 0;
  in6_addr address;
  return inet_pton(AF_INET6, buffer, &address) == 1;
}

bool is_mac(std::string_view text) {
  if (text.size() != 17) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i % 3 == 2 ? text[i] != ':' : !is_lower_hex(text[i])) return false;
  }
  return true;
}

bool is_email(std::string_view text) {
  const size_t at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) return false;
  if (text.find('<') != text.npos || text.find('>') != text.npos) return false;
  return std::ranges::none_of(text.substr(at + 1), is_space_or_control);
}

bool is_url(std::string_view text) {
  if (text.empty() || !is_letter(text[0])) return false;
  size_t i = 1;
  const auto in_scheme = [](char c) {
    return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
  };
  while (i < text.size() && in_scheme(text[i])) ++i;
  return i + 1 < text.size() && text[i] == ':' && std::ranges::none_of(text, is_space_or_control);
}

bool is_domain(std::string_view text) {
  if (text.ends_with('.')) text.remove_suffix(1);
  if (text.empty() || text.size() > 253) return false;
  size_t label = 0;
  for (const char c : text) {
    if (c == '.') {
      if (label == 0) return false;
      label = 0;
      continue;
    }
    const bool fits = is_letter(c) || is_digit(c) || c == '-' || c == '_' ||
                      static_cast<unsigned char>(c) >= 0x80;
    if (!fits || ++label > 63) return false;
  }
  return label > 0;
}

bool is_country(std::string_view text) {
  return text.size() == 2 && is_letter(text[0]) && is_letter(text[1]);
}

bool is_full_hive(std::string_view text) { return equal_ignoring_case(text.substr(0, 5), "HKEY_"); }

bool is_relationship_name(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

bool has_upper_case(std::string_view text) { return std::ranges::any_of(text, is_upper); }

bool is_hash_of(std::string_view algorithm, std::string_view text) {
  if (algorithm == "MD5") return is_digest(text, 32);
  if (algorithm == "SHA-1") return is_digest(text, 40);
  if (algorithm == "SHA-256" || algorithm == "SHA3-256") return is_digest(text, 64);
  if (algorithm == "SHA-512" || algorithm == "SHA3-512") return is_digest(text, 128);
  if (algorithm == "SSDEEP") return std::ranges::count(text, ':') >= 2;
  if (algorithm == "TLSH")
    return is_digest(text, 70) || (text.starts_with("T1") && is_digest(text.substr(2), 70));
  return !text.empty();
}

}  // namespace entente::stix
