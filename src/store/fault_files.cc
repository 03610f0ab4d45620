// How faults are made. An error of a write leaves half of it behind, as a disk may. Renames and removals count as durable
// at once: the journal syncs directories, and what it must not rely on (unsynced content) is what is dropped.
#include "store/fault_files.h"

#include <algorithm>

namespace entente::store {

class FaultFile final : public File {
 public:
  FaultFile(FaultFiles& owner, std::unique_ptr<File> real, std::string path)
      : owner_(owner), real_(std::move(real)), path_(std::move(path)) {}

  Result<void> write_at(uint64_t offset, std::string_view bytes) override {
    const auto verdict = owner_.judge("write", path_, bytes.size());
    if (!verdict.fails) return real_->write_at(offset, bytes);
    (void)real_->write_at(offset, bytes.substr(0, verdict.bytes));
    return fail(Code::kUnavailable, verdict.reason);
  }
  Result<void> sync() override {
    const auto verdict = owner_.judge("sync", path_, 0);
    if (verdict.fails) return fail(Code::kInternal, verdict.reason);
    const auto synced = real_->sync();
    if (synced) owner_.note_synced(path_);
    return synced;
  }
  Result<void> truncate(uint64_t size) override {
    const auto verdict = owner_.judge("truncate", path_, 0);
    if (verdict.fails) return fail(Code::kInternal, verdict.reason);
    return real_->truncate(size);
  }
  Result<uint64_t> size() const override { return real_->size(); }

 private:
  FaultFiles& owner_;
  std::unique_ptr<File> real_;
  std::string path_;
};

void FaultFiles::fail_call(uint64_t n, Fault fault) {
  std::lock_guard lock(mutex_);
  calls_left_ = n;
  fault_ = fault;
  fired_ = false;
}

void FaultFiles::fail_sync(uint64_t n) {
  std::lock_guard lock(mutex_);
  syncs_left_ = n;
  fired_ = false;
}

void FaultFiles::limit_bytes(uint64_t bytes) {
  std::lock_guard lock(mutex_);
  bytes_left_ = bytes;
  fired_ = false;
}

void FaultFiles::die() {
  std::lock_guard lock(mutex_);
  dead_ = true;
}

bool FaultFiles::fired() const {
  std::lock_guard lock(mutex_);
  return fired_;
}

void FaultFiles::set_trace(std::function<void(const std::string&)> trace) {
  std::lock_guard lock(mutex_);
  trace_ = std::move(trace);
}

FaultFiles::Verdict FaultFiles::judge(const std::string& what, const std::string& path,
                                      uint64_t bytes) {
  std::lock_guard lock(mutex_);
  if (trace_) trace_(what + " " + path.substr(path.rfind('/') + 1));
  Verdict out;
  if (dead_) {
    out.fails = true;
    out.reason = "the machine is gone";
    return out;
  }
  if (what == "sync" && syncs_left_ != UINT64_MAX && syncs_left_-- == 0) {
    syncs_left_ = UINT64_MAX;
    fired_ = out.fails = true;
    out.reason = "planted: sync fails";
    return out;
  }
  if (calls_left_ != UINT64_MAX && calls_left_-- == 0) {
    calls_left_ = UINT64_MAX;
    fired_ = out.fails = true;
    out.bytes = fault_ == Fault::kShortWrite ? bytes / 2 : 0;
    out.reason = fault_ == Fault::kDiskFull ? "disk full: planted" : "planted: " + what + " fails";
    return out;
  }
  if (bytes_left_ != UINT64_MAX && what == "write") {
    if (bytes > bytes_left_) {
      fired_ = out.fails = true;
      out.bytes = bytes_left_;
      out.reason = "disk full: planted";
    }
    bytes_left_ -= std::min(bytes, bytes_left_);
  }
  return out;
}

void FaultFiles::note_synced(const std::string& path) {
  auto content = real_.read(path);
  std::lock_guard lock(mutex_);
  if (content) synced_[path] = std::move(*content);
}

void FaultFiles::drop_unsynced() {
  std::lock_guard lock(mutex_);
  for (const auto& [path, content] : synced_) {
    if (!real_.exists(path)) continue;
    const auto file = real_.open(path);
    if (!file) continue;
    (void)(*file)->truncate(0);
    (void)(*file)->write_at(0, content);
  }
}

Result<std::unique_ptr<File>> FaultFiles::open(const std::string& path) {
  const bool creates = !real_.exists(path);
  if (creates) {
    const auto verdict = judge("create", path, 0);
    if (verdict.fails) return fail(Code::kInternal, verdict.reason);
  }
  auto real = real_.open(path);
  if (!real) return real;
  {
    std::lock_guard lock(mutex_);
    // What was there before the test began counts as synced.
    if (!synced_.contains(path)) {
      auto content = creates ? Result<std::string>("") : real_.read(path);
      if (content) synced_[path] = std::move(*content);
    }
  }
  return std::make_unique<FaultFile>(*this, std::move(*real), path);
}

Result<std::shared_ptr<Mapping>> FaultFiles::map(const std::string& path, uint64_t size,
                                                 Access access) {
  return real_.map(path, size, access);
}

Result<void> FaultFiles::make_directory(const std::string& path) {
  const auto verdict = judge("mkdir", path, 0);
  if (verdict.fails) return fail(Code::kInternal, verdict.reason);
  return real_.make_directory(path);
}

Result<void> FaultFiles::rename(const std::string& from, const std::string& to) {
  const auto verdict = judge("rename", from, 0);
  if (verdict.fails) return fail(Code::kInternal, verdict.reason);
  auto renamed = real_.rename(from, to);
  std::lock_guard lock(mutex_);
  if (renamed && synced_.contains(from)) {
    synced_[to] = std::move(synced_[from]);
    synced_.erase(from);
  }
  return renamed;
}

Result<void> FaultFiles::remove(const std::string& path) {
  const auto verdict = judge("remove", path, 0);
  if (verdict.fails) return fail(Code::kInternal, verdict.reason);
  auto removed = real_.remove(path);
  std::lock_guard lock(mutex_);
  if (removed) synced_.erase(path);
  return removed;
}

Result<void> FaultFiles::sync_directory(const std::string& path) {
  const auto verdict = judge("sync", path, 0);
  if (verdict.fails) return fail(Code::kInternal, verdict.reason);
  return real_.sync_directory(path);
}

}  // namespace entente::store
