// Deals: who bought what share of whom, when, at what price, in which sector and member.
//
// A CSV with a header line: buyer,target,date, and as known share, price, currency, sector, member, source.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ownership/model.h"

namespace entente::ownership {

struct Deal {
  std::string buyer, target;
  Day day = 0;
  Range share = kUnknown;
  double price = 0;  // 0: not known
  std::string currency;
  std::string sector;  // NACE or NAICS code
  std::string member;  // ISO 3166-1 alpha-2, upper case: where the target is
  uint32_t line = 0;
};

// Lines that cannot be used are findings. kInvalid only if the header is not one. Shares are percentages if
// any without a percent sign is above 1.
Result<std::vector<Deal>> read_deals(std::string_view text, Findings* findings);

}  // namespace entente::ownership
