// Procedures and their acts as STIX objects, and back. The form is in docs/formats/procedure.md: two object types of
// one extension, each marked by its submitter as releasable to those who take part.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "desk/procedure/fold.h"
#include "release/signed_object.h"
#include "release/tlp.h"

namespace entente::desk {

inline constexpr std::string_view kProcedureExtension =
    "extension-definition--5c7d7c5b-6d4a-4b2f-9a0e-3f4f0f6f7a21";
inline constexpr std::string_view kProcedureType = "procedure";
inline constexpr std::string_view kActType = "procedure-act";

// How far a record's own instant may lie before the tick at which a node took it in: further back, the tick less
// this counts. Ahead of the tick, the tick counts.
inline constexpr int64_t kSkewMsMax = 5 * 60 * 1000;

// What an opening says besides its record.
struct Opening {
  procedure::Record record;
  std::string pack, pack_version, title, calendar;
  std::vector<std::string> format;  // codes of parties and groups
  std::map<std::string, std::vector<std::string>> roles;
  std::string filing;                         // JSON of a case; empty: none
  release::Tlp level = release::Tlp::kGreen;  // that its objects are marked with
};

// Everybody whom an opening concerns, sorted: format, roles and opener.
std::vector<std::string> audience_of(const Opening& opening);

// What is to be recorded: the object, and the marking that it is released by. `identity` is the submitter's; the record's
// id is given.
struct Draft {
  std::string marking, object;
};
// Who may read it.
struct Audience {
  std::vector<std::string> codes;  // of parties and groups, sorted
  release::Tlp level = release::Tlp::kGreen;
  std::vector<std::string> members = {};  // the parties that those are now, sorted
};
Draft draft_of(const Opening& opening, std::string_view identity, const Audience& audience);
Draft draft_of(const Opening& opening, const procedure::Record& act, std::string_view identity,
               const Audience& audience);

// What an object says, and whether its signature fits; who submitted it when is told apart.
struct Written {
  enum class What : uint8_t { kNothing, kOpening, kAct };
  What what = What::kNothing;
  Opening opening;        // of an act: its record alone, as of the instant that it names
  std::string procedure;  // of an act: of which
  release::SignatureCheck check;
};
// What is no such object reads as nothing. `signed_by`: the key whose signature over these bytes is known to fit; else it is
// checked.
Written read_written(std::string_view bytes,
                     const std::optional<PublicKey>& signed_by = std::nullopt);

// Who submitted an object, when it was taken in, and what that party signs with.
struct Submitted {
  std::string party;
  int64_t tick_ms = 0;
  std::span<const release::SigningKeyFact> keys;
};
// The record as it counts: at which instant, and what its signature is worth.
procedure::Record settled(const procedure::Record& record, const release::SignatureCheck& check,
                          const Submitted& by);
// The opening that an object is; kInvalid if it is none.
Result<Opening> read_opening(std::string_view bytes, const Submitted& by);
// The act, and of which procedure.
struct ActObject {
  procedure::Record record;
  std::string procedure;
};
Result<ActObject> read_act(std::string_view bytes, const Submitted& by);

// An act as it counts under a directory, and which entry said it.
struct SettledAct {
  struct Source {
    uint64_t content = 0;    // the node's hash of the bytes
    uint16_t submitter = 0;  // number of the party
    friend bool operator==(const Source&, const Source&) = default;
  };
  Source source;
  std::string procedure;  // of which it is; empty: it is no act
  procedure::Record record;
};

// A new id of that type.
std::string new_id(std::string_view type, Random& random);

}  // namespace entente::desk
