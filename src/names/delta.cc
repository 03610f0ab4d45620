// Both lists in order of ids, walked side by side.
#include "names/delta.h"

#include <algorithm>
#include <string_view>

#include "names/list_data.h"

namespace entente::names {
namespace {

std::vector<uint32_t> ordered(const NameList& list) {
  std::vector<uint32_t> out(list.entities());
  for (uint32_t i = 0; i < out.size(); ++i) out[i] = i;
  std::ranges::stable_sort(
      out, [&](uint32_t a, uint32_t b) { return list.entity_id(a) < list.entity_id(b); });
  const auto repeated = std::ranges::unique(
      out, [&](uint32_t a, uint32_t b) { return list.entity_id(a) == list.entity_id(b); });
  out.erase(repeated.begin(), repeated.end());
  return out;
}

}  // namespace

ListDelta delta_of(const NameList& before, const NameList& after) {
  const std::vector<uint32_t> olds = ordered(before), news = ordered(after);
  ListDelta delta;
  size_t i = 0, j = 0;
  while (i < olds.size() || j < news.size()) {
    const int order = i == olds.size() ? 1
                      : j == news.size()
                          ? -1
                          : before.entity_id(olds[i]).compare(after.entity_id(news[j]));
    if (order < 0) {
      delta.went.push_back(olds[i++]);
    } else if (order > 0) {
      delta.came.push_back(news[j++]);
    } else if (before.listed(olds[i]) == after.listed(news[j])) {
      ++delta.same;
      ++i, ++j;
    } else {
      delta.changed.push_back(news[j++]);
      ++i;
    }
  }
  return delta;
}

}  // namespace entente::names
