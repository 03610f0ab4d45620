// screen, owners, holdings and rush in a party's world, and files turned into objects that a node keeps.
#pragma once

#include "app/command_line.h"
#include "app/commands.h"
#include "base/result.h"

namespace entente::app {

// `entente screen --party CODE`: queries against the parties of that world, or with --watch its
// own buyers.
Result<int> run_screen_in_world(const CommandLine& line);
// `entente owners|holdings|rush --party CODE`.
Result<int> run_ownership_in_world(const CommandLine& line);

// `entente decide ID ID same|not-same|unsure|undo`.
Result<int> run_decide(const CommandLine& line);

// Prints STIX objects, one a line, made of lists or of interests and deals.
Result<int> run_names_convert(const CommandLine& line);
Result<int> run_ownership_convert(const CommandLine& line);

}  // namespace entente::app
