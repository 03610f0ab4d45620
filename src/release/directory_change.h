// How the parts of a directory that apply changes read them: small readers of JSON members.
//
// Private to this module. A member that is absent or of another type reads as its default: what a
// change must have, its apply_* function asks for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "json/json.h"

namespace entente::release {

// Codes are upper case, aliases lower case: both are words in URLs and command lines.
bool is_word(std::string_view text, bool upper);
std::string text_of(json::Value object, std::string_view key);
int64_t integer_of(json::Value object, std::string_view key, int64_t otherwise);
// A date in milliseconds that must be there; kInvalid if it is not.
Result<int64_t> date_of(json::Value object, std::string_view key);
bool is_true(json::Value object, std::string_view key);
std::vector<std::string> texts_of(json::Value object, std::string_view key);
// kInvalid unless there are 64 hex digits.
Result<Digest> digest_of(std::string_view hex);
// kNotFound.
std::unexpected<Error> no_party(std::string_view code);
std::unexpected<Error> no_group(std::string_view code);

}  // namespace entente::release
