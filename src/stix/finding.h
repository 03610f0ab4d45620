// A thing found wrong or odd in a document: data, never an exception. Codes are stable and documented in docs/findings.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace entente::stix {

// kError: the object is refused. kWarning: a clause is broken but the object can be kept and released safely. kHint: it
// is allowed and usually unwise (an open vocabulary's foreign word, say).
enum class Severity : uint8_t { kError, kWarning, kHint };

struct Finding {
  std::string_view code;      // "id-malformed": a string constant from the table in finding.cc
  Severity severity = Severity::kError;
  std::string pointer;        // JSON pointer from the object's root [RFC 6901]
  size_t offset = 0;          // of the value (or of the key) in the document's bytes
  std::string detail;         // for people: what was expected, what was found; never more than 200 bytes
};

}  // namespace entente::stix
