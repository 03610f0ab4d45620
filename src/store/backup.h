// Bringing a backup back. A backup is a directory of copies, each named after the file and its length
// ("00000001.seg@268435400"), and a manifest that lists them with their checksums, written last.
#pragma once

#include <string>

#include "base/result.h"
#include "store/files.h"

namespace entente::store {

// Puts a backup into `to`, which must be absent or empty; every file is checked against the manifest while it is copied.
// kConflict if `to` holds anything, kCorrupt if the backup is incomplete or damaged: then `to` is left without a journal.
Result<void> restore(Files& files, const std::string& from, const std::string& to);

}  // namespace entente::store
