// Leaks to plant: what careless nodes have been seen to tell, each put on the answers of the node under test, so that
// the comparison of the law test can be seen to find it.
#pragma once

#include <vector>

#include "law_node.h"

namespace entente::law {

struct PlantedLeak {
  const char* name;
  Leak leak;
};

const std::vector<PlantedLeak>& planted_leaks();

}  // namespace entente::law
