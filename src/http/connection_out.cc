// The writing half: answers leave in the order of their requests, however they come. Up to 1 MiB of
// what is ready goes to the kernel in one call, small answers of a pipeline together and slices of
// a page without a copy.
//
// drive() is the only loop: requests out of bytes, answers out of slots, until neither gets
// anywhere; then it waits. A handler that answers at once only marks its slot, since drive() is
// already at work further up the stack.
#include <algorithm>

#include "http/connection.h"
#include "http/streaming.h"

namespace entente::http {
namespace {

constexpr size_t kBytesPerDrive =
    8 * limits::kWriteBytesMax;  // then other connections have their turn

}  // namespace

std::string_view Connection::Slot::piece_at(size_t index) const {
  if (index == 0) return answer.head;
  if (index == 1) return answer.body.text;
  return answer.body.slices[index - 2];
}

void Connection::answer(uint64_t number, Answer answer) {
  if (lane_->loop.in_thread()) return deliver(number, std::move(answer));
  lane_->loop.post([self = shared_from_this(), number, answer = std::move(answer)]() mutable {
    self->deliver(number, std::move(answer));
  });
}

void Connection::deliver(uint64_t number, Answer answer) {
  if (phase_ == Phase::kClosed || number < first_number_ || number - first_number_ >= slots_.size())
    return;
  Slot& slot = slots_[number - first_number_];
  if (slot.ready) return;
  slot.answer = std::move(answer);
  slot.ready = true;
  forget_body(&slot.body_bytes);
  drive();
}

void Connection::forget_body(size_t* bytes) {
  shared_->bodies_bytes.fetch_sub(std::exchange(*bytes, 0), std::memory_order_relaxed);
}

void Connection::drive() {
  if (busy_ || phase_ == Phase::kClosed) return;
  const auto self = shared_from_this();
  busy_ = true;
  bool more = true;
  while (more && phase_ != Phase::kClosed) {
    more = take_requests();
    more = flush() || more;
  }
  busy_ = false;
  if (phase_ != Phase::kClosed) end_after_answers();
  if (phase_ != Phase::kClosed) arm();
}

// Sends what is ready. True if a slot came free.
bool Connection::flush() {
  static thread_local std::vector<std::string_view> pieces;
  bool freed = false;
  size_t total = 0;
  while (phase_ != Phase::kClosed && !write_blocked_) {
    pieces.clear();
    const size_t offered = gather(&pieces);
    if (offered == 0) {
      output_pending_ = false;
      break;
    }
    if (!output_pending_) output_at_ms_ = shared_->now_ms();
    output_pending_ = true;
    const Moved moved = stream_->write(pieces);
    if (moved.kind == Moved::Kind::kEnd) {
      close();
      return false;
    }
    if (moved.kind != Moved::Kind::kDone) {
      write_blocked_ = true;
      write_wants_read_ = moved.kind == Moved::Kind::kWaitReadable;
      break;
    }
    output_at_ms_ = shared_->now_ms();
    shared_->bytes_sent.fetch_add(moved.bytes, std::memory_order_relaxed);
    freed |= sent(moved.bytes);
    total += moved.bytes;
    // A plain socket that took a part is full: no call is needed to hear so.
    if (total >= kBytesPerDrive || (moved.bytes < offered && shared_->tls == nullptr))
      write_blocked_ = true;
  }
  return freed;
}

// Collects what is ready, in order, up to the limits of one call; returns its bytes.
size_t Connection::gather(std::vector<std::string_view>* pieces) {
  size_t bytes = 0;
  for (size_t i = 0; i < slots_.size() && slots_[i].ready; ++i) {
    Slot& slot = slots_[i];
    if (!slot.sealed) seal(&slot, i + 1 == slots_.size());
    for (size_t k = slot.piece; k < slot.pieces(); ++k) {
      std::string_view piece = slot.piece_at(k);
      if (k == slot.piece) piece.remove_prefix(slot.offset);
      if (piece.empty()) continue;
      pieces->push_back(piece.substr(0, limits::kWriteBytesMax));
      bytes += pieces->back().size();
      if (bytes >= limits::kWriteBytesMax || pieces->size() == Stream::kPiecesMax) return bytes;
    }
  }
  return bytes;
}

void Connection::seal(Slot* slot, bool is_last) {
  if (lane_->draining && is_last && phase_ == Phase::kHeader) slot->closes = true;
  if (slot->closes) phase_ = phase_ == Phase::kHeader ? Phase::kNoMore : phase_;
  const int64_t now_s = shared_->clock->now_ms() / 1000;
  if (now_s != lane_->date_s) {
    lane_->date_s = now_s;
    lane_->date = http_date(now_s);
  }
  const Ending kept = slot->says_keep_alive ? Ending::kKeepAliveSaid : Ending::kKeepAlive;
  close_head(&slot->answer.head, lane_->date, slot->closes ? Ending::kClose : kept);
  slot->sealed = true;
}

// Moves the cursor over `bytes` that have left. True if a slot came free.
bool Connection::sent(size_t bytes) {
  bool freed = false;
  while (!slots_.empty() && slots_.front().ready && slots_.front().sealed) {
    Slot& slot = slots_.front();
    while (slot.piece < slot.pieces()) {
      const size_t left = slot.piece_at(slot.piece).size() - slot.offset;
      if (left > bytes) {
        slot.offset += bytes;
        return freed;
      }
      bytes -= left;
      slot.offset = 0;
      ++slot.piece;
    }
    slots_.pop_front();
    ++first_number_;
    freed = true;
  }
  return freed;
}

void Connection::end_after_answers() {
  if (!slots_.empty()) return;
  if (phase_ == Phase::kNoMore) {
    if (input_ended_) {
      stream_->end_writing();
      return close();
    }
    return linger();
  }
  if (phase_ == Phase::kHandOver) return hand_over();
  const bool between = phase_ == Phase::kHeader;
  if (between && (input_ended_ || lane_->draining)) {
    stream_->end_writing();
    close();
  }
}

void Connection::linger() {
  stream_->end_writing();
  phase_ = Phase::kLinger;
  output_at_ms_ = shared_->now_ms();
  output_pending_ = false;
}

void Connection::arm() {
  if (!read_armed_ && !read_wants_write_ && (wants_input() || write_wants_read_)) {
    read_armed_ = true;
    if (stream_->buffered()) {
      lane_->loop.post([self = shared_from_this()] { self->on_ready(Wait::kReadable); });
    } else {
      watch_.wait(Wait::kReadable, shared_from_this());
    }
  }
  if (!write_armed_ && ((write_blocked_ && !write_wants_read_) || read_wants_write_)) {
    write_armed_ = true;
    watch_.wait(Wait::kWritable, shared_from_this());
  }
}

void Connection::drain() {
  if (phase_ == Phase::kHandshake) return close();
  drive();
}

void Connection::close() {
  if (phase_ == Phase::kClosed) return;
  const auto self = shared_from_this();
  phase_ = Phase::kClosed;
  forget_body(&body_counted_);
  for (Slot& slot : slots_) forget_body(&slot.body_bytes);
  slots_.clear();
  stream_.reset();
  watch_.close();
  leave_lane();
  shared_->connections_open.fetch_sub(1);
}

void Connection::leave_lane() {
  std::vector<std::shared_ptr<Connection>>& all = lane_->connections;
  all.back()->lane_index = lane_index;
  std::swap(all[lane_index], all.back());
  all.pop_back();
}

// From here on the socket is the stream pool's, which also counts the connection as ended.
void Connection::hand_over() {
  if (!shared_->streams->reserve()) {
    refuse(503, &head_.request);
    return drive();
  }
  const auto self = shared_from_this();
  phase_ = Phase::kClosed;
  leave_lane();
  StreamJob job;
  job.stream = std::move(stream_);
  job.head = std::move(head_);
  job.head.request.peer = peer_;
  job.received = unread();
  job.fd = watch_.release();
  shared_->streams->run(std::move(job));
}

}  // namespace entente::http
