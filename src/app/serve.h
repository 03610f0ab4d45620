// `entente serve`: opens the node, serves it, ends on SIGTERM or SIGINT.
#pragma once

#include <string>

#include "app/settings.h"
#include "base/result.h"

namespace entente::app {

// Prints "ready http://ADDRESS" on standard output once it answers, and returns when it was told to end; it then takes at
// most two seconds: what still runs by then is cut off, which loses nothing that was acknowledged.
// Must be called before the process has other threads: they inherit which signals are blocked.
Result<void> run_serve(const std::string& directory, const Settings& settings);

}  // namespace entente::app
