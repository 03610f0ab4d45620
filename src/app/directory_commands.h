// What the commands that change the directory share. Private to directory_commands.cc, access_commands.cc and
// clock_commands.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/commands.h"
#include "release/directory.h"

namespace entente::app {

Result<release::Role> role_of(const Fields& request, release::Role otherwise);
std::string instant(int64_t ms);  // as people and scripts read it
// The node's time, by which it decides.
int64_t now_ms(const Desk& desk);
// An argument that is a date; kInvalid if it is none.
Result<std::optional<int64_t>> date_ms(const Fields& request, std::string_view name);
Result<int64_t> date_or_now_ms(const Desk& desk, const Fields& request, std::string_view name);
// "from" and "until", where they are given, to the change and to what is said of it.
Result<void> add_dates(const Fields& request, JsonObject* change, JsonObject* said);

}  // namespace entente::app
