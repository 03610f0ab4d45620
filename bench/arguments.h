// Command lines of the benchmark's programs: "--name value" pairs, checked against a list.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>

namespace entente::bench {

class Arguments {
 public:
  // Reads argv[first...]; prints what is wrong and ends the process with 2 if a name is not among
  // `known`.
  Arguments(int argc, char** argv, int first, std::initializer_list<std::string_view> known);

  std::string text(std::string_view name, std::string_view otherwise = "") const;
  uint64_t number(std::string_view name, uint64_t otherwise) const;
  // Ends the process with 2 if it is absent.
  std::string required(std::string_view name) const;

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

// Prints to standard error and ends the process with 2.
[[noreturn]] void die(const std::string& what);

// A whole file, or the end of the process.
std::string read_file(const std::string& path);

}  // namespace entente::bench
