// Random patterns and events that have much in common, so that they meet. For tests and fuzz targets.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace entente::pattern {

// Where randomness comes from: a number below the given one.
using Draw = std::function<uint32_t(uint32_t below)>;

// A test in brackets, with brackets.
std::string draw_observation(const Draw& draw);
// A whole pattern of up to `leaves_max` observation expressions.
std::string draw_pattern(const Draw& draw, uint32_t leaves_max);
// A bundle of up to `events_max` observed-data with times within some seconds.
std::string draw_bundle(const Draw& draw, uint32_t events_max);

}  // namespace entente::pattern
