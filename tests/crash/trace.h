// What the test and the library that it loads into the server share: one mapped file, with a trace of the calls that matter
// and the orders which of them to break. Plain data only; the library is written to need nothing else.
#pragma once

#include <atomic>
#include <cstdint>

namespace entente::testing {

enum class Event : uint32_t {
  kWrite = 1,  // bytes of a journal file were written: offset, size
  kTruncate,   // a journal file was cut: offset is its new size
  kSyncBegin,  // fdatasync or fsync of a journal file is about to be called
  kSyncEnd,    // and has returned 0
  kSyncFailed,
  kSend,  // an answer is about to be handed to the kernel: status, and its X-Request-Id
};

struct TraceEntry {
  std::atomic<uint32_t> is_whole;  // written last
  Event event;
  uint64_t file;  // inode
  uint64_t offset;
  uint64_t size;
  int32_t status;
  char request[36];
};

// What is broken. Counters are of calls on journal files since the orders were given.
struct Faults {
  std::atomic<int64_t>
      fail_write_after;  // this many writes succeed, then one fails; negative: none
  std::atomic<int32_t> fail_write_errno;
  std::atomic<int32_t> fail_writes_count;  // how many fail then
  std::atomic<int32_t>
      short_first;  // the failing write first takes half of its bytes, and the next call fails
  std::atomic<int64_t> bytes_left;  // then ENOSPC, until it is raised; negative: no limit
  std::atomic<int64_t>
      fail_sync_after;           // this many syncs succeed, then one fails with EIO; negative: none
  std::atomic<uint64_t> writes;  // what came through
  std::atomic<uint64_t> syncs;
  std::atomic<uint64_t> failures;  // that were made
};

inline constexpr uint32_t kTraceEntriesMax = 1 << 18;

struct Shared {
  std::atomic<uint64_t> loaded;  // the library is in the process
  Faults faults;
  std::atomic<uint32_t> next;
  TraceEntry entries[kTraceEntriesMax];
};

inline constexpr const char* kSharedVariable = "ENTENTE_TEST_SHIM";

}  // namespace entente::testing
