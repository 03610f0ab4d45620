// Past answers are asked, not remembered: one Resolved for each instant that concerns the reader,
// asked backwards from now until the answer differs, and only where something that the atom states came to mean
// something else. Nothing depends on when a node was started or how often it looked, so that dates come out the
// same on each.
#include "release/timeline.h"

namespace entente::release {

Timeline::Timeline(const AtomTable& atoms, const Directory& directory,
                   const std::vector<PartySet>& party_sets, const Reader& reader, int64_t now_ms)
    : atoms_(&atoms),
      now_ms_(now_ms),
      list_sets_changed_(atoms.set_lists_.size()),
      settings_changed_(atoms.setting_values_.size()) {
  const Party* party = directory.party(reader.party);
  const int64_t made_ms = party != nullptr ? std::min(party->made_ms, now_ms) : now_ms;
  past_.push_back({made_ms, Resolved(atoms, directory, party_sets, reader, made_ms)});
  for (const int64_t at_ms : directory.instants_of(reader.party)) {
    if (at_ms <= made_ms) continue;
    const Resolved& earlier = (future_.empty() ? past_ : future_).back().resolved;
    Resolved then(earlier, directory, party_sets, reader, at_ms);
    if (at_ms <= now_ms) note_changes(then, past_.size());
    (at_ms <= now_ms ? past_ : future_).push_back({at_ms, std::move(then)});
  }
  if (!future_.empty()) next_ms_ = future_.front().from_ms;
  for (const AtomTable::Compiled& atom : atoms.compiled_) {
    if (atom.embargo_until_ms > now_ms) next_ms_ = std::min(next_ms_, atom.embargo_until_ms);
  }
}

void Timeline::note_changes(const Resolved& resolved, size_t stretch) {
  const Changes bit = Changes{1} << std::min(stretch, kLastBit);
  const Resolved::Changes& changes = resolved.changes_;
  if (changes.all) all_changed_ |= bit;
  for (const auto number : changes.list_sets) list_sets_changed_[number] |= bit;
  for (const auto number : changes.settings) settings_changed_[number] |= bit;
}

// With which stretches the answer may change, for some date of release.
Timeline::Changes Timeline::changes_of(AtomNumber atom) const {
  if (atom >= atoms_->size()) return 0;
  const AtomTable::Compiled& compiled = atoms_->compiled_[atom];
  const int64_t embargo_ms = compiled.embargo_until_ms;
  if (embargo_ms > past_.front().from_ms && embargo_ms <= now_ms_) return ~Changes{0};
  return all_changed_ | list_sets_changed_[compiled.list_set] | settings_changed_[compiled.setting];
}

const Resolved& Timeline::at(const std::vector<Stretch>& stretches, int64_t ms) const {
  const auto after = std::ranges::upper_bound(stretches, ms, {}, &Stretch::from_ms);
  return after == stretches.begin() ? past_.back().resolved : std::prev(after)->resolved;
}

// The first instants of the stretches of release dates within which no answer differs, up to now.
std::vector<int64_t> Timeline::releases(AtomNumber atom, Changes changes) const {
  std::vector<int64_t> out{INT64_MIN};
  for (size_t i = 0; i < past_.size(); ++i) {
    if (i + 1 == past_.size() || may_change(changes, i + 1))
      past_[i].resolved.add_release_boundaries(atom, &out);
  }
  if (out.size() == 1) return out;
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  if (out.back() == INT64_MAX) out.pop_back();
  return out;
}

// Walks back from now over the stretches and over the end of the embargo, if it fell into one.
Timeline::Interval Timeline::interval(AtomNumber atom, int64_t released_ms, Changes changes) const {
  Interval out;
  out.released_from_ms = released_ms;
  out.reads = reads(atom, released_ms);
  if (changes == 0) return out;
  const int64_t embargo_ms =
      atom < atoms_->size() ? atoms_->compiled_[atom].embargo_until_ms : kNoEmbargo;
  int64_t until_ms = now_ms_;  // so it has been from here on
  for (size_t i = past_.size(); i-- > 0;) {
    const Stretch& stretch = past_[i];
    if (i + 1 == past_.size() || may_change(changes, i + 1)) {
      if (embargo_ms > stretch.from_ms && embargo_ms <= until_ms) {
        if (stretch.resolved.reads(atom, released_ms, embargo_ms) != out.reads) return out;
        out.since_ms = embargo_ms;
      }
      if (stretch.resolved.reads(atom, released_ms, stretch.from_ms) != out.reads) return out;
    }
    out.since_ms = stretch.from_ms;
    until_ms = stretch.from_ms - (stretch.from_ms == INT64_MIN ? 0 : 1);
  }
  out.since_ms = INT64_MIN;
  return out;
}

std::vector<Timeline::Interval> Timeline::intervals(AtomNumber atom) const {
  std::vector<Interval> out;
  const Changes changes = changes_of(atom);
  for (const int64_t released_ms : releases(atom, changes)) {
    Interval next = interval(atom, released_ms, changes);
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
  std::vector<int64_t> releases = this->releases(atom, ~Changes{0});
  for (const Stretch& stretch : future_) stretch.resolved.add_release_boundaries(atom, &releases);
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
