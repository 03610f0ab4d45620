// What is to be done, read off a situation: the first duty of the pack that is a party's.
#include <algorithm>

#include "desk/procedure/fold.h"

namespace entente::procedure {
namespace {

std::vector<std::string> codes_of(const Pack& pack, const Case& one, Index role, int64_t now_ms) {
  switch (pack.roles[role].kind) {
    case Role::Kind::kOpener:
      return {one.opening.party};
    case Role::Kind::kFormat:
      return one.roster.at(now_ms);
    case Role::Kind::kNamed:
      break;
  }
  const auto found = one.roles.find(pack.roles[role].name);
  return found == one.roles.end() ? std::vector<std::string>() : found->second;
}

bool has_role(const Pack& pack, const Case& one, Index role, std::string_view party,
              int64_t now_ms) {
  if (pack.roles[role].kind == Role::Kind::kOpener) return one.opening.party == party;
  if (pack.roles[role].kind == Role::Kind::kFormat)
    return std::ranges::binary_search(one.roster.at(now_ms), party);
  const std::vector<std::string> codes = codes_of(pack, one, role, now_ms);
  return std::ranges::find(codes, party) != codes.end();
}

// Whether a duty of the situation's state is open for a party that has its role.
bool is_open(const Duty& duty, const Situation& now, std::string_view party) {
  const auto number = std::ranges::find(now.parties, party) - now.parties.begin();
  const auto index = static_cast<PartyIndex>(number);
  if (duty.unless_received && Machine::has(now.facts.received, index)) return false;
  return std::ranges::none_of(duty.unless,
                              [&](Index act) { return Machine::has(now.facts.did[act], index); });
}

std::optional<int64_t> end_for(const Pack& pack, const Duty& duty, const Situation& now,
                               std::string_view party) {
  std::optional<int64_t> first_ms;
  for (const Index index : duty.until) {
    const bool is_own = pack.clocks[index].against != kNoIndex;
    const ClockView* clock = now.clock(index, is_own ? party : std::string_view());
    if (clock == nullptr || !clock->end_ms) continue;
    first_ms = std::min(*clock->end_ms, first_ms.value_or(*clock->end_ms));
  }
  return first_ms;
}

const Duty* duty_of(const Pack& pack, const Case& one, const Situation& now, std::string_view party,
                    int64_t now_ms) {
  for (const Duty& duty : pack.duties) {
    if (std::ranges::find(duty.in, now.state) == duty.in.end()) continue;
    if (duty.except != kNoIndex && has_role(pack, one, duty.except, party, now_ms)) continue;
    if (has_role(pack, one, duty.role, party, now_ms) && is_open(duty, now, party)) return &duty;
  }
  return nullptr;
}

}  // namespace

std::optional<Due> due_of(const Pack& pack, const Case& one, const Situation& now,
                          std::string_view party, int64_t now_ms) {
  const Duty* duty = duty_of(pack, one, now, party, now_ms);
  if (duty == nullptr) return std::nullopt;
  return Due{duty->act, end_for(pack, *duty, now, party)};
}

std::vector<Waiting> waiting_of(const Pack& pack, const Case& one, const Situation& now,
                                std::string_view party, int64_t now_ms) {
  std::vector<Waiting> out;
  for (const Duty& duty : pack.duties) {
    const bool waits = std::ranges::any_of(
        duty.waiting, [&](Index role) { return has_role(pack, one, role, party, now_ms); });
    if (!waits || std::ranges::find(duty.in, now.state) == duty.in.end()) continue;
    Waiting waiting{duty.act, {}, std::nullopt};
    for (const std::string& code : codes_of(pack, one, duty.role, now_ms)) {
      if (code == party || duty_of(pack, one, now, code, now_ms) != &duty) continue;
      waiting.from.push_back(code);
      const auto by_ms = end_for(pack, duty, now, code);
      if (by_ms && (!waiting.by_ms || *by_ms < *waiting.by_ms)) waiting.by_ms = by_ms;
    }
    if (!waiting.from.empty()) out.push_back(std::move(waiting));
  }
  return out;
}

}  // namespace entente::procedure
