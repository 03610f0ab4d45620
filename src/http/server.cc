// One listening socket, and as many lanes (a loop and its connections) as there are threads. The
// first lane accepts and deals connections out in turn: with SO_REUSEPORT the kernel deals by hash,
// and eight clients on two threads often end up five to three. A connection never changes its lane,
// so nothing of it is locked.
//
// The end: stop() lets every lane drain, waits until the last connection is gone or stop_ms have
// passed, then closes what is left and finishes the loops. Answers that come later find a closed
// connection, or a loop that drops them.
#include "http/server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "http/connection.h"
#include "http/stream.h"
#include "http/streaming.h"

namespace entente::http {
namespace {

constexpr int64_t kTickMs = 50;
constexpr int kAcceptsPerWake = 64;

void adopt(const std::shared_ptr<Shared>& shared, const std::shared_ptr<Lane>& lane, int fd) {
  auto connection = std::make_shared<Connection>(shared, lane, fd);
  connection->lane_index = lane->connections.size();
  lane->connections.push_back(connection);
  if (lane->draining) return connection->close();
  connection->start();
}

// Backwards, since a connection that closes itself swaps the last into its place.
template <class Visit>
void for_each_connection(Lane& lane, Visit visit) {
  for (size_t i = lane.connections.size(); i-- > 0;) {
    if (i < lane.connections.size()) visit(*std::shared_ptr<Connection>(lane.connections[i]));
  }
}

// The listening socket, in the first lane's loop.
class Acceptor final : public Wakeable, public std::enable_shared_from_this<Acceptor> {
 public:
  Acceptor(std::shared_ptr<Shared> shared, std::vector<std::shared_ptr<Lane>> lanes, int fd)
      : shared_(std::move(shared)), lanes_(std::move(lanes)), watch_(lanes_.front()->loop, fd) {}

  void arm() { watch_.wait(Wait::kReadable, shared_from_this()); }
  void close() {
    closed_ = true;
    watch_.close();
  }

  void on_tick() {
    if (std::exchange(resting_, false) && !closed_) arm();
  }

  void on_ready(Wait) override {
    if (closed_) return;
    for (int i = 0; i < kAcceptsPerWake; ++i) {
      const int fd = ::accept4(watch_.fd(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (fd >= 0) {
        take(fd);
        continue;
      }
      if (errno == EINTR || errno == ECONNABORTED) continue;
      if (errno == EAGAIN || errno == EWOULDBLOCK) break;
      resting_ = true;  // out of descriptors or memory: again at the next tick, not at once
      return;
    }
    arm();
  }

 private:
  void take(int fd) {
    shared_->connections_total.fetch_add(1, std::memory_order_relaxed);
    if (shared_->connections_open.fetch_add(1) >= shared_->options.limits.connections_max) {
      shared_->connections_open.fetch_sub(1);
      shared_->connections_refused.fetch_add(1, std::memory_order_relaxed);
      return refuse(fd);
    }
    const int on = 1;
    if (!shared_->is_unix) ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const std::shared_ptr<Lane>& lane = lanes_[next_++ % lanes_.size()];
    if (lane == lanes_.front()) return adopt(shared_, lane, fd);
    lane->loop.post([shared = shared_, lane, fd] { adopt(shared, lane, fd); });
  }

  // 503 as far as it gets without waiting; nothing inside of TLS, where it would cost a handshake.
  void refuse(int fd) {
    if (shared_->tls == nullptr) {
      Answer answer = render(shared_->refusal_of(503, nullptr), Terms{},
                             shared_->options.limits.compress_bytes_min);
      close_head(&answer.head, http_date(shared_->clock->now_ms() / 1000), Ending::kClose);
      answer.head.append(answer.body.flatten());
      std::array<char, 4096> unread;
      while (::recv(fd, unread.data(), unread.size(), 0) == static_cast<ssize_t>(unread.size())) {
      }
      (void)!::send(fd, answer.head.data(), answer.head.size(), MSG_NOSIGNAL);
      ::shutdown(fd, SHUT_WR);
    }
    ::close(fd);
  }

  const std::shared_ptr<Shared> shared_;
  const std::vector<std::shared_ptr<Lane>> lanes_;
  Watch watch_;
  size_t next_ = 0;
  bool resting_ = false, closed_ = false;
};

}  // namespace

struct Server::Impl {
  std::shared_ptr<Shared> shared = std::make_shared<Shared>();
  std::vector<std::shared_ptr<Lane>> lanes;
  std::shared_ptr<Acceptor> acceptor;
  std::string address;
  std::mutex stopping;
  bool stopped = false;

  void run();
  void stop();
};

void Server::Impl::run() {
  for (const auto& lane : lanes) {
    const bool accepts = lane == lanes.front();
    lane->loop.start(kTickMs, [this, lane = lane.get(), accepts] {
      const int64_t now = shared->now_ms();
      for_each_connection(*lane, [now](Connection& connection) { connection.on_tick(now); });
      if (accepts) acceptor->on_tick();
    });
  }
  lanes.front()->loop.post([this] { acceptor->arm(); });
}

void Server::Impl::stop() {
  const std::lock_guard lock(stopping);
  if (std::exchange(stopped, true)) return;
  if (shared->is_unix) ::unlink(address.c_str());
  lanes.front()->loop.post([this] { acceptor->close(); });
  for (const auto& lane : lanes) {
    lane->loop.post([lane] {
      lane->draining = true;
      for_each_connection(*lane, [](Connection& connection) { connection.drain(); });
    });
  }
  const auto until =
      std::chrono::steady_clock::now() + std::chrono::milliseconds(shared->options.stop_ms);
  while (shared->connections_open.load() != 0 && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  if (shared->streams) shared->streams->cut();
  for (const auto& lane : lanes) {
    lane->loop.post(
        [lane] { for_each_connection(*lane, [](Connection& connection) { connection.close(); }); });
  }
  for (const auto& lane : lanes) lane->loop.finish();
  if (shared->streams) shared->streams->finish();
}

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options, Handler handler) {
  auto impl = std::make_unique<Impl>();
  Shared& shared = *impl->shared;
  shared.options = options;
  shared.handler = std::move(handler);
  shared.clock = options.clock != nullptr ? options.clock : &shared.system_clock;
  if (options.certificate_file.empty() != options.private_key_file.empty()) {
    return fail(Code::kInvalid, "TLS needs both a certificate and a private key");
  }
  if (!options.certificate_file.empty()) {
    shared.tls = TRY(TlsServer::load(options.certificate_file, options.private_key_file));
  }
  const Listening listening = TRY(listen_on(options.listen));
  shared.is_unix = listening.is_unix;
  impl->address = listening.address;
  for (uint32_t i = 0; i < std::max(options.threads, 1U); ++i)
    impl->lanes.push_back(std::make_shared<Lane>());
  if (options.stream_handler) shared.streams = std::make_unique<StreamPool>(shared);
  impl->acceptor = std::make_shared<Acceptor>(impl->shared, impl->lanes, listening.fd);
  impl->run();
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() { stop(); }

void Server::stop() { impl_->stop(); }

std::string Server::address() const { return impl_->address; }

std::string Server::url() const {
  if (impl_->shared->is_unix) return "unix:" + impl_->address;
  return (impl_->shared->tls ? "https://" : "http://") + impl_->address;
}

ServerCounters Server::counters() const {
  const Shared& shared = *impl_->shared;
  ServerCounters out;
  out.connections_open = shared.connections_open.load();
  out.connections_total = shared.connections_total.load();
  out.connections_refused = shared.connections_refused.load();
  out.requests_total = shared.requests_total.load();
  out.bytes_received = shared.bytes_received.load();
  out.bytes_sent = shared.bytes_sent.load();
  out.timeouts = shared.timeouts.load();
  return out;
}

}  // namespace entente::http
