// Recall: the creator takes an object back. Its content goes from every file of the node, and the same
// bytes are not taken in again. [DESIGN: ideas 5 and 6]
//
// Who may, and what of:
// - The party whose identity the object names in `created_by_ref`, of what it submitted itself (its
//   attested records), and with them every copy of exactly the same bytes that others submitted.
// - The submitter of an object that names no creator (most SCOs), or one that is no party of this node: of
//   its own records alone. What others submitted under the same id stays theirs, even if the bytes are equal.
// Every version of the id goes, those that were withdrawn before, too. Nobody recalls what another
// created: who submitted such an object may withdraw it.
//
// Three steps, each durable before the next: a kRecall record takes the entries out of every world and
// stands for the intent; the journal erases; a kRecallDone record ends it. Whatever stops the node in
// between, its next start goes on with the second step.
//
// A tombstone is a digest of the bytes under the node's key. It refuses these bytes from anybody if they
// were attested, else from the party that recalled them: nobody can keep another's words out.
//
// Values; no thread contract.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "release/directory.h"
#include "store/journal.h"

namespace entente::exchange {

struct Tombstone {
  uint64_t id_hash = 0;
  Digest digest{};
  release::PartyNumber party =
      release::kNoParty;  // whose submissions alone it refuses; kNoParty: all
};

// One recall as it is journaled.
struct Recall {
  uint64_t ordinal = 0;
  int64_t tick_ms = 0;
  release::PartyNumber party = release::kNoParty;
  std::string by;  // key id; empty: the operator
  std::string id;
  std::string reason;
  std::vector<store::Position> records;  // sorted: what is erased
  std::vector<store::Position> entries;  // sorted: the records and their memberships
  std::vector<Tombstone> tombstones;
  // What its party is told: of the records in its own sight.
  uint64_t seen_records = 0, seen_bytes = 0;
  bool is_done = false;
};

// The bytes of a kRecall record behind its ordinal (JSON), and back: without ordinal, tick and is_done.
std::string encode_recall(const Recall& recall);
Result<Recall> decode_recall(std::string_view bytes);

class Tombstones {
 public:
  void add(const std::vector<Tombstone>& tombstones);
  // Whether these bytes of this submitter are refused. Cheap unless something with that id was recalled.
  bool refuse(std::string_view node_key, uint64_t id_hash, std::string_view bytes,
              release::PartyNumber submitter) const;
  bool empty() const { return by_id_.empty(); }

 private:
  std::unordered_map<uint64_t, std::vector<Tombstone>> by_id_;
};

Digest tombstone_of(std::string_view node_key, std::string_view bytes);

// What a plan finds to recall of an id, as the party.
struct RecallRequest {
  const release::Directory* directory = nullptr;
  std::string_view node_key;
  release::PartyNumber party = release::kNoParty;
  std::string_view id;
  uint64_t id_hash = 0;
};
struct RecallFound {
  std::vector<store::Position> records, entries;  // sorted
  std::vector<store::Position> own;               // records that the party submitted
  std::vector<Tombstone> tombstones;
  bool has_others = false;  // own submissions of the id that name another party as their creator
};
RecallFound find_to_recall(const store::Plan& plan, const RecallRequest& request);

// The records that hold bytes which one of the tombstones refuses, as `records` and `entries`.
RecallFound find_buried(const store::Plan& plan, std::string_view node_key,
                        const std::vector<Tombstone>& tombstones);

// What a finished recall answers.
struct RecallReport {
  std::string id;
  uint64_t records = 0;  // of those that the asking party could see
  uint64_t erased_bytes = 0;
  int64_t tick_ms = 0;
};

// A place that was backed up to, and when.
struct BackupMade {
  std::string place;
  int64_t first_ms = 0, last_ms = 0;
};

}  // namespace entente::exchange
