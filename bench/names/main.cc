// What name matching gets right, and how fast.
//
//   bench_names eval  --data DIR [--half train|test] [--misses SET] [--svg FILE]  recall, precision, ties, calibration
//   bench_names train --data DIR                                      prints src/names/channel_tables.cc
//   bench_names phrases --data DIR                                    prints src/names/phrases_data.cc
//   bench_names sounds --data DIR                                     prints src/names/foreign_sounds.cc
//   bench_names speed --data DIR [--entities N] [--queries N]                   time and memory
//
// DIR holds the public files that sets.cc names.
#include <cstdio>
#include <string>
#include <string_view>

#include "run.h"

int main(int argc, char** argv) {
  entente::bench::NamesArguments arguments;
  const std::string_view command = argc > 1 ? argv[1] : "";
  for (int i = 2; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i];
    if (name == "--data") arguments.data = argv[i + 1];
    if (name == "--half") arguments.half = argv[i + 1];
    if (name == "--misses") arguments.misses = argv[i + 1];
    if (name == "--svg") arguments.svg = argv[i + 1];
    if (name == "--every") arguments.every = std::stoul(argv[i + 1]);
    if (name == "--queries") arguments.queries = std::stoul(argv[i + 1]);
    if (name == "--entities") arguments.entities = std::stoul(argv[i + 1]);
  }
  arguments.phrases = command == "phrases";
  if (command == "train" || arguments.phrases) return entente::bench::train(arguments);
  if (command == "sounds") return entente::bench::learn_sounds(arguments);
  if (command == "fit") return entente::bench::fit(arguments);
  if (command == "speed") return entente::bench::measure_speed(arguments);
  if (command == "eval") return entente::bench::evaluate(arguments);
  std::fprintf(stderr, "bench_names eval|train|speed --data DIR\n");
  return 2;
}
