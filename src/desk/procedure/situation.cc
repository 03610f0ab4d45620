// What is asked of cases, rosters and situations; how a situation comes about is in fold.cc.
#include <algorithm>

#include "desk/procedure/fold.h"

namespace entente::procedure {

std::vector<const Record*> Case::all() const {
  std::vector<const Record*> out;
  out.reserve(records.size() + shared.size());
  for (const Record& record : records) out.push_back(&record);
  for (const auto& record : shared) out.push_back(record.get());
  return out;
}

const std::vector<std::string>& Roster::at(int64_t at_ms) const {
  static const std::vector<std::string> kNobody;
  const auto after =
      std::ranges::upper_bound(*spans_, at_ms, {}, [](const auto& s) { return s.first; });
  return after == spans_->begin() ? kNobody : std::prev(after)->second;
}

const ClockView* Situation::clock(Index index, std::string_view party) const {
  for (const ClockView& one : clocks) {
    if (one.clock == index && one.party == party) return &one;
  }
  return nullptr;
}

std::vector<std::string> Situation::received() const {
  std::vector<std::string> out;
  for (size_t i = 0; i < facts.received.size(); ++i) {
    if (facts.received[i]) out.push_back(parties[i]);
  }
  std::ranges::sort(out);
  return out;
}

std::vector<std::string> Situation::did(std::string_view act) const {
  std::vector<std::string> out;
  for (const Judged& one : judged) {
    if (one.verdict == Verdict::kCounted && one.record->act == act &&
        std::ranges::find(out, one.record->party) == out.end()) {
      out.push_back(one.record->party);
    }
  }
  return out;
}

}  // namespace entente::procedure
