// Names of the rules, and the sentence that explains a verdict.
#include "release/rule.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "release/label.h"

namespace entente::release {
namespace {

constexpr std::string_view kNames[] = {"originator",
                                       "open",
                                       "community",
                                       "audience",
                                       "released",
                                       "named",
                                       "no-party",
                                       "party-ended",
                                       "not-for-public",
                                       "not-understood",
                                       "other-realm",
                                       "embargo",
                                       "no-policy",
                                       "not-cleared",
                                       "principal-not-cleared",
                                       "originator-alone",
                                       "not-released",
                                       "left-group",
                                       "joined-later",
                                       "unmarked",
                                       "not-community",
                                       "not-audience",
                                       "no-longer-audience",
                                       "nobody-named",
                                       "not-by-name"};
static_assert(std::size(kNames) == static_cast<size_t>(Rule::kCount));

std::string joined(const std::vector<std::string>& words) {
  constexpr size_t kListedMax = 8;
  std::string out;
  for (size_t i = 0; i < words.size() && i < kListedMax; ++i) {
    if (i > 0) out += i + 1 == words.size() ? " and " : ", ";
    out += words[i];
  }
  if (words.size() > kListedMax) out += fmt::format(" and {} more", words.size() - kListedMax);
  return out;
}

// The parts that sentences are made of.
struct Teller {
  const Verdict& verdict;
  const Atom& atom;
  const Reader& reader;
  const Context& context;

  const Directory& directory() const { return *context.directory; }
  std::string code(PartyNumber party) const {
    const Party* found = directory().party(party);
    return found != nullptr ? found->code : "nobody";
  }
  std::string who() const {
    const std::string own = code(reader.party);
    return verdict.as == reader.party
               ? own
               : fmt::format("{}, in the place of {},", own, code(verdict.as));
  }
  std::string list() const {
    const auto& lists = atom.releasable_to;
    return verdict.index < lists.size() ? joined(lists[verdict.index]) : std::string();
  }
  std::string lists() const {
    std::string out;
    for (const auto& one : atom.releasable_to)
      out += (out.empty() ? "" : ", and to ") + joined(one);
    return out;
  }
  std::string classification() const {
    if (verdict.index >= atom.classifications.size()) return {};
    const Classification& one = atom.classifications[verdict.index];
    std::string out = fmt::format("{} {}", one.policy, one.level);
    if (!one.categories.empty()) out += fmt::format(" with {}", joined(one.categories));
    return out;
  }
  std::string collection() const {
    const Collection* found = directory().collection(atom.collection);
    return found != nullptr && context.tells_collection ? found->alias : "its collection";
  }
  std::string levels() const {
    std::string out;
    for (unsigned level = 0; level <= static_cast<unsigned>(Tlp::kRed); ++level) {
      if ((deciding_levels(atom) >> level & 1) != 0)
        out = fmt::format("TLP:{}", name_of(static_cast<Tlp>(level)).substr(4));
    }
    for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return out.empty() ? "unmarked" : out;
  }
  std::string released() const { return format_time_ms(context.released_ms); }
  // The step of the list's groups at which the reader's own membership fails, with its date.
  std::string group_date(bool joined_later) const {
    if (verdict.index >= atom.releasable_to.size()) return {};
    for (const std::string& name : atom.releasable_to[verdict.index]) {
      const Group* group = directory().group(name);
      if (group == nullptr) continue;
      for (const auto* rows : {&group->members, &group->superseded}) {
        for (const Membership& m : *rows) {
          if (m.party != verdict.as || !m.known.at(context.known_ms)) continue;
          if (joined_later && m.covers(context.now_ms) && m.from_ms > context.released_ms)
            return fmt::format("joined {} on {}", name, format_time_ms(m.from_ms));
          if (!joined_later && m.until_ms <= context.now_ms && m.covers(context.released_ms))
            return fmt::format("left {} on {}", name, format_time_ms(m.until_ms));
        }
      }
    }
    return joined_later ? "came into " + list() + " later" : "is in none of them any more";
  }
};

std::string why_it_reads(const Teller& t) {
  switch (t.verdict.rule) {
    case Rule::kOriginator:
      return fmt::format("{} reads it as its originator.", t.who());
    case Rule::kOpen:
      return fmt::format("{} reads it: it is {}.", t.who(), t.levels());
    case Rule::kCommunity:
      return fmt::format("{} reads it: it is {}, and {} was of the community on {}.", t.who(),
                         t.levels(), t.code(t.verdict.as), t.released());
    case Rule::kAudience:
      return fmt::format("{} reads it: it is {}, and {} is of the audience of {}.", t.who(),
                         t.levels(), t.code(t.verdict.as), t.collection());
    case Rule::kNamed:
      return fmt::format("{} reads it: it is {}, and {} is named.", t.who(), t.levels(),
                         t.code(t.verdict.as));
    default:
      return fmt::format("{} reads it: it was released to {} on {}.", t.who(), t.lists(),
                         t.released());
  }
}

std::string why_its_lists_refuse(const Teller& t) {
  switch (t.verdict.rule) {
    case Rule::kOriginatorAlone:
      return fmt::format("it is releasable to nobody but {}", t.code(t.atom.originator));
    case Rule::kLeftGroup:
      return fmt::format("it is releasable to {}, and {} {}", t.list(), t.code(t.verdict.as),
                         t.group_date(false));
    case Rule::kJoinedLater:
      return fmt::format("it was released to {} on {}, and {} {}", t.list(), t.released(),
                         t.code(t.verdict.as), t.group_date(true));
    case Rule::kNobodyNamed:
      return fmt::format("it is {}, and names nobody it is releasable to", t.levels());
    case Rule::kNotByName:
      return fmt::format("it is {}, and {} is not named itself, only through a group", t.levels(),
                         t.code(t.verdict.as));
    default:
      return fmt::format("it is releasable to {}, and {} is not among them", t.list(),
                         t.code(t.verdict.as));
  }
}

std::string why_its_marks_refuse(const Teller& t) {
  switch (t.verdict.rule) {
    case Rule::kNoSuchParty:
      return "there is no such party";
    case Rule::kPartyEnded:
      return "another party has taken its place";
    case Rule::kNotForPublic:
      return fmt::format("it is {}, and readers without a key get what is TLP:CLEAR alone",
                         t.levels());
    case Rule::kNotUnderstood:
      return fmt::format("a marking on it is not understood, so it is for {} alone",
                         t.code(t.atom.originator));
    case Rule::kOtherRealm:
      if (t.atom.exercises.empty())
        return fmt::format("it is live, and the reader is in the exercise {}", t.reader.realm);
      return fmt::format("it belongs to the exercise {}", joined(t.atom.exercises));
    case Rule::kEmbargo:
      return fmt::format("it is under embargo until {}", format_time_ms(t.atom.embargo_until_ms));
    case Rule::kNoPolicy:
      return fmt::format("it is classified {}, a policy that this node does not have",
                         t.classification());
    case Rule::kNotCleared:
      return fmt::format("it is classified {}, and {} is not cleared for that", t.classification(),
                         t.code(t.verdict.as));
    case Rule::kPrincipalNotCleared:
      return fmt::format("it is classified {}, and this principal is not cleared for that",
                         t.classification());
    case Rule::kUnmarked:
      return fmt::format("no marking says that anybody but {} may", t.code(t.atom.originator));
    case Rule::kNotCommunity:
      return fmt::format("it is {}, and {} was not of the community on {}", t.levels(),
                         t.code(t.verdict.as), t.released());
    case Rule::kNotAudience:
      return fmt::format("it is {}, and {} could not read {} on {}", t.levels(),
                         t.code(t.verdict.as), t.collection(), t.released());
    case Rule::kNoLongerAudience:
      return fmt::format("it is {}, and {} cannot read {} any more", t.levels(),
                         t.code(t.verdict.as), t.collection());
    default:
      return why_its_lists_refuse(t);
  }
}

}  // namespace

std::string_view name_of(Rule rule) {
  const auto index = static_cast<size_t>(rule);
  return index < std::size(kNames) ? kNames[index] : std::string_view("unknown");
}

std::string sentence(const Verdict& verdict, const Atom& atom, const Reader& reader,
                     const Context& context) {
  const Teller teller{verdict, atom, reader, context};
  if (verdict.reads) return why_it_reads(teller);
  return fmt::format("{} does not read it: {}.", teller.who(), why_its_marks_refuse(teller));
}

}  // namespace entente::release
