// Why readiness, and not Asio's own reads and writes: it hands at most 64 buffers to one system
// call, where an answer of 1,000 slices wants 1,000, and its TLS stream copies through 17 KB
// pieces. One io_context per thread, so nothing is locked but the queue of posts; a connection
// stays on the loop that it was given.
#include "http/loop.h"

#include <signal.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <mutex>
#include <optional>
#include <thread>

#include "base/result.h"

namespace entente::http {

namespace net = boost::asio;
using Status = boost::system::error_code;

namespace {
thread_local const Loop* loop_of_thread = nullptr;
}

struct Loop::Impl {
  net::io_context context{1};
  std::optional<net::executor_work_guard<net::io_context::executor_type>> guard{
      context.get_executor()};
  net::steady_timer timer{context};
  int64_t tick_ms = 0;
  std::function<void()> on_tick;
  std::thread thread;
  std::mutex mutex;
  bool closed = false;  // under mutex: posts are dropped

  void arm() {
    timer.expires_after(std::chrono::milliseconds(tick_ms));
    timer.async_wait([this](const Status& status) {
      if (status || !guard) return;
      on_tick();
      arm();
    });
  }
};

Loop::Loop() : impl_(std::make_unique<Impl>()) {}
Loop::~Loop() { CHECK(!impl_->thread.joinable()); }

void Loop::start(int64_t tick_ms, std::function<void()> on_tick) {
  impl_->tick_ms = tick_ms;
  impl_->on_tick = std::move(on_tick);
  impl_->thread = std::thread([this, impl = impl_.get()] {
    loop_of_thread = this;
    // OpenSSL writes without MSG_NOSIGNAL; a blocked SIGPIPE stays pending on this thread, and the
    // write says EPIPE.
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    impl->arm();
    impl->context.run();
  });
}

void Loop::post(std::move_only_function<void()> work) {
  const std::lock_guard lock(impl_->mutex);
  if (impl_->closed) return;
  net::post(impl_->context, std::move(work));
}

bool Loop::in_thread() const { return loop_of_thread == this; }

void Loop::finish() {
  {
    const std::lock_guard lock(impl_->mutex);
    if (impl_->closed) return;
    impl_->closed = true;
  }
  // run() returns when nothing is queued and nothing waits: so no work, and nothing that work
  // holds, is left behind.
  net::post(impl_->context, [impl = impl_.get()] {
    impl->guard.reset();
    impl->timer.cancel();
  });
  if (impl_->thread.joinable()) impl_->thread.join();
}

struct Watch::Impl {
  net::posix::stream_descriptor descriptor;
};

Watch::Watch(Loop& loop, int fd)
    : impl_(new Impl{net::posix::stream_descriptor(loop.impl_->context, fd)}) {}
Watch::~Watch() = default;

int Watch::fd() const {
  return impl_->descriptor.is_open() ? impl_->descriptor.native_handle() : -1;
}

void Watch::wait(Wait what, std::shared_ptr<Wakeable> who) {
  const auto kind = what == Wait::kReadable ? net::posix::stream_descriptor::wait_read
                                            : net::posix::stream_descriptor::wait_write;
  impl_->descriptor.async_wait(kind, [what, who = std::move(who)](const Status& status) {
    if (!status) who->on_ready(what);
  });
}

void Watch::close() {
  Status ignored;
  impl_->descriptor.close(ignored);
}

int Watch::release() { return impl_->descriptor.is_open() ? impl_->descriptor.release() : -1; }

}  // namespace entente::http
