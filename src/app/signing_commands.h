// Keys that records are signed with, on the command line: signing-key new, rotate, end, list.
#pragma once

#include <string_view>

#include "app/commands.h"

namespace entente::app {

// Commands of run_command; nullptr: not among these. Of their arguments, those that need not be there in brackets:
//   signing-key-new code [content name]   signing-key-rotate code   signing-key-end id   signing-key-list [code]
Command signing_command(std::string_view name);

}  // namespace entente::app
