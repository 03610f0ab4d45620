// Plain streams hand up to 1,024 pieces to one sendmsg: slices of the journal go to the kernel
// without a copy of ours. TLS needs its input in one piece, so slices are gathered into a buffer of
// four records; OpenSSL works on the socket itself.
#include "http/stream.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include "base/text.h"

namespace entente::http {
namespace {

constexpr size_t kTlsGatherBytes = 64 * 1024;
constexpr int kListenBacklog = 1024;

class PlainStream final : public Stream {
 public:
  explicit PlainStream(int fd) : fd_(fd) {}

  Moved handshake() override { return {Moved::Kind::kDone, 0}; }
  bool buffered() const override { return false; }
  void end_writing() override { ::shutdown(fd_, SHUT_WR); }

  Moved read(char* into, size_t size) override {
    ssize_t n;
    do {
      n = ::recv(fd_, into, size, 0);
    } while (n < 0 && errno == EINTR);
    if (n > 0) return {Moved::Kind::kDone, static_cast<size_t>(n)};
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return {Moved::Kind::kWaitReadable, 0};
    return {Moved::Kind::kEnd, 0};
  }

  Moved write(std::span<const std::string_view> pieces) override {
    std::array<iovec, kPiecesMax> vectors;
    const size_t count = std::min(pieces.size(), kPiecesMax);
    for (size_t i = 0; i < count; ++i)
      vectors[i] = {const_cast<char*>(pieces[i].data()), pieces[i].size()};
    msghdr message{};
    message.msg_iov = vectors.data();
    message.msg_iovlen = count;
    ssize_t n;
    do {
      n = ::sendmsg(fd_, &message, MSG_NOSIGNAL);
    } while (n < 0 && errno == EINTR);
    if (n >= 0) return {Moved::Kind::kDone, static_cast<size_t>(n)};
    if (errno == EAGAIN || errno == EWOULDBLOCK) return {Moved::Kind::kWaitWritable, 0};
    return {Moved::Kind::kEnd, 0};
  }

 private:
  int fd_;
};

// Tells a client that speaks plain HTTP what is wrong, as far as that gets without waiting. What it has sent is read away
// first: closing over unread bytes would take the answer back.
void refuse_plain_http(int fd) {
  constexpr std::string_view kAnswer =
      "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\n"
      "Content-Length: 49\r\nConnection: close\r\n\r\n"
      "this address speaks TLS: ask again with https://\n";
  constexpr int kReadsMax = 16;
  std::array<char, 4096> unread;
  for (int i = 0; i < kReadsMax; ++i) {
    if (::recv(fd, unread.data(), unread.size(), MSG_DONTWAIT) <= 0) break;
  }
  (void)!::send(fd, kAnswer.data(), kAnswer.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  ::shutdown(fd, SHUT_WR);
}

class TlsStream final : public Stream {
 public:
  explicit TlsStream(SSL* ssl) : ssl_(ssl) {}
  ~TlsStream() override { SSL_free(ssl_); }

  Moved handshake() override {
    ERR_clear_error();
    const int status = SSL_accept(ssl_);
    if (status == 1) return {Moved::Kind::kDone, 0};
    const bool is_plain_http = ERR_GET_REASON(ERR_peek_error()) == SSL_R_HTTP_REQUEST;
    const Moved moved = outcome(status);
    if (is_plain_http && moved.kind == Moved::Kind::kEnd) refuse_plain_http(SSL_get_fd(ssl_));
    return moved;
  }
  // Not SSL_has_pending: that counts a record that has come in part, for which only the socket can
  // bring the rest.
  bool buffered() const override { return SSL_pending(ssl_) > 0; }

  Moved read(char* into, size_t size) override {
    ERR_clear_error();
    size_t n = 0;
    const int status = SSL_read_ex(ssl_, into, size, &n);
    return status == 1 ? Moved{Moved::Kind::kDone, n} : outcome(status);
  }

  Moved write(std::span<const std::string_view> pieces) override {
    std::string_view whole = pieces.empty() ? std::string_view() : pieces.front();
    static thread_local std::vector<char> gathered(kTlsGatherBytes);
    if (whole.size() < kTlsGatherBytes && pieces.size() > 1) {
      size_t used = 0;
      for (const std::string_view piece : pieces) {
        const size_t n = std::min(piece.size(), gathered.size() - used);
        std::memcpy(gathered.data() + used, piece.data(), n);
        used += n;
        if (used == gathered.size()) break;
      }
      whole = {gathered.data(), used};
    }
    ERR_clear_error();
    size_t n = 0;
    const int status = SSL_write_ex(ssl_, whole.data(), whole.size(), &n);
    return status == 1 ? Moved{Moved::Kind::kDone, n} : outcome(status);
  }

  void end_writing() override {
    ERR_clear_error();
    if (!broken_) SSL_shutdown(ssl_);
    ::shutdown(SSL_get_fd(ssl_), SHUT_WR);
  }

 private:
  Moved outcome(int status) {
    const int error = SSL_get_error(ssl_, status);
    if (error == SSL_ERROR_WANT_READ) return {Moved::Kind::kWaitReadable, 0};
    if (error == SSL_ERROR_WANT_WRITE) return {Moved::Kind::kWaitWritable, 0};
    broken_ = error == SSL_ERROR_SSL || error == SSL_ERROR_SYSCALL;  // no shutdown alert may follow
    ERR_clear_error();
    return {Moved::Kind::kEnd, 0};
  }

  SSL* ssl_;
  bool broken_ = false;
};

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

Result<SocketAddress> resolve(const std::string& address) {
  SocketAddress out;
  if (address.starts_with("unix:")) {
    const std::string path = address.substr(5);
    auto* name = reinterpret_cast<sockaddr_un*>(&out.storage);
    if (path.empty() || path.size() >= sizeof(name->sun_path)) {
      return fail(Code::kInvalid, "a socket's path has 1 to 107 bytes: " + path);
    }
    name->sun_family = AF_UNIX;
    std::memcpy(name->sun_path, path.c_str(), path.size() + 1);
    out.size = sizeof(sockaddr_un);
    return out;
  }
  const size_t colon = address.rfind(':');
  if (colon == std::string::npos)
    return fail(Code::kInvalid, "expected HOST:PORT or unix:PATH: " + address);
  const auto port = parse_decimal(std::string_view(address).substr(colon + 1));
  std::string host = address.substr(0, colon);
  if (host == "localhost") host = "127.0.0.1";
  if (!port || *port > 65535) return fail(Code::kInvalid, "not a port: " + address);
  const auto port_number = static_cast<in_port_t>(*port);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    auto* six = reinterpret_cast<sockaddr_in6*>(&out.storage);
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(port_number);
    out.size = sizeof(sockaddr_in6);
    if (inet_pton(AF_INET6, host.substr(1, host.size() - 2).c_str(), &six->sin6_addr) == 1)
      return out;
  } else {
    auto* four = reinterpret_cast<sockaddr_in*>(&out.storage);
    four->sin_family = AF_INET;
    four->sin_port = htons(port_number);
    out.size = sizeof(sockaddr_in);
    if (inet_pton(AF_INET, host.c_str(), &four->sin_addr) == 1) return out;
  }
  return fail(Code::kInvalid, "not an IP address: " + host);
}

std::string text_of(const sockaddr_storage& storage) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (storage.ss_family == AF_INET6) {
    const auto* six = reinterpret_cast<const sockaddr_in6*>(&storage);
    inet_ntop(AF_INET6, &six->sin6_addr, text.data(), text.size());
    return "[" + std::string(text.data()) + "]:" + std::to_string(ntohs(six->sin6_port));
  }
  const auto* four = reinterpret_cast<const sockaddr_in*>(&storage);
  inet_ntop(AF_INET, &four->sin_addr, text.data(), text.size());
  return std::string(text.data()) + ":" + std::to_string(ntohs(four->sin_port));
}

std::string why() { return std::strerror(errno); }

struct Descriptor {
  int fd;
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
  int take() { return std::exchange(fd, -1); }
};

// Removes a socket file whose process is gone. [kConflict if it answers]
Result<void> clear_stale(const std::string& path, const SocketAddress& where) {
  struct stat status{};
  if (::lstat(path.c_str(), &status) != 0) return {};
  if (!S_ISSOCK(status.st_mode)) return fail(Code::kConflict, path + " exists and is not a socket");
  const Descriptor probe{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
  if (probe.fd < 0) return fail(Code::kInternal, "socket: " + why());
  if (::connect(probe.fd, where.get(), where.size) == 0 || errno != ECONNREFUSED) {
    return fail(Code::kConflict, path + " is in use by another process");
  }
  if (::unlink(path.c_str()) != 0)
    return fail(Code::kInternal, "cannot remove " + path + ": " + why());
  return {};
}

}  // namespace

std::unique_ptr<Stream> plain_stream(int fd) { return std::make_unique<PlainStream>(fd); }

struct TlsServer::Impl {
  SSL_CTX* context = nullptr;
  ~Impl() { SSL_CTX_free(context); }
};

TlsServer::TlsServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TlsServer::~TlsServer() = default;

Result<std::unique_ptr<TlsServer>> TlsServer::load(const std::string& certificate_file,
                                                   const std::string& private_key_file) {
  auto impl = std::make_unique<Impl>();
  impl->context = SSL_CTX_new(TLS_server_method());
  SSL_CTX* context = impl->context;
  if (context == nullptr) return fail(Code::kInternal, "OpenSSL cannot start");
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(
      context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  ERR_clear_error();
  if (SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") != 1) {
    return fail(Code::kInternal, "OpenSSL lacks the ciphers of TLS 1.2");
  }
  if (SSL_CTX_use_certificate_chain_file(context, certificate_file.c_str()) != 1) {
    return fail(Code::kInvalid, "cannot use the certificate in " + certificate_file);
  }
  if (SSL_CTX_use_PrivateKey_file(context, private_key_file.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context) != 1) {
    return fail(Code::kInvalid,
                "cannot use the private key in " + private_key_file + " with that certificate");
  }
  return std::unique_ptr<TlsServer>(new TlsServer(std::move(impl)));
}

std::unique_ptr<Stream> TlsServer::stream(int fd) const {
  SSL* ssl = SSL_new(impl_->context);
  if (ssl == nullptr) return nullptr;
  SSL_set_fd(ssl, fd);
  SSL_set_accept_state(ssl);
  return std::make_unique<TlsStream>(ssl);
}

Result<Listening> listen_on(const std::string& address) {
  const SocketAddress where = TRY(resolve(address));
  Listening out;
  out.is_unix = address.starts_with("unix:");
  const std::string path = out.is_unix ? address.substr(5) : "";
  if (out.is_unix) TRY(clear_stale(path, where));
  Descriptor socket{
      ::socket(where.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
  if (socket.fd < 0) return fail(Code::kInternal, "socket: " + why());
  const int on = 1;
  if (!out.is_unix) ::setsockopt(socket.fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (::bind(socket.fd, where.get(), where.size) != 0) {
    const Code code = errno == EADDRINUSE ? Code::kConflict : Code::kInternal;
    return fail(code, "cannot listen on " + address + ": " + why());
  }
  // Nobody can connect between bind and listen, so the mode is there before the first who could.
  if (out.is_unix && ::chmod(path.c_str(), 0600) != 0)
    return fail(Code::kInternal, "chmod " + path + ": " + why());
  if (::listen(socket.fd, kListenBacklog) != 0) return fail(Code::kInternal, "listen: " + why());
  SocketAddress bound;
  bound.size = sizeof bound.storage;
  if (::getsockname(socket.fd, reinterpret_cast<sockaddr*>(&bound.storage), &bound.size) != 0) {
    return fail(Code::kInternal, "getsockname: " + why());
  }
  out.address = out.is_unix ? path : text_of(bound.storage);
  out.fd = socket.take();
  return out;
}

Result<int> connect_to(const std::string& address, int64_t timeout_ms) {
  const SocketAddress where = TRY(resolve(address));
  Descriptor socket{
      ::socket(where.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
  if (socket.fd < 0) return fail(Code::kInternal, "socket: " + why());
  if (::connect(socket.fd, where.get(), where.size) != 0) {
    if (errno != EINPROGRESS)
      return fail(Code::kUnavailable, "cannot connect to " + address + ": " + why());
    pollfd wait{socket.fd, POLLOUT, 0};
    if (::poll(&wait, 1, static_cast<int>(timeout_ms)) != 1) {
      return fail(Code::kUnavailable, "no answer from " + address);
    }
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(socket.fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0)
      return fail(Code::kUnavailable, "cannot connect to " + address + ": " + std::strerror(error));
  }
  const int on = 1;
  if (where.storage.ss_family != AF_UNIX)
    ::setsockopt(socket.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return socket.take();
}

std::string peer_of(int fd, bool is_unix) {
  if (is_unix) {
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) return "unix";
    return "unix:uid=" + std::to_string(credentials.uid);
  }
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  if (::getpeername(fd, reinterpret_cast<sockaddr*>(&storage), &size) != 0) return "unknown";
  return text_of(storage);
}

}  // namespace entente::http
