// The demonstration's procedures, half way through: a draft under silence that one party has not received, and a screening
// case on which another Member State has said that it will comment. All parties and companies are made up.
#pragma once

#include "app/commands.h"
#include "base/result.h"

namespace entente::app {

// By the commands that a user would give, as the parties of the demonstration, now. Where the calendars or laws of the
// program do not reach the node's time, there is no case.
Result<void> begin_demo_procedures(Desk& desk);

}  // namespace entente::app
