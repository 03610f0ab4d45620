// Where the next page begins, as a text that tells its holder nothing and works for nobody else.
//
// A cursor is the date_added of the last object of a page and a keyed code over that date, the
// reader and the query: made of visible sort keys alone, repeatable, still good when `limit`
// changes, refused for another reader or another query.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "exchange/view.h"

namespace entente::exchange {

// `query` is what the cursor is bound to: the route and its parameters in a fixed order, without
// limit and next.
std::string make_cursor(const View& view, std::string_view query, int64_t last_us);
// nullopt unless make_cursor made it for the same party and query.
std::optional<int64_t> read_cursor(const View& view, std::string_view query,
                                   std::string_view cursor);

}  // namespace entente::exchange
