// A benchmark that was called wrongly should end at once and say so, rather than measure something
// else.
#include "arguments.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "base/text.h"

namespace entente::bench {

void die(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  std::exit(2);
}

Arguments::Arguments(int argc, char** argv, int first,
                     std::initializer_list<std::string_view> known) {
  for (int i = first; i < argc; i += 2) {
    const std::string_view name = argv[i];
    if (!name.starts_with("--") || std::ranges::find(known, name.substr(2)) == known.end()) {
      die("no option '" + std::string(name) + "'");
    }
    if (i + 1 >= argc) die(std::string(name) + " needs a value");
    values_[std::string(name.substr(2))] = argv[i + 1];
  }
}

std::string Arguments::text(std::string_view name, std::string_view otherwise) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::string(otherwise) : found->second;
}

uint64_t Arguments::number(std::string_view name, uint64_t otherwise) const {
  const auto found = values_.find(name);
  if (found == values_.end()) return otherwise;
  const auto value = parse_decimal(found->second);
  if (!value) die("--" + std::string(name) + " is a number");
  return *value;
}

std::string Arguments::required(std::string_view name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) die("--" + std::string(name) + " is needed");
  return found->second;
}

std::string read_file(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) die("cannot read " + path);
  std::string out;
  char buffer[1 << 16];
  while (const size_t n = std::fread(buffer, 1, sizeof buffer, file)) out.append(buffer, n);
  if (std::ferror(file) != 0) die("cannot read " + path);
  std::fclose(file);
  return out;
}

}  // namespace entente::bench
