// `entente match --explain`: why each pattern matches, or does not.
#pragma once

#include "app/command_line.h"
#include "app/whole_file.h"
#include "base/result.h"
#include "logs/mapping.h"

namespace entente::app {

// A line for each valid pattern: that of a match, with a member "explain" that lists for each of its
// observation expressions what satisfied it, or what came nearest and where it failed.
Result<int> explain_matches(const CommandLine& line, const WholeFile& patterns,
                            const logs::Mapping* mapping);

}  // namespace entente::app
