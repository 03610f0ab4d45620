// Ownership on the command line: files in, an answer out. No node is asked, and no data directory is needed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace entente::app {

struct CommandLine;

struct OwnershipLine {
  std::vector<std::string> graphs;  // files; "-": standard input
  std::string of, at, unit, law_file;
  std::vector<std::string> holders, listed, sectors, members;
  std::vector<std::string> concerts, acting_for;  // "A,B"; "NOMINEE=FOR"
  double threshold = 50;                          // percent
  double confidence_min = 0;
  uint64_t paths = 10;
  double capital_min = 0;  // percent
  std::string since, format, deals, from, to, usual;
  int32_t window_days = 90;
  double false_alarm = 1;  // percent
  bool all = false, one_share_one_vote = false, law = false, controlled = false;
};

bool is_ownership_command(const std::string& command);
// Prints the answer; the exit code of the process.
Result<int> perform_ownership(const CommandLine& line);

}  // namespace entente::app
