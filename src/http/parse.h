// Header blocks and chunked bodies, read by the parser library (Beast, known to parse.cc alone) and
// then checked for all that it lets pass. Functions and one small machine over bytes; no sockets,
// no threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/message.h"
#include "http/syntax.h"

namespace entente::http {

enum class Framing : uint8_t { kNone, kSized, kChunked, kUntilEnd };  // kUntilEnd: responses only

// A parsed request header. `refusal` is 0, or the status of the answer that ends the connection;
// the request then holds what was understood (at least the path, if the request line was whole).
struct RequestHead {
  Request request;
  Framing framing = Framing::kNone;
  uint64_t content_length = 0;  // of kSized
  Coding coding = Coding::kIdentity;
  bool keep_alive = false;
  bool http_1_0 = false;
  bool expects_continue = false;
  int refusal = 0;
};

// `block` is a whole header block, blank line included (HeaderScan). Refusals: 400 malformed or
// ambiguous, 414 target past `target_bytes_max`, 415 content coding, 417 expectation, 501 transfer
// coding, 505 version.
RequestHead parse_request_head(std::string_view block, size_t target_bytes_max);

// Method, path and query as far as the request line has come: for refusals of requests that are not
// whole.
Request partial_request(std::string_view bytes);

// A parsed response header. `ok` is false if it is malformed.
struct ResponseHead {
  Response response;  // status and headers
  Framing framing = Framing::kUntilEnd;
  uint64_t content_length = 0;
  bool keep_alive = false;
  bool ok = false;
};
ResponseHead parse_response_head(std::string_view block);

// Takes the chunks out of a chunked body. [RFC 9112 7.1]
class ChunkDecoder {
 public:
  enum class State : uint8_t { kMore, kComplete, kBroken, kTooLarge };

  ChunkDecoder();
  ~ChunkDecoder();
  ChunkDecoder(ChunkDecoder&&) noexcept;
  ChunkDecoder& operator=(ChunkDecoder&&) noexcept;

  // Reads from `bytes`, appends content to *out, and sets *consumed. What was not consumed has to
  // be given again with more behind it. kTooLarge: *out would grow past `out_bytes_max`. Chunk
  // extensions and trailers are read and dropped.
  State feed(std::string_view bytes, std::string* out, size_t out_bytes_max, size_t* consumed);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace entente::http
