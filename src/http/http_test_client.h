// A raw client for the tests of the wire: sends what it is told, byte for byte, and splits answers
// itself. Blocking, with a timeout, so that a server that says nothing fails a test instead of
// hanging it.
#pragma once

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

#include "base/text.h"
#include "http/stream.h"

namespace entente::http {

struct RawAnswer {
  int status = 0;                              // 0: none came
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
  std::string head;
};

class RawClient {
 public:
  explicit RawClient(const std::string& address) {
    auto fd = connect_to(address, 5'000);
    fd_ = fd ? *fd : -1;
  }
  ~RawClient() { close(); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool connected() const { return fd_ >= 0; }
  int fd() const { return fd_; }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  void end_writing() const { ::shutdown(fd_, SHUT_WR); }

  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n > 0) {
        bytes.remove_prefix(static_cast<size_t>(n));
        continue;
      }
      pollfd wait{fd_, POLLOUT, 0};
      if (errno != EAGAIN || ::poll(&wait, 1, kTimeoutMs) != 1) return false;
    }
    return true;
  }

  // Up to 64 KiB more into the buffer; false at the end, on a reset or after the timeout.
  bool fill(int timeout_ms = kTimeoutMs) {
    pollfd wait{fd_, POLLIN, 0};
    if (::poll(&wait, 1, timeout_ms) != 1) return false;
    std::string piece(64 * 1024, '\0');
    const ssize_t n = ::recv(fd_, piece.data(), piece.size(), 0);
    if (n <= 0) return false;
    buffer_.append(piece, 0, static_cast<size_t>(n));
    return true;
  }

  // The next answer with its body by Content-Length; `to_head` says that it has none.
  RawAnswer answer(bool to_head = false) {
    RawAnswer out;
    size_t end;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
      if (!fill()) return out;
    }
    out.head = buffer_.substr(0, end + 4);
    buffer_.erase(0, end + 4);
    size_t line = out.head.find("\r\n") + 2;
    while (line < out.head.size() - 2) {
      const size_t stop = out.head.find("\r\n", line);
      const size_t colon = out.head.find(':', line);
      out.headers[to_lower_ascii(out.head.substr(line, colon - line))] =
          std::string(trim(std::string_view(out.head).substr(colon + 1, stop - colon - 1)));
      line = stop + 2;
    }
    const int status = std::atoi(out.head.c_str() + 9);
    const auto length = out.headers.find("content-length");
    const size_t size = to_head || length == out.headers.end() ? 0 : std::stoul(length->second);
    while (buffer_.size() < size) {
      if (!fill()) return out;
    }
    out.body = buffer_.substr(0, size);
    buffer_.erase(0, size);
    out.status = status;
    return out;
  }

  RawAnswer ask(std::string_view bytes, bool to_head = false) {
    send(bytes);
    return answer(to_head);
  }

  // True if the server has closed and sent nothing beyond what was taken.
  bool at_end() {
    while (fill()) {
    }
    pollfd wait{fd_, POLLIN, 0};
    return buffer_.empty() && ::poll(&wait, 1, 0) == 1;
  }

 private:
  static constexpr int kTimeoutMs = 10'000;
  int fd_ = -1;
  std::string buffer_;
};

}  // namespace entente::http
