// Any bytes as a rule pack: the reader ends and says where it is wrong, and a pack that it takes is sound enough to be
// folded and, if it is small, checked along all its paths.
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "desk/procedure/fold.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace entente::procedure;
  std::vector<Mistake> mistakes;
  const auto pack = read_pack({reinterpret_cast<const char*>(data), size}, &mistakes);
  CHECK(pack.has_value() == mistakes.empty());
  for (const Mistake& mistake : mistakes) CHECK(mistake.line >= 1 && !mistake.detail.empty());
  if (!pack) return 0;
  CHECK(pack->opening() < pack->acts.size() && pack->initial < pack->states.size());
  static const Zones kZones;
  static const Places kPlaces{&Calendars::shipped(), &kZones};
  constexpr int64_t kStartMs = 1'800'000'000'000, kHourMs = 3'600'000;
  Case one;
  one.opening.id = "o";
  one.opening.party = "A";
  one.opening.at_ms = kStartMs;
  one.opening.until_ms = kStartMs + 48 * kHourMs;
  one.calendar = "EU";
  one.roster = Roster({{0, {"A", "B"}}});
  for (const Role& role : pack->roles) one.roles[role.name] = {"B"};
  for (size_t i = 0; i < pack->acts.size(); ++i) {
    for (const char* party : {"A", "B"}) {
      Record record;
      record.id = party + pack->acts[i].name;
      record.party = party;
      record.act = pack->acts[i].name;
      record.at_ms = kStartMs + static_cast<int64_t>(i + 1) * kHourMs;
      record.reason = record.text = "r";
      record.until_ms = record.at_ms + 24 * kHourMs;
      one.records.push_back(std::move(record));
    }
  }
  const auto now = fold(*pack, one, kPlaces, kStartMs + 400 * kHourMs);
  if (!now) return 0;  // a calendar that is not there, a year that it does not have
  CHECK(now->state < pack->states.size() && now->judged.size() == one.records.size());
  return 0;
}
