// A rule pack: one procedure as data. Which states it has, who may do what in them, which clocks run, and what is
// deemed to have happened when one ends. The text format is docs/formats/rule-pack.md.
//
//   std::vector<Mistake> mistakes;
//   std::optional<Pack> pack = read_pack(text, &mistakes);
//   const Pack* silence = Packs::shipped().find("silence");
//
// Threads: immutable. A pack that was read is sound in itself (every name is known); whether its paths are is for the
// checker (check.h).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "desk/procedure/civil.h"
#include "desk/procedure/clock.h"
#include "desk/procedure/statements.h"

namespace entente::procedure {

using Index = uint16_t;
inline constexpr Index kNoIndex = UINT16_MAX;

// Where a rule stands in the law.
struct Clause {
  std::string text;
  bool is_unverified = false;
};

struct Role {
  enum class Kind : uint8_t {
    kOpener,  // who opened the procedure
    kFormat,  // the members of the format at the instant in question
    kNamed,   // the parties that the opening names for it
  };
  std::string name;
  Kind kind = Kind::kOpener;
  Clause clause;
};

struct StateRule {
  std::string name;
  std::string outcome;  // empty: not final
  Clause clause;
};

// "all member received", "none member,commission did break,reserve": of the parties that have one of the roles.
struct Condition {
  enum class Of : uint8_t { kAll, kNone, kSome };  // kAll: and there is at least one
  Of of = Of::kAll;
  std::vector<Index> roles;
  bool received = false;    // the current text; else: did one of the acts
  std::vector<Index> acts;  // since the current text came
};

struct Effect {
  enum class Kind : uint8_t { kStarts, kStops, kResumes, kRestarts, kExtends, kCancels };
  Kind kind = Kind::kStarts;
  Index clock = 0;
  std::optional<Period> by;  // of kExtends; none: to the record's `until`
};

struct ActRule {
  std::string name;
  std::vector<Index> by;      // roles
  Index except = kNoIndex;    // not by a party that has this role too
  std::vector<Index> in;      // states
  Index to = kNoIndex;        // kNoIndex: the state stays
  bool opens = false;         // it is the opening itself
  bool carries_text = false;  // and puts it in the place of the one before
  bool adds_text = false;     // the same, but what was done upon the one before stays
  bool is_receipt = false;
  bool needs_reason = false, needs_text = false, needs_until = false;
  bool needs_language = false, needs_target = false;
  bool needs_attachment = false;    // a text, or ids of objects
  bool once = false;                // by one party, of one text
  std::vector<Index> while_clocks;  // only as long as none of those has ended
  std::vector<Condition> conditions;
  std::vector<Effect> effects;
  Clause clause;
};

struct ClockRule {
  std::string name;
  bool is_until = false;  // ends at the opening's `until`; else after the period
  Period period;
  Index against = kNoIndex;  // a role: one run for each of its parties, from its receipt on
  std::string from;  // the day that the filing names so is its event; empty: what starts it is
  Clause clause;
};

// What is deemed to happen when a clock ends: of the endings of a clock, the first that fits.
struct Ending {
  Index clock = 0;
  std::vector<Index> in;
  std::vector<Condition> conditions;
  Index to = 0;
  std::vector<Effect> effects;
  Clause clause;
};

// What a party is to do, until when; the first that fits is its.
struct Duty {
  Index act = 0;
  Index role = 0;
  Index except = kNoIndex;  // not of a party that has this role too
  std::vector<Index> in;
  std::vector<Index> until;  // clocks: the first end counts
  bool unless_received = false;
  std::vector<Index> unless;   // it did one of these
  std::vector<Index> waiting;  // roles that wait for it
};

// What must hold wherever a state is reached: checked over all paths, apart from the endings' own conditions.
struct Requirement {
  Index state = 0;
  Condition condition;
  Clause clause;
};

// How long the records of a procedure that is over are kept, from its outcome on.
struct Retention {
  Period period;
  Clause clause;
};

struct Pack {
  std::string name, version, title;
  std::vector<std::string> aliases, sources;
  Day valid_from, valid_until{INT32_MAX};  // of openings; both within
  std::string
      calendar;  // a code; "opener": that of the opening party's code; empty: none is needed
  std::string zone = "Etc/UTC";
  Index initial = 0;
  std::vector<Role> roles;
  std::vector<StateRule> states;
  std::vector<ActRule> acts;
  std::vector<ClockRule> clocks;
  std::vector<Ending> endings;
  std::vector<Duty> duties;
  std::vector<Requirement> requirements;
  std::optional<Retention> retention;

  Index act(std::string_view name) const;    // kNoIndex: there is none
  Index clock(std::string_view name) const;  // likewise
  Index opening() const;                     // the act that opens
  bool is_final(Index state) const { return !states[state].outcome.empty(); }
  // Rules whose clause is marked unverified.
  std::vector<std::string> unverified() const;
};

// nullopt if there are mistakes, which are appended.
std::optional<Pack> read_pack(std::string_view text, std::vector<Mistake>* mistakes);

class Packs {
 public:
  static const Packs& shipped();
  // By name or alias, whatever their case; nullptr: none.
  const Pack* find(std::string_view name) const;
  const std::map<std::string, Pack, std::less<>>& all() const { return packs_; }
  // The text of a shipped pack.
  static std::string_view text_of(std::string_view name);
  void add(Pack pack);

 private:
  std::map<std::string, Pack, std::less<>> packs_;
};

}  // namespace entente::procedure
