// Deciding fast: the atoms of a node numbered and compiled, and one reader's tables at one instant.
//
//   AtomTable atoms;
//   AtomNumber number = atoms.add(atom);               // once per distinct atom
//   Resolved resolved(atoms, directory, party_sets, reader, now_ms);
//   bool reads = resolved.reads(number, released_ms, now_ms);      // a few nanoseconds
//   Resolved later(resolved, directory, party_sets, reader, later_ms);   // looks at what changed alone
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
  // What many atoms share, as numbers of values that are in the tables below.
  struct Setting {
    Number classification_set = 0;
    Number audience = 0;
    Number community = 0;
    Number collection = 0;
    Number realm = 0;
    friend auto operator<=>(const Setting&, const Setting&) = default;
  };
  struct Compiled {
    int64_t embargo_until_ms = kNoEmbargo;
    Number list_set = 0;  // its releasable_to lists
    Number setting = 0;
    PartyNumber originator = kNoParty;
    uint16_t required = 0;  // bits of Resolved: what a reader must have
    uint8_t levels = 0;
    bool is_unknown = false;  // closed to narrower principals of the originator, too
  };
  template <class T>
  static Number number_of(std::map<T, Number>& numbers, std::vector<T>& values, const T& value);
  Number list_number(const std::vector<std::string>& list);
  Number list_set_number(const std::vector<std::vector<std::string>>& lists);
  static uint16_t requirements_of(const Atom& atom);

  std::map<Atom, AtomNumber> numbers_;
  std::vector<const Atom*> atoms_;  // keys of numbers_
  std::vector<Compiled> compiled_;
  std::map<std::vector<std::vector<std::string>>, Number> list_sets_;
  std::vector<std::vector<Number>> set_lists_;  // index: list set
  std::map<std::vector<std::string>, Number> lists_;
  std::vector<std::vector<Number>> list_codes_;  // index: list
  std::vector<std::vector<Number>> list_in_;     // the list sets that it is in
  std::map<std::string, Number> codes_;
  std::vector<std::string> code_values_;
  std::vector<std::vector<Number>> code_in_;  // the lists that it is in
  std::map<Setting, Number> settings_;
  std::vector<Setting> setting_values_;
  std::map<std::vector<Classification>, Number> classification_sets_;
  std::vector<std::vector<Classification>> classification_set_values_;
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
  // The same from the tables of an earlier instant, the rest equal: what is in the codes that mean something else
  // now is resolved anew.
  Resolved(const Resolved& earlier, const Directory& directory,
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
  friend class AtomTable;
  friend class Timeline;
  // What a reader has, and an atom requires. Every list of a list set has kIn, or the set has not.
  enum : uint16_t {
    kIn = 1,
    kNamed = 2,
    kByRelease = 4,  // kIn on some dates of release; never required
    kCommunity = 8,
    kAudience = 16,
    kCollection = 32,
    kRealm = 64,
    kCleared = 128,
    kNever = 256,  // nobody has it
  };
  // Of classifications and realms: as anybody's, and as what the originator's own principal may read.
  enum : uint8_t { kReads = 1, kReadsOwn = 2 };
  // What a code means to a party.
  struct Meaning {
    bool is_own = false;
    Spans spans;  // of a group that it is in
    friend bool operator==(const Meaning&, const Meaning&) = default;
  };
  // Tables of one party in whose place the reader stands; index: the number in the AtomTable.
  struct Standing {
    PartyNumber party = kNoParty;
    std::vector<Meaning> meanings;   // of codes
    std::vector<uint8_t> list_sets;  // kIn, kNamed, kByRelease
    // Of those that depend on the date of release; span_numbers is empty if none does.
    std::vector<uint32_t> span_numbers;
    std::vector<Spans> spans;
    std::vector<uint8_t> settings;             // kCommunity to kCleared
    std::vector<uint8_t> classification_sets;  // kReads, kReadsOwn
    std::vector<uint8_t> realms;               // kReads, kReadsOwn
  };
  // What differs from the tables that these were made from.
  struct Changes {
    bool all = true;
    std::vector<AtomTable::Number> list_sets, settings;
  };

  bool resolve_party(const Directory& directory, const Reader& reader, int64_t at_ms);
  bool reads_own(const Standing& standing, const AtomTable::Compiled& atom) const;
  bool reads_as(const Standing& standing, const AtomTable::Compiled& atom, int64_t released_ms,
                int64_t now_ms) const;
  std::vector<Meaning> meanings_of(const Standing& standing, const Directory& directory,
                                   int64_t at_ms) const;
  void resolve_list_set(Standing& standing, AtomTable::Number number) const;
  void resolve_settings(Standing& standing, const Directory& directory,
                        const std::vector<PartySet>& party_sets, const Reader& reader,
                        int64_t at_ms) const;
  void resolve_clearances(Standing& standing, const Directory& directory, const Reader& reader,
                          int64_t at_ms) const;
  void resolve_realms(Standing& standing, const Reader& reader) const;
  void renew_list_sets(Standing& standing, const Directory& directory, int64_t at_ms);

  const AtomTable* atoms_;
  size_t size_;             // atoms that it knows
  bool is_narrow_ = false;  // a principal who is narrower than the party
  bool is_public_ = false;
  std::vector<Standing> standings_;
  Changes changes_;
};

}  // namespace entente::release
