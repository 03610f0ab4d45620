// The naive oracle: who may see what, written from the design's section on labels and from nothing else.
//
// It knows no bitmap, mark-set, position or tick; it keeps lists and walks them. It includes nothing of the engine but the
// JSON reader, with which it finds the marks in an object's own bytes.
//
// The rules. An entry is an object in a collection (or in none), with its submitter as originator, who may always read.
// Levels come from object_marking_refs. Granular markings are drawn on what cannot be cut, so that theirs must let the reader
// as well, whatever the level of the whole. Each level must let the reader: CLEAR anyone;
// GREEN the parties that existed when it was submitted; AMBER the parties that could read the collection then and can
// now (without a collection nobody); AMBER+STRICT and RED nobody else. Without a level the collection's default is the
// level; without that, nobody else. Any other marking must be a statement without extensions whose first accepted content
// came from the same submitter, and the reader must be able to read that first entry by the same rules, to a depth of 4.
// What is withdrawn is in nobody's world. A recall takes back what a party submitted under an id and created itself, or
// nobody of the node created; the bytes are refused from then on: from all, or from that party if they name no creator of
// the node. Recalls of bytes that others had submitted too, and later submissions of recalled bytes by others, are not
// drawn: they tell of the recall, as they should (docs/security.md).
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "history.h"

namespace entente::law {

struct OracleEntry {
  size_t act = 0;   // that brought it
  size_t item = 0;  // in that act's objects
  std::string submitter;
  std::string collection;  // alias; empty: none
  std::string text, id, type;
  std::string version;  // as written; empty: the object has none
  bool is_20 = false;
  std::set<int> levels;
  std::set<int> part_levels;          // of granular markings of what cannot be cut
  std::vector<std::string> markings;  // ids of others
  int default_level = -1;
  std::set<std::string> audience, community;
  std::string creator;  // created_by_ref; empty: none
  bool is_withdrawn = false;
  bool is_recalled = false;
  std::set<std::string> ever;  // parties that could see it at some instant
};

enum class Fate : uint8_t { kAccepted, kRepeated, kRefused };

struct Outcome {
  bool is_done = false;           // the request was allowed and well-formed
  std::vector<Fate> fates;        // of an allowed post or import
  std::vector<size_t> entries;    // brought by it
  std::vector<size_t> withdrawn;  // taken out by it
  std::vector<size_t> recalled;   // erased by it, those that were withdrawn before too
};

class Oracle {
 public:
  // One act after the other. False if the act makes no sense (a history that was cut short badly).
  bool apply(const Act& act, size_t index, Outcome* outcome);
  // Notes who can see what at that instant.
  void look(int64_t now_ms);

  bool sees(const std::string& party, const OracleEntry& entry, int64_t now_ms) const;
  // By who may read or write a collection, named by alias or UUID.
  bool may_read(const std::string& collection, const std::string& party, int64_t now_ms) const;
  bool may_write(const std::string& collection, const std::string& party, int64_t now_ms) const;
  bool has_key(const std::string& party, Role role) const {
    return !revoked_.contains({party, role});
  }

  const std::vector<OracleEntry>& entries() const { return entries_; }
  const std::vector<std::string>& parties() const { return parties_; }
  // Parties that could read or write it at some instant; by alias.
  const std::set<std::string>& ever_met(const std::string& alias) const {
    return collections_.at(alias).ever;
  }
  std::vector<std::string> collections() const;
  // Whether somebody else submitted the same bytes as an entry.
  bool has_copies(const OracleEntry& entry) const;
  // Who recalled these bytes; empty: nobody.
  std::string recalled_by(const std::string& text) const;
  const std::string& uuid_of(const std::string& alias) const { return collections_.at(alias).uuid; }
  std::vector<std::string> groups() const;
  // Whether the party or group has an open membership in the group.
  bool is_member(const std::string& code, const std::string& group) const;

 private:
  struct Member {
    std::string code;
    int64_t from_ms, until_ms;
  };
  struct Collection {
    std::string uuid;
    std::vector<std::string> read, write;
    int default_level = -1;
    std::set<std::string> ever;
  };
  struct Known {
    size_t entry = 0;  // of its first content
    bool has_limit = false;
  };

  const Collection* find(const std::string& alias_or_uuid, std::string* alias) const;
  std::set<std::string> expand(const std::vector<std::string>& codes, int64_t now_ms) const;
  void expand_into(const std::string& code, int64_t now_ms, int depth,
                   std::set<std::string>* out) const;
  bool sees_at(const std::string& party, const OracleEntry& entry, int64_t now_ms, int depth) const;
  bool submit(const Act& act, size_t index, Outcome* outcome);
  void remove(const Act& act, Outcome* outcome);
  void recall(const Act& act, Outcome* outcome);
  bool is_recallable(const std::string& party, const OracleEntry& entry) const;
  bool change(const Act& act);

  std::vector<std::string> parties_;
  std::map<std::string, std::vector<Member>> groups_;
  std::map<std::string, Collection> collections_;
  std::set<std::pair<std::string, Role>> revoked_;
  std::vector<OracleEntry> entries_;
  std::map<std::string, std::string> identities_;               // of parties: code
  std::map<std::string, std::string> buried_;                   // recalled bytes: by whom
  std::map<std::pair<std::string, std::string>, Known> known_;  // submitter, marking id
  // Audiences of this instant, by alias.
  mutable std::map<std::pair<std::string, int64_t>, std::set<std::string>> readers_now_;
};

}  // namespace entente::law
