// Entities and ownership of FollowTheMoney, one JSON object a line, as OpenSanctions and Aleph give them.
//
// Ownership carries `percentage`, read as a percentage; Directorship, Membership, UnknownLink and the like may
// control; Representation makes the agent its client's nominee, which may control; other schemata are
// parties, or are left aside. Several owners or assets of one record are each a pair.
#pragma once

#include <string_view>

#include "ownership/model.h"

namespace entente::ownership {

Result<void> read_ftm(std::string_view text, Graph* graph, Findings* findings);

}  // namespace entente::ownership
