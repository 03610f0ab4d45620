// A graph from a file of any kind that this module reads, told by its first bytes and names.
#pragma once

#include <string_view>

#include "ownership/interests_csv.h"
#include "ownership/model.h"

namespace entente::ownership {

enum class GraphFormat : uint8_t { kCsv, kSec, kBods, kGleif, kFtm };
std::string_view name_of(GraphFormat format);
GraphFormat guess_format(std::string_view text);

// Adds the file to the graph. `unit` is of the CSV table of interests.
Result<void> read_graph(std::string_view text, ShareUnit unit, Graph* graph, Findings* findings);

}  // namespace entente::ownership
