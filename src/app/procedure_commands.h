// Procedures on the command line: procedure, act, todo, silence, case, verify outcome.
#pragma once

#include <string>
#include <string_view>

#include "app/command_line.h"
#include "app/commands.h"
#include "base/result.h"

namespace CLI {
class App;
}

namespace entente::app {

// Adds the commands to the command line. Defined in procedure_options.cc.
void add_procedures(CLI::App& app, CommandLine& line);
void add_signing_keys(CLI::App& app, CommandLine& line);

bool is_procedure_command(const std::string& command);
// Asks the node, or reads the file, that the command is about, and prints the answer; the exit code of the process.
Result<int> perform_procedure(const CommandLine& line);

// Commands of run_command; nullptr: not among these. Of their arguments, those that need not be there in brackets:
//   silence-start party format until text [title]     silence-status party id
//   case-open party name filing                       case-show party id
//   case-access party id person [since after]
//   act party id code [text reason until language clause target objects to label]
//   todo party [digest label]
//   act-draft as act; gives marking and object      act-take party id code marking object
//   procedure-open party name [format roles text until title language label]
//   procedure-list [party]                            procedure-show party id
//   procedure-outcome party id                        procedure-comments party id
Command procedure_command(std::string_view name);

}  // namespace entente::app
