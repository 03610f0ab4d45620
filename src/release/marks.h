// Mark-sets: the distinct combinations of release marks as written, numbered once and decided late.
// [DESIGN: ideas 4 and 7]
//
// What is frozen at release is in the mark-set: originator, collection, default, audience, community,
// the marks of the whole object and those of its parts. What the marks mean depends on the marking
// definitions that are known: atom_of() makes an atom of them, which label.h decides. A mark-set never
// changes; the records that carry it are found through its number.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "release/directory.h"
#include "release/label.h"
#include "release/redaction.h"
#include "stix/stix.h"

namespace entente::release {

using MarkSetNumber = uint32_t;
using AudienceNumber = uint32_t;

// The marks of the whole object, or of a part of it that granular markings name.
struct ScopeMarks {
  uint8_t tlp_levels = 0;  // by the fixed ids: bit n is Tlp n
  // A mark that cannot be understood: the originator alone.
  bool unknown = false;
  // Marking definitions other than TLP, sorted, distinct.
  std::vector<std::string> markings;
  // Of a marking definition: the exercises that it states, sorted. It belongs to them itself.
  std::vector<std::string> exercises;
  // Of a marking definition that covers itself: to whom it is releasable itself.
  std::optional<std::vector<std::string>> own_list = std::nullopt;
  friend bool operator==(const ScopeMarks&, const ScopeMarks&) = default;
};

// The marks of the whole object, as written.
ScopeMarks whole_of(const stix::Header& header);
// One part for each marking that granular markings name, in the order of appearance, and the marks of
// each into *marks. Those past limits::kGranularPartsMax share the last part, which then needs all of
// their marks.
std::vector<Part> parts_of(const stix::Header& header, std::vector<ScopeMarks>* marks);

struct MarkSet {
  PartyNumber originator = kNoParty;
  CollectionNumber collection = kNoCollection;
  // The collection's default at release: used where the object states no audience of its own.
  uint8_t default_level = kNoLevel;
  AudienceNumber audience = 0;   // parties who could read the collection at release
  AudienceNumber community = 0;  // parties of this node at release
  ScopeMarks whole;
  // Of each part, in the order of redaction.h's Part; at most limits::kGranularPartsMax.
  std::vector<ScopeMarks> parts;
  uint32_t editions = 1;      // bit m: there is an edition with the parts of mask m cut
  std::vector<uint8_t> gone;  // index: mask; redaction.h's gone_parts()

  // The parts of which an edition has nothing.
  uint8_t gone_parts(uint8_t mask) const { return mask < gone.size() ? gone[mask] : mask; }
  bool has_edition(uint32_t mask) const { return mask < 32 && (editions >> mask & 1) != 0; }
  // What is cut for a reader who may not read the parts of a mask: these, and the fewest more that there is an edition
  // without; of several the lower mask. That a part more may be read then never hides the object. nullopt: there is none.
  std::optional<uint8_t> edition_for(uint32_t mask) const;
  friend bool operator==(const MarkSet&, const MarkSet&) = default;
};

// Bytes of a mark-set, equal for equal ones; and back. decode fails on anything encode does not
// write.
std::string encode(const MarkSet& marks);
Result<MarkSet> decode_mark_set(std::string_view bytes);

std::string encode(const PartySet& parties);
Result<PartySet> decode_party_set(std::string_view bytes);

// Marking definitions that were seen, by who submitted them. Of one submitter's for one id the first that a reader
// may read counts for that reader.
class KnownMarkings {
 public:
  struct Seen {
    uint32_t entry = 0;          // its own
    MarkSetNumber mark_set = 0;  // of its own entry
    int64_t tick_ms = 0;         // of the batch that brought it
    Digest content{};            // SHA-256 of its bytes
    Atom says;                   // what it adds to the atom that it marks
  };
  // Behind what that submitter sent under that id before. False if that is limits::kDefinitionsMax already
  // (nothing changes).
  bool add(PartyNumber submitter, std::string_view marking_id, Seen seen);
  // Whether add() would be false.
  bool is_full(PartyNumber submitter, std::string_view marking_id) const;
  // In the order in which they came in.
  std::span<const Seen> all(PartyNumber submitter, std::string_view marking_id) const;
  // The first; nullptr: none.
  const Seen* find(PartyNumber submitter, std::string_view marking_id) const;
  // Forgets those whose own entry is among these (sorted): they never were seen.
  void forget(std::span<const uint32_t> entries);
  // A marking counts from the object's own submitter, and from the authorities that the directory lists for
  // it, pinned by its content. `since_ms`: from when on it counts.
  struct Counting {
    const Seen* seen = nullptr;
    int64_t since_ms = 0;
  };
  // The submitter's own first, then the authorities' in the order of the directory.
  std::vector<Counting> counting(PartyNumber originator, std::string_view marking_id,
                                 const Directory& directory) const;
  uint64_t generation() const { return generation_; }

 private:
  std::map<std::string, std::map<PartyNumber, std::vector<Seen>>, std::less<>>
      seen_;  // by id and submitter
  uint64_t generation_ = 0;
};

// The atom of a scope before its other markings are added: kWhole, or the index of a part. A part that
// states no audience is as open as the whole lets it be.
inline constexpr size_t kWhole = SIZE_MAX;
const ScopeMarks& scope_of(const MarkSet& marks, size_t scope);
Atom base_atom(const MarkSet& marks, size_t scope);
// Adds what a marking says. The atom is to be made canonical when all are in.
void add(Atom& atom, const Atom& says);

}  // namespace entente::release
