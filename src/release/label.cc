// The decision, rule by rule in the order of the text it follows: what cannot be understood first,
// then realm, embargo and clearance, then the lists, then TLP. The order decides only which rule is named,
// never whether the reader reads: that is a conjunction.
//
// A reader may stand in the place of parties that it follows (splits, mergers); then it reads what
// any one of them would, each judged as a whole, so that two predecessors never add up within an
// atom.
#include "release/label.h"

#include <algorithm>
#include <cstring>

#include "base/limits.h"
#include "release/enforced.h"

namespace entente::release {
namespace {

template <class T>
void sort_unique(std::vector<T>& values) {
  std::ranges::sort(values);
  values.erase(std::ranges::unique(values).begin(), values.end());
}

constexpr uint8_t bit(Tlp level) {
  return static_cast<uint8_t>(1u << static_cast<unsigned>(level));
}

// One reader in the place of one party, with what is looked up once.
struct Standing {
  PartyNumber party;
  const Reader& reader;
  const Context& context;
  Directory::GroupSpans groups;

  bool is_named(const std::vector<std::string>& list) const {
    return std::ranges::any_of(list, [&](const std::string& code) {
      return context.directory->party_as_known(code, context.known_ms) == party;
    });
  }
  bool is_in(const std::vector<std::string>& list) const {
    return is_named(list) || std::ranges::any_of(list, [&](const std::string& code) {
             const auto found = groups.find(code);
             return found != groups.end() && contains(found->second, context.released_ms);
           });
  }
  // Why not: the nearest miss first.
  Rule why_not_in(const std::vector<std::string>& list) const {
    for (const std::string& code : list) {
      if (groups.contains(code)) return Rule::kJoinedLater;
    }
    const auto then = context.directory->groups_of(party, context.released_ms, context.known_ms);
    for (const std::string& code : list) {
      const auto found = then.find(code);
      if (found != then.end() && contains(found->second, context.released_ms))
        return Rule::kLeftGroup;
    }
    return Rule::kNotReleased;
  }
  bool is_of(uint32_t party_set) const {
    return party_set < context.party_sets->size() &&
           contains((*context.party_sets)[party_set], party);
  }
  bool reads_collection(CollectionNumber number) const {
    const Collection* collection = context.directory->collection(number);
    if (collection == nullptr) return false;
    // Who reads a collection is a matter of today: no release date comes into it.
    for (const std::string& code : collection->read_as_known(context.known_ms)) {
      if (context.directory->party_as_known(code, context.known_ms) == party) return true;
    }
    const auto now = context.directory->groups_now(party, context.now_ms, context.known_ms);
    return std::ranges::any_of(
        collection->read_as_known(context.known_ms),
        [&](const std::string& code) { return std::ranges::find(now, code) != now.end(); });
  }
};

// Whether the principal's own clearances, if it has any of its own, cover it.
bool is_within(const Classification& classification, const Reader& reader, const Context& context) {
  if (!reader.narrowed_to) return true;
  const Policy* policy = context.directory->policy(classification.policy, context.known_ms);
  return policy != nullptr && std::ranges::any_of(*reader.narrowed_to, [&](const auto& own) {
           return covers(*policy, own, classification);
         });
}

std::optional<Rule> refused_by_classification(const Classification& classification,
                                              const Standing& standing) {
  const Context& context = standing.context;
  const Directory& directory = *context.directory;
  if (enforced(Check::kClearance) &&
      !directory.is_cleared(standing.party, classification, context.now_ms, context.known_ms)) {
    const bool is_known = directory.policy(classification.policy, context.known_ms) != nullptr;
    return is_known ? Rule::kNotCleared : Rule::kNoPolicy;
  }
  if (!enforced(Check::kNarrowed) || is_within(classification, standing.reader, context))
    return std::nullopt;
  return Rule::kPrincipalNotCleared;
}

// What the stated lists say by themselves, TLP apart.
std::optional<Verdict> refused_by_lists(const Atom& atom, const Standing& standing) {
  for (uint32_t i = 0; i < atom.releasable_to.size(); ++i) {
    const auto& list = atom.releasable_to[i];
    if (list.empty()) {
      if (!enforced(Check::kEmptyList)) continue;
      return Verdict{false, Rule::kOriginatorAlone, standing.party, i};
    }
    if (!standing.is_in(list) && enforced(Check::kReleasable))
      return Verdict{false, standing.why_not_in(list), standing.party, i};
  }
  return std::nullopt;
}

// What one level asks for besides the lists; nullopt: it lets the reader.
std::optional<Verdict> refused_by_level(Tlp level, const Atom& atom, const Standing& standing) {
  const auto no = [&](Rule rule, uint32_t index = 0) {
    return Verdict{false, rule, standing.party, index};
  };
  const bool has_lists = !atom.releasable_to.empty();
  switch (level) {
    case Tlp::kClear:
      return std::nullopt;
    case Tlp::kGreen:
      if (!standing.is_of(atom.community) && enforced(Check::kGreen))
        return no(Rule::kNotCommunity);
      return std::nullopt;
    case Tlp::kAmber:
      if (has_lists) return std::nullopt;
      if (!standing.is_of(atom.audience) && enforced(Check::kAmber)) return no(Rule::kNotAudience);
      if (!standing.reads_collection(atom.collection) && enforced(Check::kAmberNow))
        return no(Rule::kNoLongerAudience);
      return std::nullopt;
    case Tlp::kAmberStrict:
      if (!has_lists && enforced(Check::kStrict)) return no(Rule::kNobodyNamed);
      return std::nullopt;
    case Tlp::kRed:
      if (!enforced(Check::kRed)) return std::nullopt;
      if (!has_lists) return no(Rule::kNobodyNamed);
      for (uint32_t i = 0; i < atom.releasable_to.size(); ++i) {
        if (!standing.is_named(atom.releasable_to[i])) return no(Rule::kNotByName, i);
      }
      return std::nullopt;
  }
  return no(Rule::kNotUnderstood);
}

Rule rule_that_lets(const Atom& atom, uint8_t levels) {
  if ((levels & bit(Tlp::kRed)) != 0) return Rule::kNamed;
  if (!atom.releasable_to.empty()) return Rule::kReleased;
  if ((levels & bit(Tlp::kAmber)) != 0) return Rule::kAudience;
  return (levels & bit(Tlp::kGreen)) != 0 ? Rule::kCommunity : Rule::kOpen;
}

bool is_in_realm(const Atom& atom, const Reader& reader) {
  if (atom.exercises.empty()) return reader.realm.empty();
  return std::ranges::all_of(atom.exercises,
                             [&](const std::string& name) { return name == reader.realm; });
}

// A party reads its own whatever its marks say; a principal who is narrower, no further than that.
Verdict decide_own(PartyNumber party, const Atom& atom, const Reader& reader,
                   const Context& context) {
  if (reader.is_narrow() && enforced(Check::kOwnNarrowed)) {
    if (atom.unknown) return {false, Rule::kNotUnderstood, party, 0};
    if (!reader.realm.empty() && !is_in_realm(atom, reader))
      return {false, Rule::kOtherRealm, party, 0};
    for (uint32_t i = 0; i < atom.classifications.size(); ++i) {
      if (!is_within(atom.classifications[i], reader, context))
        return {false, Rule::kPrincipalNotCleared, party, i};
    }
  }
  return {true, Rule::kOriginator, party, 0};
}

Verdict decide_as(PartyNumber party, const Atom& atom, const Reader& reader,
                  const Context& context) {
  const auto no = [&](Rule rule, uint32_t index = 0) { return Verdict{false, rule, party, index}; };
  const uint8_t levels = deciding_levels(atom);
  const bool is_public =
      reader.party == context.directory->party_as_known(kPublicCode, context.known_ms);
  if (is_public && levels != bit(Tlp::kClear) && enforced(Check::kPublic))
    return no(Rule::kNotForPublic);
  if (party == atom.originator && enforced(Check::kOriginator))
    return decide_own(party, atom, reader, context);
  if (atom.unknown && enforced(Check::kUnknown)) return no(Rule::kNotUnderstood);
  if (!is_in_realm(atom, reader) && enforced(Check::kExercise)) return no(Rule::kOtherRealm);
  if (context.now_ms < atom.embargo_until_ms && enforced(Check::kEmbargo))
    return no(Rule::kEmbargo);
  const Standing standing{
      party, reader, context,
      atom.releasable_to.empty()
          ? Directory::GroupSpans()
          : context.directory->groups_of(party, context.now_ms, context.known_ms)};
  for (uint32_t i = 0; i < atom.classifications.size(); ++i) {
    if (const auto rule = refused_by_classification(atom.classifications[i], standing))
      return no(*rule, i);
  }
  if (levels == 0 && atom.releasable_to.empty() && enforced(Check::kUnmarked))
    return no(Rule::kUnmarked);
  if (const auto refused = refused_by_lists(atom, standing)) return *refused;
  for (unsigned level = 0; level < 8; ++level) {
    if ((levels >> level & 1) == 0) continue;
    if (const auto refused = refused_by_level(static_cast<Tlp>(level), atom, standing))
      return *refused;
  }
  return {true, rule_that_lets(atom, levels), party, 0};
}

}  // namespace

void canonicalise(Atom& atom) {
  for (auto& list : atom.releasable_to) sort_unique(list);
  sort_unique(atom.releasable_to);
  for (Classification& one : atom.classifications) canonicalise(one);
  sort_unique(atom.classifications);
  sort_unique(atom.exercises);
}

uint8_t deciding_levels(const Atom& atom) {
  const bool states_audience =
      (atom.tlp_levels != 0 || !atom.releasable_to.empty()) && enforced(Check::kDefault);
  if (states_audience || atom.default_level == kNoLevel) return atom.tlp_levels;
  return static_cast<uint8_t>(1u << (atom.default_level & 7));
}

Label label_of(std::vector<Atom> atoms) {
  for (Atom& atom : atoms) canonicalise(atom);
  sort_unique(atoms);
  return atoms;
}

Label join(const Label& a, const Label& b) {
  Label out;
  std::ranges::set_union(a, b, std::back_inserter(out));
  return out;
}

Verdict decide(const Atom& atom, const Reader& reader, const Context& context) {
  const Directory& directory = *context.directory;
  const Party* party = directory.party(reader.party);
  if (party == nullptr || (party->made_ms > context.known_ms && enforced(Check::kKnown)))
    return {false, Rule::kNoSuchParty, reader.party, 0};
  if (directory.has_ended(reader.party, context.now_ms, context.known_ms) &&
      enforced(Check::kEnded)) {
    return {false, Rule::kPartyEnded, reader.party, 0};
  }
  Verdict first;
  bool is_first = true;
  for (const PartyNumber as :
       directory.stands_for(reader.party, context.now_ms, context.known_ms)) {
    if (as != reader.party && !enforced(Check::kSuccessor)) continue;
    const Verdict verdict = decide_as(as, atom, reader, context);
    if (verdict.reads) return verdict;
    if (is_first) first = verdict;
    is_first = false;
  }
  return first;
}

Verdict decide(const Label& label, const Reader& reader, const Context& context) {
  Verdict verdict;
  for (const Atom& atom : label) {
    verdict = decide(atom, reader, context);
    if (!verdict.reads) break;
  }
  return verdict;
}

}  // namespace entente::release
