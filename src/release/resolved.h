// Deciding fast: the atoms of a node numbered and compiled, and one reader's tables at one instant.
//
//   AtomTable atoms;
//   AtomNumber number = atoms.add(atom);               // once per distinct atom
//   Resolved resolved(atoms, directory, party_sets, reader, now_ms);
//   bool reads = resolved.reads(number, released_ms, now_ms);      // a few nanoseconds
//
// Everything that takes looking up (groups, clearances, audiences) is resolved when a Resolved is
// made: some nanoseconds per distinct list, classification and party set. The answers are those of
// decide() with now_ms = known_ms, and they stay while no tick or date of
// Directory::instants_of(reader) passes; embargoes are looked at in reads().
//
// A Resolved borrows its table, which may grow meanwhile: atoms added later are not in it. Both are
// immutable otherwise and may be shared between threads.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "release/label.h"

namespace entente::release {

using AtomNumber = uint32_t;

class AtomTable {
 public:
  // The number of the atom (made canonical), the one it has already if it was added before.
  AtomNumber add(Atom atom);
  const Atom& atom(AtomNumber number) const { return *atoms_[number]; }
  size_t size() const { return atoms_.size(); }

 private:
  friend class Resolved;
  friend class Timeline;
  using Number = uint32_t;
  // An atom as numbers: of lists, classifications, collections, realms that are in the tables below.
  struct Compiled {
    int64_t embargo_until_ms = kNoEmbargo;
    Number first_list = 0;  // into list_numbers_
    Number first_classification = 0;
    uint16_t list_count = 0;
    uint16_t classification_count = 0;
    Number audience = 0;
    Number community = 0;
    Number collection = 0;
    Number realm = 0;
    PartyNumber originator = kNoParty;
    uint8_t levels = 0;
    bool is_closed = false;   // to all but the originator, whoever asks
    bool is_unknown = false;  // and to narrower principals of the originator
  };
  template <class T>
  static Number number_of(std::map<T, Number>& numbers, std::vector<T>& values, const T& value);

  std::map<Atom, AtomNumber> numbers_;
  std::vector<const Atom*> atoms_;  // keys of numbers_
  std::vector<Compiled> compiled_;
  std::vector<Number> list_numbers_;
  std::vector<Number> classification_numbers_;
  std::map<std::vector<std::string>, Number> lists_;
  std::vector<std::vector<Number>> list_codes_;  // of each list, by number
  std::map<std::string, Number> codes_;
  std::vector<std::string> code_values_;
  std::map<Classification, Number> classifications_;
  std::vector<Classification> classification_values_;
  std::map<CollectionNumber, Number> collections_;
  std::vector<CollectionNumber> collection_values_;
  std::map<std::vector<std::string>, Number> realms_;
  std::vector<std::vector<std::string>> realm_values_;
};

class Resolved {
 public:
  // As of at_ms: what was known and what held then.
  Resolved(const AtomTable& atoms, const Directory& directory,
           const std::vector<PartySet>& party_sets, const Reader& reader, int64_t at_ms);

  // Whether the reader reads the atom, released at released_ms. now_ms decides embargoes only.
  bool reads(AtomNumber atom, int64_t released_ms, int64_t now_ms) const {
    if (atom >= size_) return false;
    for (const Standing& standing : standings_) {
      if (reads_as(standing, atoms_->compiled_[atom], released_ms, now_ms)) return true;
    }
    return false;
  }
  // The dates of release at which an answer for this atom may change, added to *boundaries.
  void add_release_boundaries(AtomNumber atom, std::vector<int64_t>* boundaries) const;

 private:
  enum : uint8_t { kIn = 1, kNamed = 2, kByRelease = 4 };
  // Of classifications and realms: as anybody's, and as what the originator's own principal may read.
  enum : uint8_t { kReads = 1, kReadsOwn = 2 };
  // Tables of one party in whose place the reader stands; index: the number in the AtomTable.
  struct Standing {
    PartyNumber party = kNoParty;
    std::vector<uint8_t> lists;  // bits of the above
    // Of those that depend on the date of release; span_numbers is empty if none does.
    std::vector<uint32_t> span_numbers;
    std::vector<Spans> spans;
    std::vector<uint8_t> classifications;  // kReads, kReadsOwn
    std::vector<uint8_t> collections;
    std::vector<uint8_t> realms;  // kReads, kReadsOwn
    std::vector<uint8_t> party_sets;
  };
  bool reads_own(const Standing& standing, const AtomTable::Compiled& atom) const;
  bool reads_as(const Standing& standing, const AtomTable::Compiled& atom, int64_t released_ms,
                int64_t now_ms) const;
  void resolve_lists(Standing& standing, const Directory& directory, int64_t at_ms) const;
  void resolve_rest(Standing& standing, const Directory& directory, const Reader& reader,
                    int64_t at_ms) const;

  const AtomTable* atoms_;
  size_t size_;             // atoms that it knows
  bool is_narrow_ = false;  // a principal who is narrower than the party
  bool is_public_ = false;
  std::vector<Standing> standings_;
};

}  // namespace entente::release
