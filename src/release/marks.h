// Mark-sets: the distinct combinations of release marks as written, numbered once and decided late.
// [DESIGN: ideas 4 and 7]
//
// What is frozen at release is in the mark-set (originator, collection, default, audience,
// community); what is decided per reader and change of directory or markings is in may_read. A
// mark-set never changes; the records that carry it are found through its number.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "release/directory.h"
#include "release/tlp.h"

namespace entente::release {

using MarkSetNumber = uint32_t;
using AudienceNumber = uint32_t;

struct MarkSet {
  PartyNumber originator = kNoParty;
  CollectionNumber collection = kNoCollection;
  // Levels marked on the object or any part of it: bit n is Tlp n. Several are several atoms: all
  // must let the reader.
  uint8_t tlp_levels = 0;
  // The collection's default at release: used where the object has no limit of its own. kNoDefault:
  // none.
  uint8_t default_level = kNoDefault;
  // A mark that cannot be understood: the originator alone.
  bool unknown = false;
  AudienceNumber audience = 0;   // parties who could read the collection at release
  AudienceNumber community = 0;  // parties of this node at release
  // Marking definitions other than TLP, sorted: each must be known to hold no limit.
  std::vector<std::string> other_markings;

  static constexpr uint8_t kNoDefault = 0xFF;
  friend bool operator==(const MarkSet&, const MarkSet&) = default;
};

// Bytes of a mark-set, equal for equal ones; and back. decode fails on anything encode does not
// write.
std::string encode(const MarkSet& marks);
Result<MarkSet> decode_mark_set(std::string_view bytes);

std::string encode(const PartySet& parties);
Result<PartySet> decode_party_set(std::string_view bytes);

// Marking definitions that were seen, by who submitted them: a marking counts only from the
// object's own submitter, and only for readers who may read the marking itself, or could before it was
// withdrawn (else what they see would depend on what they do not). The first content of an id counts.
class KnownMarkings {
 public:
  struct Seen {
    uint32_t position = 0;       // first entry for which it was known
    uint32_t entry = 0;          // its own
    MarkSetNumber mark_set = 0;  // of its own record
    int64_t tick_ms = 0;         // of the batch that brought it
    bool has_limit = true;       // it says something that this node cannot read: fail closed
  };
  // False if that submitter's marking was known already (nothing changes).
  bool add(PartyNumber submitter, std::string_view marking_id, Seen seen);
  const Seen* find(PartyNumber submitter, std::string_view marking_id) const;
  uint64_t generation() const { return generation_; }

 private:
  std::map<std::pair<PartyNumber, std::string>, Seen> seen_;
  uint64_t generation_ = 0;
};

// When a mark-set opened for a reader: entries before `position` entered the reader's world late,
// at `tick_ms`.
struct Opening {
  uint32_t position = 0;
  int64_t tick_ms = 0;
};

// All that decides, at one moment.
struct Deciding {
  const Directory* directory = nullptr;
  const std::vector<MarkSet>* mark_sets = nullptr;  // index: MarkSetNumber
  const KnownMarkings* markings = nullptr;
  const std::vector<PartySet>* audiences = nullptr;  // index: AudienceNumber
  int64_t now_ms = 0;
  int64_t reader_since_ms = INT64_MIN;  // when the reader's party was made
  // When entries were withdrawn, by position; nullptr: none was.
  const std::unordered_map<uint32_t, int64_t>* withdrawn_ms = nullptr;
};

// Whether the reader may read what carries these marks now, and since when. nullopt: no. Markings
// of markings are followed to a depth of 4, past which nobody but the originator reads.
std::optional<Opening> may_read(const MarkSet& marks, PartyNumber reader, const Deciding& deciding,
                                int depth = 0);

}  // namespace entente::release
