// Does what the command line asks: through the server if one runs on the directory, else by opening it. Prints the outcome.
#pragma once

#include "app/command_line.h"

namespace entente::app {

// The exit code of the process.
int perform(const CommandLine& line);

}  // namespace entente::app
