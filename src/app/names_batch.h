// Many queries, on all cores, answered in their order with progress.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "names/entity.h"

namespace entente::app {

// Answers a query: one line without its end, or nothing. `id` is JSON, as the query has it.
using AnswerQuery = std::function<std::string(const names::Entity& query, std::string_view id)>;

// Queries in JSON Lines, or in a table with headings (docs/names.md), of the file `path`; "-" is
// standard input. `make` makes an answerer for each thread. False if a query could not be read.
Result<bool> answer_queries(const std::string& path, const std::function<AnswerQuery()>& make);

}  // namespace entente::app
