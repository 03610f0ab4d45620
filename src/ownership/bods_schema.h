// What a BODS 0.4 statement must look like, checked rule by rule. [BODS 0.4 schema: statement, entity,
// person and relationship records, components]
//
// Every breach is a finding: its code is the keyword of JSON Schema that is broken (required, type, enum, format,
// anyOf, oneOf, const, pattern, minLength, maxLength, minimum, maximum), its place a JSON path such as
// $[0].recordDetails.interests[0].share.exact, of the object for `required`. Pure functions.
#pragma once

#include <string>

#include "json/json.h"
#include "ownership/model.h"

namespace entente::ownership {

// Whether the statement keeps every rule. `place` is its path.
bool check_bods_statement(json::Value statement, const std::string& place, Findings* findings);

}  // namespace entente::ownership
