// What a party itself said before, and how the module says more: objects that the party submits by the normal import,
// under the rules for all objects.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "exchange/node.h"
#include "json/json.h"

namespace entente::supervision {

// The newest version that the party itself sent under an id.
struct Before {
  bool is_there = false, is_revoked = false;
  std::string created, modified;
  std::vector<std::string> markings;
  std::string text;  // with room for the parser behind it
  size_t size = 0;   // of the object in it
};
Before find_before(const exchange::View& view, std::string_view id);

// The instant of the next version: now, or just behind the version before.
std::string next_modified(const exchange::View& view, const Before& before);

// Who may write for the party: a whole key of a role that writes. kForbidden.
Result<void> check_may_write(const exchange::Principal& who);

// Takes in objects, one a line. kUnprocessable: one was refused, and nothing is kept.
Result<void> record(exchange::Node& node, Random& random, const exchange::Principal& who,
                    release::CollectionNumber collection, const std::string& lines);

}  // namespace entente::supervision
