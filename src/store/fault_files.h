// A file system for tests that fails on demand. Wraps the real one; every call that changes the disk is counted.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "store/files.h"

namespace entente::store {

// Thread-safe.
class FaultFiles final : public Files {
 public:
  enum class Fault { kError, kShortWrite, kDiskFull };

  explicit FaultFiles(Files& real) : real_(real) {}

  // The n-th changing call from now (0: the next) fails; then all go well again.
  void fail_call(uint64_t n, Fault fault);
  // Only syncs are counted and fail.
  void fail_sync(uint64_t n);
  // Writes fail once this many bytes were written from now; UINT64_MAX: never.
  void limit_bytes(uint64_t bytes);
  // All changing calls fail from now on: the machine is gone.
  void die();
  bool fired() const;
  // What happens, in order: "write NAME", "sync NAME", "truncate NAME", ...
  void set_trace(std::function<void(const std::string&)> trace);
  // Puts every file back to what had been synced: a power cut. To be called when nothing is open.
  void drop_unsynced();

  Result<std::unique_ptr<File>> open(const std::string& path) override;
  Result<std::shared_ptr<Mapping>> map(const std::string& path, uint64_t size,
                                       Access access) override;
  Result<std::string> read(const std::string& path) override { return real_.read(path); }
  Result<std::vector<std::string>> list(const std::string& directory) override {
    return real_.list(directory);
  }
  bool exists(const std::string& path) override { return real_.exists(path); }
  Result<void> make_directory(const std::string& path) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<void> remove(const std::string& path) override;
  Result<void> sync_directory(const std::string& path) override;
  Result<std::shared_ptr<void>> lock(const std::string& path) override { return real_.lock(path); }

 private:
  friend class FaultFile;
  // What to do with the next changing call, of `bytes` for writes.
  struct Verdict {
    bool fails = false;
    uint64_t bytes = 0;  // to be written all the same
    std::string reason;
  };
  Verdict judge(const std::string& what, const std::string& path, uint64_t bytes);
  void note_synced(const std::string& path);

  Files& real_;
  mutable std::mutex mutex_;
  uint64_t calls_left_ = UINT64_MAX;
  uint64_t syncs_left_ = UINT64_MAX;
  uint64_t bytes_left_ = UINT64_MAX;
  Fault fault_ = Fault::kError;
  bool dead_ = false;
  bool fired_ = false;
  std::function<void(const std::string&)> trace_;
  std::map<std::string, std::string> synced_;  // content of files as the disk has it
};

}  // namespace entente::store
