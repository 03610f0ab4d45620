// Backups as one stream: POSIX ustar, of regular files with plain names alone, so that any tar can read them and nothing
// in a foreign one can lead outside its folder. [POSIX.1-2017 pax, "ustar Interchange Format"]
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/commands.h"
#include "base/result.h"
#include "exchange/importer.h"
#include "store/files.h"

namespace entente::app {

// Writes the files of `directory` ("journal/NAME", ...) in the order given, then the end mark.
Result<void> write_tar(store::Files& files, const std::string& directory,
                       const std::vector<std::string>& names, const Output& output);

// Unpacks into `directory`, which must exist. `allows` says which names are taken; another one is kInvalid, as is whatever
// is no whole ustar file.
Result<void> read_tar(store::Files& files, exchange::Source& source, const std::string& directory,
                      const std::function<bool(std::string_view name)>& allows);

}  // namespace entente::app
