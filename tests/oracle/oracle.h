// Who may read what, decided a second time: naively, from the definitions, with strings and linear
// scans, without caches, indexes or bitmaps. [DESIGN: section 4]
//
// It shares with the engine the values that are asked about (Atom, Reader) and nothing that decides.
// A question about instant t replays all facts recorded up to t.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "release/label.h"

namespace entente::oracle {

// One change of the directory; which members mean something depends on `op`.
struct Fact {
  std::string op;
  int64_t tick_ms = 0;
  std::string subject;  // party, group or policy
  std::string other;    // member, new code, heir
  int64_t from_ms = INT64_MIN;
  int64_t until_ms = INT64_MAX;  // or the date of a split or merger
  bool flag = false;
  std::vector<std::string> list;  // readers, heirs, predecessors, levels
  release::Classification clearance;
};

// The change as the engine takes it. `number` makes the identity of a new party.
std::string to_json(const Fact& fact, size_t number);

class Oracle {
 public:
  void add(Fact fact) { facts_.push_back(std::move(fact)); }
  bool reads(const release::Atom& atom, const release::Reader& reader,
             const std::vector<release::PartySet>& party_sets, int64_t released_ms,
             int64_t at_ms) const;

 private:
  std::vector<Fact> facts_;
};

}  // namespace entente::oracle
