// Beneficial ownership statements. [BODS 0.4]
//
// Takes an array of statements, or a stream of one a line. Each is checked (bods_schema.h); those that break
// a rule are findings and are left out. Statements about one record replace each other: each holds from its
// statementDate until that of the next, so that earlier days can be asked for; what is `closed` has ended.
// Parties are known by recordId; whoever is not specified is an anonymous party of its own.
#pragma once

#include <string_view>

#include "ownership/model.h"

namespace entente::ownership {

// Adds the statements to the graph. kInvalid if the text is not JSON, kTooLarge past the limits of a graph.
Result<void> read_bods(std::string_view text, Graph* graph, Findings* findings);

}  // namespace entente::ownership
