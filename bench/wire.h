// HTTP/1.1 from the load generator's side: many connections on one thread, each with one request
// under way.
//
// Kept cheap, since the generator shares the machine with what it measures: requests are sent from
// memory that the caller keeps, and of an answer's body only the first kKeptBytes are copied out of
// the kernel; the rest is counted and dropped there (MSG_TRUNC). Answers must have a
// Content-Length. Anything unexpected ends the process: a benchmark that goes on after an error
// measures the error. Threads: one.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace entente::bench {

inline constexpr size_t kKeptBytes = 4096;  // head and beginning of the body

struct Message {
  std::string_view head;  // ends with an empty line
  std::string_view body;
};

struct Answer {
  int status = 0;
  std::string_view head;
  std::string_view body;  // at most what kKeptBytes has room for
  uint64_t body_bytes = 0;
  int64_t latency_ns = 0;  // from the first byte sent to the last byte received
};

class Wire {
 public:
  // Connects to "HOST:PORT".
  Wire(const std::string& address, size_t connections);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  // The next request of a connection; false: it has none. What it points to lives until its answer
  // came.
  using Next = std::function<bool(size_t connection, Message* out)>;
  using Done = std::function<void(size_t connection, const Answer& answer)>;
  // Until every connection has no more to ask and all answers are there. Returns nanoseconds that
  // it took.
  int64_t run(const Next& next, const Done& done);

 private:
  struct Connection;
  void ask(size_t index, const Next& next);
  void send(Connection& connection);
  // True when the answer is whole.
  bool receive(Connection& connection);
  bool read_head(Connection& connection);
  void watch(size_t index, bool for_writing);

  int epoll_ = -1;
  size_t busy_ = 0;
  std::vector<Connection> connections_;
  std::string sink_;
};

int64_t monotonic_ns();

}  // namespace entente::bench
