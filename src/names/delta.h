// Two versions of a list: which entities came, went or changed.
//
// Threads: any. Cost: a sort of the ids, 0.5 s for two lists of a million.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "names/list.h"

namespace entente::names {

// Numbers of entities: `came` and `changed` of the newer list, `went` of the older; in order of ids.
struct ListDelta {
  std::vector<uint32_t> came, went, changed;
  size_t same = 0;
};

// Entities are one by their id. What is listed of them is compared: kind, gender, names with their
// kinds, facts. Of several entities of one id the first counts.
ListDelta delta_of(const NameList& before, const NameList& after);

}  // namespace entente::names
