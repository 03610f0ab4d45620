// Makes data for the benchmarks.
//
//   bench_generate objects --count N [--first N] [--seed S] [--creator ID] [--clear-every N] >
//   objects.jsonl bench_generate ids     --count N --of N [--seed S] [--clear-every N]    ids of
//   objects drawn from the first `of` bench_generate copies  --from BUNDLE[.zst] --to FILE.zst
//   --copies N [--seed S]
#include <cstdio>
#include <string>
#include <string_view>

#include "arguments.h"
#include "copies.h"
#include "objects.h"

namespace entente::bench {
namespace {

Objects objects_of(const Arguments& arguments) {
  return Objects(
      {arguments.number("seed", 1), arguments.text("creator"), arguments.number("clear-every", 0)});
}

void write_out(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) die("cannot write");
}

int print_objects(const Arguments& arguments) {
  const Objects objects = objects_of(arguments);
  const uint64_t first = arguments.number("first", 0), count = arguments.number("count", 1'000);
  std::string text;
  for (uint64_t n = first; n < first + count; ++n) {
    objects.append(n, text);
    text += '\n';
    if (text.size() < 1 << 20) continue;
    write_out(text);
    text.clear();
  }
  write_out(text);
  return 0;
}

int print_ids(const Arguments& arguments) {
  const Objects objects = objects_of(arguments);
  const uint64_t count = arguments.number("count", 100), of = arguments.number("of", 1'000);
  // A stride that shares no factor with round numbers visits all parts of the store in no order
  // that it was written in.
  std::string text;
  for (uint64_t i = 0; i < count; ++i)
    text += objects.id_of((i * 2'654'435'761u + 12'345) % of) + "\n";
  write_out(text);
  return 0;
}

}  // namespace
}  // namespace entente::bench

int main(int argc, char** argv) {
  using namespace entente::bench;
  const std::string_view mode = argc > 1 ? argv[1] : "";
  const Arguments arguments(
      argc, argv, 2,
      {"count", "first", "seed", "creator", "clear-every", "of", "from", "to", "copies"});
  if (mode == "objects") return print_objects(arguments);
  if (mode == "ids") return print_ids(arguments);
  if (mode == "copies") {
    write_copies(arguments.required("from"), arguments.required("to"),
                 arguments.number("copies", 20), arguments.number("seed", 1));
    return 0;
  }
  die("bench_generate objects|ids|copies: see the head of generate.cc");
}
