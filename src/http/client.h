// A small HTTP/1.1 client that waits: for the command line that talks to a running server through
// the operator's socket, or over loopback. One connection, one request. No TLS, no redirects, no
// compression.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/message.h"
#include "base/result.h"

namespace entente::http {

struct ClientOptions {
  int64_t connect_ms_max = 5'000;
  int64_t stall_ms_max = 300'000;  // without any byte, either way: an import may think for long
  size_t body_bytes_max = limits::kEnvelopeBytesMax;  // of call()'s answer
};

// The next piece of a request's body, empty at its end; an error ends the call with that error.
using Source = std::function<Result<std::string_view>()>;
// Takes a piece of the answer's body; an error ends the call with that error.
using Sink = std::function<Result<void>(std::string_view)>;

// Sends the request (method, path, query, headers, body) to "unix:PATH" or "HOST:PORT" and waits
// for the whole answer. Errors: kUnavailable (nobody there, or gone before the end), kInvalid (not
// HTTP), kTooLarge. An answer of any status is no error.
Result<Response> call(const std::string& address, const Request& request,
                      const ClientOptions& options = {});

// The same in bounded memory: the request's body comes from `source` (in chunks; absent:
// request.body), the answer's goes to `sink` piece by piece as it arrives, also while the request
// is still being sent. The Response's body stays empty. `sink` is told the status through
// `on_head`, which may be absent, before its first piece.
Result<Response> stream(const std::string& address, const Request& request, const Source& source,
                        const Sink& sink, const ClientOptions& options = {},
                        const std::function<void(const Response&)>& on_head = {});

}  // namespace entente::http
