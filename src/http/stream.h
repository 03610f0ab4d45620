// Bytes over one connected, non-blocking socket: plain or TLS; and listening sockets. OpenSSL's TLS
// is known to stream.cc alone. A Stream belongs to one thread at a time and borrows its descriptor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace entente::http {

// What a call did: moved bytes (kDone, at least one), must wait for the socket first, or has ended
// (closed by the peer, or broken).
struct Moved {
  enum class Kind : uint8_t { kDone, kWaitReadable, kWaitWritable, kEnd };
  Kind kind = Kind::kEnd;
  size_t bytes = 0;
};

class Stream {
 public:
  virtual ~Stream() = default;
  // kDone when the connection is ready for reading and writing; plain ones are at once.
  virtual Moved handshake() = 0;
  virtual Moved read(char* into, size_t size) = 0;
  // Sends a prefix of the pieces, which after a wait must be given again (more may follow). None
  // may be empty; at most kPiecesMax are looked at.
  virtual Moved write(std::span<const std::string_view> pieces) = 0;
  // Whether read() has bytes that the socket will not announce.
  virtual bool buffered() const = 0;
  // Tells the peer that nothing more is sent.
  virtual void end_writing() = 0;

  static constexpr size_t kPiecesMax = 1024;
};

std::unique_ptr<Stream> plain_stream(int fd);

// Certificate and key of a server. Thread-safe once loaded.
class TlsServer {
 public:
  // PEM files. Errors: kInvalid, saying which file is at fault.
  static Result<std::unique_ptr<TlsServer>> load(const std::string& certificate_file,
                                                 const std::string& private_key_file);
  ~TlsServer();
  std::unique_ptr<Stream> stream(int fd) const;

 private:
  struct Impl;
  explicit TlsServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// A socket that listens, non-blocking.
struct Listening {
  int fd = -1;
  std::string address;  // with the port that the system chose, or the path
  bool is_unix = false;
};

// "127.0.0.1:0", "[::1]:8420", "unix:PATH". A Unix socket gets mode 0600 before it takes its first
// connection; a file left there by a process that is gone is removed. Errors: kInvalid address,
// kConflict if in use, kInternal.
Result<Listening> listen_on(const std::string& address);

// Connects to such an address; the socket is non-blocking. Errors: kInvalid, kUnavailable.
Result<int> connect_to(const std::string& address, int64_t timeout_ms);

// "192.0.2.7:50000", or "unix:uid=1000" by the credentials of the peer's process.
std::string peer_of(int fd, bool is_unix);

}  // namespace entente::http
