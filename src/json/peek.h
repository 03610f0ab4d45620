// A few strings out of an object that this program has checked before, without parsing it again: for
// lists that name thousands of stored objects.
#pragma once

#include <span>
#include <string_view>

namespace entente::json {

// Finds top-level members by name and gives the contents of their strings; what is absent or no
// string is empty. Stops as soon as every name was found, so ask for no more than is needed.
// False, with `contents` in any state, if the bytes are no object or need a parser: a top-level
// name or a wanted string with an escape in it. Never reads outside the bytes, whatever they are.
bool peek_strings(std::string_view object, std::span<const std::string_view> names,
                  std::span<std::string_view> contents);

}  // namespace entente::json
