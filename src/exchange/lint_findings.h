// Gathering what the policy lint finds: equal findings become one, each code has a limit.
//
// Private to this module: lint.cc looks at marks, lint_objects.cc at objects, lint_directory.cc at the
// directory.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "exchange/lint.h"
#include "exchange/state.h"
#include "release/label.h"
#include "store/journal.h"

namespace entente::exchange {

// The entries that carry a mark-set.
struct MarkedEntries {
  uint64_t count = 0;
  store::Position first = store::kNone, last = store::kNone;
  std::vector<store::Position> examples;
  bool is_read = false;  // by somebody who is not the originator
};

class LintFindings {
 public:
  explicit LintFindings(const store::Snapshot& snapshot) : snapshot_(snapshot) {}

  // `code` is one of the table in lint_findings.cc. Entries add up over equal findings.
  void add(std::string_view code, std::string about, std::string detail,
           const MarkedEntries* entries = nullptr);
  LintReport report() &&;

 private:
  const store::Snapshot& snapshot_;
  using Key = std::tuple<std::string_view, std::string, std::string>;
  std::map<Key, LintFinding> findings_;
  std::map<std::string_view, uint64_t> counts_;
};

// What a scope's atom says that cannot be meant so.
void lint_atom(const release::Atom& atom, const State& state, int64_t now_ms,
               const MarkedEntries& entries, LintFindings& findings);
void lint_directory(const State& state, int64_t now_ms, LintFindings& findings);
// Objects with granular markings: ids that tell what a cut takes out.
void lint_objects(const State& state, const store::Snapshot& snapshot,
                  const std::vector<MarkedEntries>& marked, LintFindings& findings);
// What a marking definition says that is not understood, from its bytes.
void lint_marking(std::string_view bytes, const std::string& marking_id,
                  const MarkedEntries& entries, LintFindings& findings);

// The id that a stored object gives itself; empty if it is erased.
std::string id_of(std::string_view object);

}  // namespace entente::exchange
