// Level-triggered epoll. A connection waits for room to write only while a request is partly sent.
#include "wire.h"

#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>

#include "arguments.h"
#include "base/text.h"

namespace entente::bench {
namespace {

constexpr size_t kSinkBytes = size_t{4} << 20;

int connect_to(const std::string& address) {
  const size_t colon = address.rfind(':');
  if (colon == std::string::npos) die("not HOST:PORT: " + address);
  addrinfo hints{}, *found = nullptr;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  if (::getaddrinfo(address.substr(0, colon).c_str(), address.substr(colon + 1).c_str(), &hints,
                    &found) != 0) {
    die("not an address: " + address);
  }
  const int fd = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || ::connect(fd, found->ai_addr, found->ai_addrlen) != 0) {
    die("cannot connect to " + address + ": " + std::strerror(errno));
  }
  ::freeaddrinfo(found);
  const int one = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return fd;
}

uint64_t content_length(std::string_view head) {
  for (const std::string_view line : split(head, '\n')) {
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos ||
        !equal_ignoring_case(line.substr(0, colon), "content-length"))
      continue;
    const auto value = parse_decimal(trim(line.substr(colon + 1)));
    if (value) return *value;
  }
  die("an answer without Content-Length:\n" + std::string(head));
}

}  // namespace

struct Wire::Connection {
  int fd = -1;
  bool is_busy = false;
  bool waits_to_write = false;
  Message message;
  size_t sent = 0;
  int64_t started_ns = 0;
  std::string kept;       // what was copied: head and beginning of the body
  size_t head_bytes = 0;  // 0: the head is not whole yet
  uint64_t body_bytes = 0;
  uint64_t left = 0;  // of the body, not received
  int status = 0;
};

int64_t monotonic_ns() {
  timespec now;
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

Wire::Wire(const std::string& address, size_t connections)
    : epoll_(::epoll_create1(EPOLL_CLOEXEC)), connections_(connections) {
  sink_.resize(kSinkBytes);
  for (size_t i = 0; i < connections; ++i) {
    connections_[i].fd = connect_to(address);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = i;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connections_[i].fd, &event);
  }
}

Wire::~Wire() {
  for (const Connection& connection : connections_) ::close(connection.fd);
  ::close(epoll_);
}

void Wire::watch(size_t index, bool for_writing) {
  Connection& connection = connections_[index];
  if (connection.waits_to_write == for_writing) return;
  connection.waits_to_write = for_writing;
  epoll_event event{};
  event.events = for_writing ? EPOLLIN | EPOLLOUT : EPOLLIN;
  event.data.u64 = index;
  ::epoll_ctl(epoll_, EPOLL_CTL_MOD, connection.fd, &event);
}

void Wire::ask(size_t index, const Next& next) {
  Connection& connection = connections_[index];
  Message message;
  const bool was_busy = connection.is_busy;
  connection.is_busy = next(index, &message);
  if (connection.is_busy != was_busy) busy_ += connection.is_busy ? 1 : -size_t{1};
  if (!connection.is_busy) return;
  connection.message = message;
  connection.sent = 0;
  connection.kept.clear();
  connection.head_bytes = 0;
  connection.started_ns = monotonic_ns();
  send(connection);
}

void Wire::send(Connection& connection) {
  const size_t whole = connection.message.head.size() + connection.message.body.size();
  while (connection.sent < whole) {
    iovec parts[2];
    size_t count = 0, skip = connection.sent;
    for (const std::string_view part : {connection.message.head, connection.message.body}) {
      const size_t skipped = std::min(skip, part.size());
      skip -= skipped;
      if (skipped == part.size()) continue;
      parts[count++] = {const_cast<char*>(part.data()) + skipped, part.size() - skipped};
    }
    msghdr header{};
    header.msg_iov = parts;
    header.msg_iovlen = count;
    const ssize_t n = ::sendmsg(connection.fd, &header, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (n < 0 && errno == EAGAIN) break;
    if (n < 0 && errno != EINTR) die(std::string("send: ") + std::strerror(errno));
    if (n > 0) connection.sent += static_cast<size_t>(n);
  }
  watch(static_cast<size_t>(&connection - connections_.data()), connection.sent < whole);
}

// Takes the head apart once it is whole.
bool Wire::read_head(Connection& connection) {
  const size_t end = connection.kept.find("\r\n\r\n");
  if (end == std::string::npos) {
    if (connection.kept.size() >= kKeptBytes) die("an answer's head is too long");
    return false;
  }
  const std::string_view head = std::string_view(connection.kept).substr(0, end + 2);
  const auto status = head.size() > 12 ? parse_decimal(head.substr(9, 3)) : std::nullopt;
  if (!status) die("not HTTP:\n" + std::string(head));
  connection.head_bytes = end + 4;
  connection.status = static_cast<int>(*status);
  connection.body_bytes = content_length(head);
  const uint64_t have = connection.kept.size() - connection.head_bytes;
  if (have > connection.body_bytes) die("more than one answer came");
  connection.left = connection.body_bytes - have;
  return true;
}

bool Wire::receive(Connection& connection) {
  for (;;) {
    const size_t had = connection.kept.size();
    const size_t room = kKeptBytes - had;
    const bool drops = connection.head_bytes > 0 && (room == 0 || connection.left > room);
    ssize_t n;
    if (drops) {
      n = ::recv(connection.fd, sink_.data(), std::min<uint64_t>(connection.left, kSinkBytes),
                 MSG_DONTWAIT | MSG_TRUNC);
    } else {
      connection.kept.resize(kKeptBytes);
      n = ::recv(connection.fd, connection.kept.data() + had, room, MSG_DONTWAIT);
      connection.kept.resize(had + (n > 0 ? static_cast<size_t>(n) : 0));
    }
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && errno == EAGAIN) return false;
    if (n < 0) die(std::string("recv: ") + std::strerror(errno));
    if (n == 0) die("the server closed the connection");
    if (!connection.is_busy) die("an answer that nobody asked for");
    if (connection.head_bytes > 0) {
      connection.left -= static_cast<uint64_t>(n);
    } else if (!read_head(connection)) {
      continue;
    }
    if (connection.left == 0) return true;
  }
}

int64_t Wire::run(const Next& next, const Done& done) {
  const int64_t started_ns = monotonic_ns();
  for (size_t i = 0; i < connections_.size(); ++i) ask(i, next);
  std::vector<epoll_event> events(connections_.size());
  while (busy_ > 0) {
    const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
    if (count < 0 && errno != EINTR) die(std::string("epoll_wait: ") + std::strerror(errno));
    for (int i = 0; i < count; ++i) {
      const epoll_event& event = events[static_cast<size_t>(i)];
      Connection& connection = connections_[event.data.u64];
      if ((event.events & EPOLLOUT) != 0 && connection.is_busy) send(connection);
      if ((event.events & ~static_cast<uint32_t>(EPOLLOUT)) == 0 || !receive(connection)) continue;
      const std::string_view kept = connection.kept;
      done(event.data.u64, {connection.status, kept.substr(0, connection.head_bytes),
                            kept.substr(connection.head_bytes), connection.body_bytes,
                            monotonic_ns() - connection.started_ns});
      ask(event.data.u64, next);
    }
  }
  return monotonic_ns() - started_ns;
}

}  // namespace entente::bench
