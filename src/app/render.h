// A command's JSON as people read it: members as lines, lists of objects as tables.
#pragma once

#include <string>

#include "json/json.h"

namespace entente::app {

std::string render(json::Value object);

// What people read of text that came from others: control characters, escapes of terminals among them, made visible.
std::string printable(std::string_view text);

}  // namespace entente::app
