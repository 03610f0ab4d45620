// What a node knows besides the objects themselves, folded from the journal's control records:
// directory, mark-sets, types, known markings, withdrawals. Immutable values, so that a reader's
// view of them cannot change under it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "exchange/acts.h"
#include "exchange/recall.h"
#include "release/directory.h"
#include "release/marks.h"
#include "store/journal.h"

namespace entente::exchange {

// Kinds of control records (store/journal.h). Numbers are part of the journal's format: never reuse
// one.
enum ControlKinds : store::ControlKind {
  kNodeKey = 1,  // 32 bytes: makes cursors and ids of answers
  kDirectoryChange = 2,
  kTypeName = 3,
  kPartySet = 4,
  kMarkSet = 5,
  kMarkingSeen = 6,
  kWithdrawal = 7,
  kReleaseAct = 8,
  kRecall = 16,      // an intent: its entries leave every world, then are erased (recall.h)
  kRecallDone = 17,  // the ordinal of a recall that is finished
  kBackupMade = 18,  // the place of a backup, before it begins
  kStatus = 128,
  kEditions = 129,  // of the object at the position that is its key: release::Editions
};

// Numbers of type names, in order of appearance, up to a limit. A copy costs a few pointers: names lie in runs that copies
// share, each run longer than the one behind it.
class Types {
 public:
  // The number of every name that came when the table was full: such entries are told apart by
  // their bytes (type_filter.h), since which names have numbers is nobody's to know.
  static constexpr uint16_t kOther = 0;
  explicit Types(size_t max = limits::kTypesMax) : max_(max) {}
  std::optional<uint16_t> find(std::string_view name) const;
  uint16_t add(std::string_view name);           // one that it does not have; kOther if it is full
  std::string_view name(uint16_t number) const;  // empty for kOther
  size_t size() const { return size_; }
  size_t max() const { return max_; }
  bool is_full() const { return size_ >= max_; }

 private:
  struct Run {
    std::vector<std::string> names;
    std::unordered_map<std::string_view, uint16_t> numbers;  // of the names above
  };
  size_t max_;
  size_t size_ = 0;
  std::vector<std::shared_ptr<const Run>> runs_;
};

// An entry that was taken out of its collection, and when.
struct Withdrawn {
  store::Position position = 0;
  int64_t tick_ms = 0;
};

// Everything above as of one tick. Parts are shared between states; a change copies the part that
// it changes.
struct State {
  int64_t tick_ms = 0;
  std::string node_key;
  std::shared_ptr<const release::Directory> directory = std::make_shared<release::Directory>();
  std::shared_ptr<const release::KnownMarkings> markings =
      std::make_shared<release::KnownMarkings>();
  std::shared_ptr<const Types> types = std::make_shared<Types>();
  std::shared_ptr<const std::vector<release::PartySet>> party_sets =
      std::make_shared<std::vector<release::PartySet>>();
  std::shared_ptr<const std::vector<release::MarkSet>> mark_sets =
      std::make_shared<std::vector<release::MarkSet>>();
  // Of each mark-set: the entries before it cannot carry it.
  std::shared_ptr<const std::vector<store::Position>> mark_set_begins =
      std::make_shared<std::vector<store::Position>>();
  std::shared_ptr<const std::vector<Withdrawn>> withdrawn =
      std::make_shared<std::vector<Withdrawn>>();
  uint64_t withdrawals = 0;  // records that brought them
  std::shared_ptr<const std::vector<Recall>> recalls = std::make_shared<std::vector<Recall>>();
  std::shared_ptr<const Tombstones> tombstones = std::make_shared<Tombstones>();
  std::shared_ptr<const std::vector<BackupMade>> backups =
      std::make_shared<std::vector<BackupMade>>();
  std::shared_ptr<const std::vector<ReleaseAct>> acts = std::make_shared<std::vector<ReleaseAct>>();
  // The state before this tick, for readers whose snapshot is one batch older; its own `previous`
  // is empty.
  std::shared_ptr<const State> previous;

  // Folds one control record. kCorrupt if its bytes are not what this program writes, or if a directory change or a
  // withdrawal is missing before it: without those, nobody can say who may read what.
  Result<void> fold(const store::Control& control);
  // Adds a record to a plan, numbered if its kind is, and folds it.
  void emit(store::Plan& plan, store::ControlKind kind, std::string_view bytes);
  // The ordinal that the next record of a numbered kind carries.
  uint64_t next_ordinal(store::ControlKind kind) const;
  // Makes sure that no mark-set number that entries carry is given again: for a journal that lost records.
  void reserve_mark_sets(uint32_t count);

 private:
  Result<void> fold_numbered(const store::Control& control);
  Result<void> fold_recall(const store::Control& control, std::string_view bytes);
  Result<void> fold_recall_done(std::string_view bytes);
  void fold_backup(const store::Control& control);
};

// Numbered records (types, party sets, mark-sets, directory changes, withdrawals, recalls) carry their own ordinal, so that a record
// that damage took away leaves a gap and never shifts the meaning of the numbers behind it.

// Bytes of kMarkingSeen and kWithdrawal records.
std::string encode_marking_seen(release::PartyNumber submitter,
                                const release::KnownMarkings::Seen& seen,
                                std::string_view marking_id);
std::string encode_withdrawal(const std::vector<store::Position>& positions);

}  // namespace entente::exchange
