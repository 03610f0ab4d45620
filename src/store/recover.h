// Opening a journal's directory: finding its segments, cutting what was never acknowledged, setting damage aside, making
// missing indexes anew, and building the first state.
#pragma once

#include "store/core.h"
#include "store/tail.h"

namespace entente::store {

// Sets the core's identity and first state, folds control records, and says where writing goes on.
Result<Tail::Resume> recover(Core& core, const std::function<void(const Control&)>& fold,
                             Recovery& recovery);

}  // namespace entente::store
