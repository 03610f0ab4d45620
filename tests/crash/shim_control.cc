// The shared file is sparse: its size is that of a full trace, its pages are made as they are written.
#include "tests/crash/shim_control.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>

#include "base/result.h"

namespace entente::testing {

Shim::Shim() {
  const std::string path = directory_.path() + "/shared";
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  CHECK(fd >= 0 && ftruncate(fd, sizeof(Shared)) == 0);
  void* at = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  ::close(fd);
  CHECK(at != MAP_FAILED);
  shared_ = static_cast<Shared*>(at);
  heal();
}

Shim::~Shim() { munmap(shared_, sizeof(Shared)); }

bool Shim::usable(const char* test) {
  if (is_sanitized())
    printf("%s: skipped: a sanitizer's runtime must be the first library of the process\n", test);
  return !is_sanitized();
}

Environment Shim::environment() const {
  return {{"LD_PRELOAD", ENTENTE_SHIM}, {kSharedVariable, directory_.path() + "/shared"}};
}

void Shim::heal() {
  Faults& faults = shared_->faults;
  faults.fail_write_after = -1;
  faults.fail_write_errno = 5;
  faults.fail_writes_count = 0;
  faults.short_first = 0;
  faults.bytes_left = -1;
  faults.fail_sync_after = -1;
}

std::vector<Call> Shim::trace() const {
  const uint32_t count = shared_->next.load();
  CHECK(count <= kTraceEntriesMax);
  std::vector<Call> out;
  for (uint32_t i = 0; i < count; ++i) {
    const TraceEntry& entry = shared_->entries[i];
    if (entry.is_whole.load() == 0) continue;  // begun and cut off by the end of the process
    out.push_back({entry.event, entry.file, entry.offset, entry.size, entry.status, entry.request});
  }
  return out;
}

}  // namespace entente::testing
