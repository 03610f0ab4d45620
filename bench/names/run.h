// The parts of bench_names.
#pragma once

#include <cstddef>
#include <string>

namespace entente::bench {

struct NamesArguments {
  std::string data, half = "test", misses, svg;
  size_t entities = 1'000'000, every = 1;
};

int evaluate(const NamesArguments& arguments);
int fit(const NamesArguments& arguments);
int train(const NamesArguments& arguments);
int learn_sounds(const NamesArguments& arguments);
int measure_speed(const NamesArguments& arguments);

}  // namespace entente::bench
