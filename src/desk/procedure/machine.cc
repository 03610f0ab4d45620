// Sets of parties are bits by number; a new text empties them.
#include "desk/procedure/machine.h"

#include <algorithm>

namespace entente::procedure {
namespace {

void set(std::vector<bool>& bits, PartyIndex party) {
  if (bits.size() <= party) bits.resize(party + 1, false);
  bits[party] = true;
}

bool contains(const std::vector<Index>& list, Index one) {
  return std::ranges::find(list, one) != list.end();
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kCounted:
      return "counted";
    case Verdict::kUnknownAct:
      return "unknown-act";
    case Verdict::kNotEntitled:
      return "not-entitled";
    case Verdict::kWrongState:
      return "wrong-state";
    case Verdict::kIncomplete:
      return "incomplete";
    case Verdict::kRepeated:
      return "repeated";
    case Verdict::kOtherText:
      return "other-text";
    case Verdict::kConditions:
      return "conditions";
    case Verdict::kTooLate:
      return "too-late";
    case Verdict::kAfterTheEnd:
      return "after-the-end";
    case Verdict::kBeforeOpening:
      return "before-opening";
    case Verdict::kUnsigned:
      return "unsigned";
    case Verdict::kWrongSignature:
      return "wrong-signature";
    case Verdict::kUnknownKey:
      return "unknown-key";
  }
  return {};
}

Facts Machine::open(PartyIndex opener) const {
  Facts facts;
  facts.state = pack_.initial;
  facts.clocks.resize(pack_.clocks.size());
  facts.did.resize(pack_.acts.size());
  const ActRule& opening = pack_.acts[pack_.opening()];
  for (const Effect& one : opening.effects) effect(&facts, one);
  set(facts.received, opener);
  if (opening.to != kNoIndex) facts.state = opening.to;
  return facts;
}

bool Machine::holds(const Facts& facts, const Condition& condition, const Cast& cast) const {
  std::vector<PartyIndex> parties;
  for (const Index role : condition.roles) {
    const std::vector<PartyIndex> some = cast.of_role(role);
    parties.insert(parties.end(), some.begin(), some.end());
  }
  const auto fits = [&](PartyIndex party) {
    if (condition.received) return has(facts.received, party);
    return std::ranges::any_of(condition.acts,
                               [&](Index act) { return has(facts.did[act], party); });
  };
  switch (condition.of) {
    case Condition::Of::kAll:
      return !parties.empty() && std::ranges::all_of(parties, fits);
    case Condition::Of::kNone:
      return std::ranges::none_of(parties, fits);
    case Condition::Of::kSome:
      return std::ranges::any_of(parties, fits);
  }
  return false;
}

bool Machine::is_entitled(const ActRule& act, PartyIndex party, const Cast& cast) {
  if (act.except != kNoIndex && cast.has_role(party, act.except)) return false;
  return std::ranges::any_of(act.by, [&](Index role) { return cast.has_role(party, role); });
}

Verdict Machine::judge(const Facts& facts, const ActInput& input, const Cast& cast) const {
  if (input.act >= pack_.acts.size()) return Verdict::kUnknownAct;
  const ActRule& act = pack_.acts[input.act];
  if (act.opens) return Verdict::kRepeated;
  if (!is_entitled(act, input.party, cast)) return Verdict::kNotEntitled;
  if (!contains(act.in, facts.state))
    return pack_.is_final(facts.state) ? Verdict::kAfterTheEnd : Verdict::kWrongState;
  if ((act.needs_reason && !input.has_reason) || (act.needs_text && !input.has_text) ||
      (act.needs_until && !input.has_until) || (act.needs_language && !input.has_language) ||
      (act.needs_target && !input.has_target) || (act.needs_attachment && !input.has_attachment)) {
    return Verdict::kIncomplete;
  }
  if (act.is_receipt && !input.is_of_current_text) return Verdict::kOtherText;
  if (act.is_receipt && has(facts.received, input.party)) return Verdict::kRepeated;
  if (act.once && has(facts.did[input.act], input.party)) return Verdict::kRepeated;
  for (const Index index : act.while_clocks) {
    const ClockFact& clock = facts.clocks[index];
    const bool own_ended =
        input.party < clock.runs.size() && clock.runs[input.party] == ClockFact::Run::kEnded;
    if (clock.status == ClockStatus::kEnded || own_ended)
      return pack_.is_final(facts.state) ? Verdict::kAfterTheEnd : Verdict::kTooLate;
  }
  for (const Effect& effect : act.effects) {
    const ClockStatus status = facts.clocks[effect.clock].status;
    // An ended clock is not stopped, resumed or extended; a standing one not stopped again.
    const bool fits = effect.kind == Effect::Kind::kStops     ? status == ClockStatus::kRunning
                      : effect.kind == Effect::Kind::kResumes ? status == ClockStatus::kStopped
                      : effect.kind == Effect::Kind::kExtends
                          ? status == ClockStatus::kRunning || status == ClockStatus::kStopped
                          : true;
    if (!fits) return Verdict::kWrongState;
  }
  for (const Condition& condition : act.conditions) {
    if (!holds(facts, condition, cast)) return Verdict::kConditions;
  }
  return Verdict::kCounted;
}

void Machine::effect(Facts* facts, const Effect& effect) const {
  ClockFact& clock = facts->clocks[effect.clock];
  switch (effect.kind) {
    case Effect::Kind::kStarts:
    case Effect::Kind::kRestarts:
      clock = {ClockStatus::kRunning, {}};
      break;
    case Effect::Kind::kStops:
      clock.status = ClockStatus::kStopped;
      break;
    case Effect::Kind::kResumes:
      clock.status = ClockStatus::kRunning;
      break;
    case Effect::Kind::kCancels:
      clock = {};
      break;
    case Effect::Kind::kExtends:
      break;
  }
}

void Machine::apply(Facts* facts, const ActInput& input) const {
  const ActRule& act = pack_.acts[input.act];
  if (act.carries_text || act.adds_text) facts->received.clear();
  if (act.carries_text) {
    for (std::vector<bool>& parties : facts->did) parties.clear();
  }
  // Who acts upon a text has it.
  if (act.is_receipt || act.carries_text || act.adds_text || input.is_of_current_text)
    set(facts->received, input.party);
  set(facts->did[input.act], input.party);
  if (act.to != kNoIndex) facts->state = act.to;
  for (const Effect& one : act.effects) effect(facts, one);
}

const Ending* Machine::end(Facts* facts, Index clock, const Cast& cast) const {
  facts->clocks[clock].status = ClockStatus::kEnded;
  for (const Ending& ending : pack_.endings) {
    if (ending.clock != clock || !contains(ending.in, facts->state)) continue;
    const bool fits = std::ranges::all_of(ending.conditions, [&](const Condition& condition) {
      return holds(*facts, condition, cast);
    });
    if (!fits) continue;
    facts->state = ending.to;
    for (const Effect& one : ending.effects) effect(facts, one);
    return &ending;
  }
  return nullptr;
}

}  // namespace entente::procedure
