// Few spans per set in practice (one for nearly every membership): plain merges over vectors.
#include "release/spans.h"

#include <algorithm>

namespace entente::release {

bool contains(const Spans& spans, int64_t at_ms) {
  return std::ranges::any_of(spans, [&](const Span& span) {
    return span.from_ms <= at_ms && (at_ms < span.until_ms || span.until_ms == INT64_MAX);
  });
}

Spans intersection(const Spans& a, const Spans& b) {
  Spans out;
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const Span common{std::max(a[i].from_ms, b[j].from_ms), std::min(a[i].until_ms, b[j].until_ms)};
    if (common.from_ms < common.until_ms) out.push_back(common);
    (a[i].until_ms < b[j].until_ms) ? ++i : ++j;
  }
  return out;
}

Spans normalised(Spans spans) {
  std::ranges::sort(spans, {}, &Span::from_ms);
  Spans out;
  for (const Span& span : spans) {
    if (span.from_ms >= span.until_ms) continue;
    if (!out.empty() && span.from_ms <= out.back().until_ms) {
      out.back().until_ms = std::max(out.back().until_ms, span.until_ms);
    } else {
      out.push_back(span);
    }
  }
  return out;
}

Spans union_of(const Spans& a, const Spans& b) {
  Spans both = a;
  both.insert(both.end(), b.begin(), b.end());
  return normalised(std::move(both));
}

}  // namespace entente::release
