// Legal entities and their parents: GLEIF level 1 (names), level 2 (relationships) and reporting exceptions,
// XML and JSON. [LEI-CDF 3.1, RR-CDF 2.1, Reporting Exceptions 2.1]
//
// The end node of a relationship is its parent. Consolidation in the accounts is control; how much capital that
// is stays unknown unless a quantifier says it. An ultimate parent is a chain (model.h), a branch is its
// head office's whole. Fund managers and umbrella funds may control. An exception stands for a parent
// who is not named: a party of its own.
#pragma once

#include <string_view>

#include "ownership/model.h"

namespace entente::ownership {

// Adds the records of a file, whichever of the three it is. Records that are of no use are findings.
Result<void> read_gleif(std::string_view text, Graph* graph, Findings* findings);

}  // namespace entente::ownership
