// Framing as RFC 9112 6.3 orders it: no body, chunks, a length, or until the end of the connection.
#include "tests/crash/wire.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>

#include "base/text.h"

namespace entente::testing {

std::string Answer::header(std::string_view name) const {
  for (const Header& one : headers) {
    if (equal_ignoring_case(one.name, name)) return one.value;
  }
  return "";
}

Wire::Wire(int port) {
  fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval patience{30, 0};
  const int on = 1;
  setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(fd_);
    fd_ = -1;
  }
}

Wire::~Wire() {
  if (fd_ >= 0) ::close(fd_);
}

bool Wire::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return true;
}

void Wire::finish_sending() { ::shutdown(fd_, SHUT_WR); }

bool Wire::read_more() {
  char bytes[65536];
  const ssize_t n = ::recv(fd_, bytes, sizeof bytes, 0);
  if (n <= 0) return false;
  buffer_.append(bytes, static_cast<size_t>(n));
  return true;
}

std::optional<std::string> Wire::read_chunks() {
  std::string body;
  for (;;) {
    size_t end;
    while ((end = buffer_.find("\r\n")) == std::string::npos) {
      if (!read_more()) return std::nullopt;
    }
    size_t size = 0;
    if (std::from_chars(buffer_.data(), buffer_.data() + end, size, 16).ec != std::errc())
      return std::nullopt;
    while (buffer_.size() < end + 2 + size + 2) {
      if (!read_more()) return std::nullopt;
    }
    body.append(buffer_, end + 2, size);
    buffer_.erase(0, end + 2 + size + 2);
    if (size == 0) return body;
  }
}

std::optional<Answer> Wire::receive(bool to_head) {
  size_t end;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!read_more()) return std::nullopt;
  }
  Answer answer;
  const std::string head = buffer_.substr(0, end);
  buffer_.erase(0, end + 4);
  bool is_first = true;
  for (std::string_view line : split(head, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (is_first) {
      if (!line.starts_with("HTTP/1.1 ") || line.size() < 12) return std::nullopt;
      answer.status = static_cast<int>(parse_decimal(line.substr(9, 3)).value_or(0));
      is_first = false;
      continue;
    }
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    answer.headers.push_back(
        {std::string(line.substr(0, colon)), std::string(trim(line.substr(colon + 1)))});
  }
  if (answer.status < 200) return receive(to_head);
  if (to_head || answer.status == 204 || answer.status == 304) return answer;
  if (equal_ignoring_case(answer.header("Transfer-Encoding"), "chunked")) {
    auto body = read_chunks();
    if (!body) return std::nullopt;
    answer.body = std::move(*body);
    return answer;
  }
  const auto length = parse_decimal(answer.header("Content-Length"));
  if (!length) {
    while (read_more()) continue;
    answer.body = std::move(buffer_);
    return answer;
  }
  while (buffer_.size() < *length) {
    if (!read_more()) return std::nullopt;
  }
  answer.body = buffer_.substr(0, *length);
  buffer_.erase(0, *length);
  return answer;
}

std::string request_text(const std::string& method, const std::string& target,
                         const std::vector<Header>& headers, std::string_view body) {
  std::string text = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n";
  for (const Header& one : headers) text += one.name + ": " + one.value + "\r\n";
  if (!body.empty() || method == "POST")
    text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  text += "\r\n";
  text += body;
  return text;
}

std::optional<Answer> Wire::ask(const std::string& method, const std::string& target,
                                const std::vector<Header>& headers, std::string_view body) {
  if (!connected() || !send(request_text(method, target, headers, body))) return std::nullopt;
  return receive(method == "HEAD");
}

std::vector<Header> taxii_headers(const std::string& key) {
  return {{"Authorization", "Bearer " + key},
          {"Accept", "application/taxii+json;version=2.1"},
          {"Content-Type", "application/taxii+json;version=2.1"}};
}

}  // namespace entente::testing
