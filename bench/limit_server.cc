// What durable ingest is compared with: the same HTTP server and the same JSON parser, and then
// nothing but an append to one file and fdatasync. No validation, no marks, no index, no chain.
//
//   bench_limit_server --listen 127.0.0.1:0 --file PATH [--threads 2]
//
// Prints "ready URL". Any POST of {"objects":[...]} is parsed whole, appended as it came, and
// answered 202 when it is on the disk. One writer thread takes all that waits, writes it and syncs
// once: group commit, as the node does it. SIGTERM ends it.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "arguments.h"
#include "http/server.h"
#include "json/json.h"

namespace entente::bench {
namespace {

struct Waiting {
  std::string body;
  uint32_t objects = 0;
  Respond respond;
};

// Appends bodies. append() may be called from any thread; answers come from the writer's.
class AppendFile {
 public:
  explicit AppendFile(const std::string& path)
      : fd_(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600)) {
    if (fd_ < 0) die("cannot write " + path);
    thread_ = std::thread([this] { run(); });
  }
  ~AppendFile() {
    {
      std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
    ::close(fd_);
  }
  AppendFile(const AppendFile&) = delete;
  AppendFile& operator=(const AppendFile&) = delete;

  void append(Waiting waiting) {
    {
      std::lock_guard lock(mutex_);
      queue_.push_back(std::move(waiting));
    }
    wake_.notify_one();
  }

 private:
  void run() {
    for (;;) {
      std::vector<Waiting> group;
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
        if (queue_.empty()) return;
        group.swap(queue_);
      }
      for (const Waiting& waiting : group) write(waiting.body);
      if (::fdatasync(fd_) != 0) die(std::string("fdatasync: ") + std::strerror(errno));
      for (Waiting& waiting : group) {
        const std::string count = std::to_string(waiting.objects);
        waiting.respond(
            Response{202,
                     {{"Content-Type", "application/taxii+json;version=2.1"}},
                     Body{"{\"id\":\"none\",\"success_count\":" + count + "}", {}, nullptr}});
      }
    }
  }

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) die(std::string("write: ") + std::strerror(errno));
      bytes.remove_prefix(static_cast<size_t>(n));
    }
  }

  int fd_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Waiting> queue_;
  bool stopping_ = false;
  std::thread thread_;
};

void answer(AppendFile& file, Request request, const Respond& respond) {
  thread_local json::Parser parser;
  thread_local json::Document document;
  const auto parsed = parser.parse(request.body, &document);
  const auto list = parsed ? document.root().find("objects") : std::nullopt;
  if (!list) {
    respond(Response{400, {{"Content-Type", "text/plain"}}, Body{"no objects\n", {}, nullptr}});
    return;
  }
  const uint32_t objects = list->size();
  file.append({std::move(request.body), objects, respond});
}

int serve(const Arguments& arguments) {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  AppendFile file(arguments.required("file"));
  http::ServerOptions options;
  options.listen = arguments.text("listen", "127.0.0.1:0");
  options.threads = static_cast<uint32_t>(arguments.number("threads", 2));
  auto server = http::Server::start(options, [&](Request request, const Respond& respond) {
    answer(file, std::move(request), respond);
  });
  if (!server) die(server.error().detail);
  std::printf("ready %s\n", (*server)->url().c_str());
  std::fflush(stdout);
  int signal = 0;
  ::sigwait(&ends, &signal);
  (*server)->stop();
  return 0;
}

}  // namespace
}  // namespace entente::bench

int main(int argc, char** argv) {
  const entente::bench::Arguments arguments(argc, argv, 1, {"listen", "file", "threads"});
  return entente::bench::serve(arguments);
}
