// Labels: who may read, as a value; and the decision. [DESIGN: section 4]
//
// The marks of an object at one scope (the whole object, or one granular part) are one Atom of its
// originator. A Label is a set of atoms; a reader may read if every atom lets it. Joining labels is
// the union of their atoms, so that what is derived from several sources is never visible to one
// who could not see each source.
//
//   Atom atom{.originator = jpn};
//   add(atom, read_release_marking(definition));       // release_marking.h
//   canonicalise(atom);
//   Verdict verdict = decide(atom, reader, context);   // with the rule that decides
//
// decide() looks everything up at each call (some microseconds) and says which rule decided. For
// many decisions of one reader use Resolved and Timeline, which give the same answers.
// Values; no thread contract. A Context borrows what it points to.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "release/directory.h"
#include "release/policy.h"
#include "release/rule.h"
#include "release/tlp.h"
#include "release/world.h"

namespace entente::release {

inline constexpr uint8_t kNoLevel = 0xFF;
inline constexpr int64_t kNoEmbargo = INT64_MIN;

struct Atom {
  PartyNumber originator = kNoParty;
  CollectionNumber collection = kNoCollection;  // released into
  uint8_t tlp_levels = 0;            // stated: bit n is Tlp n. Several: all must let the reader
  uint8_t default_level = kNoLevel;  // the collection's at release: for what states no audience
  uint8_t pap_levels = 0;            // kept and shown; bit n is Pap n
  bool unknown = false;              // something is not understood: the originator alone
  uint32_t audience = 0;   // number of a party set: who could read the collection at release
  uint32_t community = 0;  // number of a party set: the parties of the node at release
  int64_t embargo_until_ms = kNoEmbargo;
  // Each stated list of codes must name the reader; no list: no limit. An empty list: the originator alone. A
  // code that the directory does not know names nobody.
  std::vector<std::vector<std::string>> releasable_to;
  std::vector<Classification> classifications;  // all must be covered
  std::vector<std::string> exercises;           // all must be the reader's realm; none: live

  friend auto operator<=>(const Atom&, const Atom&) = default;
};

// Sorts what is a set and drops what is there twice, so that equal meanings are equal values.
void canonicalise(Atom& atom);

// The bytes of a canonical atom, equal for equal ones; and back. decode fails (kCorrupt) on anything
// that encode does not write.
std::string encode(const Atom& atom);
Result<Atom> decode_atom(std::string_view bytes);

// Canonical atoms, rising, each once. Empty: no atom limits anything (of nothing: no object has it).
using Label = std::vector<Atom>;
Label label_of(std::vector<Atom> atoms);
Label join(const Label& a, const Label& b);

// Who asks: a party, in a realm, perhaps as a principal who is cleared for less than the party. A party
// reads its own whatever its marks say; a principal who is cleared for less, or in an exercise, reads
// even of its party's own only what is understood, within that clearance and of that exercise.
struct Reader {
  PartyNumber party = kNoParty;
  std::string realm;  // name of the exercise; empty: live
  // Absent: as the party. Present: one of these, too, must cover each classification.
  std::optional<std::vector<Clearance>> narrowed_to;
  bool is_narrow() const { return !realm.empty() || narrowed_to.has_value(); }
};

// What decides besides the atom. To ask about a past instant t, let now_ms = known_ms = t.
struct Context {
  const Directory* directory = nullptr;
  const std::vector<PartySet>* party_sets = nullptr;  // index: Atom::audience and community
  int64_t now_ms = 0;
  int64_t known_ms = kAllKnown;
  int64_t released_ms = 0;
  bool tells_collection = true;  // whether a sentence may name the atom's collection
};

// Whether the reader reads, and the rule that decides.
struct Verdict {
  bool reads = false;
  Rule rule = Rule::kUnmarked;
  // In whose place the reader stands: itself, or a party that it follows.
  PartyNumber as = kNoParty;
  // Which of the atom's releasable_to lists or classifications the rule is about.
  uint32_t index = 0;
  friend bool operator==(const Verdict&, const Verdict&) = default;
};

Verdict decide(const Atom& atom, const Reader& reader, const Context& context);
// Of the first atom that does not let the reader; if all do, of the last. An empty label lets nobody.
Verdict decide(const Label& label, const Reader& reader, const Context& context);

// One English sentence for people: the verdict with its parties, groups and dates.
std::string sentence(const Verdict& verdict, const Atom& atom, const Reader& reader,
                     const Context& context);

// The levels that decide: the stated ones; where no audience is stated at all, the default.
uint8_t deciding_levels(const Atom& atom);

}  // namespace entente::release
