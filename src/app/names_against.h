// Two versions of a list: what became of the entities, and which screenings would now be answered
// otherwise.
#pragma once

#include "app/command_line.h"
#include "base/result.h"
#include "names/list.h"

namespace entente::app {

// entente screen --list NEW --against OLD [--queries FILE]: prints a line for each entity that came,
// went or changed; with queries a line for each that is answered otherwise by `list` than by `before`.
// kExitFound if there is any.
Result<int> screen_against(const CommandLine& line, const names::NameList& list,
                           const names::NameList& before);

}  // namespace entente::app
