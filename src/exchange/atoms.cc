// Markings are mark-sets' neighbours, not their children: a marking is an entry with a mark-set of its
// own. Chains of them are cut at a depth that is found beforehand and for all readers alike, so that
// mark-sets are decided in the order of depth and nothing is followed twice, and so that a circle
// of markings, which has no depth, is closed wherever one begins.
#include "exchange/atoms.h"

#include <algorithm>

namespace entente::exchange {

bool Atoms::is_current(const State& state) const {
  return markings_ == state.markings && directory_ == state.directory->generation() &&
         marks_.size() >= state.mark_sets->size() && acts_seen_ >= state.acts->size();
}

// Of all changes of the directory only those of authorities change what marks mean.
bool Atoms::means_the_same(const State& state) const {
  const auto is_same = [](const release::Authority& a, const release::Authority& b) {
    return a.party == b.party && a.marking == b.marking && a.content == b.content &&
           a.known.from_ms == b.known.from_ms && a.known.until_ms == b.known.until_ms;
  };
  return markings_ == state.markings &&
         std::ranges::equal(authorities_, state.directory->authorities(), is_same);
}

// Every choice of one definition for each marking; those that come first in the order of definitions come
// first. None where a marking has no definition.
CompiledScope Atoms::compile_scope(const State& state, const release::MarkSet& marks,
                                   size_t scope) {
  CompiledScope out;
  release::Atom closed;
  closed.originator = marks.originator;
  closed.unknown = true;
  out.closed = table_.add(std::move(closed));
  const std::vector<std::string>& ids = release::scope_of(marks, scope).markings;
  const size_t choices_max = std::clamp<size_t>(
      kChosenMarkingsMax / std::max<size_t>(ids.size(), 1), 1, kMarkingChoicesMax);
  std::vector<std::vector<release::KnownMarkings::Counting>> choices{{}};
  for (const std::string& id : ids) {
    const auto counting = state.markings->counting(marks.originator, id, *state.directory);
    if (counting.size() == 1) {
      for (auto& choice : choices) choice.push_back(counting.front());
      continue;
    }
    std::vector<std::vector<release::KnownMarkings::Counting>> longer;
    for (const auto& choice : choices) {
      for (const auto& one : counting) {
        if (longer.size() >= choices_max) break;
        longer.push_back(choice);
        longer.back().push_back(one);
      }
    }
    choices = std::move(longer);
  }
  for (auto& choice : choices) {
    release::Atom atom = release::base_atom(marks, scope);
    for (const auto& one : choice) release::add(atom, one.seen->says);
    out.options.push_back({table_.add(std::move(atom)), std::move(choice)});
  }
  return out;
}

// Without markings 0; with markings of depth d at most, d + 1.
uint8_t Atoms::depth_of(const CompiledScope::Option& option) const {
  uint8_t depth = 0;
  for (const auto& marking : option.markings) {
    const uint32_t number = marking.seen->mark_set;
    const uint8_t below = number < marks_.size() ? marks_[number].depth : kMarkingDepthMax;
    depth = std::max(depth, std::min<uint8_t>(kMarkingDepthMax + 1, below + 1));
  }
  return depth;
}

// Chains that are too long, circles among them, keep the depth that all have at first.
void Atoms::find_depths(size_t first) {
  const auto deepest = [&](const CompiledMarks& marks) {
    uint8_t depth = 0;
    const auto take = [&](const CompiledScope& scope) {
      for (const auto& option : scope.options) depth = std::max(depth, depth_of(option));
    };
    take(marks.whole);
    for (const CompiledScope& part : marks.parts) take(part);
    return depth;
  };
  for (size_t i = first; i < marks_.size(); ++i) marks_[i].depth = kMarkingDepthMax + 1;
  for (int round = 0; round <= kMarkingDepthMax; ++round) {
    for (size_t i = first; i < marks_.size(); ++i)
      marks_[i].depth = std::min(marks_[i].depth, deepest(marks_[i]));
  }
  const auto drop_endless = [&](CompiledScope& scope) {
    std::erase_if(scope.options,
                  [&](const auto& option) { return depth_of(option) > kMarkingDepthMax; });
  };
  for (size_t i = first; i < marks_.size(); ++i) {
    drop_endless(marks_[i].whole);
    for (CompiledScope& part : marks_[i].parts) drop_endless(part);
  }
}

void Atoms::compile(const State& state) {
  // An older state than the one compiled asks for fewer mark-sets: the table only grows.
  if (!means_the_same(state)) {
    authorities_ = state.directory->authorities();
    marks_.clear();
    acts_.clear();
    acts_seen_ = 0;
    table_ = release::AtomTable();
  }
  markings_ = state.markings;
  directory_ = state.directory->generation();
  const size_t first = marks_.size();
  for (size_t i = first; i < state.mark_sets->size(); ++i) {
    const release::MarkSet& marks = (*state.mark_sets)[i];
    CompiledMarks& out = marks_.emplace_back();
    out.whole = compile_scope(state, marks, release::kWhole);
    for (size_t part = 0; part < marks.parts.size(); ++part)
      out.parts.push_back(compile_scope(state, marks, part));
  }
  find_depths(first);
  compile_acts(state);
}

void Atoms::compile_acts(const State& state) {
  for (; acts_seen_ < state.acts->size(); ++acts_seen_) {
    const ReleaseAct& act = (*state.acts)[acts_seen_];
    for (const ReleaseAct::About& about : act.about) {
      if (about.mark_set >= marks_.size()) continue;
      CompiledActs& of_entry = acts_[about.position];
      of_entry.mark_set = about.mark_set;
      CompiledActs::One& one = of_entry.acts.emplace_back(act.says.kind, act.tick_ms);
      for (const auto& option : marks_[about.mark_set].whole.options)
        one.atoms.push_back(table_.add(atom_of(act, table_.atom(option.atom))));
    }
  }
}

}  // namespace entente::exchange
