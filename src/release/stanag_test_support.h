// Labels, tables and policies that the tests of STANAG 4774 and 4778 share. All policies are
// invented; identifiers are below the arc 2.25.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "release/stanag_binding.h"
#include "release/stanag_map.h"

namespace entente::release {

// The content of tests/golden/stanag/<name>.
std::string golden(std::string_view name);
// The block of docs/formats/stanag.md that follows the line "<!-- name -->".
std::string example_of_the_page(std::string_view name);

// A label with every part that the schema knows.
ConfidentialityLabel full_label();

// Numbers from a seed, the same on every machine.
class Dice {
 public:
  explicit Dice(uint64_t seed) : engine_(seed) {}
  size_t below(size_t count) { return static_cast<size_t>(engine_() % count); }
  bool coin() { return below(2) == 0; }

 private:
  std::mt19937_64 engine_;
};

// Any label that the schema allows, with odd characters in its texts.
ConfidentialityLabel random_label(Dice* dice);

}  // namespace entente::release
