// Open addressing at a load of a quarter at most, so that a miss ends at its first or second slot.
#include "stix/names.h"

#include <bit>

#include "base/result.h"

namespace entente::stix {

NameIndex::NameIndex(std::span<const std::string_view> names) : names_(names.begin(), names.end()) {
  const size_t slots = std::bit_ceil(names.size() * 4 + 1);
  CHECK(names.size() < kNone);
  slots_.assign(slots, kNone);
  mask_ = slots - 1;
  for (uint16_t number = 0; number < names_.size(); ++number) {
    size_t at = hash(names_[number]) & mask_;
    while (slots_[at] != kNone) {
      CHECK(names_[slots_[at]] != names_[number]);
      at = (at + 1) & mask_;
    }
    slots_[at] = number;
  }
}

}  // namespace entente::stix
