// Commands about release: acts of release officers, the policy lint (`entente release check`), and confidentiality labels as NATO
// writes them (`entente label ...`; docs/formats/stanag.md).
//
//   release-act id party to reason widens   the same with release-draft: what is to be signed; release-take: statement
//   release-check                          label-table text        sets the table; without text shows it
//   label-write id party collection policy label-read xml spif     in our words
//   label-bindings party collection type policy after              a page of bindings of that party's world
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "app/command_line.h"
#include "app/commands.h"
#include "app/json_text.h"
#include "app/target.h"
#include "base/result.h"

namespace entente::app {

Command release_command(std::string_view name);  // release_commands.cc
// `entente release widen | narrow`: signed by the node, or here with the key that the line names.
Result<Outcome> run_release(Target& target, const CommandLine& line);
Command label_command(std::string_view name);  // label_commands.cc

// The outcome of release-check for people.
std::string describe_check(const Fields& report);

}  // namespace entente::app
