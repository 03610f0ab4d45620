// Restoring and rebuilding: what needs a directory that no process has open.
#pragma once

#include <string>

#include "app/commands.h"
#include "base/result.h"

namespace entente::app {

// Makes the node `to` (absent or empty) from a backup: a directory, a tar file, or "-" for a tar stream on standard input
// (gzip and zstd are taken).
// It is not served until it is accepted.
Result<Outcome> run_restore(const std::string& from, const std::string& to);

// Accepts a restored node. `recalls`: empty, or a file with what `entente recalls --json` printed on the node as it was last:
// what was recalled after the backup is recalled here, too.
Result<Outcome> run_accept(const std::string& directory, const std::string& recalls);

// Throws the journal's indexes away and makes them anew.
Result<Outcome> run_rebuild(const std::string& directory);

// Removes a directory of files and of directories of files, as restore and backup make them for a while.
void remove_directory(const std::string& path);

}  // namespace entente::app
