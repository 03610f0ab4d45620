// Lists of codes, classifications, collections and realms are few and shared by many atoms: each is
// numbered once, and a reader's answer to each is one byte. A decision is then a handful of loads
// and tests. Only a list whose groups the reader joined or left at some date has spans to search.
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
  out.audience = kept.audience;
  out.community = kept.community;
  out.collection = number_of(collections_, collection_values_, kept.collection);
  out.realm = number_of(realms_, realm_values_, kept.exercises);
  out.first_list = static_cast<Number>(list_numbers_.size());
  out.list_count = static_cast<uint16_t>(kept.releasable_to.size());
  bool has_empty_list = false;
  for (const auto& list : kept.releasable_to) {
    const auto [known, is_new_list] = lists_.emplace(list, static_cast<Number>(list_codes_.size()));
    list_numbers_.push_back(known->second);
    has_empty_list |= list.empty();
    if (!is_new_list) continue;
    auto& codes = list_codes_.emplace_back();
    for (const std::string& code : list) codes.push_back(number_of(codes_, code_values_, code));
  }
  out.first_classification = static_cast<Number>(classification_numbers_.size());
  out.classification_count = static_cast<uint16_t>(kept.classifications.size());
  for (const Classification& one : kept.classifications)
    classification_numbers_.push_back(number_of(classifications_, classification_values_, one));
  const bool has_lists = out.list_count > 0;
  const bool is_strict = (out.levels & (bit(Tlp::kAmberStrict) | bit(Tlp::kRed))) != 0;
  out.is_unknown = kept.unknown;
  out.is_closed = (kept.unknown && enforced(Check::kUnknown)) ||
                  (has_empty_list && enforced(Check::kEmptyList)) ||
                  (out.levels == 0 && !has_lists && enforced(Check::kUnmarked)) ||
                  (is_strict && !has_lists && enforced(Check::kStrict)) ||
                  (out.levels >> (static_cast<unsigned>(Tlp::kRed) + 1)) != 0 ||
                  kept.releasable_to.size() > UINT16_MAX ||
                  kept.classifications.size() > UINT16_MAX;
  compiled_.push_back(out);
  return place->second;
}

Resolved::Resolved(const AtomTable& atoms, const Directory& directory,
                   const std::vector<PartySet>& party_sets, const Reader& reader, int64_t at_ms)
    : atoms_(&atoms),
      size_(atoms.size()),
      is_narrow_(reader.is_narrow() && enforced(Check::kOwnNarrowed)),
      is_public_(reader.party == directory.party_as_known(kPublicCode, at_ms) &&
                 enforced(Check::kPublic)) {
  const Party* party = directory.party(reader.party);
  if (party == nullptr || (party->made_ms > at_ms && enforced(Check::kKnown))) return;
  if (directory.has_ended(reader.party, at_ms, at_ms) && enforced(Check::kEnded)) return;
  for (const PartyNumber as : directory.stands_for(reader.party, at_ms, at_ms)) {
    if (as != reader.party && !enforced(Check::kSuccessor)) continue;
    Standing& standing = standings_.emplace_back();
    standing.party = as;
    resolve_lists(standing, directory, at_ms);
    resolve_rest(standing, directory, reader, at_ms);
    standing.party_sets.reserve(party_sets.size());
    for (const PartySet& set : party_sets) standing.party_sets.push_back(contains(set, as));
  }
}

// Codes are looked up once each, not once for each list that they are in.
void Resolved::resolve_lists(Standing& standing, const Directory& directory, int64_t at_ms) const {
  const Directory::GroupSpans groups = directory.groups_of(standing.party, at_ms, at_ms);
  struct Meaning {
    bool is_own = false;
    const Spans* spans = nullptr;  // of a group that it is in
  };
  std::vector<Meaning> meanings;
  meanings.reserve(atoms_->code_values_.size());
  for (const std::string& code : atoms_->code_values_) {
    Meaning& meaning = meanings.emplace_back();
    meaning.is_own = directory.party_as_known(code, at_ms) == standing.party;
    const auto found = groups.find(code);
    if (found != groups.end()) meaning.spans = &found->second;
  }
  const auto& lists = atoms_->list_codes_;
  standing.lists.reserve(lists.size());
  Spans spans;
  for (uint32_t number = 0; number < lists.size(); ++number) {
    uint8_t bits = 0;
    spans.clear();
    for (const AtomTable::Number code : lists[number]) {
      const Meaning& meaning = meanings[code];
      if (meaning.is_own) {
        bits = kIn | kNamed;
        break;
      }
      if (meaning.spans == nullptr) continue;
      spans = spans.empty() ? *meaning.spans : union_of(spans, *meaning.spans);
    }
    if (bits == 0 && is_always(spans)) bits = kIn;
    if (bits == 0 && !spans.empty()) {
      bits = kByRelease;
      standing.span_numbers.resize(lists.size());
      standing.span_numbers[number] = static_cast<uint32_t>(standing.spans.size());
      standing.spans.push_back(spans);
    }
    standing.lists.push_back(bits);
  }
}

void Resolved::resolve_rest(Standing& standing, const Directory& directory, const Reader& reader,
                            int64_t at_ms) const {
  for (const Classification& one : atoms_->classification_values_) {
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
    standing.classifications.push_back(
        static_cast<uint8_t>((reads ? kReads : 0) | (is_within ? kReadsOwn : 0)));
  }
  const auto groups = directory.groups_now(standing.party, at_ms, at_ms);
  for (const CollectionNumber number : atoms_->collection_values_) {
    const Collection* collection = directory.collection(number);
    const bool reads =
        collection != nullptr &&
        std::ranges::any_of(collection->read_as_known(at_ms), [&](const std::string& code) {
          return directory.party_as_known(code, at_ms) == standing.party ||
                 std::ranges::find(groups, code) != groups.end();
        });
    standing.collections.push_back(reads);
  }
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

bool Resolved::reads_own(const Standing& standing, const AtomTable::Compiled& atom) const {
  if (atom.is_unknown || (standing.realms[atom.realm] & kReadsOwn) == 0) return false;
  for (uint32_t i = 0; i < atom.classification_count; ++i) {
    const uint32_t number = atoms_->classification_numbers_[atom.first_classification + i];
    if ((standing.classifications[number] & kReadsOwn) == 0) return false;
  }
  return true;
}

bool Resolved::reads_as(const Standing& standing, const AtomTable::Compiled& atom,
                        int64_t released_ms, int64_t now_ms) const {
  if (is_public_ && atom.levels != bit(Tlp::kClear)) return false;
  if (atom.originator == standing.party && enforced(Check::kOriginator))
    return !is_narrow_ || reads_own(standing, atom);
  if (atom.is_closed || now_ms < atom.embargo_until_ms ||
      (standing.realms[atom.realm] & kReads) == 0) {
    return false;
  }
  uint8_t in_all = kIn | kNamed;
  for (uint32_t i = 0; i < atom.list_count; ++i) {
    const uint32_t number = atoms_->list_numbers_[atom.first_list + i];
    uint8_t bits = standing.lists[number];
    if ((bits & kByRelease) != 0 &&
        contains(standing.spans[standing.span_numbers[number]], released_ms)) {
      bits = kIn;
    }
    in_all &= bits;
  }
  if ((in_all & kIn) == 0 && enforced(Check::kReleasable)) return false;
  for (uint32_t i = 0; i < atom.classification_count; ++i) {
    const uint32_t number = atoms_->classification_numbers_[atom.first_classification + i];
    if ((standing.classifications[number] & kReads) == 0) return false;
  }
  if ((atom.levels & bit(Tlp::kRed)) != 0 && (in_all & kNamed) == 0 && enforced(Check::kRed))
    return false;
  if ((atom.levels & bit(Tlp::kGreen)) != 0 && enforced(Check::kGreen) &&
      (atom.community >= standing.party_sets.size() || standing.party_sets[atom.community] == 0)) {
    return false;
  }
  if ((atom.levels & bit(Tlp::kAmber)) == 0 || atom.list_count > 0) return true;
  const bool was_audience =
      atom.audience < standing.party_sets.size() && standing.party_sets[atom.audience] != 0;
  return (was_audience || !enforced(Check::kAmber)) &&
         (standing.collections[atom.collection] != 0 || !enforced(Check::kAmberNow));
}

void Resolved::add_release_boundaries(AtomNumber atom, std::vector<int64_t>* boundaries) const {
  if (atom >= size_) return;
  const AtomTable::Compiled& compiled = atoms_->compiled_[atom];
  for (const Standing& standing : standings_) {
    if (standing.spans.empty()) continue;
    for (uint32_t i = 0; i < compiled.list_count; ++i) {
      const uint32_t number = atoms_->list_numbers_[compiled.first_list + i];
      if ((standing.lists[number] & kByRelease) == 0) continue;
      for (const Span& span : standing.spans[standing.span_numbers[number]]) {
        boundaries->push_back(span.from_ms);
        boundaries->push_back(span.until_ms);
      }
    }
  }
}

}  // namespace entente::release
