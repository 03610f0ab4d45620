// Making a node.
#pragma once

#include <string>

#include "app/commands.h"
#include "base/result.h"

namespace entente::app {

enum class Filling : uint8_t { kEmpty, kDemo };

// {"parties":[{"code","identity","key"}],"collections":[{"id","alias"}]}. With kDemo the demonstration's community and
// content (demo.h); a directory that could not be filled is left without node.json, so that nothing takes it for a node.
Result<Outcome> run_init(const std::string& directory, Filling filling);

}  // namespace entente::app
