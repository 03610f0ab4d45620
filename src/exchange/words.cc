// The atom of each scope that the reader gets is made as the decisions make it (decisions.cc), for one entry.
#include "exchange/words.h"

#include <algorithm>
#include <bit>

#include "release/label.h"

namespace entente::exchange {
namespace {

std::unexpected<Error> unsaid(std::string_view what) {
  return fail(Code::kUnprocessable, "a label cannot say it: " + std::string(what));
}

release::Atom atom_of(const View& view, const release::MarkSet& marks, size_t scope) {
  const State& state = view.state();
  release::Atom atom = release::base_atom(marks, scope);
  for (const std::string& id : release::scope_of(marks, scope).markings) {
    const auto counting = state.markings->counting(marks.originator, id, *state.directory);
    int64_t since_ms = INT64_MIN;
    const auto first = std::ranges::find_if(counting, [&](const auto& one) {
      return view.decisions().reads_marking(one, state, &since_ms);
    });
    if (first == counting.end()) {
      atom.unknown = true;
    } else {
      release::add(atom, first->seen->says);
    }
  }
  release::canonicalise(atom);
  return atom;
}

}  // namespace

Result<release::ReleaseWords> words_of(const View& view, store::Position position) {
  const State& state = view.state();
  const release::MarkSet& marks = (*state.mark_sets)[view.entry(position).mark_set];
  const uint8_t cut = view.cut_of(position);
  for (size_t part = 0; part < marks.parts.size(); ++part) {
    if ((cut >> part & 1) == 0) return unsaid("parts of the object are under marks of their own");
  }
  const release::Atom atom = atom_of(view, marks, release::kWhole);
  if (atom.unknown) return unsaid("a mark is not understood, or is not here");
  if (!atom.exercises.empty()) return unsaid("it belongs to an exercise");
  if (atom.embargo_until_ms > view.now_ms()) return unsaid("it is under embargo");
  const uint8_t levels = release::deciding_levels(atom);
  if (std::popcount(levels) > 1) return unsaid("it is under several TLP levels");
  if (atom.releasable_to.size() > 1) return unsaid("it is under several lists of readers");
  if (atom.classifications.size() > 1) return unsaid("it is under several classifications");
  release::ReleaseWords words;
  if (levels != 0) {
    words.tlp = static_cast<release::Tlp>(std::countr_zero(levels));
  } else if (atom.releasable_to.empty()) {
    words.releasable_to.emplace();  // unmarked: the originator alone
    words.tlp = release::Tlp::kRed;
  }
  if (!atom.releasable_to.empty()) words.releasable_to = atom.releasable_to.front();
  if (!atom.classifications.empty()) {
    const release::Classification& one = atom.classifications.front();
    words.classification_policy = one.policy;
    words.classification = one.level;
    words.categories = one.categories;
  }
  return words;
}

}  // namespace entente::exchange
