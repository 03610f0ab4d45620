// One client's connection: requests in, answers out, in order. It knows the protocol and the
// limits; sockets are stream.h's and waiting is loop.h's.
//
// Threads: a connection lives on its lane's loop; answer() alone may be called from any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/message.h"
#include "base/random.h"
#include "http/answer.h"
#include "http/loop.h"
#include "http/parse.h"
#include "http/server.h"
#include "http/stream.h"

namespace entente::http {

class Connection;
class StreamPool;

// What all connections of a server share. Held by shared_ptr, since a handler may answer after the
// server has gone.
struct Shared {
  ServerOptions options;
  Handler handler;
  std::unique_ptr<TlsServer> tls;
  std::unique_ptr<StreamPool> streams;  // null if no path streams
  ~Shared();
  bool is_unix = false;
  SystemClock system_clock;
  SystemRandom random;
  const Clock* clock = nullptr;
  std::atomic<uint64_t> connections_open{0}, connections_total{0}, connections_refused{0},
      requests_total{0};
  std::atomic<uint64_t> bytes_received{0}, bytes_sent{0}, timeouts{0};
  std::atomic<size_t> bodies_bytes{0};  // request bodies in memory

  // The answer to a request that the wire refuses.
  Response refusal_of(int status, const Request* partial) const;
  // Gives the request its id; returns what is to be echoed: the client's own, or nothing.
  std::string name_request(Request* request);
  int64_t now_ms() const { return clock->monotonic_ns() / 1'000'000; }
};

// A loop and its connections; all but `loop` belongs to the loop's thread.
struct Lane {
  Loop loop;
  std::vector<std::shared_ptr<Connection>> connections;
  bool draining = false;
  std::string date;  // of second `date_s`, for headers
  int64_t date_s = -1;
};

class Connection final : public Wakeable, public std::enable_shared_from_this<Connection> {
 public:
  // Owns the socket. `lane` is shared because answers that come late must find it.
  Connection(std::shared_ptr<Shared> shared, std::shared_ptr<Lane> lane, int fd);
  ~Connection() override;

  void start();
  void on_ready(Wait what) override;
  void on_tick(int64_t now_ms);
  void drain();  // ends once all that is in work is answered
  void close();
  void answer(uint64_t number, Answer answer);  // any thread

  size_t lane_index = 0;  // in lane.connections

 private:
  // kHandOver: a streaming request, given away once the answers before it are sent. kNoMore:
  // nothing more is read; the connection ends after the answers. kLinger: all is sent; what still
  // comes is read and dropped, since closing at once would make the kernel drop the answer with a
  // reset [RFC 9112 9.6].
  enum class Phase : uint8_t {
    kHandshake,
    kHeader,
    kSized,
    kChunked,
    kHandOver,
    kNoMore,
    kLinger,
    kClosed
  };

  // A request in work, or its answer on the way out.
  struct Slot {
    Answer answer;
    size_t piece = 0,
           offset = 0;      // sent up to here: piece 0 is the head, 1 the text, then the slices
    size_t body_bytes = 0;  // of the request, counted in shared_->bodies_bytes
    bool ready = false, sealed = false, closes = false, says_keep_alive = false;

    std::string_view piece_at(size_t index) const;
    size_t pieces() const { return 2 + answer.body.slices.size(); }
  };

  // Reading: connection.cc.
  bool wants_input() const;
  Moved read_some(size_t* room);
  void shake_hands();
  void take_input();
  void on_input_end();
  bool take_requests();
  bool take_header();
  bool begin_body();
  bool take_sized();
  bool take_chunked();
  bool count_body(size_t bytes);
  bool finish_body();
  bool decode_body();
  void call_handler(Request request, uint64_t number);
  bool refuse(int status, const Request* partial);
  std::string_view unread() const {
    return std::string_view(buffer_).substr(begin_, end_ - begin_);
  }
  void make_room();
  void grow_body();

  // Writing: connection_out.cc.
  void drive();
  bool flush();
  size_t gather(std::vector<std::string_view>* pieces);
  bool sent(size_t bytes);
  void seal(Slot* slot, bool is_last);
  void end_after_answers();
  void linger();
  void arm();
  void deliver(uint64_t number, Answer answer);
  void hand_over();
  void leave_lane();
  void forget_body(size_t* bytes);
  void time_out();

  const std::shared_ptr<Shared> shared_;
  const std::shared_ptr<Lane> lane_;
  Watch watch_;
  std::unique_ptr<Stream> stream_;
  std::string peer_;
  Phase phase_ = Phase::kHeader;

  std::string buffer_;  // [begin_, end_) was received and is not yet understood
  size_t begin_ = 0, end_ = 0;
  HeaderScan scan_;
  RequestHead head_;          // of the request whose body is being read
  size_t body_received_ = 0;  // of kSized
  ChunkDecoder chunks_;
  size_t body_counted_ = 0;  // in shared_->bodies_bytes, of the body being read

  std::deque<Slot> slots_;
  uint64_t first_number_ = 0;  // of slots_.front()
  bool busy_ = false;          // drive() is at work further up the stack
  bool read_armed_ = false, write_armed_ = false;
  bool write_blocked_ = false;                                // the socket takes nothing now
  bool read_wants_write_ = false, write_wants_read_ = false;  // TLS
  bool output_pending_ = false;  // something is ready to be sent and not sent yet
  bool input_ended_ = false;
  int64_t request_since_ms_ = -1;  // the first byte of the request being read; -1: none has come
  int64_t input_at_ms_ = 0, output_at_ms_ = 0;
};

}  // namespace entente::http
