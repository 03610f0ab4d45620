// `entente match` and `entente pattern check`: patterns without a node.
#pragma once

#include "app/command_line.h"
#include "base/result.h"

namespace CLI {
class App;
}

namespace entente::app {

// Adds both commands to the command line. Defined in pattern_options.cc.
void add_patterns(CLI::App& app, CommandLine& line);

// Reads a pattern a line from standard input and says of each whether it is valid. The exit code.
Result<int> run_pattern_check(const CommandLine& line);

// Prints a line for each set of patterns of a file that are the same pattern, written in different ways or not.
Result<int> run_pattern_duplicates(const CommandLine& line);

// Prints a log mapping, or the names of those that come with the program. The exit code: kExitFound if a file is no
// mapping.
Result<int> run_pattern_mapping(const CommandLine& line);

// Matches the patterns of a file against the events of another, and prints a line for each pattern
// that matches. The exit code: kExitFound if an event was not well-formed.
Result<int> run_match(const CommandLine& line);

}  // namespace entente::app
