// The data directory of a node: what stands where in it, and how one process opens it.
//
//   DIR/node.json        written last by init and restore: this is a whole node, and of which format
//   DIR/entente.toml     configuration, optional (docs/configuration.md)
//   DIR/label-table.json what confidentiality labels mean here, optional (docs/formats/stanag.md)
//   DIR/journal/         the truth (store)
//   DIR/keystore/        private keys that the node signs with for its parties (keystore.h)
//   DIR/clock.json       how far the node's time had come (exchange/node_clock.h)
//   DIR/signatures.view  which signatures of procedures were checked; can be removed at any time (desk/checked.h)
//   DIR/audit/           who read and wrote what (audit.h)
//   DIR/restored.json    made from a backup and not accepted yet: such a node is not served
//   DIR/.copy-XXXXXX/    a backup that is being streamed or read; what a killed process left goes at the next opening
//   DIR/operator.sock    the operator's server, while `entente serve` runs
//
// Directories are 0700 and files 0600.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/audit.h"
#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "desk/shelf.h"
#include "exchange/node.h"
#include "store/files.h"

namespace entente::app {

inline constexpr std::string_view kLabelTableName = "label-table.json";

std::string journal_path(const std::string& directory);
std::string audit_path(const std::string& directory);
// What http takes as the address of the operator's socket. Sockets have short names (108 bytes): a long path is reached
// through a descriptor of the directory, which then stays open until the process ends.
Result<std::string> operator_address(const std::string& directory);

bool is_node(const std::string& directory);
// What names directories that hold copies for a while.
inline constexpr std::string_view kCopyPrefix = ".copy-";
// Removes those of a data directory.
Result<void> remove_copies(store::Files& files, const std::string& directory);

// The mark of a restored node: where it came from; nullopt if it was never restored, or was accepted.
Result<void> mark_as_restored(store::Files& files, const std::string& directory,
                              const std::string& from, int64_t now_ms);
std::optional<std::string> restored_mark(store::Files& files, const std::string& directory);
Result<void> accept_restored(store::Files& files, const std::string& directory);

// Writes DIR/node.json, durably.
Result<void> mark_as_node(store::Files& files, const std::string& directory);

// Everything that a process which owns the directory holds. Must outlive whatever uses its node.
struct Opened {
  explicit Opened(int64_t clock_ahead_ms) : clock(clock_ahead_ms) {}

  std::string directory;
  SystemClock clock;  // the machine's; node->clock() is the one to decide by
  SystemRandom random;
  std::unique_ptr<store::Files> files = store::posix_files();
  store::Recovery recovery;
  std::unique_ptr<Audit> audit;
  std::unique_ptr<exchange::Node> node;
  std::unique_ptr<desk::Shelf> shelf;
  exchange::NodeClock::Saved saved_time;  // as it stands in clock.json

  // Writes clock.json if the time has moved on by a minute, or a leap waits or waits no more. Best effort: the last tick
  // of the journal guards the clock, too.
  void keep_time();
  // Writes signatures.view if so many were checked that it is worth it. Best effort: what is not there is checked again.
  void keep_checked();
  ~Opened();
};

enum class Must : uint8_t {
  kBeNode,  // kNotFound if the directory is no node
  kBeNew,   // kConflict if it is one, or holds anything but entente.toml
};

// Opens or makes, at the time that ENTENTE_NOW says, if it says one. kConflict if another process has it, after waiting
// `wait_ms` for that to end.
Result<std::unique_ptr<Opened>> open_directory(const std::string& directory, Must must,
                                               int64_t wait_ms);

}  // namespace entente::app
