// Polled, not notified: a rename, a truncation and a file system over the network all look alike to two calls of stat, and an
// idle poll each 50 ms costs nothing that shows.
#include "app/tail.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

namespace entente::app {
namespace {

constexpr size_t kPieceBytes = size_t{256} << 10;

volatile std::sig_atomic_t is_stopping = 0;
void stop(int) { is_stopping = 1; }

}  // namespace

Result<std::unique_ptr<TailedFile>> TailedFile::open(const std::string& path, Wait wait) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return fail(errno == ENOENT ? Code::kNotFound : Code::kInvalid,
                "cannot open " + path + ": " + std::strerror(errno));
  return std::unique_ptr<TailedFile>(new TailedFile(path, std::move(wait), fd));
}

TailedFile::~TailedFile() { ::close(fd_); }

bool TailedFile::can_follow(const std::string& path) {
  const int fd = path == "-" ? -1 : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  struct stat about{};
  char head[4] = {};
  const bool is_file = ::fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
  const ssize_t n = ::pread(fd, head, sizeof(head), 0);
  ::close(fd);
  const std::string_view begin(head, n > 0 ? static_cast<size_t>(n) : 0);
  return is_file && !begin.starts_with("\x1f\x8b") && !begin.starts_with("\x28\xb5\x2f\xfd");
}

bool TailedFile::is_replaced() const {
  struct stat own{}, there{};
  return ::fstat(fd_, &own) == 0 && ::stat(path_.c_str(), &there) == 0 &&
         (own.st_ino != there.st_ino || own.st_dev != there.st_dev);
}

bool TailedFile::is_truncated() const {
  struct stat own{};
  return ::fstat(fd_, &own) == 0 && static_cast<uint64_t>(own.st_size) < offset_;
}

Result<std::string_view> TailedFile::next() {
  buffer_.resize(kPieceBytes);
  for (;;) {
    const ssize_t n = ::pread(fd_, buffer_.data(), buffer_.size(), static_cast<off_t>(offset_));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(Code::kInvalid, "cannot read " + path_ + ": " + std::strerror(errno));
    if (n > 0) {
      offset_ += static_cast<uint64_t>(n);
      was_replaced_ = false;
      ends_with_line_ = buffer_[static_cast<size_t>(n) - 1] == '\n';
      return std::string_view(buffer_).substr(0, static_cast<size_t>(n));
    }
    const bool is_over = was_replaced_;
    was_replaced_ = is_replaced();
    if (is_over && was_replaced_) {
      const int fd = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
      if (fd >= 0) {
        ::close(fd_);
        fd_ = fd;
        offset_ = 0;
        was_replaced_ = false;
        if (ends_with_line_) continue;
        ends_with_line_ = true;
        return std::string_view("\n");
      }
    } else if (is_truncated()) {
      offset_ = 0;
      if (ends_with_line_) continue;
      ends_with_line_ = true;
      return std::string_view("\n");
    }
    if (!wait_()) return std::string_view();
  }
}

struct StopSignals::Before {
  struct sigaction interrupt, terminate;
};

StopSignals::StopSignals() : before_(std::make_unique<Before>()) {
  struct sigaction action{};
  action.sa_handler = stop;
  ::sigaction(SIGINT, &action, &before_->interrupt);
  ::sigaction(SIGTERM, &action, &before_->terminate);
}

StopSignals::~StopSignals() {
  ::sigaction(SIGINT, &before_->interrupt, nullptr);
  ::sigaction(SIGTERM, &before_->terminate, nullptr);
}

bool StopSignals::wait(int wait_ms) const {
  if (is_stopping == 0) ::poll(nullptr, 0, wait_ms);
  return is_stopping == 0;
}

}  // namespace entente::app
