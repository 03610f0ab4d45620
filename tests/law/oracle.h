// The naive oracle: who may see what, written from the design's section on labels and from nothing else.
//
// It knows no bitmap, mark-set, position or tick; it keeps lists and walks them. It includes nothing of the engine but the
// JSON reader, with which it finds the marks in an object's own bytes.
//
// The rules. An entry is an object in a collection (or in none), with its submitter as originator, who may always read.
// What is marked is the whole (object_marking_refs) or a part of it (one for each marking that granular markings name). For
// anybody else:
//   - every marking that is no TLP is a definition that counts: the submitter's own first of that id, else that of an
//     authority, the one listed first: the first that the reader may read, whole; if it was withdrawn, since before that.
//     Its own markings, theirs and so on must come to an end: four steps from the object at most.
//   - it is of no exercise, nor does it define one, its embargo is over, and one clearance covers each classification.
//   - the reader is in each releasable_to list, by name or through groups: at each step from member to group the membership
//     holds now, and it held at release too unless the group is retroactive.
//   - each level lets the reader: CLEAR anyone; GREEN the parties that existed when it was submitted; AMBER, where no list
//     is stated, the parties that could read the collection then and can now (without a collection nobody); AMBER+STRICT
//     those on the lists, and nobody without one; RED those that every list names by their own codes.
//   - where neither level nor list is stated, the collection's default is the level of the whole, and a part is open;
//     without a default nobody else reads.
// Who reads the whole but not some parts reads the edition without these, and nothing if there is none.
// A release officer of the originator changes who reads the whole of what the party has under an id, one act after the
// other: opened, those read too who are in the list, as of the act, and could read the whole but for levels and lists;
// narrowed, those alone read on who are in the list, as of the act. The parts are read as before. What was taken from a
// party that way comes back to it by no repetition: by nothing that differs only in what the party does not see.
// The public reads what is CLEAR and stated to be nothing more. An expert reads what its party reads, in the collections to
// which its key is narrowed, definitions included, and what is classified only if the key's clearance covers it too; of its
// own party's, whatever is understood and within that clearance.
// What is withdrawn is in nobody's world. A recall takes back what a party submitted under an id and created itself, or
// nobody of the node created; the bytes are refused from then on: from all, or from that party if they name no creator of
// the node. Recalls of bytes that others had submitted too, and later submissions of recalled bytes by others, are not
// drawn: they tell of the recall, as they should (docs/security.md).
//
// It is asked at each instant at which something changes, in order, with what is recorded by then.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "history.h"

namespace entente::law {

// The marks of the whole or of a part.
struct Marks {
  std::set<int> levels;
  std::vector<std::string> markings;  // ids of others
};

struct Release {
  bool widens = false;
  std::vector<std::string> to;
  int64_t at_ms = 0;
};

struct OracleEntry {
  size_t act = 0;   // that brought it
  size_t item = 0;  // in that act's objects
  std::string submitter;
  std::string collection;  // alias; empty: none
  Object object;
  std::string id, type;
  std::string version;  // as written; empty: the object has none
  bool is_20 = false;
  Marks whole;
  std::vector<Marks> parts;
  std::vector<Release> releases;
  int default_level = -1;
  int64_t released_ms = 0;
  std::set<std::string> audience, community;
  std::string creator;  // created_by_ref; empty: none
  bool is_withdrawn = false;
  bool is_recalled = false;
  int64_t withdrawn_ms = 0;
  // Parties that could see it at some instant, each with the parts that it could ever see, bit n: part n.
  std::map<std::string, uint32_t> ever;
  std::map<std::string, int64_t>
      whole_since;  // who can read it whole, withdrawn or not, and since when

  bool was_seen_by(const std::string& party) const { return ever.contains(party); }
  // What is left of it for a party from which the parts that it never sees are taken.
  const std::string& text_for(const std::string& party) const;
};

enum class Fate : uint8_t { kAccepted, kRepeated, kRefused };

struct Outcome {
  bool is_done = false;           // the request was allowed and well-formed
  std::vector<Fate> fates;        // of an allowed post or import
  std::vector<size_t> entries;    // brought by it
  std::vector<size_t> withdrawn;  // taken out by it
  std::vector<size_t> released;   // opened or narrowed by it
  std::vector<size_t> recalled;   // erased by it, those that were withdrawn before too
};

class Oracle {
 public:
  // One act after the other. False if the act makes no sense (a history that was cut short badly).
  bool apply(const Act& act, size_t index, Outcome* outcome);
  // Notes who can see what at that instant and at those before it at which something changed.
  void look(int64_t now_ms);

  // The text that the party gets; nullptr: none.
  const std::string* text(const std::string& party, const OracleEntry& entry, int64_t now_ms) const;
  // By who may read or write a collection, named by alias or UUID.
  bool may_read(const std::string& collection, const std::string& party, int64_t now_ms) const;
  bool may_write(const std::string& collection, const std::string& party, int64_t now_ms) const;
  bool has_key(const std::string& party, Role role) const {
    return !revoked_.contains({party, role});
  }

  // Whether a chain of markings was too long at some instant, be it of hidden ones: that the node counts these is told
  // (docs/security.md).
  bool is_too_deep() const { return is_too_deep_; }
  const std::vector<OracleEntry>& entries() const { return entries_; }
  const std::vector<std::string>& parties() const { return parties_; }
  // Parties, and experts that have a key.
  std::vector<std::string> readers() const;
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
  struct Group {
    std::vector<Member> members;
    bool is_retroactive = false;
  };
  struct Clearance {
    std::string party;
    Classified what;
    int64_t from_ms, until_ms;
  };
  struct Authority {
    std::string party, marking;  // any, if empty
    std::string content;
  };
  const Collection* find(const std::string& alias_or_uuid, std::string* alias) const;
  std::set<std::string> expand(const std::vector<std::string>& codes, int64_t now_ms) const;
  void expand_into(const std::string& code, int64_t now_ms, int depth,
                   std::set<std::string>* out) const;
  void look_at(int64_t now_ms);
  bool in_group(const std::string& party, const std::string& group, int64_t now_ms,
                int64_t released_ms, int depth) const;
  bool is_listed(const std::string& party, const std::vector<std::string>& codes, int64_t now_ms,
                 int64_t released_ms) const;
  bool is_cleared(const std::string& party, const Classified& what, int64_t now_ms) const;
  bool lets(int level, const std::string& party, const OracleEntry& entry, const Says& says,
            int64_t now_ms) const;
  std::vector<const OracleEntry*> definitions(const std::string& submitter,
                                              const std::string& id) const;
  bool ends_within(const OracleEntry& entry, int steps) const;
  const OracleEntry* definition(const std::string& party, const std::string& submitter,
                                const std::string& id, int64_t now_ms) const;
  bool reads_definition(const std::string& party, const OracleEntry& definition,
                        int64_t now_ms) const;
  std::optional<Says> says(const std::string& party, const OracleEntry& entry, const Marks& marks,
                           bool is_part, int64_t now_ms) const;
  bool reads_own(const std::string& reader, const OracleEntry& entry, const Marks& marks,
                 int64_t now_ms) const;
  bool reads(const std::string& party, const OracleEntry& entry, const Marks& marks, bool is_part,
             int64_t now_ms) const;
  bool reads_whole(const std::string& party, const OracleEntry& entry, int64_t now_ms) const;
  // Which parts are cut for the party, withdrawn or not; nullopt: it reads nothing.
  std::optional<uint32_t> cut(const std::string& party, const OracleEntry& entry,
                              int64_t now_ms) const;
  // What is left of the whole, of which the party reads parts.
  std::optional<uint32_t> cut_parts(const std::string& party, const OracleEntry& entry,
                                    int64_t now_ms) const;
  bool repeats_taken(const std::string& party, const OracleEntry& entry, const std::string& text,
                     int64_t now_ms) const;
  bool submit(const Act& act, size_t index, Outcome* outcome);
  void remove(const Act& act, Outcome* outcome);
  void recall(const Act& act, Outcome* outcome);
  void release(const Act& act, Outcome* outcome);
  bool is_recallable(const std::string& party, const OracleEntry& entry) const;
  bool change(const Act& act);
  bool change_rights(const Act& act);

  // Whether an expert may know of the collection; parties may of all.
  bool is_let_into(const std::string& reader, const std::string& alias) const;
  bool is_within(const std::string& reader, const Classified& what) const;

  std::vector<std::string> parties_;
  std::vector<std::string> all_readers_;      // experts without a key, too
  std::map<std::string, Narrowing> experts_;  // by their name
  std::set<std::string> keyed_;               // experts that have a key
  std::map<std::string, Group> groups_;
  bool has_policy_ = false;
  std::vector<Clearance> clearances_;
  std::vector<Authority> authorities_;
  std::map<std::string, Collection> collections_;
  std::set<std::pair<std::string, Role>> revoked_;
  std::vector<OracleEntry> entries_;
  std::map<std::string, std::string> identities_;  // of parties: code
  std::map<std::string, std::string> buried_;      // recalled bytes: by whom
  // By submitter and marking id: the entries that define it, the first first.
  std::map<std::pair<std::string, std::string>, std::vector<size_t>> known_;
  std::set<int64_t> instants_;  // at which time alone may change something
  int64_t looked_ms_ = INT64_MIN;
  mutable bool is_too_deep_ = false;
  // Audiences of this instant, by alias.
  mutable std::map<std::pair<std::string, int64_t>, std::set<std::string>> readers_now_;
};

}  // namespace entente::law
