// Queries as scripts write them: one JSON object.
//
//   {"id":"q1","kind":"person","names":["..."],"birth_date":"1961-03","countries":["RU"],
//    "identifiers":{"passport":"..."},"gender":"male"}
//
// All members but `names` may be absent; birth_date, countries and the identifiers' values may be
// one text or a list. A FollowTheMoney entity is taken as well.
#pragma once

#include "base/result.h"
#include "json/json.h"
#include "names/entity.h"

namespace entente::names {

// kInvalid if it is no object or has no name.
Result<Entity> read_query(json::Value object);

Gender parse_gender(std::string_view text);

}  // namespace entente::names
