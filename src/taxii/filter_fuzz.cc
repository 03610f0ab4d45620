// Any query string: reading it ends, what is accepted is within its limits, and neither the order of parameters nor limit
// and next change what a cursor is bound to.
#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/limits.h"
#include "stix/stix.h"
#include "taxii/filter.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace entente;
  const auto parts = parse_query({reinterpret_cast<const char*>(data), size});
  if (!parts) return 0;
  const taxii::FilterSet all{true, true, true, true};
  const auto filters = taxii::read_filters(*parts, all);
  if (!filters) return 0;
  const exchange::Query& query = filters->query;
  CHECK(query.limit >= 1 && query.limit <= limits::kPageObjectsMax);
  CHECK(query.ids.size() <= limits::kFilterValuesMax &&
        query.types.size() <= limits::kFilterValuesMax);
  CHECK(std::ranges::all_of(query.ids, [](const auto& id) { return stix::is_identifier(id); }));
  QueryParts reversed(parts->rbegin(), parts->rend());
  std::erase_if(reversed,
                [](const auto& part) { return part.first == "limit" || part.first == "next"; });
  const auto again = taxii::read_filters(reversed, all);
  CHECK(again && again->bound == filters->bound);
  return 0;
}
