// Policy lint: what in a node's marks, groups, collections and keys does not do what it seems meant to do,
// with a stable code and what to do about each. docs/release-check.md lists the codes.
//
//   const LintReport report = lint(node);
//
// For the operator alone: it looks at every party's objects and at the whole directory, so nothing of it may
// reach a party. Findings of objects are gathered by mark-set, so that a million objects that share
// a mistake are one finding with a count and a few examples.
// Threads: any; works on one snapshot. Cost: one scan over the mark-set column, a decision for each party
// and mark-set that nobody was found to read yet, and a parse of each object that has granular
// markings. Memory: some tens of bytes a mark-set and limits::kLintFindingsMax findings a code.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace entente::exchange {

class Node;

enum class LintWeight : uint8_t { kNote, kWarning, kError };
std::string_view name_of(LintWeight weight);

struct LintFinding {
  std::string_view code;  // static, stable: "marking-missing"
  LintWeight weight = LintWeight::kNote;
  std::string about;        // id of a marking, code of a party or group, alias of a collection, ...
  std::string detail;       // what is wrong, for people
  std::string_view advice;  // static: what to do about it
  uint64_t entries = 0;     // of objects concerned; 0: none, or not about objects
  std::vector<std::string> examples;  // ids of some of them
};

struct LintReport {
  uint64_t entries = 0;               // looked at
  std::vector<LintFinding> findings;  // the gravest first, then by code and what they are about
  std::map<std::string_view, uint64_t> counts;  // by code, those past the limit too
};

LintReport lint(const Node& node);

}  // namespace entente::exchange
