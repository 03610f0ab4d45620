// Other spellings of the same JSON: spacing, order of members, escapes and their case are drawn anew, what it says stays.
#pragma once

#include <random>
#include <string>

namespace entente::testing {

// What may differ from the plain spelling.
struct Spelling {
  bool spaces = true;        // spaces, tabs and line breaks between any two tokens
  bool order = true;         // of an object's members
  bool escapes = true;       // in strings: \uXXXX in either case, surrogate pairs, \/ and the like
  bool escaped_keys = true;  // and in the names of members
  bool escaped_words =
      false;  // and in values of ASCII letters, digits, - _ . and : alone: ids, type names, timestamps
};

// `json` written another way. It must be well-formed; numbers are kept as they are written.
std::string respelled(const std::string& json, const Spelling& spelling, std::mt19937_64& random);

}  // namespace entente::testing
