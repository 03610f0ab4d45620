// The commands that compare names: they read files and print, and need no node.
#pragma once

#include "app/command_line.h"
#include "base/result.h"

namespace entente::app {

// entente screen: queries against lists. 1 as exit code if a query or a list's record could not be read.
Result<int> run_screen(const CommandLine& line);
// entente compare: pairs of entities, a line each, from standard input or files.
Result<int> run_compare(const CommandLine& line);

}  // namespace entente::app
