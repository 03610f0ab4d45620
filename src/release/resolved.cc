// Sets of lists, and what an atom states besides them, are few and shared by many atoms: each is numbered once, and
// what a reader has of each is one byte. A decision compares the two bytes with what the atom requires, hardly with a
// branch. Only lists whose groups the reader joined or left at some date have spans to search.
#include "release/resolved.h"

#include <algorithm>

#include "release/enforced.h"

namespace entente::release {
namespace {

constexpr uint8_t bit(Tlp level) {
  return static_cast<uint8_t>(1u << static_cast<unsigned>(level));
}

}  // namespace

template <class T>
AtomTable::Number AtomTable::number_of(std::map<T, Number>& numbers, std::vector<T>& values,
                                       const T& value) {
  const auto [place, is_new] = numbers.emplace(value, static_cast<Number>(values.size()));
  if (is_new) values.push_back(value);
  return place->second;
}

AtomTable::Number AtomTable::list_number(const std::vector<std::string>& list) {
  const auto [known, is_new] = lists_.emplace(list, static_cast<Number>(list_codes_.size()));
  if (!is_new) return known->second;
  auto& codes = list_codes_.emplace_back();
  list_in_.emplace_back();
  for (const std::string& code : list) {
    codes.push_back(number_of(codes_, code_values_, code));
    code_in_.resize(code_values_.size());
    code_in_[codes.back()].push_back(known->second);
  }
  return known->second;
}

AtomTable::Number AtomTable::list_set_number(const std::vector<std::vector<std::string>>& lists) {
  const auto [known, is_new] = list_sets_.emplace(lists, static_cast<Number>(set_lists_.size()));
  if (!is_new) return known->second;
  auto& numbers = set_lists_.emplace_back();
  for (const auto& list : lists) {
    numbers.push_back(list_number(list));
    list_in_[numbers.back()].push_back(known->second);
  }
  return known->second;
}

uint16_t AtomTable::requirements_of(const Atom& atom) {
  const uint8_t levels = deciding_levels(atom);
  const bool has_lists = !atom.releasable_to.empty();
  const bool is_strict = (levels & (bit(Tlp::kAmberStrict) | bit(Tlp::kRed))) != 0;
  const bool has_empty_list =
      std::ranges::any_of(atom.releasable_to, [](const auto& list) { return list.empty(); });
  uint16_t out = Resolved::kRealm | Resolved::kCleared;
  const auto require = [&](bool is_so, uint16_t what) {
    if (is_so) out = static_cast<uint16_t>(out | what);
  };
  require(enforced(Check::kReleasable), Resolved::kIn);
  require((levels & bit(Tlp::kRed)) != 0 && enforced(Check::kRed), Resolved::kNamed);
  require((levels & bit(Tlp::kGreen)) != 0 && enforced(Check::kGreen), Resolved::kCommunity);
  const bool by_audience = (levels & bit(Tlp::kAmber)) != 0 && !has_lists;
  require(by_audience && enforced(Check::kAmber), Resolved::kAudience);
  require(by_audience && enforced(Check::kAmberNow), Resolved::kCollection);
  const bool is_closed = (atom.unknown && enforced(Check::kUnknown)) ||
                         (has_empty_list && enforced(Check::kEmptyList)) ||
                         (levels == 0 && !has_lists && enforced(Check::kUnmarked)) ||
                         (is_strict && !has_lists && enforced(Check::kStrict)) ||
                         (levels >> (static_cast<unsigned>(Tlp::kRed) + 1)) != 0;
  require(is_closed, Resolved::kNever);
  return out;
}

AtomNumber AtomTable::add(Atom atom) {
  canonicalise(atom);
  const auto [place, is_new] =
      numbers_.emplace(std::move(atom), static_cast<AtomNumber>(atoms_.size()));
  if (!is_new) return place->second;
  const Atom& kept = place->first;
  atoms_.push_back(&kept);
  Compiled out;
  out.embargo_until_ms = enforced(Check::kEmbargo) ? kept.embargo_until_ms : kNoEmbargo;
  out.originator = kept.originator;
  out.levels = deciding_levels(kept);
  out.required = requirements_of(kept);
  out.is_unknown = kept.unknown;
  out.list_set = list_set_number(kept.releasable_to);
  Setting setting;
  setting.classification_set =
      number_of(classification_sets_, classification_set_values_, kept.classifications);
  setting.audience = kept.audience;
  setting.community = kept.community;
  setting.collection = number_of(collections_, collection_values_, kept.collection);
  setting.realm = number_of(realms_, realm_values_, kept.exercises);
  out.setting = number_of(settings_, setting_values_, setting);
  compiled_.push_back(out);
  return place->second;
}

// In whose places the reader stands; false: in none.
bool Resolved::resolve_party(const Directory& directory, const Reader& reader, int64_t at_ms) {
  const Party* party = directory.party(reader.party);
  if (party == nullptr || (party->made_ms > at_ms && enforced(Check::kKnown))) return false;
  if (directory.has_ended(reader.party, at_ms, at_ms) && enforced(Check::kEnded)) return false;
  for (const PartyNumber as : directory.stands_for(reader.party, at_ms, at_ms)) {
    if (as != reader.party && !enforced(Check::kSuccessor)) continue;
    standings_.emplace_back().party = as;
  }
  return true;
}

Resolved::Resolved(const AtomTable& atoms, const Directory& directory,
                   const std::vector<PartySet>& party_sets, const Reader& reader, int64_t at_ms)
    : atoms_(&atoms),
      size_(atoms.size()),
      is_narrow_(reader.is_narrow() && enforced(Check::kOwnNarrowed)),
      is_public_(reader.party == directory.party_as_known(kPublicCode, at_ms) &&
                 enforced(Check::kPublic)) {
  if (!resolve_party(directory, reader, at_ms)) return;
  for (Standing& standing : standings_) {
    standing.meanings = meanings_of(standing, directory, at_ms);
    standing.list_sets.resize(atoms_->set_lists_.size());
    for (AtomTable::Number number = 0; number < standing.list_sets.size(); ++number)
      resolve_list_set(standing, number);
    resolve_settings(standing, directory, party_sets, reader, at_ms);
  }
}

Resolved::Resolved(const Resolved& earlier, const Directory& directory,
                   const std::vector<PartySet>& party_sets, const Reader& reader, int64_t at_ms)
    : atoms_(earlier.atoms_),
      size_(earlier.size_),
      is_narrow_(earlier.is_narrow_),
      is_public_(reader.party == directory.party_as_known(kPublicCode, at_ms) &&
                 enforced(Check::kPublic)) {
  const bool is_one = resolve_party(directory, reader, at_ms);
  const bool is_alike =
      is_one && size_ == atoms_->size() && is_public_ == earlier.is_public_ &&
      std::ranges::equal(standings_, earlier.standings_, {}, &Standing::party, &Standing::party);
  if (!is_alike) {
    *this = Resolved(*atoms_, directory, party_sets, reader, at_ms);
    return;
  }
  changes_.all = false;
  standings_ = earlier.standings_;
  for (size_t i = 0; i < standings_.size(); ++i) {
    Standing& standing = standings_[i];
    renew_list_sets(standing, directory, at_ms);
    resolve_settings(standing, directory, party_sets, reader, at_ms);
    const Standing& before = earlier.standings_[i];
    for (AtomTable::Number number = 0; number < standing.settings.size(); ++number) {
      const AtomTable::Number set = atoms_->setting_values_[number].classification_set;
      if (before.settings[number] != standing.settings[number] ||
          before.classification_sets[set] != standing.classification_sets[set]) {
        changes_.settings.push_back(number);
      }
    }
  }
}

// Codes are looked up once each, not once for each list that they are in.
std::vector<Resolved::Meaning> Resolved::meanings_of(const Standing& standing,
                                                     const Directory& directory,
                                                     int64_t at_ms) const {
  const Directory::GroupSpans groups = directory.groups_of(standing.party, at_ms, at_ms);
  std::vector<Meaning> out;
  out.reserve(atoms_->code_values_.size());
  for (const std::string& code : atoms_->code_values_) {
    Meaning& meaning = out.emplace_back();
    meaning.is_own = directory.party_as_known(code, at_ms) == standing.party;
    const auto found = groups.find(code);
    if (found != groups.end()) meaning.spans = found->second;
  }
  return out;
}

// Any code of a list lets, and all lists must; no list: nothing is limited.
void Resolved::resolve_list_set(Standing& standing, AtomTable::Number number) const {
  uint8_t& bits = standing.list_sets[number];
  bits = kIn | kNamed;
  Spans spans;  // if kByRelease
  for (const AtomTable::Number list : atoms_->set_lists_[number]) {
    bool is_own = false;
    const Spans* lets = nullptr;
    Spans joined;
    for (const AtomTable::Number code : atoms_->list_codes_[list]) {
      const Meaning& meaning = standing.meanings[code];
      is_own |= meaning.is_own;
      if (meaning.spans.empty()) continue;
      if (lets != nullptr) joined = union_of(*lets, meaning.spans);
      lets = lets == nullptr ? &meaning.spans : &joined;
    }
    if (is_own) continue;
    if (lets == nullptr) {
      bits = 0;
      return;
    }
    const bool limits = !is_always(*lets);
    if (limits) spans = (bits & kByRelease) != 0 ? intersection(spans, *lets) : *lets;
    bits = limits || (bits & kByRelease) != 0 ? kByRelease : kIn;
  }
  if ((bits & kByRelease) == 0) return;
  if (spans.empty()) {
    bits = 0;
    return;
  }
  standing.span_numbers.resize(atoms_->set_lists_.size());
  standing.span_numbers[number] = static_cast<uint32_t>(standing.spans.size());
  standing.spans.push_back(std::move(spans));
}

void Resolved::renew_list_sets(Standing& standing, const Directory& directory, int64_t at_ms) {
  std::vector<Meaning> meanings = meanings_of(standing, directory, at_ms);
  std::vector<AtomTable::Number> touched;
  for (size_t code = 0; code < meanings.size(); ++code) {
    if (meanings[code] == standing.meanings[code]) continue;
    for (const AtomTable::Number list : atoms_->code_in_[code])
      touched.insert(touched.end(), atoms_->list_in_[list].begin(), atoms_->list_in_[list].end());
  }
  if (touched.empty()) return;
  std::ranges::sort(touched);
  touched.erase(std::ranges::unique(touched).begin(), touched.end());
  standing.meanings = std::move(meanings);
  for (const AtomTable::Number number : touched) {
    const uint8_t before = standing.list_sets[number];
    const bool had_spans = (before & kByRelease) != 0;
    const Spans spans_before = had_spans ? standing.spans[standing.span_numbers[number]] : Spans();
    resolve_list_set(standing, number);
    const uint8_t after = standing.list_sets[number];
    const bool is_same =
        before == after &&
        (!had_spans || standing.spans[standing.span_numbers[number]] == spans_before);
    if (!is_same) changes_.list_sets.push_back(number);
  }
}

void Resolved::resolve_clearances(Standing& standing, const Directory& directory,
                                  const Reader& reader, int64_t at_ms) const {
  standing.classification_sets.clear();
  for (const std::vector<Classification>& set : atoms_->classification_set_values_) {
    uint8_t bits = kReads | kReadsOwn;
    for (const Classification& one : set) {
      const bool is_cleared =
          !enforced(Check::kClearance) || directory.is_cleared(standing.party, one, at_ms, at_ms);
      bool is_within = true;
      if (reader.narrowed_to) {
        const Policy* policy = directory.policy(one.policy, at_ms);
        is_within = policy != nullptr &&
                    std::ranges::any_of(*reader.narrowed_to,
                                        [&](const auto& own) { return covers(*policy, own, one); });
      }
      const bool reads = is_cleared && (is_within || !enforced(Check::kNarrowed));
      bits = static_cast<uint8_t>(bits & ((reads ? kReads : 0) | (is_within ? kReadsOwn : 0)));
    }
    standing.classification_sets.push_back(bits);
  }
}

void Resolved::resolve_realms(Standing& standing, const Reader& reader) const {
  standing.realms.clear();
  for (const std::vector<std::string>& names : atoms_->realm_values_) {
    const bool is_own = names.empty() ? reader.realm.empty()
                                      : std::ranges::all_of(names, [&](const std::string& name) {
                                          return name == reader.realm;
                                        });
    const bool reads = is_own || !enforced(Check::kExercise);
    const bool reads_own = is_own || reader.realm.empty();
    standing.realms.push_back(
        static_cast<uint8_t>((reads ? kReads : 0) | (reads_own ? kReadsOwn : 0)));
  }
}

void Resolved::resolve_settings(Standing& standing, const Directory& directory,
                                const std::vector<PartySet>& party_sets, const Reader& reader,
                                int64_t at_ms) const {
  resolve_clearances(standing, directory, reader, at_ms);
  resolve_realms(standing, reader);
  const auto groups = directory.groups_now(standing.party, at_ms, at_ms);
  std::vector<bool> collections;
  for (const CollectionNumber number : atoms_->collection_values_) {
    const Collection* collection = directory.collection(number);
    collections.push_back(
        collection != nullptr &&
        std::ranges::any_of(collection->read_as_known(at_ms), [&](const std::string& code) {
          return directory.party_as_known(code, at_ms) == standing.party ||
                 std::ranges::find(groups, code) != groups.end();
        }));
  }
  std::vector<bool> sets;
  for (const PartySet& set : party_sets) sets.push_back(contains(set, standing.party));
  const auto is_of = [&](uint32_t number) { return number < sets.size() && sets[number]; };
  standing.settings.clear();
  for (const AtomTable::Setting& one : atoms_->setting_values_) {
    const bool is_cleared = (standing.classification_sets[one.classification_set] & kReads) != 0;
    const bool is_in_realm = (standing.realms[one.realm] & kReads) != 0;
    standing.settings.push_back(static_cast<uint8_t>(
        (is_cleared ? kCleared : 0) | (is_in_realm ? kRealm : 0) |
        (collections[one.collection] ? kCollection : 0) | (is_of(one.audience) ? kAudience : 0) |
        (is_of(one.community) ? kCommunity : 0)));
  }
}

bool Resolved::reads_own(const Standing& standing, const AtomTable::Compiled& atom) const {
  const AtomTable::Setting& setting = atoms_->setting_values_[atom.setting];
  return !atom.is_unknown && (standing.realms[setting.realm] & kReadsOwn) != 0 &&
         (standing.classification_sets[setting.classification_set] & kReadsOwn) != 0;
}

bool Resolved::reads_as(const Standing& standing, const AtomTable::Compiled& atom,
                        int64_t released_ms, int64_t now_ms) const {
  if (is_public_ && atom.levels != bit(Tlp::kClear)) return false;
  if (atom.originator == standing.party && enforced(Check::kOriginator))
    return !is_narrow_ || reads_own(standing, atom);
  unsigned has = standing.list_sets[atom.list_set];
  if ((has & kByRelease) != 0)
    has = contains(standing.spans[standing.span_numbers[atom.list_set]], released_ms) ? kIn : 0;
  has |= standing.settings[atom.setting];
  return (atom.required & ~has) == 0 && now_ms >= atom.embargo_until_ms;
}

void Resolved::add_release_boundaries(AtomNumber atom, std::vector<int64_t>* boundaries) const {
  if (atom >= size_) return;
  const AtomTable::Number number = atoms_->compiled_[atom].list_set;
  for (const Standing& standing : standings_) {
    if ((standing.list_sets[number] & kByRelease) == 0) continue;
    for (const Span& span : standing.spans[standing.span_numbers[number]]) {
      boundaries->push_back(span.from_ms);
      boundaries->push_back(span.until_ms);
    }
  }
}

}  // namespace entente::release
