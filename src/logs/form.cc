// Times are kept as nanoseconds with the number of digits that were written, so that what a sensor logged to the
// microsecond is compared to the microsecond.
#include "logs/form.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include "base/text.h"
#include "stix/timestamp.h"

namespace entente::logs {
namespace {

constexpr int64_t kNsPerSecond = 1'000'000'000;
constexpr int64_t kSecondsMax = 9'000'000'000;         // 2255
constexpr int64_t kMillisecondsMin = 100'000'000'000;  // as seconds: the year 5138

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Decimal {
  bool is_negative = false;
  int64_t whole = 0;
  int64_t fraction_ns = 0;
  uint32_t digits = 0;  // of the fraction, as written
};

std::optional<Decimal> read_decimal(std::string_view text) {
  Decimal out;
  out.is_negative = text.starts_with('-');
  if (out.is_negative) text.remove_prefix(1);
  const char* const end = text.data() + text.size();
  if (text.empty() || !is_digit(text[0])) return std::nullopt;
  auto [at, error] = std::from_chars(text.data(), end, out.whole);
  if (error != std::errc()) return std::nullopt;
  if (at == end) return out;
  if (*at == 'e' || *at == 'E' || text.find_first_of("eE") != std::string_view::npos) {
    double value = 0;
    const auto read = std::from_chars(text.data(), end, value);
    if (read.ec != std::errc() || read.ptr != end || !(value < 1e15)) return std::nullopt;
    out.whole = static_cast<int64_t>(value);
    out.fraction_ns = std::min(
        kNsPerSecond - 1, static_cast<int64_t>(std::llround((value - std::floor(value)) * 1e9)));
    out.digits = 6;
    return out;
  }
  if (*at != '.' || ++at == end) return std::nullopt;
  for (int64_t weight = kNsPerSecond / 10; at != end; ++at, weight /= 10, ++out.digits) {
    if (!is_digit(*at)) return std::nullopt;
    out.fraction_ns += weight * (*at - '0');
  }
  return out;
}

// Minutes east of Greenwich out of what stands behind a time.
std::optional<int64_t> read_zone(std::string_view text) {
  text = trim(text);
  if (text.empty() || text == "Z" || text == "z" || text == "UTC") return 0;
  if ((text[0] != '+' && text[0] != '-') || text.size() < 5) return std::nullopt;
  std::string digits(text.substr(1));
  if (digits.size() == 5 && digits[2] == ':') digits.erase(2, 1);
  if (digits.size() != 4 || !std::ranges::all_of(digits, is_digit)) return std::nullopt;
  const int64_t hours = (digits[0] - '0') * 10 + (digits[1] - '0');
  const int64_t minutes = (digits[2] - '0') * 10 + (digits[3] - '0');
  if (hours > 23 || minutes > 59) return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

std::optional<Moment> read_date_time(std::string_view text) {
  constexpr size_t kSecondsSize = 19;
  if (text.size() < kSecondsSize || (text[10] != 'T' && text[10] != ' ' && text[10] != 't'))
    return std::nullopt;
  std::string plain(text.substr(0, kSecondsSize));
  plain[10] = 'T';
  size_t at = kSecondsSize;
  uint32_t digits = 0;
  if (at < text.size() && (text[at] == '.' || text[at] == ',')) {
    plain += '.';
    for (++at; at < text.size() && is_digit(text[at]); ++at, ++digits) plain += text[at];
    if (digits == 0) return std::nullopt;
  }
  const auto zone = read_zone(text.substr(at));
  const auto time = stix::parse_timestamp(plain + "Z");
  if (!zone || !time) return std::nullopt;
  const int64_t seconds = time->ns / kNsPerSecond;
  if (seconds > kSecondsMax || seconds < -kSecondsMax) return std::nullopt;
  return Moment{time->ns - *zone * 60 * kNsPerSecond, std::clamp(digits, 3U, 9U)};
}

// The word that a text ends with.
std::string_view last_word(std::string_view text) {
  text = trim(text);
  const size_t space = text.find_last_of(" \t");
  return space == std::string_view::npos ? text : text.substr(space + 1);
}

bool is_domain(std::string_view text) {
  size_t label = 0;
  bool has_dot = false, has_letter = false;
  if (text.empty() || text.size() > 253) return false;
  for (const char c : text) {
    if (c == '.') {
      if (label == 0) return false;
      label = 0;
      has_dot = true;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    const bool is_letter = (c >= 'a' && c <= 'z') || byte >= 0x80;
    if (!is_letter && !is_digit(c) && c != '-' && c != '_') return false;
    has_letter |= is_letter;
    if (++label > 63) return false;
  }
  return label > 0 && has_dot && has_letter;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kHashes = {
    {{"md5", "MD5"},
     {"sha1", "SHA-1"},
     {"sha256", "SHA-256"},
     {"sha512", "SHA-512"},
     {"sha3256", "SHA3-256"},
     {"sha3512", "SHA3-512"},
     {"ssdeep", "SSDEEP"},
     {"tlsh", "TLSH"},
     {"sha224", "SHA-224"},
     {"sha384", "SHA-384"}}};

// "SHA1=..,MD5=..": of each part the name as STIX has it, of others as it is. [stix21 10.7]
bool append_hashes(std::string_view text, std::string* out) {
  std::string made;
  for (const std::string_view part : split(text, ',')) {
    const size_t equals = part.find('=');
    if (equals == std::string_view::npos || equals == 0) return false;
    const std::string_view name = trim(part.substr(0, equals)),
                           value = trim(part.substr(equals + 1));
    if (value.empty() || std::ranges::all_of(value, [](char c) { return c == '0'; })) continue;
    std::string plain = to_lower_ascii(name);
    std::erase(plain, '-');
    const auto known =
        std::ranges::find_if(kHashes, [&](const auto& k) { return k.first == plain; });
    made += made.empty() ? '{' : ',';
    append_json_quoted(made, known == kHashes.end() ? name : known->second);
    made += ':';
    append_json_quoted(made, known == kHashes.end() ? value : to_lower_ascii(value));
  }
  if (made.empty()) return false;
  *out += made + "}";
  return true;
}

std::string registry_key(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kHives = {
      {{"HKLM", "HKEY_LOCAL_MACHINE"},
       {"HKU", "HKEY_USERS"},
       {"HKCU", "HKEY_CURRENT_USER"},
       {"HKCR", "HKEY_CLASSES_ROOT"},
       {"HKCC", "HKEY_CURRENT_CONFIG"}}};
  const size_t end = std::min(text.find('\\'), text.size());
  for (const auto& [brief, full] : kHives) {
    if (text.substr(0, end) == brief) return std::string(full) + std::string(text.substr(end));
  }
  return std::string(text);
}

bool append_number(Form form, std::string_view text, std::string* out) {
  text = trim(text);
  if (form == Form::kInteger) {
    const bool is_hex = text.starts_with("0x") || text.starts_with("0X");
    if (is_hex) text.remove_prefix(2);
    int64_t value = 0;
    const auto read =
        std::from_chars(text.data(), text.data() + text.size(), value, is_hex ? 16 : 10);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return false;
    *out += std::to_string(value);
    return true;
  }
  double value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || !std::isfinite(value))
    return false;
  std::array<char, 32> digits;
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out->append(digits.data(), written.ptr);
  return true;
}

}  // namespace

std::optional<int64_t> read_seconds_ns(std::string_view text) {
  const auto decimal = read_decimal(trim(text));
  if (!decimal || decimal->whole > kSecondsMax) return std::nullopt;
  const int64_t ns = decimal->whole * kNsPerSecond + decimal->fraction_ns;
  return decimal->is_negative ? -ns : ns;
}

std::optional<Moment> read_moment(std::string_view text) {
  text = trim(text);
  const auto decimal = read_decimal(text);
  if (!decimal) return read_date_time(text);
  if (decimal->is_negative) return std::nullopt;
  if (decimal->whole < kMillisecondsMin) {
    if (decimal->whole > kSecondsMax) return std::nullopt;
    return Moment{decimal->whole * kNsPerSecond + decimal->fraction_ns,
                  std::clamp(decimal->digits, 3U, 9U)};
  }
  if (decimal->whole / 1000 > kSecondsMax) return std::nullopt;
  return Moment{decimal->whole * 1'000'000 + decimal->fraction_ns / 1000,
                std::clamp(decimal->digits + 3, 3U, 9U)};
}

std::string format_moment(const Moment& moment) {
  const int64_t second =
      moment.ns >= 0 ? moment.ns / kNsPerSecond : -((-moment.ns + kNsPerSecond - 1) / kNsPerSecond);
  std::string out = format_time_us(second * 1'000'000).substr(0, 19) + ".";
  const std::string fraction = std::to_string(kNsPerSecond + (moment.ns - second * kNsPerSecond));
  return out + fraction.substr(1, moment.digits) + "Z";
}

std::string format_moment_ms(const Moment& moment) { return format_moment({moment.ns, 3}); }

HostKind read_host(std::string_view text, std::string* out) {
  const std::string word = to_lower_ascii(last_word(text));
  std::array<char, INET6_ADDRSTRLEN> written{};
  in_addr v4{};
  in6_addr v6{};
  if (inet_pton(AF_INET, word.c_str(), &v4) == 1) {
    *out = word;
    return HostKind::kIpv4;
  }
  const std::string without_zone = word.substr(0, word.find('%'));
  if (inet_pton(AF_INET6, without_zone.c_str(), &v6) == 1) {
    if (IN6_IS_ADDR_V4MAPPED(&v6)) {
      std::memcpy(&v4, v6.s6_addr + 12, 4);
      *out = inet_ntop(AF_INET, &v4, written.data(), written.size());
      return HostKind::kIpv4;
    }
    *out = inet_ntop(AF_INET6, &v6, written.data(), written.size());
    return HostKind::kIpv6;
  }
  std::string_view name = word;
  if (name.ends_with('.')) name.remove_suffix(1);
  if (!is_domain(name)) return HostKind::kNone;
  *out = name;
  return HostKind::kDomain;
}

bool append_form(Form form, std::string_view text, std::string* out) {
  std::string made;
  switch (form) {
    case Form::kInteger:
    case Form::kNumber:
      return append_number(form, text, out);
    case Form::kBoolean: {
      const std::string lower = to_lower_ascii(trim(text));
      if (lower != "true" && lower != "false" && lower != "t" && lower != "f") return false;
      *out += lower[0] == 't' ? "true" : "false";
      return true;
    }
    case Form::kHashes:
      return append_hashes(text, out);
    case Form::kTime: {
      const auto moment = read_moment(text);
      if (!moment) return false;
      made = format_moment(*moment);
      break;
    }
    case Form::kAddress:
    case Form::kHost: {
      const HostKind kind = read_host(text, &made);
      if (kind == HostKind::kNone || (form == Form::kAddress && kind == HostKind::kDomain))
        return false;
      break;
    }
    case Form::kLower:
      made = to_lower_ascii(text);
      break;
    case Form::kHex:
      made = to_lower_ascii(text);
      std::erase_if(made, [](char c) { return c == ':' || c == ' ' || c == '-'; });
      break;
    case Form::kName:
    case Form::kDirectory: {
      const size_t slash = text.find_last_of("/\\");
      if (form == Form::kName) {
        made = text.substr(slash == std::string_view::npos ? 0 : slash + 1);
      } else if (slash != std::string_view::npos) {
        made = text.substr(0, slash);
      }
      break;
    }
    case Form::kRegistryKey:
      made = registry_key(text);
      break;
    case Form::kRegistryParent:
      made = registry_key(text.substr(0, text.rfind('\\')));
      break;
    case Form::kMail:
      made = trim(text);
      if (made.starts_with('<') && made.ends_with('>')) made = made.substr(1, made.size() - 2);
      break;
    default:
      made = text;
  }
  if (made.empty()) return false;
  append_json_quoted(*out, made);
  return true;
}

}  // namespace entente::logs
