// Past answers are asked, not remembered: one Resolved for each instant that concerns the reader,
// asked backwards from now until the answer differs. Nothing depends on when a node was started or
// how often it looked, so that dates come out the same on each.
#include "release/timeline.h"

#include <algorithm>

namespace entente::release {

Timeline::Timeline(const AtomTable& atoms, const Directory& directory,
                   const std::vector<PartySet>& party_sets, const Reader& reader, int64_t now_ms)
    : atoms_(&atoms), now_ms_(now_ms) {
  const Party* party = directory.party(reader.party);
  const int64_t made_ms = party != nullptr ? std::min(party->made_ms, now_ms) : now_ms;
  past_.push_back({made_ms, Resolved(atoms, directory, party_sets, reader, made_ms)});
  for (const int64_t at_ms : directory.instants_of(reader.party)) {
    if (at_ms <= made_ms) continue;
    auto& stretches = at_ms <= now_ms ? past_ : future_;
    stretches.push_back({at_ms, Resolved(atoms, directory, party_sets, reader, at_ms)});
  }
  if (!future_.empty()) next_ms_ = future_.front().from_ms;
  for (const AtomTable::Compiled& atom : atoms.compiled_) {
    if (atom.embargo_until_ms > now_ms) next_ms_ = std::min(next_ms_, atom.embargo_until_ms);
  }
}

const Resolved& Timeline::at(const std::vector<Stretch>& stretches, int64_t ms) const {
  const auto after = std::ranges::upper_bound(stretches, ms, {}, &Stretch::from_ms);
  return after == stretches.begin() ? past_.back().resolved : std::prev(after)->resolved;
}

// The first instants of the stretches of release dates within which no answer differs.
std::vector<int64_t> Timeline::releases(AtomNumber atom, bool with_future) const {
  std::vector<int64_t> out{INT64_MIN};
  for (const Stretch& stretch : past_) stretch.resolved.add_release_boundaries(atom, &out);
  if (with_future) {
    for (const Stretch& stretch : future_) stretch.resolved.add_release_boundaries(atom, &out);
  }
  if (out.size() == 1) return out;
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  if (out.back() == INT64_MAX) out.pop_back();
  return out;
}

// Walks back from now over the stretches and over the end of the embargo, if it fell into one.
Timeline::Interval Timeline::interval(AtomNumber atom, int64_t released_ms) const {
  Interval out;
  out.released_from_ms = released_ms;
  out.reads = reads(atom, released_ms);
  const int64_t embargo_ms =
      atom < atoms_->size() ? atoms_->atom(atom).embargo_until_ms : kNoEmbargo;
  int64_t until_ms = now_ms_;  // so it has been from here on
  for (auto stretch = past_.rbegin(); stretch != past_.rend(); ++stretch) {
    if (embargo_ms > stretch->from_ms && embargo_ms <= until_ms) {
      if (stretch->resolved.reads(atom, released_ms, embargo_ms) != out.reads) return out;
      out.since_ms = embargo_ms;
    }
    if (stretch->resolved.reads(atom, released_ms, stretch->from_ms) != out.reads) return out;
    out.since_ms = stretch->from_ms;
    until_ms = stretch->from_ms - (stretch->from_ms == INT64_MIN ? 0 : 1);
  }
  out.since_ms = INT64_MIN;
  return out;
}

std::vector<Timeline::Interval> Timeline::intervals(AtomNumber atom) const {
  std::vector<Interval> out;
  for (const int64_t released_ms : releases(atom, false)) {
    Interval next = interval(atom, released_ms);
    const bool is_new =
        out.empty() || next.reads != out.back().reads || next.since_ms != out.back().since_ms;
    if (!is_new) continue;
    if (!out.empty()) out.back().released_until_ms = released_ms;
    out.push_back(next);
  }
  return out;
}

int64_t Timeline::next_change_ms(AtomNumber atom) const {
  std::vector<int64_t> instants;
  for (const Stretch& stretch : future_) instants.push_back(stretch.from_ms);
  const int64_t embargo_ms =
      atom < atoms_->size() ? atoms_->atom(atom).embargo_until_ms : kNoEmbargo;
  if (embargo_ms > now_ms_) {
    instants.push_back(embargo_ms);
    std::ranges::sort(instants);
  }
  if (instants.empty()) return INT64_MAX;
  const std::vector<int64_t> releases = this->releases(atom, true);
  for (const int64_t instant : instants) {
    const Resolved& then = at(future_, instant);
    const bool changes = std::ranges::any_of(releases, [&](int64_t released_ms) {
      return then.reads(atom, released_ms, instant) != reads(atom, released_ms);
    });
    if (changes) return instant;
  }
  return INT64_MAX;
}

}  // namespace entente::release
