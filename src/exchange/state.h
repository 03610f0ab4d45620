// What a node knows besides the objects themselves, folded from the journal's control records:
// directory, mark-sets, types, known markings, withdrawals. Immutable values, so that a reader's
// view of them cannot change under it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
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
  kStatus = 128,
};

// Numbers of names, in order of appearance.
class Types {
 public:
  // 0 is no type: of records in no node, and of names past limits::kTypesMax.
  static constexpr uint16_t kOther = 0;
  std::optional<uint16_t> find(std::string_view name) const;
  uint16_t add(std::string_view name);
  std::string_view name(uint16_t number) const;
  size_t size() const { return names_.size(); }

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, uint16_t> numbers_;
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
  std::shared_ptr<const std::vector<store::Position>> withdrawn =
      std::make_shared<std::vector<store::Position>>();
  // The state before this tick, for readers whose snapshot is one batch older; its own `previous`
  // is empty.
  std::shared_ptr<const State> previous;

  // Folds one control record. kCorrupt if its bytes are not what this program writes.
  Result<void> fold(const store::Control& control);
};

// Bytes of kMarkingSeen and kWithdrawal records.
std::string encode_marking_seen(release::PartyNumber submitter, release::MarkSetNumber marks,
                                bool has_limit, std::string_view marking_id);
std::string encode_withdrawal(const std::vector<store::Position>& positions);

}  // namespace entente::exchange
