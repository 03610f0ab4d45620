// What a value must contain to be like a pattern or to match a regular expression: some literal that
// the index can look for. [stix21 9.6.1]
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace entente::pattern {

struct Literals {
  // A value that matches contains one of these, ASCII letters compared without case. Empty: nothing is
  // known of what it contains.
  std::vector<std::string> any_of;
  // The expression is certainly well-formed, so that PCRE need not be asked.
  bool is_plain = false;
};

// Of LIKE: the longest stretch without % and _.
Literals literals_of_like(std::string_view pattern);

// Of MATCHES: of each alternative the longest stretch of characters that must be there. Whatever is not
// understood for certain is taken to allow anything.
Literals literals_of_regex(std::string_view expression);

}  // namespace entente::pattern
