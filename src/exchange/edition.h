// Editions of stored objects: what a reader gets where parts are cut. The edits were found when the
// object came in and are kept in the journal beside it.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>

#include "store/journal.h"

namespace entente::exchange {

// Appends the edition of an entry's object, whose stored bytes are given, with the parts of the mask cut.
// Where what is kept is lost to damage the object is read again; where there is no such edition, nothing
// is appended: an object that is not there tells nothing.
void append_edition(const store::Snapshot& snapshot, store::Position position,
                    std::string_view bytes, uint8_t cut, std::string* out);
// The same in memory of its own, as long as that lives; empty where there is none.
std::string_view edition_in(std::pmr::memory_resource& memory, const store::Snapshot& snapshot,
                            store::Position position, std::string_view bytes, uint8_t cut);

// Whether an object's text names the identifier in a reference.
bool refers_to(std::string_view object, std::string_view identifier);

}  // namespace entente::exchange
