// One thread that waits for sockets: the event loop library (Asio, known to loop.cc alone) behind
// three calls. Reading and writing are not its business: it says when a descriptor is ready, and
// stream.h does the rest.
//
// Threads: post() from any; everything else, and every Watch, belongs to the loop's own thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

namespace entente::http {

enum class Wait : uint8_t { kReadable, kWritable };

// Who is told that a descriptor is ready, on the loop's thread.
class Wakeable {
 public:
  virtual ~Wakeable() = default;
  virtual void on_ready(Wait what) = 0;
};

class Loop {
 public:
  Loop();
  ~Loop();  // the loop must be finished, or never started
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Starts the thread; `on_tick` is called on it every `tick_ms`.
  void start(int64_t tick_ms, std::function<void()> on_tick);

  // Runs `work` on the loop's thread, soon. Dropped (destroyed on the caller's thread) once
  // finish() has begun.
  void post(std::move_only_function<void()> work);
  bool in_thread() const;

  // Ends the thread after what was posted has run. Every Watch must be closed by then, or by what
  // was posted; a wait that goes on keeps the thread alive.
  void finish();

 private:
  friend class Watch;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// A descriptor in a loop; owns it.
class Watch {
 public:
  Watch(Loop& loop, int fd);
  ~Watch();  // closes
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  int fd() const;
  // Calls who->on_ready(what) once, when the descriptor is ready or broken; keeps `who` alive until
  // then. At most one wait of each kind at a time. After close() or release() the call does not
  // come.
  void wait(Wait what, std::shared_ptr<Wakeable> who);
  void close();
  // Gives the descriptor away; -1 if it is closed.
  int release();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace entente::http
