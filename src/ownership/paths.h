// The chains by which a party holds in a target, largest first.
//
// A path visits no party twice. Its size is the product of its shares of capital; of a range the middle,
// which only orders the paths. A link that carries no capital counts by its votes, far behind any that
// does, and a right alone behind both. The search goes best first under an exact bound, so that the
// first paths found are the largest.
//
// Threads: as Region. Cost: the first path of all parties together takes one pass over the interests;
// each further one of a party looks at the parties along it.
#pragma once

#include <cstdint>
#include <vector>

#include "ownership/region.h"

namespace entente::ownership {

// How much a link counts in ordering paths: above 0, at most 1.
double path_weight(const Stake& stake);

struct Path {
  std::vector<uint32_t> nodes;  // from the owner to the target
  Range capital = kNothing;     // product of the shares
};

struct Paths {
  std::vector<Path> list;
  bool is_complete = true;  // false: there are, or may be, more
};

class PathSearch {
 public:
  explicit PathSearch(const Region& region);
  Paths largest(uint32_t owner, size_t paths_max) const;

 private:
  const Region* region_;
  std::vector<double> best_;  // by node: the size of the largest path to the target, 0 if none
};

}  // namespace entente::ownership
