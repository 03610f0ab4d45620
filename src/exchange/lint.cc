// One scan counts the entries of each mark-set. Then each mark-set is looked at once, as the decisions see
// it (decisions.h): its scopes compiled to atoms, and whether any party but the originator reads it.
// That is asked of party after party, by the same code that decides what they read, until everything
// has a reader or the parties are through.
//
// Each object is read as its own submitter's, who sees it whatever its marks; nothing that is found
// is told to anybody but the operator.
#include "exchange/lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <memory>
#include <set>

#include "base/limits.h"
#include "base/text.h"
#include "exchange/decisions.h"
#include "exchange/lint_findings.h"
#include "exchange/node.h"

namespace entente::exchange {
namespace {

using release::Tlp;

constexpr bool has_level(uint8_t levels, Tlp level) {
  return (levels >> static_cast<unsigned>(level) & 1) != 0;
}

void lint_lists(const release::Atom& atom, const release::Directory& directory, int64_t now_ms,
                const MarkedEntries& entries, LintFindings& findings) {
  release::PartySet reached = directory.everybody();
  std::string named;
  bool is_empty = false;
  for (const auto& list : atom.releasable_to) {
    is_empty |= list.empty();
    for (const std::string& code : list) {
      named += (named.empty() ? "" : ", ") + code;
      const bool is_known =
          directory.party_as_known(code, release::kAllKnown) != release::kNoParty ||
          directory.group(code) != nullptr;
      if (!is_known)
        findings.add("code-unknown", code, "a releasable_to names it and the directory does not",
                     &entries);
    }
    const release::PartySet of_list = directory.expand(list, now_ms);
    std::erase_if(reached, [&](auto party) { return !release::contains(of_list, party); });
  }
  std::erase(reached, atom.originator);
  constexpr size_t kNamedBytesMax = 200;
  if (named.size() > kNamedBytesMax) named = named.substr(0, kNamedBytesMax) + " ...";
  const release::Party* party = directory.party(atom.originator);
  const std::string about = party == nullptr ? std::string() : party->code;
  if (is_empty) {
    findings.add("originator-alone", about, "a releasable_to is empty", &entries);
  } else if (!atom.releasable_to.empty() && reached.empty()) {
    findings.add(
        "list-reaches-nobody", about,
        fmt::format("{} between them reach nobody else now: {}",
                    atom.releasable_to.size() == 1 ? "those named" : "several lists", named),
        &entries);
  }
}

void lint_classification(const release::Classification& one, const release::Directory& directory,
                         const MarkedEntries& entries, LintFindings& findings) {
  const release::Policy* policy = directory.policy(one.policy);
  if (policy == nullptr) {
    findings.add("policy-unknown", one.policy, "objects are classified under it", &entries);
    return;
  }
  if (!policy->rank(one.level))
    findings.add("level-unknown", one.policy, fmt::format("it has no level '{}'", one.level),
                 &entries);
  for (const std::string& category : one.categories) {
    if (!std::ranges::binary_search(policy->categories, category))
      findings.add("category-unknown", one.policy, fmt::format("it has no category '{}'", category),
                   &entries);
  }
}

}  // namespace

void lint_atom(const release::Atom& atom, const State& state, int64_t now_ms,
               const MarkedEntries& entries, LintFindings& findings) {
  const release::Directory& directory = *state.directory;
  const release::Party* party = directory.party(atom.originator);
  const std::string about = party == nullptr ? std::string() : party->code;
  if (std::popcount(atom.tlp_levels) > 1)
    findings.add("several-levels", about, "more than one TLP level is stated", &entries);
  const uint8_t levels = release::deciding_levels(atom);
  if (atom.releasable_to.empty()) {
    for (const Tlp level : {Tlp::kAmberStrict, Tlp::kRed}) {
      if (has_level(levels, level))
        findings.add("nobody-named", about,
                     fmt::format("{} without a releasable_to", release::name_of(level)), &entries);
    }
  }
  const bool is_limited = !atom.releasable_to.empty() || !atom.classifications.empty();
  if (has_level(atom.tlp_levels, Tlp::kClear) && is_limited)
    findings.add("open-but-limited", about, "CLEAR, and limited by a list or a classification",
                 &entries);
  if (atom.exercises.size() > 1)
    findings.add("several-exercises", about, "it belongs to more than one exercise", &entries);
  lint_lists(atom, directory, now_ms, entries, findings);
  for (const auto& one : atom.classifications)
    lint_classification(one, directory, entries, findings);
}

namespace {

class Linter {
 public:
  Linter(const Node& node, const State& state, const store::Snapshot& snapshot)
      : state_(state),
        snapshot_(snapshot),
        now_ms_(std::max(node.clock().now_ms(), state.tick_ms)),
        findings_(snapshot),
        marked_(state.mark_sets->size()) {}

  LintReport run() {
    auto withdrawn_ms = std::make_shared<Decisions::Withdrawals>();
    for (const Withdrawn& one : *state_.withdrawn) withdrawn_ms->emplace(one.position, one.tick_ms);
    withdrawn_ms_ = std::move(withdrawn_ms);
    count();
    find_readers();
    atoms_.with(state_, [&](const release::AtomTable& table,
                            const std::vector<CompiledMarks>& compiled, const ActsByEntry&) {
      for (size_t i = 0; i < marked_.size(); ++i) {
        if (marked_[i].count > 0) look_at((*state_.mark_sets)[i], compiled[i], table, marked_[i]);
      }
    });
    lint_objects(state_, snapshot_, marked_, findings_);
    lint_directory(state_, now_ms_, findings_);
    LintReport report = std::move(findings_).report();
    report.entries = entries_;
    return report;
  }

 private:
  void count() {
    snapshot_.scan_columns_for_views(0, snapshot_.end(), [&](const store::ColumnSpans& run) {
      for (uint32_t i = 0; i < run.count; ++i) {
        const store::Position position = run.first + i;
        const bool is_gone = (run.flags[i] & (store::kDamaged | store::kErased)) != 0 ||
                             run.mark_set[i] >= marked_.size() || withdrawn_ms_->contains(position);
        if (is_gone) continue;
        ++entries_;
        MarkedEntries& entries = marked_[run.mark_set[i]];
        if (entries.count++ == 0) entries.first = position;
        entries.last = position;
        if (entries.examples.size() < limits::kLintExamplesMax)
          entries.examples.push_back(position);
      }
    });
  }

  void find_readers() {
    auto unread = static_cast<size_t>(
        std::ranges::count_if(marked_, [](const auto& entries) { return entries.count > 0; }));
    for (const release::Party& party : state_.directory->parties()) {
      if (unread == 0) return;
      Decisions decisions(Principal{party.number, release::Role::kReader, {}}, withdrawn_ms_);
      decisions.decide(atoms_, state_, snapshot_, now_ms_);
      for (size_t i = 0; i < marked_.size(); ++i) {
        MarkedEntries& entries = marked_[i];
        if (entries.count == 0 || entries.is_read) continue;
        if ((*state_.mark_sets)[i].originator == party.number) continue;
        const auto number = static_cast<release::MarkSetNumber>(i);
        entries.is_read = decisions.admission(number, entries.first) != nullptr ||
                          decisions.admission(number, entries.last) != nullptr;
        unread -= entries.is_read ? 1 : 0;
      }
    }
  }

  void look_at(const release::MarkSet& marks, const CompiledMarks& compiled,
               const release::AtomTable& table, const MarkedEntries& entries) {
    look_at_scope(marks, release::kWhole, table.atom(first_of(compiled.whole)), entries);
    for (size_t part = 0; part < compiled.parts.size(); ++part) {
      look_at_scope(marks, part, table.atom(first_of(compiled.parts[part])), entries);
      if (marks.edition_for(uint32_t{1} << part)) continue;
      findings_.add(
          "part-required", code_of(marks.originator),
          "who may not have a marked part gets nothing of the object: what is left is not valid",
          &entries);
    }
    if (!entries.is_read) look_for_reason(marks, table.atom(first_of(compiled.whole)), entries);
  }

  // By the definitions that come first.
  static release::AtomNumber first_of(const CompiledScope& scope) {
    return scope.options.empty() ? scope.closed : scope.options.front().atom;
  }

  void look_at_scope(const release::MarkSet& marks, size_t scope, const release::Atom& atom,
                     const MarkedEntries& entries) {
    const release::ScopeMarks& written = release::scope_of(marks, scope);
    for (const std::string& id : written.markings) {
      const auto counting = state_.markings->counting(marks.originator, id, *state_.directory);
      if (counting.empty()) {
        findings_.add("marking-missing", id,
                      fmt::format("{} refers to it; neither {} nor an authority has submitted it",
                                  code_of(marks.originator), code_of(marks.originator)),
                      &entries);
      }
      for (const auto& one : counting) {
        if (one.seen->says.unknown)
          lint_marking(snapshot_.bytes_for_views(one.seen->entry), id, entries, findings_);
      }
    }
    lint_atom(atom, state_, now_ms_, entries, findings_);
  }

  // Why nobody else reads: the rule that stops the first parties that are asked.
  void look_for_reason(const release::MarkSet& marks, const release::Atom& atom,
                       const MarkedEntries& entries) {
    const release::Context context{.directory = state_.directory.get(),
                                   .party_sets = state_.party_sets.get(),
                                   .now_ms = now_ms_,
                                   .known_ms = release::kAllKnown,
                                   .released_ms = snapshot_.batch_of(entries.last).tick_ms};
    std::map<release::Rule, uint32_t> rules;
    uint32_t asked = 0;
    for (const release::Party& party : state_.directory->parties()) {
      if (party.number == marks.originator) continue;
      if (++asked > limits::kLintReadersMax) break;
      const release::Verdict verdict =
          release::decide(atom, release::Reader{party.number, {}, {}}, context);
      if (verdict.reads) {
        report_hidden(marks, entries);
        return;
      }
      ++rules[verdict.rule];
    }
    if (atom.embargo_until_ms > now_ms_ && rules.contains(release::Rule::kEmbargo)) return;
    const auto first =
        std::ranges::max_element(rules, {}, [](const auto& one) { return one.second; });
    const std::string_view why =
        first == rules.end() ? "there is no other party" : release::name_of(first->first);
    findings_.add("nobody-else-reads", code_of(marks.originator), fmt::format("rule: {}", why),
                  &entries);
  }

  // The marks would let somebody read, and a marking that they cannot read themselves keeps it closed.
  void report_hidden(const release::MarkSet& marks, const MarkedEntries& entries) {
    for (const std::string& id : marks.whole.markings)
      findings_.add("marking-hidden", id,
                    "those to whom it releases cannot read the marking itself", &entries);
    if (marks.whole.markings.empty())
      findings_.add("nobody-else-reads", code_of(marks.originator),
                    "what is left without its marked parts is not valid", &entries);
  }

  std::string code_of(release::PartyNumber number) const {
    const release::Party* party = state_.directory->party(number);
    return party == nullptr ? std::string() : party->code;
  }

  const State& state_;
  const store::Snapshot& snapshot_;
  const int64_t now_ms_;
  LintFindings findings_;
  std::vector<MarkedEntries> marked_;  // index: mark-set
  std::shared_ptr<const Decisions::Withdrawals> withdrawn_ms_;
  uint64_t entries_ = 0;
  Atoms atoms_;
};

}  // namespace

LintReport lint(const Node& node) {
  const auto [state, snapshot] = node.now();
  return Linter(node, *state, snapshot).run();
}

}  // namespace entente::exchange
