// Any bytes as a procedure or an act: what reads is whole, counts within the skew that a node allows, and only with a
// signature that fits.
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "desk/procedure/limits.h"
#include "desk/records.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace entente;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  constexpr int64_t kTickMs = 1'800'000'000'000;
  const desk::Submitted by{"A", kTickMs, {}};
  const auto check = [&](const procedure::Record& record) {
    CHECK(!record.id.empty() && record.party == "A");
    CHECK(record.at_ms <= kTickMs && record.at_ms >= kTickMs - desk::kSkewMsMax);
    CHECK(record.proof != procedure::Proof::kSigned);  // the party has no keys
  };
  const auto opening = desk::read_opening(bytes, by);
  const auto act = desk::read_act(bytes, by);
  CHECK(!opening || !act);
  if (opening) {
    CHECK(!opening->pack.empty());
    check(opening->record);
    // What is written of it reads again as the same.
    const desk::Draft draft =
        desk::draft_of(*opening, "identity--x", {desk::audience_of(*opening)});
    const auto again = desk::read_opening(draft.object, by);
    CHECK(again && again->title == opening->title && again->pack == opening->pack &&
          again->format == opening->format && again->roles == opening->roles &&
          again->record.text == opening->record.text);
  }
  if (act) {
    check(act->record);
    CHECK(!act->procedure.empty() && !act->record.act.empty());
    CHECK(act->record.objects.size() <= procedure::limits::kAttachedObjectsMax);
    desk::Opening opened;
    opened.record.id = act->procedure;
    const auto again =
        desk::read_act(desk::draft_of(opened, act->record, "identity--x", {}).object, by);
    CHECK(again && again->procedure == act->procedure && again->record.act == act->record.act &&
          again->record.objects == act->record.objects &&
          again->record.reason == act->record.reason && again->record.text == act->record.text);
  }
  return 0;
}
