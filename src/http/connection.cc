// The reading half: a state machine over Phase. Bytes go into buffer_ (headers and chunks) or, for
// a body of known length, from the socket straight into the request's string. take_requests() turns
// them into requests until pipelined_max are in work; then nothing more is read, so that the
// client, not this process, holds what it sends ahead.
//
// Time is looked at by the lane's tick alone: a timer for each connection would be set and
// cancelled at every request.
#include "http/connection.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <new>

#include "base/hash.h"
#include "base/text.h"
#include "http/compress.h"
#include "http/streaming.h"
#include "json/json.h"

namespace entente::http {
namespace {

constexpr size_t kBufferBytesMin = 4 * 1024;
constexpr size_t kBufferBytesMax = 64 * 1024;
constexpr size_t kBodyStepBytes =
    4 * limits::kMiB;  // memory for a body is taken as it comes, not as it is announced
constexpr int kReadsPerWake = 16;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

// Whoever holds the last copy of a Respond holds this: destroyed without an answer, it answers 500.
struct Ticket {
  std::shared_ptr<Connection> connection;
  std::shared_ptr<Shared> shared;
  uint64_t number = 0;
  Terms terms;
  std::atomic<bool> answered{false};

  void answer(Response response) {
    if (answered.exchange(true)) return;
    connection->answer(
        number, render(std::move(response), terms, shared->options.limits.compress_bytes_min));
  }
  ~Ticket() {
    if (!answered) answer(shared->refusal_of(500, nullptr));
  }
};

}  // namespace

Response Shared::refusal_of(int status, const Request* partial) const {
  Response response = options.error_body ? options.error_body(status, partial) : problem_of(status);
  if (status == 503) response.headers.push_back({"Retry-After", "1"});
  return response;
}

std::string Shared::name_request(Request* request) {
  if (const std::string* id = request->header("X-Request-Id");
      id != nullptr && is_request_id(*id)) {
    request->id = *id;
    return *id;
  }
  std::array<uint8_t, 8> bytes{};
  random.fill(bytes);
  request->id = to_hex(bytes);
  return {};
}

Shared::~Shared() = default;

Connection::Connection(std::shared_ptr<Shared> shared, std::shared_ptr<Lane> lane, int fd)
    : shared_(std::move(shared)), lane_(std::move(lane)), watch_(lane_->loop, fd) {}

Connection::~Connection() = default;

void Connection::start() {
  const int fd = watch_.fd();
  peer_ = peer_of(fd, shared_->is_unix);
  stream_ = shared_->tls ? shared_->tls->stream(fd) : plain_stream(fd);
  input_at_ms_ = output_at_ms_ = shared_->now_ms();
  phase_ = shared_->tls ? Phase::kHandshake : Phase::kHeader;
  if (stream_ == nullptr) return close();
  arm();
}

void Connection::on_ready(Wait what) {
  if (what == Wait::kReadable) read_armed_ = false;
  if (what == Wait::kWritable) write_armed_ = false;
  if (phase_ == Phase::kClosed) return;
  try {
    if (what == Wait::kWritable || write_wants_read_) write_blocked_ = write_wants_read_ = false;
    const bool reads = what == Wait::kReadable || read_wants_write_;
    read_wants_write_ = false;
    if (phase_ == Phase::kHandshake) return shake_hands();
    if (reads) take_input();
    drive();
  } catch (const std::bad_alloc&) {
    busy_ = false;
    close();
  }
}

void Connection::shake_hands() {
  const Moved moved = stream_->handshake();
  if (moved.kind == Moved::Kind::kEnd) return close();
  read_wants_write_ = moved.kind == Moved::Kind::kWaitWritable;
  if (moved.kind == Moved::Kind::kDone) {
    phase_ = Phase::kHeader;
    input_at_ms_ = shared_->now_ms();
  }
  arm();
}

bool Connection::wants_input() const {
  if (input_ended_) return false;
  switch (phase_) {
    case Phase::kHandshake:
    case Phase::kSized:
    case Phase::kChunked:
    case Phase::kLinger:
      return true;
    case Phase::kHeader:
      return !lane_->draining && slots_.size() < shared_->options.limits.pipelined_max;
    case Phase::kHandOver:
    case Phase::kNoMore:
    case Phase::kClosed:
      return false;
  }
  return false;
}

void Connection::make_room() {
  if (begin_ == end_) begin_ = end_ = 0;
  if (end_ < buffer_.size()) return;
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    return;
  }
  const size_t most =
      std::max(kBufferBytesMax, shared_->options.limits.header_bytes_max + kBufferBytesMin);
  buffer_.resize(std::min(most, std::max(kBufferBytesMin, buffer_.size() * 2)));
}

void Connection::grow_body() {
  std::string& body = head_.request.body;
  if (body_received_ < body.size()) return;
  const size_t size =
      std::min<size_t>(head_.content_length, std::max(kBodyStepBytes, body.size() * 2));
  body.reserve(size + json::kPaddingBytes);
  body.resize_and_overwrite(size, [](char*, size_t n) { return n; });
}

Moved Connection::read_some(size_t* room) {
  char* into;
  if (phase_ == Phase::kSized) {
    grow_body();
    into = head_.request.body.data() + body_received_;
    *room = head_.request.body.size() - body_received_;
  } else {
    if (phase_ == Phase::kLinger) begin_ = end_ = 0;
    make_room();
    into = buffer_.data() + end_;
    *room = buffer_.size() - end_;
  }
  const Moved moved = stream_->read(into, *room);
  if (moved.kind != Moved::Kind::kDone) return moved;
  input_at_ms_ = shared_->now_ms();
  shared_->bytes_received.fetch_add(moved.bytes, std::memory_order_relaxed);
  if (phase_ == Phase::kSized) {
    body_received_ += moved.bytes;
    count_body(moved.bytes);
  } else {
    end_ += moved.bytes;
  }
  return moved;
}

void Connection::take_input() {
  for (int i = 0; i < kReadsPerWake && wants_input(); ++i) {
    size_t room = 0;
    const Moved moved = read_some(&room);
    if (moved.kind == Moved::Kind::kEnd) return on_input_end();
    read_wants_write_ = moved.kind == Moved::Kind::kWaitWritable;
    if (moved.kind != Moved::Kind::kDone) return;
    if (moved.bytes < room && !stream_->buffered()) return;
    drive();
  }
}

// The client sends nothing more: what it sent whole is still answered.
void Connection::on_input_end() {
  input_ended_ = true;
  if (phase_ == Phase::kLinger) return close();
  drive();  // requests that wait in the buffer
  if (phase_ == Phase::kClosed) return;
  if (phase_ != Phase::kHeader || slots_.empty()) phase_ = Phase::kNoMore;
}

bool Connection::take_requests() {
  bool progress = false;
  while (slots_.size() < shared_->options.limits.pipelined_max) {
    bool took = false;
    if (phase_ == Phase::kHeader) took = !lane_->draining && take_header();
    if (phase_ == Phase::kSized) took |= take_sized();
    if (phase_ == Phase::kChunked) took |= take_chunked();
    if (!took) break;
    progress = true;
  }
  return progress;
}

// Each take_ function says whether it got anywhere; a refusal is progress too.
bool Connection::take_header() {
  const ServerLimits& limits = shared_->options.limits;
  if (scan_.size() == 0) {  // empty lines before a request are skipped [RFC 9112 2.2]
    while (unread().starts_with("\r\n")) {
      begin_ += 2;
      scan_.reset();
    }
  }
  const std::string_view bytes = unread();
  if (bytes.empty()) return false;
  if (request_since_ms_ < 0) request_since_ms_ = shared_->now_ms();
  const HeaderScan::State state = scan_.scan(bytes);
  const Request partial =
      state == HeaderScan::State::kComplete ? Request() : partial_request(bytes);
  if (state == HeaderScan::State::kBroken) return refuse(400, &partial);
  if (state == HeaderScan::State::kMore) {
    if (peek_request_line(bytes).target.size() > limits.target_bytes_max)
      return refuse(414, &partial);
    if (bytes.size() >= limits.header_bytes_max) return refuse(431, &partial);
    return false;
  }
  head_ = parse_request_head(bytes.substr(0, scan_.size()), limits.target_bytes_max);
  begin_ += scan_.size();
  const bool too_large = scan_.size() > limits.header_bytes_max;
  scan_.reset();
  if (too_large && head_.refusal != 414) head_.refusal = 431;
  if (head_.refusal != 0) return refuse(head_.refusal, &head_.request);
  if (shared_->streams != nullptr && shared_->streams->wants(head_.request.path)) {
    if (head_.coding != Coding::kIdentity) return refuse(415, &head_.request);
    shared_->requests_total.fetch_add(1, std::memory_order_relaxed);
    phase_ = Phase::kHandOver;
    return true;
  }
  return begin_body();
}

bool Connection::begin_body() {
  body_received_ = 0;
  if (head_.framing == Framing::kNone) return finish_body();
  if (head_.content_length > shared_->options.limits.body_bytes_max)
    return refuse(413, &head_.request);
  if (head_.framing == Framing::kChunked) chunks_ = ChunkDecoder();
  phase_ = head_.framing == Framing::kSized ? Phase::kSized : Phase::kChunked;
  if (head_.expects_continue && unread().empty()) {
    Slot& slot = slots_.emplace_back();  // in its place behind earlier answers
    slot.answer.head = kContinue;
    slot.ready = slot.sealed = true;
  }
  return true;
}

// Counts body bytes against the node's memory. False, and refused, if that is used up.
bool Connection::count_body(size_t bytes) {
  body_counted_ += bytes;
  const size_t before = shared_->bodies_bytes.fetch_add(bytes, std::memory_order_relaxed);
  return before + bytes <= shared_->options.limits.bodies_bytes_max;
}

bool Connection::take_sized() {
  const std::string_view bytes = unread();
  bool took = false;
  while (begin_ < end_ && body_received_ < head_.content_length) {  // what came with the header
    grow_body();
    std::string& body = head_.request.body;
    const size_t n = std::min(bytes.size(), body.size() - body_received_);
    std::memcpy(body.data() + body_received_, unread().data(), std::min(n, end_ - begin_));
    const size_t moved = std::min(n, end_ - begin_);
    begin_ += moved;
    body_received_ += moved;
    count_body(moved);
    took = true;
  }
  if (shared_->bodies_bytes.load(std::memory_order_relaxed) >
      shared_->options.limits.bodies_bytes_max) {
    return refuse(503, &head_.request);
  }
  if (body_received_ == head_.content_length) return finish_body();
  return took;
}

bool Connection::take_chunked() {
  const ServerLimits& limits = shared_->options.limits;
  std::string& body = head_.request.body;
  const size_t before = body.size();
  size_t consumed = 0;
  const ChunkDecoder::State state = chunks_.feed(unread(), &body, limits.body_bytes_max, &consumed);
  begin_ += consumed;
  if (!count_body(body.size() - before)) return refuse(503, &head_.request);
  switch (state) {
    case ChunkDecoder::State::kComplete:
      return finish_body();
    case ChunkDecoder::State::kTooLarge:
      return refuse(413, &head_.request);
    case ChunkDecoder::State::kBroken:
      return refuse(400, &head_.request);
    case ChunkDecoder::State::kMore:
      break;
  }
  if (unread().size() >= limits.header_bytes_max)
    return refuse(431, &head_.request);  // a chunk's line, or trailers
  return consumed > 0 && !unread().empty();
}

bool Connection::decode_body() {
  Result<std::string> plain =
      inflate_body(head_.coding, head_.request.body, shared_->options.limits.body_bytes_max);
  if (!plain) return !refuse(http_status_of(plain.error().code), &head_.request);
  head_.request.body = std::move(*plain);
  if (!count_body(head_.request.body.size())) return !refuse(503, &head_.request);
  return true;
}

bool Connection::finish_body() {
  if (head_.coding != Coding::kIdentity && !decode_body()) return true;
  Request request = std::move(head_.request);
  request.body.reserve(request.body.size() + json::kPaddingBytes);
  request.peer = peer_;
  Slot& slot = slots_.emplace_back();
  slot.closes = !head_.keep_alive;
  slot.says_keep_alive = head_.http_1_0;
  slot.body_bytes = std::exchange(body_counted_, 0);
  phase_ = head_.keep_alive ? Phase::kHeader : Phase::kNoMore;
  request_since_ms_ = -1;
  shared_->requests_total.fetch_add(1, std::memory_order_relaxed);
  call_handler(std::move(request), first_number_ + slots_.size() - 1);
  return true;
}

void Connection::call_handler(Request request, uint64_t number) {
  auto ticket = std::make_shared<Ticket>();
  ticket->connection = shared_from_this();
  ticket->shared = shared_;
  ticket->number = number;
  ticket->terms.head = request.method == "HEAD";
  ticket->terms.vary = !shared_->is_unix;
  std::string codings;
  for (const Header& one : request.headers) {
    if (equal_ignoring_case(one.name, "Accept-Encoding")) codings.append(one.value).append(",");
  }
  ticket->terms.gzip = !shared_->is_unix && accepts_gzip(codings);
  ticket->terms.echoed_id = shared_->name_request(&request);
  try {
    shared_->handler(std::move(request),
                     [ticket](Response response) { ticket->answer(std::move(response)); });
  } catch (const std::exception&) {
    ticket->answer(shared_->refusal_of(500, nullptr));
  }
}

bool Connection::refuse(int status, const Request* partial) {
  Terms terms;
  terms.head = partial != nullptr && partial->method == "HEAD";
  const Request* known = partial != nullptr && !partial->method.empty() ? partial : nullptr;
  Slot slot;
  slot.answer =
      render(shared_->refusal_of(status, known), terms, shared_->options.limits.compress_bytes_min);
  slot.ready = slot.closes = true;
  slots_.push_back(std::move(slot));
  forget_body(&body_counted_);
  head_ = RequestHead();
  phase_ = Phase::kNoMore;
  return true;
}

void Connection::time_out() { shared_->timeouts.fetch_add(1, std::memory_order_relaxed); }

void Connection::on_tick(int64_t now_ms) {
  const ServerLimits& limits = shared_->options.limits;
  const auto passed = [now_ms](int64_t since, int64_t most) { return now_ms - since > most; };
  const bool quiet = slots_.empty() && request_since_ms_ < 0;
  if (output_pending_ && passed(output_at_ms_, limits.write_stall_ms_max)) {
    time_out();
    return close();
  }
  switch (phase_) {
    case Phase::kHandshake:
    case Phase::kHeader: {
      const bool fresh = phase_ == Phase::kHandshake || first_number_ == 0;
      const int64_t most = fresh ? limits.header_ms_max : limits.idle_ms_max;
      if (quiet && passed(std::max(input_at_ms_, output_at_ms_), most)) {
        time_out();
        return close();
      }
      if (request_since_ms_ >= 0 && passed(request_since_ms_, limits.header_ms_max)) break;
      if (quiet && begin_ == end_ && passed(input_at_ms_, 1'000))
        buffer_ = std::string();  // memory of the idle
      return;
    }
    case Phase::kSized:
    case Phase::kChunked:
      if (passed(input_at_ms_, limits.body_stall_ms_max)) break;
      if (passed(request_since_ms_, limits.request_ms_max)) break;
      return;
    case Phase::kLinger:
      if (passed(output_at_ms_, lane_->draining ? 200 : limits.linger_ms_max)) close();
      return;
    case Phase::kHandOver:
    case Phase::kNoMore:
    case Phase::kClosed:
      return;
  }
  time_out();
  const Request partial = phase_ == Phase::kHeader ? partial_request(unread()) : head_.request;
  refuse(408, &partial);
  drive();
}

}  // namespace entente::http
