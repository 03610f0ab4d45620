// The real file system: thin wrappers over POSIX calls, each retried after EINTR and short counts.
//
// A full disk is told apart from other failures, since the caller can mend it: kUnavailable. All else is kInternal, with
// the name of the call, the path and the reason in words.
#include "store/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace entente::store {
namespace {

std::unexpected<Error> failure(const char* call, const std::string& path) {
  const int reason = errno;
  char buffer[128];
  const char* text = strerror_r(reason, buffer, sizeof buffer);
  if (reason == ENOSPC || reason == EDQUOT) {
    return fail(Code::kUnavailable, std::string("disk full: ") + call + " " + path + ": " + text);
  }
  const Code code = reason == ENOENT ? Code::kNotFound : Code::kInternal;
  return fail(code, std::string(call) + " " + path + ": " + text);
}

class PosixFile final : public File {
 public:
  PosixFile(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}
  ~PosixFile() override { ::close(fd_); }
  PosixFile(const PosixFile&) = delete;
  PosixFile& operator=(const PosixFile&) = delete;

  Result<void> write_at(uint64_t offset, std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t n = ::pwrite(fd_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return failure("write", path_);
      if (n == 0) return fail(Code::kInternal, "write " + path_ + ": no progress");
      bytes.remove_prefix(static_cast<size_t>(n));
      offset += static_cast<uint64_t>(n);
    }
    return {};
  }

  Result<void> sync() override {
    // Not retried after an error: the kernel reports a lost page once and then forgets it.
    int rc;
    do {
      rc = ::fdatasync(fd_);
    } while (rc != 0 && errno == EINTR);
    if (rc != 0) return failure("fdatasync", path_);
    return {};
  }

  Result<void> truncate(uint64_t size) override {
    int rc;
    do {
      rc = ::ftruncate(fd_, static_cast<off_t>(size));
    } while (rc != 0 && errno == EINTR);
    if (rc != 0) return failure("truncate", path_);
    return {};
  }

  Result<uint64_t> size() const override {
    struct stat info;
    if (::fstat(fd_, &info) != 0) return failure("stat", path_);
    return static_cast<uint64_t>(info.st_size);
  }

 private:
  int fd_;
  std::string path_;
};

class PosixMapping final : public Mapping {
 public:
  PosixMapping(void* address, size_t size) : address_(address), size_(size) {}
  ~PosixMapping() override {
    if (size_ > 0) ::munmap(address_, size_);
  }
  PosixMapping(const PosixMapping&) = delete;
  PosixMapping& operator=(const PosixMapping&) = delete;
  const char* data() const override { return static_cast<const char*>(address_); }
  size_t size() const override { return size_; }
  void will_need(uint64_t offset, uint64_t bytes) const override {
    if (offset >= size_) return;
    static const auto kPageBytes = static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
    const uint64_t begin = offset / kPageBytes * kPageBytes;
    const uint64_t end = offset + std::min<uint64_t>(bytes, size_ - offset);
    ::madvise(static_cast<char*>(address_) + begin, end - begin, MADV_WILLNEED);
  }

 private:
  void* address_;
  size_t size_;
};

struct HeldLock {
  int fd;
  explicit HeldLock(int held) : fd(held) {}
  ~HeldLock() { ::close(fd); }
  HeldLock(const HeldLock&) = delete;
  HeldLock& operator=(const HeldLock&) = delete;
};

int advice_of(Access access) {
  switch (access) {
    case Access::kRandom:
      return MADV_RANDOM;
    case Access::kClustered:
      return MADV_NORMAL;
    case Access::kSequential:
      return MADV_SEQUENTIAL;
  }
  return MADV_NORMAL;
}

class PosixFiles final : public Files {
 public:
  Result<std::unique_ptr<File>> open(const std::string& path) override {
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return failure("open", path);
    return std::make_unique<PosixFile>(fd, path);
  }

  Result<std::shared_ptr<Mapping>> map(const std::string& path, uint64_t size,
                                       Access access) override {
    if (size == 0) return std::make_shared<PosixMapping>(nullptr, 0);
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return failure("open", path);
    void* address = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, 0);
    const int reason = errno;
    ::close(fd);
    errno = reason;
    if (address == MAP_FAILED) return failure("map", path);
    ::madvise(address, size, advice_of(access));
    return std::make_shared<PosixMapping>(address, size);
  }

  Result<std::string> read(const std::string& path) override {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return failure("open", path);
    const PosixFile file(fd, path);
    const uint64_t size = TRY(file.size());
    std::string out(size, '\0');
    size_t done = 0;
    while (done < out.size()) {
      const ssize_t n = ::pread(fd, out.data() + done, out.size() - done, static_cast<off_t>(done));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return failure("read", path);
      if (n == 0) break;
      done += static_cast<size_t>(n);
    }
    out.resize(done);
    return out;
  }

  Result<std::vector<std::string>> list(const std::string& directory) override {
    DIR* dir = ::opendir(directory.c_str());
    if (dir == nullptr) return failure("list", directory);
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* item = ::readdir(dir)) {
      const std::string_view name = item->d_name;
      if (name != "." && name != "..") names.emplace_back(name);
    }
    const int reason = errno;
    ::closedir(dir);
    errno = reason;
    if (reason != 0) return failure("list", directory);
    std::sort(names.begin(), names.end());
    return names;
  }

  bool exists(const std::string& path) override {
    struct stat info;
    return ::stat(path.c_str(), &info) == 0;
  }

  Result<void> make_directory(const std::string& path) override {
    for (size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
      const std::string part = path.substr(0, slash);
      if (::mkdir(part.c_str(), 0700) != 0 && errno != EEXIST) return failure("mkdir", part);
      if (slash == std::string::npos) break;
    }
    struct stat info;
    if (::stat(path.c_str(), &info) != 0) return failure("stat", path);
    if (!S_ISDIR(info.st_mode)) return fail(Code::kInternal, path + " is not a directory");
    return {};
  }

  Result<void> rename(const std::string& from, const std::string& to) override {
    if (::rename(from.c_str(), to.c_str()) != 0) return failure("rename", from);
    return {};
  }

  Result<void> remove(const std::string& path) override {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return failure("remove", path);
    return {};
  }

  Result<void> sync_directory(const std::string& path) override {
    const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return failure("open", path);
    const int rc = ::fsync(fd);
    const int reason = errno;
    ::close(fd);
    errno = reason;
    if (rc != 0) return failure("fsync", path);
    return {};
  }

  Result<std::shared_ptr<void>> lock(const std::string& path) override {
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return failure("open", path);
    auto held = std::make_shared<HeldLock>(fd);
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) {
        return fail(Code::kConflict, path + " is held by another process");
      }
      return failure("lock", path);
    }
    return std::shared_ptr<void>(std::move(held));
  }
};

}  // namespace

uint64_t page_waits() {
  rusage use{};
  ::getrusage(RUSAGE_THREAD, &use);
  return static_cast<uint64_t>(use.ru_majflt);
}

std::unique_ptr<Files> posix_files() { return std::make_unique<PosixFiles>(); }

}  // namespace entente::store
