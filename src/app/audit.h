// The audit log: who read or wrote which content, in DIR/audit/AUDIT-000001.jsonl and on, one JSON object a line, appended
// only, mode 0600. Every line carries the SHA-256 of that party's line before it, so that a line that was changed, left out
// or put in later shows (what was cut off at the very end does not: keep copies elsewhere).
//
//   {"at":"...Z","party":"AVL","by":"KEY ID or operator","action":"taxiiObjects","collection":"UUID","object":"indicator--...",
//    "count":3,"status":200,"request":"ID","previous":"64 hex digits"}
//
// A file begins with a line of all chains' ends so far, {"heads":{"AVL":"..."}}, so that a start reads the newest file alone.
//
// A party may read its own lines: what its own principals asked and were told, and nothing of anybody else. page() gives them as
// they stand in the files, so that verify_audit_text() can follow the chain anywhere.
//
// Lines are written and synced at most a second after they were added, and at the end. When the disk does not take them,
// they wait in memory; past limits::kAuditWaitingBytesMax new ones are dropped and counted, and the party's next line says
// how many of its own.
// Threads: any.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/audit_query.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/result.h"
#include "store/files.h"

namespace entente::app {

struct AuditLine {
  std::string_view party;
  std::string_view by;  // key id, or "operator"
  std::string_view action;
  std::string_view collection;    // empty: none
  std::string_view object;        // empty: none
  std::optional<uint64_t> count;  // of objects
  int status = 0;                 // as HTTP's
  std::string_view request;       // id
};

class Audit {
 public:
  // Goes on with what the directory holds, or begins. A torn last line (of a crash) is cut.
  static Result<std::unique_ptr<Audit>> open(store::Files& files, const std::string& directory,
                                             const Clock& clock,
                                             size_t file_bytes_max = limits::kAuditFileBytes);
  ~Audit();
  Audit(const Audit&) = delete;
  Audit& operator=(const Audit&) = delete;

  void add(const AuditLine& line);
  // A page of a party's lines in order, one a line, byte for byte. kInvalid if `after` is of no line of that party. Reads the files: cost grows with the log.
  Result<std::string> page(const AuditQuery& query);
  // Writes and syncs what waits. The error of the last try, if it failed.
  Result<void> flush();
  uint64_t lines() const;
  uint64_t lost() const;

 private:
  Audit(store::Files& files, std::string directory, const Clock& clock, size_t file_bytes_max);
  Result<void> resume();
  Result<void> begin_file(uint32_t number);
  void run();

  store::Files& files_;
  const std::string directory_;
  const Clock& clock_;
  const size_t file_bytes_max_;

  mutable std::mutex mutex_;  // of what waits
  std::condition_variable wake_;
  bool ending_ = false;
  std::string waiting_;
  std::map<std::string, Digest, std::less<>> heads_;
  std::map<std::string, uint64_t, std::less<>> lost_unsaid_;  // by party: of others none may hear
  uint64_t lines_ = 0, lost_ = 0;

  std::mutex file_mutex_;  // of what is written
  std::unique_ptr<store::File> file_;
  uint32_t number_ = 0;
  uint64_t size_ = 0;
  std::jthread writer_;
};

struct AuditReport {
  uint64_t lines = 0;
  std::vector<std::string> problems;
};

// Follows the chain of one party through what page() or the command line gave: lines, or whole pages. What was cut off before
// the first line and behind the last does not show.
AuditReport verify_audit_text(std::string_view text);

// Follows every chain through all files of a directory.
AuditReport verify_audit(store::Files& files, const std::string& directory);

}  // namespace entente::app
