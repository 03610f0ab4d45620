// Sets of instants as spans of time: which release dates count.
#pragma once

#include <cstdint>
#include <vector>

namespace entente::release {

// [from_ms, until_ms)
struct Span {
  int64_t from_ms = INT64_MIN;
  int64_t until_ms = INT64_MAX;
  friend bool operator==(const Span&, const Span&) = default;
};

// Rising, neither overlapping nor touching. Empty: never.
using Spans = std::vector<Span>;

// The span of all time. The last instant, INT64_MAX, belongs to every span that ends there.
inline Spans always() { return {Span{}}; }
inline bool is_always(const Spans& spans) { return spans.size() == 1 && spans.front() == Span{}; }
bool contains(const Spans& spans, int64_t at_ms);
Spans intersection(const Spans& a, const Spans& b);
Spans union_of(const Spans& a, const Spans& b);
// From spans in any order, overlapping or not.
Spans normalised(Spans spans);

}  // namespace entente::release
