// The wire: HTTP/1.1 over TCP or TLS, and over a Unix socket for the operator. It knows sockets,
// limits, compression and framing; what an answer says is the Handler's.
//
//   auto server = TRY(Server::start(options, handler));
//   server->address();                       // "127.0.0.1:8420", the port the system chose
//   included server->stop();                          // no new requests, running ones finish, at
//   most `stop_ms`
//
// Threads: the server runs its own; start, address and stop are for the owner's thread. The handler
// is called on the server's threads, which serve other connections too: what takes long belongs on
// another thread, from which it may answer. An answer to a connection that has gone, or after stop,
// is dropped. A handler that never answers (its Respond is destroyed) or throws has answered 500.
//
// What the handler sees: HEAD as HEAD (it answers as to GET, and the body is left out here), bodies
// without chunks and compression (the headers stay as sent), Request.id as the client's
// X-Request-Id if that is [A-Za-z0-9._-]{1,64}, and then echoed, else random and for logs only: an
// answer tells nothing of other requests.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/limits.h"
#include "base/message.h"
#include "base/result.h"

namespace entente::http {

struct ServerLimits {
  size_t header_bytes_max = limits::kHeaderBytesMax;
  size_t target_bytes_max = limits::kTargetBytesMax;
  size_t body_bytes_max = limits::kEnvelopeBytesMax;  // as sent, and once more after decompression
  size_t connections_max = limits::kConnectionsMax;
  int64_t header_ms_max = limits::kHeaderMsMax;
  int64_t idle_ms_max = limits::kIdleMsMax;
  int64_t body_stall_ms_max = limits::kBodyStallMsMax;
  int64_t request_ms_max = limits::kRequestMsMax;
  int64_t write_stall_ms_max = limits::kWriteStallMsMax;
  int64_t linger_ms_max = limits::kLingerMsMax;
  uint32_t pipelined_max = limits::kPipelinedMax;
  size_t bodies_bytes_max = limits::kBodiesBytesMax;  // past this: 503
  size_t compress_bytes_min = limits::kCompressBytesMin;
  uint32_t streams_max = limits::kStreamsMax;                 // streaming requests in work at once
  uint32_t streams_waiting_max = limits::kStreamsWaitingMax;  // past this: 503
};

// Makes the answer to a request that never reaches the handler (400, 408, 413, 414, 415, 417, 431,
// 500, 501, 503, 505). `partial` may be null; if not, it has at least the method and path where the
// request line was readable. It may be called from several threads.
using ErrorBody = std::function<Response(int status, const Request* partial)>;

// Streams: requests and answers of any size in bounded memory, for the operator's socket (imports,
// exports, backups).

// The body of a streaming request, pulled.
class BodyReader {
 public:
  virtual ~BodyReader() = default;
  // Waits for the next piece; empty at the end. The view lives until the next call. Errors:
  // kInvalid (broken framing), kUnavailable (the client stalls or has gone, or the server stops);
  // then every further call fails too.
  virtual Result<std::string_view> next() = 0;
};

// The answer to a streaming request, pushed; it is sent in chunks as it comes.
class ResponseWriter {
 public:
  virtual ~ResponseWriter() = default;
  // Both wait for the client as long as it takes a byte in time. start() is for once, before
  // write(). Errors: kUnavailable.
  virtual Result<void> start(int status, std::vector<Header> headers) = 0;
  virtual Result<void> write(std::string_view piece) = 0;
};

// Called on a thread of its own with the header of the request (no body). It may read and write in
// any order. An error it returns before start() becomes the answer; after start(), the connection
// is cut so that the client sees the answer as broken, never as complete.
using StreamHandler = std::function<Result<void>(const Request&, BodyReader&, ResponseWriter&)>;

struct ServerOptions {
  std::string listen;  // "127.0.0.1:0", "[::1]:8420", or "unix:PATH" (made with mode 0600)
  std::string certificate_file;  // PEM chain; with private_key_file turns TLS (1.2 or later) on
  std::string private_key_file;
  uint32_t threads = 2;
  int64_t stop_ms = 1'500;
  ServerLimits limits;
  ErrorBody error_body;  // absent: application/problem+json [RFC 9457]
  std::vector<std::string>
      stream_prefixes;  // paths that begin so go to stream_handler; body_bytes_max is not theirs
  StreamHandler stream_handler;
  const Clock* clock =
      nullptr;  // of Date and of all timeouts but stop_ms; null: the machine's; outlives the server
};

// Counters since start, for the operator's metrics.
struct ServerCounters {
  uint64_t connections_open = 0;
  uint64_t connections_total = 0;
  uint64_t connections_refused = 0;  // past connections_max
  uint64_t requests_total = 0;
  uint64_t bytes_received = 0;
  uint64_t bytes_sent = 0;
  uint64_t timeouts = 0;
};

class Server {
 public:
  // Errors: kInvalid (address, certificate), kConflict (the address is in use), kInternal.
  static Result<std::unique_ptr<Server>> start(const ServerOptions& options, Handler handler);
  ~Server();  // stops
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::string address() const;  // "127.0.0.1:PORT" or the socket's path
  std::string url() const;      // "http://127.0.0.1:PORT"
  ServerCounters counters() const;
  void stop();

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace entente::http
