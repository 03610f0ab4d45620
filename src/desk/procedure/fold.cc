// Records are sorted by instant; between two of them the clocks that end do so, the earliest first. Changes of the
// format's membership are instants of their own, since a clock against a role ends when it has ended for every party
// that has the role then.
#include "desk/procedure/fold.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory_resource>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "desk/procedure/limits.h"

namespace entente::procedure {
namespace {

constexpr int64_t kNever = INT64_MAX;

bool precedes(const Record* a, const Record* b) {
  const auto key = [](const Record& r) {
    return std::tie(r.at_ms, r.id, r.party, r.act, r.about, r.reason, r.text, r.until_ms,
                    r.language, r.clause, r.target, r.objects, r.proof);
  };
  return key(*a) < key(*b);
}

Verdict verdict_of(Proof proof) {
  switch (proof) {
    case Proof::kSigned:
      return Verdict::kCounted;
    case Proof::kUnsigned:
      return Verdict::kUnsigned;
    case Proof::kWrong:
      return Verdict::kWrongSignature;
    case Proof::kUnknownKey:
      return Verdict::kUnknownKey;
  }
  return Verdict::kUnsigned;
}

// The times of one clock, beside its facts.
struct Timed {
  std::optional<int64_t> until_ms;  // of a clock that ends at an instant
  int64_t start_ms = 0;
  std::vector<Stop> stops;
  std::vector<Extension> extensions;
  std::vector<std::optional<int64_t>> starts;  // against a role, by party
  std::vector<std::optional<int64_t>> ends;    // likewise
  std::optional<int64_t> end_ms;
};

class Fold {
 public:
  Fold(const Pack& pack, const Case& one, const Place& place)
      : pack_(pack), case_(one), place_(place), machine_(pack) {
    cast_.has_role = [this](PartyIndex party, Index role) { return has_role(party, role); };
    cast_.of_role = [this](Index role) { return of_role(role); };
    clocks_.resize(pack.clocks.size());
    for (size_t i = 0; i < pack.acts.size(); ++i)
      acts_.emplace(pack.acts[i].name, static_cast<Index>(i));
  }

  Result<Situation> run(int64_t now_ms) {
    std::vector<const Record*> order = case_.all();
    std::ranges::sort(order, precedes);
    seen_.reserve(order.size());
    counted_.reserve(order.size());
    out_.judged.reserve(order.size());
    TRY(open());
    for (const Record* record : order) {
      if (record->at_ms > now_ms) break;  // not yet
      TRY(advance(record->at_ms));
      TRY(take(*record));
    }
    TRY(advance(now_ms));
    finish(now_ms);
    return std::move(out_);
  }

 private:
  PartyIndex number_of(const std::string& code) {
    const auto [found, is_new] =
        numbers_.try_emplace(code, static_cast<PartyIndex>(out_.parties.size()));
    if (is_new) out_.parties.push_back(code);
    return found->second;
  }
  // Members at the present instant, as numbers; the roster's spans change rarely.
  const std::vector<PartyIndex>& members() {
    const auto& codes = case_.roster.at(at_ms_);
    if (&codes != members_of_) {
      members_of_ = &codes;
      members_.clear();
      for (const std::string& code : codes) members_.push_back(number_of(code));
      is_member_.assign(out_.parties.size(), false);
      for (const PartyIndex party : members_) is_member_[party] = true;
    }
    return members_;
  }
  bool has_role(PartyIndex party, Index role) {
    switch (pack_.roles[role].kind) {
      case Role::Kind::kOpener:
        return party == opener_;
      case Role::Kind::kFormat:
        members();
        return Machine::has(is_member_, party);
      case Role::Kind::kNamed:
        return std::ranges::find(named(role), out_.parties[party]) != named(role).end();
    }
    return false;
  }
  const std::vector<std::string>& named(Index role) const {
    static const std::vector<std::string> kNobody;
    const auto found = case_.roles.find(pack_.roles[role].name);
    return found == case_.roles.end() ? kNobody : found->second;
  }
  std::vector<PartyIndex> of_role(Index role) {
    switch (pack_.roles[role].kind) {
      case Role::Kind::kOpener:
        return {opener_};
      case Role::Kind::kFormat:
        return members();
      case Role::Kind::kNamed:
        break;
    }
    std::vector<PartyIndex> out;
    for (const std::string& code : named(role)) out.push_back(number_of(code));
    return out;
  }

  Result<void> open() {
    const Record& opening = case_.opening;
    at_ms_ = opening.at_ms;
    opener_ = number_of(opening.party);
    TRY(check_opening());
    out_.facts = machine_.open(opener_);
    out_.text_id = opening.id;
    out_.text_ms = opening.at_ms;
    out_.since_ms = opening.at_ms;
    for (const Effect& effect : pack_.acts[pack_.opening()].effects) timed_effect(effect, opening);
    return recompute();
  }

  // Whether the opener may open it, and the filing names the days that clocks run from.
  Result<void> check_opening() {
    const ActRule& rule = pack_.acts[pack_.opening()];
    if (!Machine::is_entitled(rule, opener_, cast_)) {
      std::string roles;
      for (const Index role : rule.by)
        roles += (roles.empty() ? "" : " or ") + pack_.roles[role].name;
      if (rule.except != kNoIndex) roles += ", not by " + pack_.roles[rule.except].name;
      return fail(Code::kUnprocessable,
                  fmt::format("{} is opened by {}: {} is none [{}]", pack_.name, roles,
                              case_.opening.party, rule.clause.text));
    }
    for (const ClockRule& clock : pack_.clocks) {
      if (clock.from.empty() || case_.days.contains(clock.from)) continue;
      return fail(Code::kUnprocessable,
                  fmt::format("the filing names no day '{}' (such as 2027-03-01), from which '{}' "
                              "runs [{}]",
                              clock.from, clock.name, clock.clause.text));
    }
    return {};
  }
  // When what starts a clock does so: at its own instant, or with the day that the filing names.
  int64_t start_of(const ClockRule& rule) const {
    return rule.from.empty() ? at_ms_ : place_.zone->instant_ms(case_.days.at(rule.from), 0);
  }

  // What an effect does to the times; its facts are changed already.
  void timed_effect(const Effect& effect, const Record& record) {
    Timed& timed = clocks_[effect.clock];
    switch (effect.kind) {
      case Effect::Kind::kStarts:
      case Effect::Kind::kRestarts: {
        const ClockRule& rule = pack_.clocks[effect.clock];
        std::optional<int64_t> until_ms = rule.is_until ? record.until_ms : std::nullopt;
        // As long again as it was given first.
        if (rule.is_until && !until_ms && timed.until_ms)
          until_ms = at_ms_ + (*timed.until_ms - timed.start_ms);
        timed = {};
        timed.until_ms = until_ms;
        timed.start_ms = start_of(rule);
        break;
      }
      case Effect::Kind::kStops:
        timed.stops.push_back({at_ms_, std::nullopt, record.reason});
        break;
      case Effect::Kind::kResumes:
        if (!timed.stops.empty() && !timed.stops.back().until_ms)
          timed.stops.back().until_ms = at_ms_;
        break;
      case Effect::Kind::kExtends:
        if (effect.by) timed.extensions.push_back({*effect.by, record.reason});
        if (!effect.by) extend_until(timed, record);
        break;
      case Effect::Kind::kCancels:
        timed.end_ms = std::nullopt;
        timed.starts.clear();
        timed.ends.clear();
        break;
    }
  }
  // A later closing instant, as the clock is then seen to end: what it stood still is in it already.
  static void extend_until(Timed& timed, const Record& record) {
    int64_t until_ms = record.until_ms.value_or(0);
    for (const Stop& stop : timed.stops) {
      if (stop.until_ms) until_ms -= *stop.until_ms - stop.from_ms;
    }
    timed.until_ms = until_ms;
    timed.extensions.push_back({Period{}, record.reason});
  }

  Result<std::optional<int64_t>> end_from(Index clock, int64_t start_ms) const {
    const Timed& timed = clocks_[clock];
    const ClockRule& rule = pack_.clocks[clock];
    if (!rule.is_until && !timed.until_ms)
      return end_of(rule.period, place_, {start_ms, timed.stops, timed.extensions});
    if (!timed.until_ms) return std::optional<int64_t>();
    int64_t end_ms = *timed.until_ms;
    for (const Stop& stop : timed.stops) {
      if (!stop.until_ms) return std::optional<int64_t>();
      end_ms += *stop.until_ms - stop.from_ms;
    }
    return std::optional(end_ms);
  }

  // When each running clock ends, as things stand.
  Result<void> recompute() {
    for (size_t i = 0; i < clocks_.size(); ++i) {
      const auto index = static_cast<Index>(i);
      Timed& timed = clocks_[i];
      timed.end_ms = std::nullopt;
      if (out_.facts.clocks[i].status != ClockStatus::kRunning) continue;
      if (pack_.clocks[i].against == kNoIndex) {
        timed.end_ms = TRY(end_from(index, timed.start_ms));
      } else {
        TRY(recompute_runs(index));
      }
    }
    return {};
  }

  // A clock against a role: it starts for each party with its receipt, and ends when it has for the last.
  Result<void> recompute_runs(Index index) {
    Timed& timed = clocks_[index];
    ClockFact& fact = out_.facts.clocks[index];
    const std::vector<PartyIndex> parties = of_role(pack_.clocks[index].against);
    fact.runs.resize(out_.parties.size());
    timed.starts.resize(out_.parties.size());
    timed.ends.resize(out_.parties.size());
    if (parties.empty()) {  // nobody to run against: from its own start
      timed.end_ms = TRY(end_from(index, timed.start_ms));
      return {};
    }
    bool all_run = true;
    int64_t last_ms = INT64_MIN;
    for (const PartyIndex party : parties) {
      if (!timed.starts[party] && Machine::has(out_.facts.received, party))
        timed.starts[party] = at_ms_;
      if (!timed.starts[party]) {
        all_run = false;
        continue;
      }
      timed.ends[party] = TRY(end_from(index, *timed.starts[party]));
      if (!timed.ends[party]) all_run = false;
      if (timed.ends[party]) last_ms = std::max(last_ms, *timed.ends[party]);
    }
    if (all_run) timed.end_ms = std::max(last_ms, at_ms_);
    note_ended(index);
    return {};
  }
  void note_ended(Index index) {
    Timed& timed = clocks_[index];
    ClockFact& fact = out_.facts.clocks[index];
    for (size_t party = 0; party < timed.starts.size(); ++party) {
      if (!timed.starts[party]) continue;
      const bool ended = timed.ends[party] && *timed.ends[party] <= at_ms_;
      fact.runs[party] = ended ? ClockFact::Run::kEnded : ClockFact::Run::kRunning;
    }
  }

  // The next instant up to `to_ms` at which a clock ends or the format changes.
  struct Next {
    int64_t at_ms = kNever;
    Index clock = kNoIndex;  // kNoIndex: the format
  };
  Next next() const {
    Next out;
    for (size_t i = 0; i < clocks_.size(); ++i) {
      if (out_.facts.clocks[i].status != ClockStatus::kRunning || !clocks_[i].end_ms) continue;
      if (*clocks_[i].end_ms < out.at_ms) out = {*clocks_[i].end_ms, static_cast<Index>(i)};
    }
    if (!has_runs()) return out;
    const auto& spans = case_.roster.spans();
    const auto after =
        std::ranges::upper_bound(spans, at_ms_, {}, [](const auto& s) { return s.first; });
    if (after != spans.end() && after->first < out.at_ms) out = {after->first, kNoIndex};
    return out;
  }
  bool has_runs() const {
    return std::ranges::any_of(pack_.clocks,
                               [](const ClockRule& c) { return c.against != kNoIndex; });
  }

  Result<void> advance(int64_t to_ms) {
    for (;;) {
      const Next due = next();
      if (due.at_ms > to_ms) break;
      at_ms_ = std::max(at_ms_, due.at_ms);
      if (due.clock != kNoIndex) end_clock(due.clock);
      TRY(recompute());
    }
    at_ms_ = std::max(at_ms_, to_ms);
    for (size_t i = 0; i < clocks_.size(); ++i) {
      if (pack_.clocks[i].against != kNoIndex) note_ended(static_cast<Index>(i));
    }
    return {};
  }

  void end_clock(Index clock) {
    if (pack_.clocks[clock].against != kNoIndex) note_ended(clock);
    const Index before = out_.facts.state;
    ended_ms_[clock] = clocks_[clock].end_ms;
    const Ending* ending = machine_.end(&out_.facts, clock, cast_);
    if (ending == nullptr) return;
    Record none;
    for (const Effect& effect : ending->effects) timed_effect(effect, none);
    moved(before, {at_ms_, before, out_.facts.state, {}, {}, clock, &ending->clause});
  }
  void moved(Index before, Transition transition) {
    if (before != out_.facts.state) out_.since_ms = at_ms_;
    out_.transitions.push_back(std::move(transition));
  }

  Result<void> take(const Record& record) {
    out_.judged.push_back({&record, Verdict::kCounted});
    Verdict& verdict = out_.judged.back().verdict;
    if (record.at_ms < case_.opening.at_ms) {
      verdict = Verdict::kBeforeOpening;
      return {};
    }
    // What its party has not signed is not its act, and takes no act's place.
    if (record.proof != Proof::kSigned) {
      verdict = verdict_of(record.proof);
      return {};
    }
    if (!seen_.emplace(record.id, record.party).second) {
      verdict = Verdict::kRepeated;
      return {};
    }
    ActInput input;
    input.party = number_of(record.party);
    const auto act = acts_.find(record.act);
    input.act = act == acts_.end() ? kNoIndex : act->second;
    input.has_reason = !record.reason.empty();
    input.has_text = !record.text.empty();
    input.has_until = is_later(record, input.act);
    input.has_language = !record.language.empty();
    input.has_attachment = input.has_text || !record.objects.empty();
    input.has_target = !record.target.empty() && counted_.contains(record.target);
    input.is_of_current_text = record.about.empty() || record.about == out_.text_id;
    members();
    verdict = machine_.judge(out_.facts, input, cast_);
    if (verdict == Verdict::kCounted && begins_in_the_past(record, input.act))
      verdict = Verdict::kIncomplete;
    if (verdict != Verdict::kCounted) return {};
    counted_.insert(record.id);
    const ActRule& rule = pack_.acts[input.act];
    const Index before = out_.facts.state;
    machine_.apply(&out_.facts, input);
    for (const Effect& effect : rule.effects) timed_effect(effect, record);
    if (rule.carries_text || rule.adds_text) {
      out_.text_id = record.id;
      out_.text_ms = at_ms_;
      ++out_.text_version;
      for (Timed& timed : clocks_) timed.starts.clear();
    }
    if (rule.to != kNoIndex && before != out_.facts.state)
      moved(before,
            {at_ms_, before, out_.facts.state, record.party, record.id, kNoIndex, &rule.clause});
    return recompute();
  }
  // Whether it starts a clock that would have ended before it.
  bool begins_in_the_past(const Record& record, Index act) const {
    if (!record.until_ms || *record.until_ms > record.at_ms) return false;
    return std::ranges::any_of(pack_.acts[act].effects, [&](const Effect& effect) {
      const bool starts =
          effect.kind == Effect::Kind::kStarts || effect.kind == Effect::Kind::kRestarts;
      return starts && pack_.clocks[effect.clock].is_until;
    });
  }
  // Whether the record names an instant, and one that lies ahead of it and of the clock that it extends.
  bool is_later(const Record& record, Index act) const {
    if (!record.until_ms || *record.until_ms <= record.at_ms) return false;
    if (act == kNoIndex) return true;
    return std::ranges::all_of(pack_.acts[act].effects, [&](const Effect& effect) {
      const auto& end_ms = clocks_[effect.clock].end_ms;
      return effect.kind != Effect::Kind::kExtends || effect.by || !end_ms ||
             *record.until_ms > *end_ms;
    });
  }

  void finish(int64_t now_ms) {
    out_.state = out_.facts.state;
    out_.outcome = pack_.states[out_.state].outcome;
    // What is dated ahead of now is kept, and judged when its time has come.
    for (size_t i = 0; i < clocks_.size(); ++i) {
      const auto index = static_cast<Index>(i);
      const Timed& timed = clocks_[i];
      const ClockStatus status = out_.facts.clocks[i].status;
      if (status == ClockStatus::kIdle) continue;
      const auto end_ms = status == ClockStatus::kEnded ? ended_ms_[index] : timed.end_ms;
      const bool is_own = pack_.clocks[i].against != kNoIndex && !timed.starts.empty();
      if (!is_own) {
        out_.clocks.push_back(
            {index, {}, status, {timed.start_ms, timed.stops, timed.extensions}, end_ms, true});
        continue;
      }
      show_runs(index, status, now_ms);
    }
    const Next due = next();
    if (due.at_ms != kNever) out_.next_change_ms = due.at_ms;
  }

  // One for each party that it runs against, and for each that it cannot run against yet.
  void show_runs(Index index, ClockStatus status, int64_t now_ms) {
    const Timed& timed = clocks_[index];
    std::vector<PartyIndex> parties = of_role(pack_.clocks[index].against);
    for (size_t party = 0; party < timed.starts.size(); ++party) {
      if (timed.starts[party] && std::ranges::find(parties, party) == parties.end())
        parties.push_back(static_cast<PartyIndex>(party));
    }
    for (const PartyIndex party : parties) {
      ClockView view{index, out_.parties[party], ClockStatus::kIdle, {}, std::nullopt, false};
      if (party < timed.starts.size() && timed.starts[party]) {
        const bool ended = timed.ends[party] && *timed.ends[party] <= now_ms;
        view.status = ended ? ClockStatus::kEnded : status;
        view.run = {*timed.starts[party], timed.stops, timed.extensions};
        view.end_ms = timed.ends[party];
        view.has_started = true;
      }
      out_.clocks.push_back(std::move(view));
    }
  }

  using Key = std::pair<std::string_view, std::string_view>;  // id and party of a record
  struct KeyHash {
    size_t operator()(const Key& pair) const {
      const std::hash<std::string_view> hash;
      return hash(pair.first) * 31 + hash(pair.second);
    }
  };
  const Pack& pack_;
  const Case& case_;
  const Place& place_;
  Machine machine_;
  Machine::Cast cast_;
  std::vector<Timed> clocks_;
  std::map<Index, std::optional<int64_t>> ended_ms_;
  std::unordered_map<std::string, Index> acts_;
  std::unordered_map<std::string, PartyIndex> numbers_;
  std::pmr::monotonic_buffer_resource nodes_;  // of the sets, which only grow
  std::pmr::unordered_set<Key, KeyHash> seen_{&nodes_};
  std::pmr::unordered_set<std::string_view> counted_{&nodes_};  // ids of acts, in the case
  PartyIndex opener_ = 0;
  int64_t at_ms_ = 0;
  const std::vector<std::string>* members_of_ = nullptr;
  std::vector<PartyIndex> members_;
  std::vector<bool> is_member_;
  Situation out_;
};

}  // namespace

Result<Place> place_of(const Pack& pack, const Case& one, const Places& places) {
  Place place;
  std::string code = pack.calendar;
  if (code == "opener") code = one.calendar.empty() ? one.opening.party : one.calendar;
  if (!code.empty()) {
    place.calendar = places.calendars->find(code);
    if (place.calendar == nullptr)
      return fail(Code::kUnprocessable, fmt::format("there is no calendar '{}'", code));
  }
  place.zone = TRY(places.zones->find(place.calendar ? place.calendar->zone() : pack.zone));
  return place;
}

Result<Situation> fold(const Pack& pack, const Case& one, const Places& places, int64_t now_ms) {
  if (one.records.size() + one.shared.size() > limits::kRecordsMax)
    return fail(Code::kTooLarge, fmt::format("more than {} records", limits::kRecordsMax));
  const Place place = TRY(place_of(pack, one, places));
  return Fold(pack, one, place).run(now_ms);
}

}  // namespace entente::procedure
