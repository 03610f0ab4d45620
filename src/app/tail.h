// A file that grows, as it grows: through rotation (the path is another file) and truncation.
//
//   auto file = TRY(TailedFile::open("sensor.jsonl", [&] { return wait_a_little(); }));
//   for (;;) { auto piece = TRY(file->next()); if (piece.empty()) break; ... }
//
// Where the path has become another file, the old one is read until it has been at its end twice, then the new one from its
// beginning; a line that the old one leaves unfinished is ended. A file that has become shorter is read from its beginning.
// A path that is gone is waited for. Threads: one.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "exchange/importer.h"

namespace entente::app {

class TailedFile final : public exchange::Source {
 public:
  // Called at the end of what is there; false ends the reading.
  using Wait = std::function<bool()>;

  // kNotFound if there is no such file, kInvalid if it cannot be opened.
  static Result<std::unique_ptr<TailedFile>> open(const std::string& path, Wait wait);
  ~TailedFile() override;
  TailedFile(const TailedFile&) = delete;
  TailedFile& operator=(const TailedFile&) = delete;

  // What has been added since; empty only when `wait` has ended it.
  Result<std::string_view> next() override;

  // Whether the path is a plain file that is not compressed: one that can be followed.
  static bool can_follow(const std::string& path);

 private:
  TailedFile(std::string path, Wait wait, int fd)
      : path_(std::move(path)), wait_(std::move(wait)), fd_(fd) {}
  bool is_replaced() const;
  bool is_truncated() const;

  std::string path_;
  Wait wait_;
  int fd_;
  uint64_t offset_ = 0;
  bool ends_with_line_ = true;
  bool was_replaced_ = false;  // at the end before
  std::string buffer_;
};

// Waits for `wait_ms`; false once the process has been asked to end (SIGINT, SIGTERM), which then does not end it at once.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;
  bool wait(int wait_ms) const;

 private:
  struct Before;
  std::unique_ptr<Before> before_;
};

}  // namespace entente::app
