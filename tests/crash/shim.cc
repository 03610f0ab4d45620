// Loaded into the server before libc: watches and breaks what it does to the files of its journal, and watches its answers.
//
// A journal file is one whose path has "/journal/" in it, asked of /proc for each call: slow, and free of any state that a
// dup or close could make stale. A trace entry of a write or sync is made after the call returned, one of a send or of the
// begin of a sync before it: so an order in the trace is an order that happened.
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "tests/crash/trace.h"

namespace {

using entente::testing::Event;
using entente::testing::Faults;
using entente::testing::kSharedVariable;
using entente::testing::kTraceEntriesMax;
using entente::testing::Shared;
using entente::testing::TraceEntry;

Shared* map_shared() {
  const char* path = getenv(kSharedVariable);
  if (path == nullptr) return nullptr;
  const int fd = open(path, O_RDWR | O_CLOEXEC);
  if (fd < 0) return nullptr;
  void* at = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (at == MAP_FAILED) return nullptr;
  static_cast<Shared*>(at)->loaded.fetch_add(1);
  return static_cast<Shared*>(at);
}

Shared* shared() {
  static Shared* const mapped = map_shared();
  return mapped;
}

// The inode of a journal's file, else 0.
uint64_t journal_file(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t n = readlink(link, path, sizeof path - 1);
  if (n <= 0) return 0;
  path[n] = '\0';
  struct stat info;
  if (strstr(path, "/journal/") == nullptr || fstat(fd, &info) != 0) return 0;
  return info.st_ino;
}

TraceEntry* note(Event event, uint64_t file, uint64_t offset, uint64_t size) {
  const uint32_t at = shared()->next.fetch_add(1);
  if (at >= kTraceEntriesMax) return nullptr;
  TraceEntry& entry = shared()->entries[at];
  entry.event = event;
  entry.file = file;
  entry.offset = offset;
  entry.size = size;
  return &entry;
}

void finish(TraceEntry* entry) {
  if (entry != nullptr) entry->is_whole.store(1);
}

template <class Function>
Function next_of(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

// How much of a write may go through: its size, less, or -1 with errno set.
ssize_t allowed(Faults& faults, size_t size) {
  const int64_t before = faults.fail_write_after.load();
  if (before >= 0 && faults.fail_write_after.fetch_sub(1) <= 0) {
    if (faults.short_first.exchange(0) != 0) {
      faults.fail_write_after.store(0);
      return static_cast<ssize_t>(size / 2 > 0 ? size / 2 : 1);
    }
    if (faults.fail_writes_count.fetch_sub(1) > 0) {
      faults.fail_write_after.store(0);
      faults.failures.fetch_add(1);
      errno = faults.fail_write_errno.load();
      return -1;
    }
    faults.fail_write_after.store(-1);
  }
  const int64_t left = faults.bytes_left.load();
  if (left < 0) return static_cast<ssize_t>(size);
  if (left == 0) {
    faults.failures.fetch_add(1);
    errno = ENOSPC;
    return -1;
  }
  const int64_t taken = left < static_cast<int64_t>(size) ? left : static_cast<int64_t>(size);
  faults.bytes_left.fetch_sub(taken);
  return taken;
}

ssize_t journal_write(int fd, const void* bytes, size_t size, off_t offset, uint64_t file) {
  static const auto real = next_of<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite64");
  Faults& faults = shared()->faults;
  const ssize_t most = allowed(faults, size);
  if (most < 0) return -1;
  const ssize_t n = real(fd, bytes, static_cast<size_t>(most), offset);
  const int reason = errno;
  if (n > 0) {
    faults.writes.fetch_add(1);
    finish(note(Event::kWrite, file, static_cast<uint64_t>(offset), static_cast<uint64_t>(n)));
  }
  errno = reason;
  return n;
}

int journal_sync(int fd, const char* name) {
  const auto real = next_of<int (*)(int)>(name);
  const uint64_t file = shared() == nullptr ? 0 : journal_file(fd);
  if (file == 0) return real(fd);
  Faults& faults = shared()->faults;
  finish(note(Event::kSyncBegin, file, 0, 0));
  const int64_t before = faults.fail_sync_after.load();
  if (before >= 0 && faults.fail_sync_after.fetch_sub(1) <= 0) {
    faults.fail_sync_after.store(-1);
    faults.failures.fetch_add(1);
    finish(note(Event::kSyncFailed, file, 0, 0));
    errno = EIO;
    return -1;
  }
  const int code = real(fd);
  const int reason = errno;
  faults.syncs.fetch_add(1);
  finish(note(code == 0 ? Event::kSyncEnd : Event::kSyncFailed, file, 0, 0));
  errno = reason;
  return code;
}

// Notes each answer that begins in these bytes.
void note_answers(const char* text, size_t size) {
  static const char kStart[] = "HTTP/1.1 ";
  static const char kId[] = "\r\nx-request-id: ";
  const char* const end = text + size;
  for (const char* at = text; at + 12 <= end;) {
    const void* found = memmem(at, static_cast<size_t>(end - at), kStart, sizeof kStart - 1);
    if (found == nullptr) return;
    at = static_cast<const char*>(found) + sizeof kStart - 1;
    TraceEntry* entry = note(Event::kSend, 0, 0, size);
    if (entry == nullptr) return;
    entry->status = atoi(at);
    const void* stop = memmem(at, static_cast<size_t>(end - at), "\r\n\r\n", 4);
    const char* head_end = stop == nullptr ? end : static_cast<const char*>(stop) + 2;
    for (const char* line = at; line + sizeof kId <= head_end; ++line) {
      if (strncasecmp(line, kId, sizeof kId - 1) != 0) continue;
      const char* id = line + sizeof kId - 1;
      for (size_t i = 0; i + 1 < sizeof entry->request && id + i < head_end && id[i] != '\r'; ++i)
        entry->request[i] = id[i];
    }
    finish(entry);
  }
}

void note_pieces(const struct iovec* pieces, size_t count) {
  char head[8192];
  size_t size = 0;
  for (size_t i = 0; i < count && size < sizeof head; ++i) {
    const size_t room = sizeof head - size;
    const size_t part = pieces[i].iov_len < room ? pieces[i].iov_len : room;
    memcpy(head + size, pieces[i].iov_base, part);
    size += part;
  }
  note_answers(head, size);
}

}  // namespace

extern "C" {

__attribute__((constructor)) void shim_start() { (void)shared(); }

ssize_t pwrite64(int fd, const void* bytes, size_t size, off_t offset) {
  static const auto real = next_of<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite64");
  const uint64_t file = shared() == nullptr ? 0 : journal_file(fd);
  return file == 0 ? real(fd, bytes, size, offset) : journal_write(fd, bytes, size, offset, file);
}

ssize_t pwrite(int fd, const void* bytes, size_t size, off_t offset) {
  return pwrite64(fd, bytes, size, offset);
}

ssize_t write(int fd, const void* bytes, size_t size) {
  static const auto real = next_of<ssize_t (*)(int, const void*, size_t)>("write");
  const uint64_t file = shared() == nullptr ? 0 : journal_file(fd);
  if (file == 0) return real(fd, bytes, size);
  const off_t offset = lseek(fd, 0, SEEK_CUR);
  const ssize_t n = journal_write(fd, bytes, size, offset, file);
  if (n > 0) lseek(fd, offset + n, SEEK_SET);
  return n;
}

int ftruncate64(int fd, off_t size) {
  static const auto real = next_of<int (*)(int, off_t)>("ftruncate64");
  const int code = real(fd, size);
  const uint64_t file = code != 0 || shared() == nullptr ? 0 : journal_file(fd);
  if (file != 0) finish(note(Event::kTruncate, file, static_cast<uint64_t>(size), 0));
  return code;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int fdatasync(int fd) { return journal_sync(fd, "fdatasync"); }

int fsync(int fd) { return journal_sync(fd, "fsync"); }

ssize_t sendmsg(int fd, const struct msghdr* message, int flags) {
  static const auto real = next_of<ssize_t (*)(int, const struct msghdr*, int)>("sendmsg");
  if (shared() != nullptr) note_pieces(message->msg_iov, message->msg_iovlen);
  return real(fd, message, flags);
}

ssize_t send(int fd, const void* bytes, size_t size, int flags) {
  static const auto real = next_of<ssize_t (*)(int, const void*, size_t, int)>("send");
  if (shared() != nullptr) note_answers(static_cast<const char*>(bytes), size);
  return real(fd, bytes, size, flags);
}

ssize_t writev(int fd, const struct iovec* pieces, int count) {
  static const auto real = next_of<ssize_t (*)(int, const struct iovec*, int)>("writev");
  if (shared() != nullptr && count > 0) note_pieces(pieces, static_cast<size_t>(count));
  return real(fd, pieces, count);
}

}  // extern "C"
