// `entente match --follow`: matches as they come, of a file that grows, with patterns that may change.
#pragma once

#include "app/command_line.h"
#include "app/whole_file.h"
#include "base/result.h"
#include "logs/mapping.h"
#include "pattern/engine.h"

namespace entente::app {

// Each match as soon as its last event has come; events a line each. The exit code.
Result<int> match_as_they_come(const CommandLine& line, const WholeFile& patterns,
                               const logs::Mapping* mapping);

// What --stats prints, on standard error.
void print_stats(const pattern::EngineStats& stats, double load_ms, double read_ms);

}  // namespace entente::app
