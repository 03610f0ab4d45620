// What sensors post, and what is watched: from query parameters and a body to the watch and back.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/pieces.h"
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

// The same of a body that has no end: lines are matched as they come, and each piece of whole lines is answered by one line,
// {"from":N,"to":N,...report...} with lines counted from 1, as soon as what is in it is stored. What goes wrong after the first
// answer is a last line {"from":N,"error":{...}}: nothing from line N on was taken in. `again` says who asks, anew for each
// piece: a key may be withdrawn meanwhile. The errors are those before the first answer, and those of the pieces.
Result<void> observe_stream(watch::Watch& watch, const exchange::Node& node,
                            const std::function<Result<exchange::Principal>()>& again,
                            const FindParameter& find, const Pieces& pieces);

}  // namespace entente::api
