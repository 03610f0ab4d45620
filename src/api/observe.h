// What sensors post, and what is watched: from query parameters and a body to the watch and back.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "exchange/node.h"
#include "watch/watch.h"

namespace entente::api {

// The value of a query parameter, or null.
using FindParameter = std::function<const std::string*(std::string_view name)>;

// collection, marking, map, keep, dry_run. The report as JSON. kInvalid for a value that means nothing, kNotFound for a
// collection outside the caller's sight; others as Watch::observe.
Result<std::string> observe(watch::Watch& watch, const exchange::Node& node,
                            const exchange::Principal& who, const FindParameter& find,
                            std::string_view body);

}  // namespace entente::api
