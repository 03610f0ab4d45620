// See syntax.h. Each function walks its clause of RFC 9110 or 9112; none allocates but http_date.
#include "http/syntax.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

#include "base/text.h"

namespace entente::http {
namespace {

bool is_token_char(char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
  return std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

// The weight of one list member in thousandths; -1 if it is malformed. [RFC 9110 12.4.2]
int weight_of(std::string_view parameter) {
  parameter = trim(parameter);
  if (parameter.size() < 3 || (parameter[0] != 'q' && parameter[0] != 'Q') || parameter[1] != '=')
    return -1;
  const std::string_view value = parameter.substr(2);
  if (value.size() > 5 || (value[0] != '0' && value[0] != '1')) return -1;
  if (value.size() > 1 && value[1] != '.') return -1;
  int weight = (value[0] - '0') * 1000;
  int scale = 100;
  for (size_t i = 2; i < value.size(); ++i, scale /= 10) {
    if (value[i] < '0' || value[i] > '9') return -1;
    weight += (value[i] - '0') * scale;
  }
  return weight <= 1000 ? weight : -1;
}

struct Reason {
  int status;
  std::string_view text;
};
constexpr Reason kReasons[] = {
    {100, "Continue"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
};

}  // namespace

HeaderScan::State HeaderScan::scan(std::string_view bytes) {
  while (scanned_ < bytes.size()) {
    const size_t lf = bytes.find('\n', scanned_);
    if (lf == std::string_view::npos) {
      scanned_ = bytes.size();
      return State::kMore;
    }
    if (lf == line_ || bytes[lf - 1] != '\r') return State::kBroken;
    scanned_ = lf + 1;
    const bool blank = lf - line_ == 1;
    line_ = scanned_;
    if (blank) {
      size_ = scanned_;
      return State::kComplete;
    }
  }
  return State::kMore;
}

const char* header_block_fault(std::string_view block) {
  for (size_t i = 0; i < block.size(); ++i) {
    const auto c = static_cast<unsigned char>(block[i]);
    if (c == '\r') {
      if (i + 1 == block.size() || block[i + 1] != '\n') return "a CR without LF";
      if (i + 2 < block.size() && (block[i + 2] == ' ' || block[i + 2] == '\t'))
        return "a folded header line";
      ++i;
    } else if (c == '\n') {
      return "a LF without CR";
    } else if ((c < 0x20 && c != '\t') || c == 0x7f) {
      return "a control character in the header";
    }
  }
  return nullptr;
}

RequestLine peek_request_line(std::string_view bytes) {
  const std::string_view line = bytes.substr(0, bytes.find_first_of("\r\n"));
  const size_t space = line.find(' ');
  if (space == std::string_view::npos || !is_token(line.substr(0, space))) return {};
  const std::string_view rest = line.substr(space + 1);
  return {line.substr(0, space), rest.substr(0, rest.find(' '))};
}

std::optional<Target> split_target(std::string_view target) {
  for (const char c : target) {
    if (c <= 0x20 || c == 0x7f || c == '#')
      return std::nullopt;  // char is signed: bytes past ASCII are below zero
  }
  if (!target.starts_with('/')) {
    const size_t scheme = target.find("://");
    if (scheme == std::string_view::npos) return std::nullopt;
    const std::string_view name = target.substr(0, scheme);
    if (!equal_ignoring_case(name, "http") && !equal_ignoring_case(name, "https"))
      return std::nullopt;
    const std::string_view rest = target.substr(scheme + 3);
    const size_t path = rest.find_first_of("/?");
    if (path == 0 || rest.empty()) return std::nullopt;  // no host
    if (path == std::string_view::npos) return Target{"/", ""};
    target = rest.substr(path);
    if (target.starts_with('?')) return Target{"/", target.substr(1)};
  }
  const size_t mark = target.find('?');
  if (mark == std::string_view::npos) return Target{target, ""};
  return Target{target.substr(0, mark), target.substr(mark + 1)};
}

bool accepts_gzip(std::string_view accept_encoding) {
  int any = 0;
  int gzip = -1;
  for (const std::string_view member : split(accept_encoding, ',')) {
    const size_t semicolon = member.find(';');
    const std::string_view name = trim(member.substr(0, semicolon));
    int weight = 1000;
    if (semicolon != std::string_view::npos) weight = weight_of(member.substr(semicolon + 1));
    if (weight < 0) continue;  // a malformed member allows nothing
    if (equal_ignoring_case(name, "gzip") || equal_ignoring_case(name, "x-gzip"))
      gzip = std::max(gzip, weight);
    if (name == "*") any = std::max(any, weight);
  }
  return gzip >= 0 ? gzip > 0 : any > 0;
}

Coding coding_of(std::string_view content_encoding) {
  const std::string_view name = trim(content_encoding);
  if (name.empty() || equal_ignoring_case(name, "identity")) return Coding::kIdentity;
  if (equal_ignoring_case(name, "gzip") || equal_ignoring_case(name, "x-gzip"))
    return Coding::kGzip;
  if (equal_ignoring_case(name, "deflate")) return Coding::kDeflate;
  return Coding::kUnknown;
}

bool is_request_id(std::string_view text) {
  if (text.empty() || text.size() > 64) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  });
}

bool is_sendable_header(std::string_view name, std::string_view value) {
  return is_token(name) &&
         value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

std::optional<uint64_t> parse_content_length(std::string_view text) {
  if (text.empty()) return std::nullopt;
  uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    const auto digit = static_cast<uint64_t>(c - '0');
    if (value > (UINT64_MAX - digit) / 10) return std::nullopt;
    value = value * 10 + digit;
  }
  return value;
}

std::string_view reason_of(int status) {
  for (const Reason& one : kReasons) {
    if (one.status == status) return one.text;
  }
  return "Unknown";
}

std::string http_date(int64_t seconds) {
  static constexpr std::array<const char*, 7> kDays = {"Thu", "Fri", "Sat", "Sun",
                                                       "Mon", "Tue", "Wed"};
  static constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  // The base's formatter does the calendar: "2024-03-07T10:11:12.000Z".
  const std::string iso = format_time_ms(std::max<int64_t>(seconds, 0) * 1000);
  const auto days = static_cast<size_t>(std::max<int64_t>(seconds, 0) / 86'400);
  const auto month = static_cast<size_t>((iso[5] - '0') * 10 + (iso[6] - '0') - 1) % 12;
  std::string out = kDays[days % 7];
  out.append(", ").append(iso, 8, 2).append(" ").append(kMonths[month]).append(" ");
  out.append(iso, 0, 4).append(" ").append(iso, 11, 8).append(" GMT");
  return out;
}

}  // namespace entente::http
