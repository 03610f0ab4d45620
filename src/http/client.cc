// Sending and receiving go on side by side: a server may answer while it reads, and two sides that
// only write would wait for each other forever once the socket's buffers are full. An answer that
// is whole before the request is ends the call.
#include "http/client.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <vector>

#include "base/text.h"
#include "http/parse.h"
#include "http/stream.h"
#include "http/streaming.h"

namespace entente::http {
namespace {

constexpr size_t kReadBytes = 256 * 1024;

struct Descriptor {
  int fd;
  ~Descriptor() { ::close(fd); }
};

// Puts an answer together out of bytes as they come.
class Incoming {
 public:
  Incoming(const Sink& sink, const std::function<void(const Response&)>& on_head, bool to_head)
      : sink_(sink), on_head_(on_head), to_head_(to_head) {}

  bool done() const { return done_; }
  Response take() { return std::move(head_.response); }

  Result<void> feed(std::string_view bytes) {
    received_.append(bytes);
    while (!done_ && !has_head_) {
      if (!TRY(take_head())) return {};
    }
    if (done_) return {};
    if (head_.framing == Framing::kChunked) return feed_chunks();
    std::string_view piece = received_;
    if (head_.framing == Framing::kSized) piece = piece.substr(0, left_);
    left_ -= head_.framing == Framing::kSized ? piece.size() : 0;
    if (!piece.empty()) TRY(sink_(piece));
    received_.clear();
    done_ = head_.framing == Framing::kSized && left_ == 0;
    return {};
  }

  Result<void> end() {
    if (has_head_ && head_.framing == Framing::kUntilEnd) done_ = true;
    if (done_) return {};
    return fail(Code::kUnavailable,
                "the server closed the connection before the end of its answer");
  }

 private:
  // False if more bytes are needed. Interim answers are passed over.
  Result<bool> take_head() {
    const HeaderScan::State state = scan_.scan(received_);
    if (state == HeaderScan::State::kBroken || received_.size() > 64 * limits::kHeaderBytesMax) {
      return fail(Code::kInvalid, "the answer is not HTTP");
    }
    if (state == HeaderScan::State::kMore) return false;
    head_ = parse_response_head(std::string_view(received_).substr(0, scan_.size()));
    received_.erase(0, scan_.size());
    scan_.reset();
    if (!head_.ok) return fail(Code::kInvalid, "the answer's header is malformed");
    if (head_.response.status < 200) return true;
    has_head_ = true;
    left_ = head_.content_length;
    done_ = to_head_ || head_.framing == Framing::kNone ||
            (head_.framing == Framing::kSized && left_ == 0);
    if (on_head_) on_head_(head_.response);
    return true;
  }

  Result<void> feed_chunks() {
    std::string piece;
    size_t consumed = 0;
    const ChunkDecoder::State state = chunks_.feed(received_, &piece, SIZE_MAX, &consumed);
    received_.erase(0, consumed);
    if (!piece.empty()) TRY(sink_(piece));
    if (state == ChunkDecoder::State::kBroken)
      return fail(Code::kInvalid, "the answer's chunks are broken");
    done_ = state == ChunkDecoder::State::kComplete;
    return {};
  }

  const Sink& sink_;
  const std::function<void(const Response&)>& on_head_;
  const bool to_head_;
  std::string received_;
  HeaderScan scan_;
  ResponseHead head_;
  ChunkDecoder chunks_;
  uint64_t left_ = 0;
  bool has_head_ = false, done_ = false;
};

// What is still to be sent: the header, then the body in one piece or in chunks.
class Outgoing {
 public:
  Outgoing(const Request& request, const Source& source) : source_(source) {
    bytes_ = request.method + " " + request.path +
             (request.query.empty() ? "" : "?" + request.query) + " HTTP/1.1\r\n";
    if (request.header("Host") == nullptr) bytes_ += "Host: localhost\r\n";
    for (const Header& one : request.headers) bytes_ += one.name + ": " + one.value + "\r\n";
    if (source_) {
      bytes_ += "Transfer-Encoding: chunked\r\n";
    } else if (!request.body.empty() || request.method == "POST" || request.method == "PUT") {
      bytes_ += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    }
    bytes_ += "Connection: close\r\n\r\n";
    if (!source_) bytes_ += request.body;
    last_ = !source_;
  }

  // The next bytes; empty when all is sent.
  Result<std::string_view> next() {
    if (sent_ == bytes_.size() && !last_) {
      const std::string_view piece = TRY(source_());
      last_ = piece.empty();
      sent_ = 0;
      bytes_ = chunk_head(piece.size());
      bytes_.append(piece).append("\r\n");
    }
    return std::string_view(bytes_).substr(sent_);
  }
  void sent(size_t bytes) { sent_ += bytes; }

 private:
  const Source& source_;
  std::string bytes_;
  size_t sent_ = 0;
  bool last_ = false;
};

Result<void> check_sendable(const Request& request) {
  const std::string whole = request.path + (request.query.empty() ? "" : "?" + request.query);
  const auto target = split_target(whole);
  bool good = target && target->path == request.path && is_sendable_header(request.method, "");
  for (const Header& one : request.headers) {
    good = good && is_sendable_header(one.name, one.value) &&
           !equal_ignoring_case(one.name, "Content-Length") &&
           !equal_ignoring_case(one.name, "Transfer-Encoding");
  }
  if (!good) return fail(Code::kInvalid, "the request cannot be written as HTTP");
  return {};
}

}  // namespace

Result<Response> stream(const std::string& address, const Request& request, const Source& source,
                        const Sink& sink, const ClientOptions& options,
                        const std::function<void(const Response&)>& on_head) {
  TRY(check_sendable(request));
  const Descriptor socket{TRY(connect_to(address, options.connect_ms_max))};
  const std::unique_ptr<Stream> wire = plain_stream(socket.fd);
  Outgoing outgoing(request, source);
  Incoming incoming(sink, on_head, request.method == "HEAD");
  std::vector<char> buffer(kReadBytes);
  bool sending = true;
  while (!incoming.done()) {
    std::string_view ready;
    if (sending) ready = TRY(outgoing.next());
    sending = sending && !ready.empty();
    pollfd wait{socket.fd, static_cast<short>(sending ? POLLIN | POLLOUT : POLLIN), 0};
    const int n = ::poll(&wait, 1, static_cast<int>(options.stall_ms_max));
    if (n < 0 && errno == EINTR) continue;
    if (n != 1) return fail(Code::kUnavailable, "the server at " + address + " does not answer");
    if ((wait.revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
      const Moved moved = wire->read(buffer.data(), buffer.size());
      if (moved.kind == Moved::Kind::kEnd) {
        TRY(incoming.end());
      } else if (moved.kind == Moved::Kind::kDone) {
        TRY(incoming.feed({buffer.data(), moved.bytes}));
      }
    }
    if (sending && !incoming.done() && (wait.revents & POLLOUT) != 0) {
      const Moved moved = wire->write(std::span(&ready, 1));
      if (moved.kind == Moved::Kind::kDone) outgoing.sent(moved.bytes);
      if (moved.kind == Moved::Kind::kEnd) sending = false;  // there may be an answer that says why
    }
  }
  return incoming.take();
}

Result<Response> call(const std::string& address, const Request& request,
                      const ClientOptions& options) {
  std::string body;
  const Sink sink = [&](std::string_view piece) -> Result<void> {
    if (piece.size() > options.body_bytes_max - body.size())
      return fail(Code::kTooLarge, "the answer is too large");
    body.append(piece);
    return {};
  };
  Response response = TRY(stream(address, request, {}, sink, options));
  response.body.text = std::move(body);
  return response;
}

}  // namespace entente::http
