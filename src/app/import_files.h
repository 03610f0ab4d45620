// `entente import FILE...`: each file is an import of its own and the numbers are added up; with --strict all files together
// are one, so that it is all or nothing.
#pragma once

#include "app/command_line.h"
#include "app/commands.h"
#include "app/target.h"
#include "base/result.h"

namespace entente::app {

// The outcome is {"objects","accepted","refused","repeated","findings":{CODE:n},"details":[{"file",...}]}.
Result<Outcome> import_files(Target& target, const CommandLine& line);

// The same without its details, as the contract for scripts has it.
std::string without_details(const Fields& report);

// For people: totals, findings by code, then the findings themselves.
std::string describe_import(const Fields& report);

}  // namespace entente::app
