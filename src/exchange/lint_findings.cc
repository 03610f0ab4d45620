// One table says of each code how grave it is and what to do: docs/release-check.md shows the same.
#include "exchange/lint_findings.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/limits.h"
#include "base/result.h"
#include "json/peek.h"

namespace entente::exchange {
namespace {

struct Kind {
  std::string_view code;
  LintWeight weight;
  std::string_view advice;
};

using enum LintWeight;
constexpr std::array<Kind, 24> kKinds{{
    {"authority-without-marking", kWarning,
     "let the authority submit the marking definition with the pinned content, or end the "
     "authority"},
    {"category-unknown", kError,
     "add the category to the policy, or mark anew; until then nobody is cleared for it"},
    {"clearance-without-policy", kWarning,
     "import the policy, or end the clearance: it covers nothing"},
    {"code-unknown", kError, "add the party or group, or mark anew: the code names nobody"},
    {"collection-open", kWarning,
     "give the collection a narrower default, or make sure that what comes unmarked is for anyone"},
    {"collection-unread", kWarning, "name readers, or members of the groups that it names"},
    {"collection-without-default", kNote,
     "set a default level if unmarked objects are meant to be read; now they are their sender's "
     "alone"},
    {"group-empty", kWarning, "add members: what is releasable to the group reaches nobody"},
    {"id-tells", kWarning,
     "give the object a random id (version 4): whoever guesses the value can check it against the "
     "id"},
    {"level-unknown", kError,
     "add the level to the policy, or mark anew; until then nobody is cleared for it"},
    {"list-reaches-nobody", kError,
     "name parties, or groups with members, that are in every releasable_to of the object"},
    {"marking-hidden", kError,
     "release the marking definition itself to those who are to read what it marks"},
    {"marking-missing", kError,
     "let the object's submitter, or an authority that the directory lists, submit the marking "
     "definition"},
    {"marking-not-understood", kError,
     "correct the marking at the pointer and submit it under a new id; refer to that one"},
    {"nobody-else-reads", kWarning, "mark it for those who are to read it, if anybody is"},
    {"nobody-named", kWarning,
     "add a releasable_to: AMBER+STRICT and RED reach those who are named"},
    {"open-but-limited", kWarning,
     "state a lower level, or drop the limit: CLEAR says anyone, the limit says not"},
    {"originator-alone", kNote, "nothing, if the empty releasable_to is meant so"},
    {"part-required", kWarning,
     "mark a part that STIX does not require, or give such readers an object of their own"},
    {"party-without-key", kNote, "make a key for it (entente key new), or it cannot read or write"},
    {"policy-unknown", kError, "import the policy: until then nobody is cleared for it"},
    {"policy-unused", kWarning, "record clearances under it, or nobody reads what is under it"},
    {"several-exercises", kError, "name one exercise: nobody is in two at once"},
    {"several-levels", kWarning, "state one TLP level: a reader must pass each"},
}};

}  // namespace

std::string_view name_of(LintWeight weight) {
  constexpr std::array<std::string_view, 3> kNames{"note", "warning", "error"};
  return kNames[static_cast<size_t>(weight)];
}

std::string id_of(std::string_view object) {
  constexpr std::string_view kName = "id";
  std::string_view id;
  const bool is_found = json::peek_strings(object, std::span(&kName, 1), std::span(&id, 1));
  return is_found ? std::string(id) : std::string();
}

void LintFindings::add(std::string_view code, std::string about, std::string detail,
                       const MarkedEntries* entries) {
  const auto kind = std::ranges::find(kKinds, code, &Kind::code);
  CHECK(kind != kKinds.end());
  Key key{kind->code, about, detail};
  auto found = findings_.find(key);
  if (found == findings_.end()) {
    if (++counts_[kind->code] > limits::kLintFindingsMax) return;
    LintFinding made{kind->code, kind->weight, std::move(about), std::move(detail), kind->advice, 0,
                     {}};
    found = findings_.emplace(std::move(key), std::move(made)).first;
  }
  if (entries == nullptr) return;
  LintFinding& finding = found->second;
  finding.entries += entries->count;
  for (const store::Position position : entries->examples) {
    if (finding.examples.size() >= limits::kLintExamplesMax) return;
    std::string id = id_of(snapshot_.bytes_for_views(position));
    const bool is_new =
        !id.empty() && std::ranges::find(finding.examples, id) == finding.examples.end();
    if (is_new) finding.examples.push_back(std::move(id));
  }
}

LintReport LintFindings::report() && {
  LintReport out;
  for (auto& [key, finding] : findings_) out.findings.push_back(std::move(finding));
  std::ranges::stable_sort(out.findings, std::ranges::greater(), &LintFinding::weight);
  out.counts = std::move(counts_);
  return out;
}

}  // namespace entente::exchange
