// Threads are made when they are first needed, up to streams_max: a node without streams has none.
// A socket in work is cut by shutting it down: the thread that waits on it wakes, sees its end, and
// unwinds through the handler.
#include "http/streaming.h"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <utility>

#include "http/connection.h"

namespace entente::http {
namespace {

constexpr size_t kReadBytes = 256 * 1024;

// A client that asks whether to send its body is told so once, before an answer other than a refusal begins: what comes after that
// belongs to the answer. [RFC 9110 10.1.1]
Result<void> say_continue(StreamJob& job, int64_t timeout_ms) {
  if (!std::exchange(job.head.expects_continue, false)) return {};
  return write_waiting(job.fd, *job.stream, {"HTTP/1.1 100 Continue\r\n\r\n"}, timeout_ms);
}

class Reader final : public BodyReader {
 public:
  Reader(StreamJob& job, int64_t timeout_ms)
      : job_(job), timeout_ms_(timeout_ms), received_(std::move(job.received)) {
    left_ = job.head.framing == Framing::kSized ? job.head.content_length : 0;
    complete_ = job.head.framing == Framing::kNone;
    if (!received_.empty()) job.head.expects_continue = false;
  }

  Result<std::string_view> next() override {
    if (complete_) return std::string_view();
    if (broken_) return fail(Code::kUnavailable, "the body has failed before");
    broken_ = true;  // unless this call gets to its end
    TRY(say_continue(job_, timeout_ms_));
    const std::string_view piece =
        TRY(job_.head.framing == Framing::kSized ? next_sized() : next_chunk());
    broken_ = false;
    return piece;
  }

  bool complete() const { return complete_; }

 private:
  Result<std::string_view> next_sized() {
    piece_.clear();
    if (received_.empty()) TRY(fill());
    piece_.swap(received_);
    if (piece_.size() > left_)
      piece_.resize(left_);  // what follows would be another request: not taken here
    left_ -= piece_.size();
    complete_ = left_ == 0;
    return std::string_view(piece_);
  }

  Result<std::string_view> next_chunk() {
    piece_.clear();
    while (true) {
      size_t consumed = 0;
      const ChunkDecoder::State state = chunks_.feed(received_, &piece_, SIZE_MAX, &consumed);
      received_.erase(0, consumed);
      if (state == ChunkDecoder::State::kComplete) {
        complete_ = true;
        return std::string_view(piece_);
      }
      if (state != ChunkDecoder::State::kMore)
        return fail(Code::kInvalid, "the chunks of the body are broken");
      if (!piece_.empty()) return std::string_view(piece_);
      if (received_.size() > limits::kHeaderBytesMax)
        return fail(Code::kInvalid, "a chunk's line is too long");
      TRY(fill());
    }
  }

  Result<void> fill() {
    const size_t before = received_.size();
    received_.resize(before + kReadBytes);
    const size_t n =
        TRY(read_waiting(job_.fd, *job_.stream, std::span(received_).subspan(before), timeout_ms_));
    received_.resize(before + n);
    if (n == 0) return fail(Code::kUnavailable, "the client has gone before the end of the body");
    return {};
  }

  StreamJob& job_;
  const int64_t timeout_ms_;
  ChunkDecoder chunks_;
  std::string received_, piece_;
  uint64_t left_ = 0;
  bool complete_ = false, broken_ = false;
};

class Writer final : public ResponseWriter {
 public:
  Writer(StreamJob& job, const Shared& shared, std::string echoed_id)
      : job_(job), shared_(shared), timeout_ms_(shared.options.limits.write_stall_ms_max) {
    terms_.head = job.head.request.method == "HEAD";
    terms_.echoed_id = std::move(echoed_id);
  }

  bool started() const { return started_; }

  Result<void> start(int status, std::vector<Header> headers) override {
    CHECK(!started_);
    if (status < 300) TRY(say_continue(job_, timeout_ms_));
    started_ = true;
    Answer answer = render(Response{status, std::move(headers), {}}, terms_, SIZE_MAX);
    constexpr std::string_view kEmpty = "Content-Length: 0\r\n";
    if (answer.head.ends_with(kEmpty)) {
      answer.head.resize(answer.head.size() - kEmpty.size());
      if (!job_.head.http_1_0) answer.head.append("Transfer-Encoding: chunked\r\n");
      has_body_ = !terms_.head;
    }
    close_head(&answer.head, date(), Ending::kClose);
    return send({answer.head});
  }

  Result<void> write(std::string_view piece) override {
    CHECK(started_);
    if (piece.empty() || !has_body_) return {};
    if (job_.head.http_1_0) return send({piece});
    return send({chunk_head(piece.size()), piece, "\r\n"});
  }

  Result<void> finish() {
    return has_body_ && !job_.head.http_1_0 ? send({"0\r\n\r\n"}) : Result<void>();
  }

  // An answer of known size, in place of a stream.
  Result<void> answer_whole(Response response) {
    started_ = true;
    Answer answer = render(std::move(response), terms_, SIZE_MAX);
    close_head(&answer.head, date(), Ending::kClose);
    return send({answer.head, answer.body.flatten()});
  }

 private:
  std::string date() const { return http_date(shared_.clock->now_ms() / 1000); }
  Result<void> send(const std::vector<std::string>& owned) = delete;
  Result<void> send(std::initializer_list<std::string_view> pieces) {
    return write_waiting(job_.fd, *job_.stream, pieces, timeout_ms_);
  }

  StreamJob& job_;
  const Shared& shared_;
  const int64_t timeout_ms_;
  Terms terms_;
  bool started_ = false, has_body_ = false;
};

// Reads on for a moment, so that the kernel does not drop the answer because of what was not read.
void linger(StreamJob& job, int64_t most_ms) {
  job.stream->end_writing();
  std::vector<char> dropped(kReadBytes);
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(most_ms);
  while (std::chrono::steady_clock::now() < until) {
    const auto n = read_waiting(job.fd, *job.stream, dropped, most_ms);
    if (!n || *n == 0) return;
  }
}

}  // namespace

Result<void> wait_for(int fd, Moved::Kind kind, int64_t timeout_ms) {
  pollfd one{fd, static_cast<short>(kind == Moved::Kind::kWaitReadable ? POLLIN : POLLOUT), 0};
  int n;
  do {
    n = ::poll(&one, 1, static_cast<int>(timeout_ms));
  } while (n < 0 && errno == EINTR);
  if (n == 1) return {};
  return fail(Code::kUnavailable, "no progress for " + std::to_string(timeout_ms) + " ms");
}

Result<size_t> read_waiting(int fd, Stream& stream, std::span<char> into, int64_t timeout_ms) {
  while (true) {
    const Moved moved = stream.read(into.data(), into.size());
    if (moved.kind == Moved::Kind::kDone) return moved.bytes;
    if (moved.kind == Moved::Kind::kEnd) return size_t{0};
    TRY(wait_for(fd, moved.kind, timeout_ms));
  }
}

Result<void> write_waiting(int fd, Stream& stream, std::vector<std::string_view> pieces,
                           int64_t timeout_ms) {
  std::erase_if(pieces, [](std::string_view piece) { return piece.empty(); });
  std::span<std::string_view> left(pieces);
  while (!left.empty()) {
    const Moved moved = stream.write(left);
    if (moved.kind == Moved::Kind::kEnd) return fail(Code::kUnavailable, "the other side has gone");
    if (moved.kind != Moved::Kind::kDone) {
      TRY(wait_for(fd, moved.kind, timeout_ms));
      continue;
    }
    size_t bytes = moved.bytes;
    while (!left.empty() && bytes >= left.front().size()) {
      bytes -= left.front().size();
      left = left.subspan(1);
    }
    if (!left.empty()) left.front().remove_prefix(bytes);
  }
  return {};
}

std::string chunk_head(size_t size) {
  std::array<char, 20> digits;
  size_t at = digits.size();
  do {
    digits[--at] = "0123456789abcdef"[size % 16];
    size /= 16;
  } while (size != 0);
  return std::string(digits.data() + at, digits.size() - at) + "\r\n";
}

StreamPool::~StreamPool() { finish(); }

bool StreamPool::wants(std::string_view path) const {
  const auto& prefixes = shared_.options.stream_prefixes;
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const auto& one) { return path.starts_with(one); });
}

bool StreamPool::reserve() {
  const std::lock_guard lock(mutex_);
  const ServerLimits& limits = shared_.options.limits;
  if (cut_ || places_ >= size_t{limits.streams_max} + limits.streams_waiting_max) return false;
  ++places_;
  return true;
}

void StreamPool::run(StreamJob job) {
  const std::lock_guard lock(mutex_);
  if (cut_) ::shutdown(job.fd, SHUT_RDWR);
  waiting_.push_back(std::move(job));
  if (idle_ < waiting_.size() && threads_.size() < shared_.options.limits.streams_max) {
    threads_.emplace_back([this] { work(); });
  }
  arrived_.notify_one();
}

void StreamPool::work() {
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);  // as in Loop::start
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_;
    arrived_.wait(lock, [this] { return cut_ || !waiting_.empty(); });
    --idle_;
    if (waiting_.empty()) return;
    StreamJob job = std::move(waiting_.front());
    waiting_.pop_front();
    open_.insert(job.fd);
    lock.unlock();
    serve(job);
    lock.lock();
    open_.erase(job.fd);
    job.stream.reset();
    ::close(job.fd);
    --places_;
    shared_.connections_open.fetch_sub(1);
  }
}

void StreamPool::serve(StreamJob& job) {
  std::string echoed_id = shared_.name_request(&job.head.request);
  const Request request = std::move(job.head.request);
  job.head.request.method = request.method;
  Reader reader(job, shared_.options.limits.body_stall_ms_max);
  Writer writer(job, shared_, std::move(echoed_id));
  Result<void> outcome;
  try {
    outcome = shared_.options.stream_handler(request, reader, writer);
  } catch (const std::exception& error) {
    outcome = fail(Code::kInternal, error.what());
  }
  if (!outcome && writer.started()) return;  // cut: no end of the answer is sent
  if (!outcome) {
    Response response = shared_.refusal_of(http_status_of(outcome.error().code), &request);
    outcome = writer.answer_whole(std::move(response));
  } else if (writer.started()) {
    outcome = writer.finish();
  } else {
    outcome = writer.answer_whole(shared_.refusal_of(500, &request));
  }
  if (!outcome) return;
  if (reader.complete()) {
    job.stream->end_writing();
  } else {
    linger(job, shared_.options.limits.linger_ms_max);
  }
}

void StreamPool::cut() {
  const std::lock_guard lock(mutex_);
  cut_ = true;
  for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
  for (const StreamJob& job : waiting_) ::shutdown(job.fd, SHUT_RDWR);
  arrived_.notify_all();
}

void StreamPool::finish() {
  cut();
  for (std::thread& one : threads_) {
    if (one.joinable()) one.join();
  }
}

}  // namespace entente::http
