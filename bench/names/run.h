// The parts of bench_names.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace entente::bench {

struct NamesArguments {
  std::string data, half = "test", misses, svg;
  bool phrases = false;  // of training: what is printed
  size_t entities = 1'000'000, queries = 100'000, every = 1;
};

int evaluate(const NamesArguments& arguments);
int fit(const NamesArguments& arguments);
int train(const NamesArguments& arguments);
int learn_sounds(const NamesArguments& arguments);
// Scores and whether each was right, as an SVG file; false if it cannot be written.
bool write_reliability(const std::string& path, const std::vector<std::pair<double, bool>>& judged);
int measure_speed(const NamesArguments& arguments);

}  // namespace entente::bench
