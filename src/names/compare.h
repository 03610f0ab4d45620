// Two entities against each other, without a list: how probable it is that they are one, and why.
#pragma once

#include <string>
#include <vector>

#include "names/entity.h"
#include "names/score.h"

namespace entente::names {

struct Comparison {
  double score = 0;  // a probability
  std::vector<Evidence> evidence;
};

// Symmetric: swapping the sides gives the same score.
Comparison compare(const Entity& left, const Entity& right);

}  // namespace entente::names
