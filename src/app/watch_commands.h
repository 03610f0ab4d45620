// `entente observe` and `entente watch`: what sensors see, against the indicators of a party's world.
#pragma once

#include "app/command_line.h"
#include "app/commands.h"
#include "app/target.h"

namespace CLI {
class App;
}

namespace entente::app {

// Adds both to the command line. Defined in pattern_options.cc.
void add_watching(CLI::App& app, CommandLine& line);

// Sends files or standard input piece by piece, and prints what each made. The exit code: kExitFound if something was not
// well-formed or was refused.
Result<int> run_observe(Target& target, const CommandLine& line);

}  // namespace entente::app
