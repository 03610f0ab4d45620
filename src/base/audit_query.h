// Which lines of a party's audit log are asked for. The log itself is src/app/audit.h.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/limits.h"
#include "base/result.h"

namespace entente {

struct AuditQuery {
  std::string party;             // code; of its own lines alone
  int64_t since_us = INT64_MIN;  // at it or later
  std::string after;             // `next` of the page before; empty: from the beginning
  uint32_t limit = limits::kAuditPageLinesMax;
  std::vector<std::string> objects = {};  // only lines about one of these; empty: all
};

// A page of lines: {"items":[LINE,...],"next":"..."}, in order; "next" only if more follow.
using AuditPage = std::function<Result<std::string>(const AuditQuery& query)>;

}  // namespace entente
