// From a Response to the bytes of its header and body: which headers the wire adds, when a body is
// compressed, what a refusal says if nobody else decides. Functions from value to value; any
// thread.
#pragma once

#include <cstddef>
#include <string>

#include "base/message.h"

namespace entente::http {

// What of a request decides the form of its answer.
struct Terms {
  bool head = false;      // HEAD: the header of the GET, without its body
  bool gzip = false;      // the client takes it, and the wire is worth it
  bool vary = false;      // the wire compresses for those who ask, so caches must be told
  std::string echoed_id;  // X-Request-Id, if the client sent a good one
};

// A response made ready: `head` is the status line and all headers but Date and Connection, which
// are known only when it is sent (close_head).
struct Answer {
  std::string head;
  Body body;
};

// Drops what the wire itself says (Content-Length, Connection, Transfer-Encoding, Date, Server) and
// headers that would break the framing; compresses if the terms allow it, the body has
// `compress_bytes_min` bytes, and its type shrinks.
Answer render(Response response, const Terms& terms, size_t compress_bytes_min);

enum class Ending : uint8_t {
  kKeepAlive,
  kKeepAliveSaid,
  kClose
};  // kKeepAliveSaid: to HTTP/1.0, which must be told

// Appends Date, Connection and the blank line.
void close_head(std::string* head, std::string_view date, Ending ending);

// The default body of a refusal: application/problem+json. [RFC 9457]
Response problem_of(int status);

}  // namespace entente::http
