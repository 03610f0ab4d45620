// The model checker: every situation that a rule pack can lead to, and what is wrong with any of them.
//
//   const CheckReport report = check_pack(pack);
//   report.findings;   // each with a shortest path to it
//
// Bounds: one opener, two members of the format of whom the second leaves and joins again, one party for each named role,
// and an outsider; clocks end at any time at which they run. Within these every path is walked to its end, whatever
// its length, up to limits::kCheckStatesMax situations; what the pack cannot tell apart is one situation.
//
// Found are: dead-end (no outcome can be reached any more), unreachable (a state), impossible (an act that never
// counts), not-entitled (an act counted of one who may not), requirement (a state reached without what the pack requires
// there), idle-clock (a clock that nothing starts), bound (not all was walked).
//
// Threads: a pure function. Cost: about a microsecond a transition.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "desk/procedure/pack.h"

namespace entente::procedure {

struct CheckFinding {
  std::string code;
  std::string detail;
  std::vector<std::string> path;  // "AVL: break", "silence ends", "BOR leaves"; from the opening on
};

struct CheckReport {
  uint64_t situations = 0;
  uint64_t transitions = 0;
  std::vector<std::string> reached;  // states, in the pack's order
  std::vector<CheckFinding> findings;
};

CheckReport check_pack(const Pack& pack, size_t situations_max);
CheckReport check_pack(const Pack& pack);

// {"pack":...,"ok":...,"situations":N,"transitions":N,"reached":[...],"findings":[{"code":...,"detail":...,"path":[...]}],
// "mistakes":[{"line":N,"column":N,"detail":...}],"unverified":[...]}: of a text, which may be no pack at all.
std::string check_json(std::string_view text, bool* is_ok);

}  // namespace entente::procedure
