// An answer about owners as a drawing: the parties on its paths, the target at the bottom, owners above what
// they hold in, and on each line the shares of capital and votes.
//
// DOT is for Graphviz; SVG is drawn here, in layers, and needs nothing else. Both hold text of others only
// escaped, and no script, link or font from elsewhere. At most limits::kPictureNodesMax parties, those on the
// largest paths; the title says how many are left out.
#pragma once

#include <string>

#include "ownership/owners.h"

namespace entente::ownership {

std::string to_dot(const Owners& answer, const Snapshot& snapshot);
std::string to_svg(const Owners& answer, const Snapshot& snapshot);

}  // namespace entente::ownership
