// The parts of the command line's parser: each adds a family of commands. Private to command_line.cc,
// directory_options.cc and names_options.cc.
#pragma once

#include <string>

#include "app/command_line.h"

namespace CLI {
class App;
}

namespace entente::app {

// Adds a command with what all have in common; `name` is what CommandLine::command becomes. All borrow
// `line`, which must outlive the parser.
CLI::App* add(CLI::App& parent, const std::string& word, const std::string& name,
              const std::string& what, const std::string& examples, CommandLine& line);

void add_parties(CLI::App& app, CommandLine& line);
void add_groups(CLI::App& app, CommandLine& line);
void add_collections(CLI::App& app, CommandLine& line);
void add_keys(CLI::App& app, CommandLine& line);
// Policies and clearances.
void add_clearances(CLI::App& app, CommandLine& line);
void add_clock(CLI::App& app, CommandLine& line);
void add_authorities(CLI::App& app, CommandLine& line);
void add_ownership(CLI::App& app, CommandLine& line);  // ownership_options.cc
// screen, compare and names convert.
void add_screening(CLI::App& app, CommandLine& line);
// --key: a private key to sign with.
void add_key_file(CLI::App& command, CommandLine& line);
// What objects that are made of files have in common.
void add_stamp(CLI::App* convert, CommandLine& line);

}  // namespace entente::app
