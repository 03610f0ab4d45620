// Pieces of answers as JSON and as text, shared by all questions of this module.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ownership/control.h"
#include "ownership/model.h"
#include "ownership/snapshot.h"

namespace entente::ownership {

// [0.25,0.5]; numbers are the shortest that read back as the same.
std::string json_of(Range range);
// true, false or "possible".
std::string_view json_of(Certainty certainty);
// ["a","b"]: ids.
std::string ids_json(const Graph& graph, const std::vector<PartyIndex>& parties);
// Findings of reading, if given, and then those of an answer.
std::string findings_json(const std::vector<Finding>& own, const Findings* reading);
// A list of objects: code, place, detail, weight.
std::string json_of(const Findings& findings);
// "26.01 %", "25 % to 50 %", "unknown".
std::string text_of(Range range);
std::string_view text_of(Certainty certainty);
// Control characters made visible.
std::string visible(std::string_view text);
// The party's name and id, or its id alone; control characters made visible.
std::string text_of(const Party& party);

// "A > B > C".
std::string path_text(const Graph& graph, const std::vector<PartyIndex>& path);

// Rows as columns of equal width, the first row being the heads.
std::string table_text(const std::vector<std::vector<std::string>>& rows);

}  // namespace entente::ownership
