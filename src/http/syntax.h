// The small grammars of HTTP/1.1 that stand between bytes and a Request, as functions from text to
// value: where a header block ends, what a target means, which codings a client takes. Nothing here
// knows sockets or the parser library.
//
// Strictness is deliberate: whatever two HTTP implementations could read in two ways (a bare LF, a
// folded line, two lengths) is refused, because a proxy in front of the node may read it the other
// way [RFC 9112 11.2].
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace entente::http {

// Finds the end of a header block as bytes trickle in, looking at each byte once.
class HeaderScan {
 public:
  enum class State : uint8_t { kMore, kComplete, kBroken };

  // `bytes` is everything since the block's first byte, and begins with what was given before.
  // kComplete: the block, blank line included, has size() bytes. kBroken: a LF stands without its
  // CR.
  State scan(std::string_view bytes);
  size_t size() const { return size_; }
  void reset() { *this = HeaderScan(); }

 private:
  size_t scanned_ = 0;
  size_t line_ = 0;  // where the current line begins
  size_t size_ = 0;
};

// Why a complete header block is not well-formed, or nullptr: control characters other than HTAB,
// folded lines [RFC 9112 5.2], a CR without LF.
const char* header_block_fault(std::string_view block);

// Method and target of a request line, as far as it has come: for answers to requests that are
// refused before they are whole. The views point into `bytes`; both are empty if there is no
// request line.
struct RequestLine {
  std::string_view method;
  std::string_view target;
};
RequestLine peek_request_line(std::string_view bytes);

// Path and query of a request target. Taken are the origin form ("/a?b") and the absolute form
// ("http://host/a?b") [RFC 9112 3.2]; refused (nullopt) are all others, fragments, and bytes
// outside of visible ASCII.
struct Target {
  std::string_view path;
  std::string_view query;
};
std::optional<Target> split_target(std::string_view target);

// Whether Accept-Encoding allows gzip with a weight above zero [RFC 9110 12.5.3].
bool accepts_gzip(std::string_view accept_encoding);

// What Content-Encoding says of a body. kUnknown includes lists of several codings.
enum class Coding : uint8_t { kIdentity, kGzip, kDeflate, kUnknown };
Coding coding_of(std::string_view content_encoding);

// Whether a client's X-Request-Id is echoed: [A-Za-z0-9._-]{1,64}.
bool is_request_id(std::string_view text);

// Whether a header may be sent: a token as name, no CR, LF or NUL in the value.
bool is_sendable_header(std::string_view name, std::string_view value);

// A Content-Length: digits only, leading zeros allowed; nullopt also where it does not fit into 64
// bits.
std::optional<uint64_t> parse_content_length(std::string_view text);

// "Not Found"; "Unknown" for a status that has no name here.
std::string_view reason_of(int status);

// "Sun, 06 Nov 1994 08:49:37 GMT" [RFC 9110 5.6.7].
std::string http_date(int64_t seconds);

}  // namespace entente::http
