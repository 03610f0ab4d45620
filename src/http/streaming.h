// Streaming requests: a connection whose request's path asks for it is given to a thread of this
// pool, which reads and writes its socket by waiting, and closes it after the one answer. And the
// waiting itself, which the client shares.
//
// Threads: reserve(), run(), cut() and wants() from any; finish() from the owner's.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/result.h"
#include "http/parse.h"
#include "http/stream.h"

namespace entente::http {

struct Shared;

// Waits up to timeout_ms until a call on the stream can go on. kUnavailable after that.
Result<void> wait_for(int fd, Moved::Kind kind, int64_t timeout_ms);
// At least one byte into the buffer; 0 at the end.
Result<size_t> read_waiting(int fd, Stream& stream, std::span<char> into, int64_t timeout_ms);
// All of the pieces; the timeout is for each byte's progress.
Result<void> write_waiting(int fd, Stream& stream, std::vector<std::string_view> pieces,
                           int64_t timeout_ms);

// "1f\r\n": what stands before a chunk of that size.
std::string chunk_head(size_t size);

struct StreamJob {
  int fd = -1;  // owned by the pool once run() has it
  std::unique_ptr<Stream> stream;
  RequestHead head;
  std::string received;  // of the body, with the header
};

class StreamPool {
 public:
  // `shared` owns the pool.
  explicit StreamPool(Shared& shared) : shared_(shared) {}
  ~StreamPool();

  bool wants(std::string_view path) const;
  // Takes a place; false if streams_max are in work and streams_waiting_max wait. Each place is for
  // one run().
  bool reserve();
  void run(StreamJob job);
  // Makes all waiting of all jobs fail, now and later.
  void cut();
  // cut(), and waits for the threads.
  void finish();

 private:
  void work();
  void serve(StreamJob& job);

  Shared& shared_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<StreamJob> waiting_;
  std::set<int> open_;  // descriptors in work
  std::vector<std::thread> threads_;
  size_t places_ = 0;  // reserved, waiting or in work
  size_t idle_ = 0;
  bool cut_ = false;
};

}  // namespace entente::http
