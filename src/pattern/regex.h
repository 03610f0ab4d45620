// MATCHES: a search with a PCRE expression, DOTALL, with a bound on what it may cost. [stix21 9.6.1]
//
// Threads: compile anywhere; a Regex may be searched by one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/result.h"

namespace entente::pattern {

enum class Found { kNo, kYes, kGaveUp };

class Regex {
 public:
  // kText: the expression and values are UTF-8, with Unicode classes. kOctets: bytes.
  enum class Mode { kText, kOctets };

  // kInvalid with what is wrong and where; kTooLarge past limits::kRegexBytesMax.
  static Result<std::unique_ptr<Regex>> compile(std::string_view expression, Mode mode);
  ~Regex();
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;

  // kGaveUp past the limits of memory and length, or once *steps_left is used up: what the value is
  // then is not known.
  Found search(std::string_view value, uint32_t* steps_left);

 private:
  struct Parts;
  explicit Regex(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace entente::pattern
