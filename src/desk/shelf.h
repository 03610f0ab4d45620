// What was read and worked out of procedures, kept for the next question: nothing that is asked depends on it, but for the
// time that it takes. One for a node; without one every question begins anew.
//
// Kept are records as their objects say, with the check of their signatures (by entry: an entry never changes), acts as they
// count (under one directory), and files as
// a party saw them (by party and procedure: good while the party sees the same entries and no instant has come at which
// something changes). A recall empties it; so does growing past its limits. Which signatures fit is remembered beyond that.
//
// Threads: any. Cost: a lookup in a table under a mutex.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "desk/checked.h"
#include "desk/records.h"
#include "store/journal.h"

namespace entente::desk {

struct File;

class Shelf {
 public:
  // What a file depends on, besides the entries' own bytes.
  struct Seen {
    uint64_t directory = 0;                                    // generation
    std::vector<std::pair<store::Position, uint8_t>> entries;  // and which parts are cut
    friend bool operator==(const Seen&, const Seen&) = default;
  };

  // What outlives the process (checked.h).
  CheckedSignatures& checked() { return checked_; }

  // Empties it if the node has erased something since. `recalls`, here and below: those that the asker's view knows; what an
  // older view read is not kept.
  void note_recalls(size_t recalls);
  // Acts as they count under the directory of that generation, by entry; those that are not kept stay null. Both lists are
  // of one length.
  void find(uint64_t directory, const std::vector<store::Position>& positions,
            std::vector<std::shared_ptr<const SettledAct>>* out) const;
  void keep(size_t recalls, uint64_t directory, store::Position position,
            std::shared_ptr<const SettledAct> act);
  // Null: not kept.
  std::shared_ptr<const Written> record(store::Position position) const;
  void keep(size_t recalls, store::Position position, std::shared_ptr<const Written> record);
  std::shared_ptr<const File> file(const std::string& key, const Seen& seen, int64_t now_ms) const;
  void keep(size_t recalls, const std::string& key, Seen seen, std::shared_ptr<const File> file);

 private:
  struct Kept {
    Seen seen;
    std::shared_ptr<const File> file;
    size_t bytes = 0;
  };
  void make_room(size_t bytes);  // for records and acts; with the mutex held

  CheckedSignatures checked_;
  mutable std::mutex mutex_;
  std::unordered_map<store::Position, std::shared_ptr<const Written>> records_;
  std::unordered_map<store::Position, std::shared_ptr<const SettledAct>> acts_;
  uint64_t acts_directory_ = 0;  // under which acts_ are settled
  std::unordered_map<std::string, Kept> files_;
  size_t record_bytes_ = 0, file_bytes_ = 0, recalls_ = 0;
};

}  // namespace entente::desk
