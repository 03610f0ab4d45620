// Release acts: what a release officer of the originator decides about records after they came in. An act
// opens records to more parties, or leaves them to fewer; it is a record of the journal itself, with
// who, when and why, takes effect at its tick, and changes no byte of what it is about. [DESIGN: idea 4]
//
// What an officer signs is a statement (docs/formats/release-act.md) that names its records by the digests of their
// bytes, so that it says the same at every node.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/json.h"
#include "release/directory.h"
#include "release/label.h"
#include "release/marks.h"
#include "store/journal.h"

namespace entente::exchange {

struct ReleaseStatement {
  enum class Kind : uint8_t {
    kWiden,   // `to` may read, too, as far as realm, embargo and clearance let them
    kNarrow,  // of those who may read, only `to` may; empty: the originator alone
  };
  Kind kind = Kind::kNarrow;
  std::string by;                     // code of the originator of all that it is about
  std::string object;                 // STIX id
  std::vector<std::string> contents;  // SHA-256 of the bytes of its versions, hex, sorted
  std::vector<std::string> to;        // codes of parties and groups, sorted
  std::string reason;
  int64_t made_ms = 0;
};

// As JSON, not signed yet.
std::string encode(const ReleaseStatement& statement);
// kInvalid: what is missing or malformed; members that it does not know are let be.
Result<ReleaseStatement> decode_release_statement(json::Value root);

struct ReleaseAct {
  // An entry it is about.
  struct About {
    store::Position position = 0;
    release::MarkSetNumber mark_set = 0;
  };
  ReleaseStatement says;  // once it is journaled, without `contents`: `about` says them
  std::string signing_key, signature;  // as in the statement; empty: of before acts were signed
  release::PartyNumber by = release::kNoParty;  // says.by at this node
  std::string key_id;                           // of the officer; empty: the operator
  std::vector<About> about;
  int64_t tick_ms = 0;
};

// Bytes of a control record with the signed statement, without its tick; and back. decode: kCorrupt if encode wrote
// something else. Signatures are checked before a statement is journaled, and not again.
std::string encode(const ReleaseAct& act, std::string_view statement);
Result<ReleaseAct> decode_release_act(std::string_view bytes);

// What an act lets, as an atom: of a widening, as what is marked with `marked` and released to `to`; of a
// narrowing, whatever is releasable to `to`.
release::Atom atom_of(const ReleaseAct& act, const release::Atom& marked);

}  // namespace entente::exchange
