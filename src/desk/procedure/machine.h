// What a rule pack lets happen, without time: the facts of a procedure, whether an act counts, what it changes, which
// ending fits. The fold (fold.h) drives it along dated records; the checker (check.h) along every path.
//
// Threads: a Machine is immutable, Facts are a value.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "desk/procedure/pack.h"

namespace entente::procedure {

// A party, numbered by the caller.
using PartyIndex = uint32_t;

enum class ClockStatus : uint8_t { kIdle, kRunning, kStopped, kEnded };

struct ClockFact {
  ClockStatus status = ClockStatus::kIdle;
  // Of a clock against a role, by party: its own run has begun, or is over.
  enum class Run : uint8_t { kNone, kRunning, kEnded };
  std::vector<Run> runs;
  friend bool operator==(const ClockFact&, const ClockFact&) = default;
};

struct Facts {
  Index state = 0;
  std::vector<ClockFact> clocks;
  std::vector<bool> received;          // the current text, by party
  std::vector<std::vector<bool>> did;  // by act, by party; since the current text came
  friend bool operator==(const Facts&, const Facts&) = default;
};

// What became of an act.
enum class Verdict : uint8_t {
  kCounted,
  kUnknownAct,      // the pack has no such act
  kNotEntitled,     // not by one who may
  kWrongState,      // may be done, but not now
  kIncomplete,      // what it needs is missing
  kRepeated,        // done already
  kOtherText,       // a receipt of a text that another has replaced
  kConditions,      // what must have come before has not
  kTooLate,         // its clock has ended
  kAfterTheEnd,     // the procedure was over
  kBeforeOpening,   // it was not open yet
  kUnsigned,        // its party has not signed it
  kWrongSignature,  // what signs it does not fit it
  kUnknownKey,      // signed with a key that is none of its party's at that time
};
std::string_view name_of(Verdict verdict);

struct ActInput {
  PartyIndex party = 0;
  Index act = kNoIndex;
  bool has_reason = false, has_text = false, has_until = false;
  bool is_of_current_text = true;
  bool has_language = false;
  bool has_target = false;  // an act that counted
  bool has_attachment = false;
};

class Machine {
 public:
  explicit Machine(const Pack& pack) : pack_(pack) {}
  const Pack& pack() const { return pack_; }

  // Whether a party has a role, now; and all parties that have it.
  struct Cast {
    std::function<bool(PartyIndex, Index role)> has_role;
    std::function<std::vector<PartyIndex>(Index role)> of_role;
  };

  // Whether a party may do an act, whatever the situation.
  static bool is_entitled(const ActRule& act, PartyIndex party, const Cast& cast);
  // As the opening leaves them.
  Facts open(PartyIndex opener) const;
  Verdict judge(const Facts& facts, const ActInput& input, const Cast& cast) const;
  // Of an act that counts.
  void apply(Facts* facts, const ActInput& input) const;
  // That a clock came to its end: the ending that fits, or null. The clock is ended.
  const Ending* end(Facts* facts, Index clock, const Cast& cast) const;
  bool holds(const Facts& facts, const Condition& condition, const Cast& cast) const;
  static bool has(const std::vector<bool>& set, PartyIndex party) {
    return party < set.size() && set[party];
  }

 private:
  void effect(Facts* facts, const Effect& effect) const;
  const Pack& pack_;
};

}  // namespace entente::procedure
