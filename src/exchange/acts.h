// Release acts: what a release officer of the originator decides about records after they came in. An act
// opens records to more parties, or leaves them to fewer; it is a record of the journal itself, with
// who, when and why, takes effect at its tick, and changes no byte of what it is about. [DESIGN: idea 4]
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "release/directory.h"
#include "release/label.h"
#include "release/marks.h"
#include "store/journal.h"

namespace entente::exchange {

struct ReleaseAct {
  enum class Kind : uint8_t {
    kWiden,   // `to` may read, too, as far as realm, embargo and clearance let them
    kNarrow,  // of those who may read, only `to` may; empty: the originator alone
  };
  // An entry it is about.
  struct About {
    store::Position position = 0;
    release::MarkSetNumber mark_set = 0;
  };
  Kind kind = Kind::kNarrow;
  release::PartyNumber by = release::kNoParty;  // the originator of all that it is about
  std::string key_id;                           // of the officer; empty: the operator
  std::vector<std::string> to;                  // codes of parties and groups
  std::string reason;
  std::vector<About> about;
  int64_t tick_ms = 0;
};

// Bytes of a control record, without its tick; and back. decode: kCorrupt if encode wrote something else.
std::string encode(const ReleaseAct& act);
Result<ReleaseAct> decode_release_act(std::string_view bytes);

// What an act lets, as an atom: of a widening, as what is marked with `marked` and released to `to`; of a
// narrowing, whatever is releasable to `to`.
release::Atom atom_of(const ReleaseAct& act, const release::Atom& marked);

}  // namespace entente::exchange
