// The reader takes the statements twice: names first, so that a rule may speak of what stands below it, then the
// rules.
#include "desk/procedure/pack.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "desk/procedure/limits.h"

namespace entente::procedure {
namespace {

template <class T>
Index index_of(const std::vector<T>& list, std::string_view name) {
  for (size_t i = 0; i < list.size(); ++i) {
    if (list[i].name == name) return static_cast<Index>(i);
  }
  return kNoIndex;
}

class PackReader {
 public:
  explicit PackReader(std::vector<Mistake>* mistakes) : mistakes_(mistakes) {}

  std::optional<Pack> read(std::string_view text) {
    const size_t before = mistakes_->size();
    const std::vector<Statement> statements = read_statements(text, mistakes_);
    for (const Statement& statement : statements) name(statement);
    for (const Statement& statement : statements) rule(statement);
    if (mistakes_->size() == before) check_whole(statements);
    if (mistakes_->size() != before) return std::nullopt;
    return std::move(pack_);
  }

 private:
  template <class T>
  void add_name(Words& words, std::vector<T>& list, std::string_view what) {
    const std::string name = words.word(fmt::format("the {}'s name", what));
    if (words.is_wrong()) return;
    if (!is_name(name))
      return words.wrong(words.last(), fmt::format("'{}' is no name: a-z, 0-9, '-' and '_'", name));
    if (index_of(list, name) != kNoIndex)
      return words.wrong(words.last(), fmt::format("the {} '{}' stands twice", what, name));
    if (list.size() >= limits::kPackNamesMax)
      return words.wrong(words.last(), fmt::format("more than {} of them", limits::kPackNamesMax));
    list.emplace_back().name = name;
  }

  void name(const Statement& statement) {
    Words words(statement, mistakes_);
    if (words.take("role")) add_name(words, pack_.roles, "role");
    if (words.take("state")) add_name(words, pack_.states, "state");
    if (words.take("act")) add_name(words, pack_.acts, "act");
    if (words.take("clock")) add_name(words, pack_.clocks, "clock");
  }

  void rule(const Statement& statement) {
    Words words(statement, mistakes_);
    const std::string keyword = words.word("a keyword");
    if (keyword == "role") {
      role(words);
    } else if (keyword == "state") {
      state(words);
    } else if (keyword == "act") {
      act(words);
    } else if (keyword == "clock") {
      clock(words);
    } else if (keyword == "ending") {
      ending(words);
    } else if (keyword == "duty") {
      duty(words);
    } else if (keyword == "require") {
      requirement(words);
    } else if (keyword == "retain") {
      retention(words);
    } else {
      head(words, keyword);
    }
    words.expect_end();
  }

  void head(Words& words, const std::string& keyword) {
    if (keyword == "pack") {
      pack_.name = words.word("the pack's name");
      if (!words.is_wrong() && !is_name(pack_.name)) words.wrong(words.last(), "no name");
    } else if (keyword == "schema") {
      if (words.number(1, INT32_MAX, "the schema").value_or(1) != 1)
        words.wrong(words.last(), "this program reads schema 1");
      has_schema_ = true;
    } else if (keyword == "version") {
      pack_.version = words.word("the version");
    } else if (keyword == "title") {
      pack_.title = words.quoted("the title");
    } else if (keyword == "alias") {
      pack_.aliases.push_back(words.quoted("the alias"));
    } else if (keyword == "source") {
      pack_.sources.push_back(words.quoted("the source"));
    } else if (keyword == "valid") {
      pack_.valid_from = words.day("the first day").value_or(Day{});
      if (!words.at_end()) pack_.valid_until = words.day("the last day").value_or(Day{});
      if (!words.is_wrong() && pack_.valid_until < pack_.valid_from)
        words.wrong(words.last(), "it ends before it begins");
    } else if (keyword == "calendar") {
      pack_.calendar = words.word("a calendar");
    } else if (keyword == "zone") {
      pack_.zone = words.word("a time zone");
    } else {
      words.wrong(words.last(), fmt::format("'{}' is no keyword of a rule pack", keyword));
    }
  }

  // A name of a list; kNoIndex after a mistake.
  template <class T>
  Index one(Words& words, const std::vector<T>& list, std::string_view what) {
    const std::string name = words.word(fmt::format("a {}", what));
    const Index index = index_of(list, name);
    if (!words.is_wrong() && index == kNoIndex)
      words.wrong(words.last(), fmt::format("there is no {} '{}'", what, name));
    return index;
  }
  template <class T>
  std::vector<Index> some(Words& words, const std::vector<T>& list, std::string_view what) {
    std::vector<Index> out;
    for (const std::string& name : words.list(fmt::format("{}s", what))) {
      const Index index = index_of(list, name);
      if (index == kNoIndex) {
        words.wrong(words.last(), fmt::format("there is no {} '{}'", what, name));
        return {};
      }
      if (std::ranges::find(out, index) != out.end()) {
        words.wrong(words.last(), fmt::format("'{}' stands twice", name));
        return {};
      }
      out.push_back(index);
    }
    return out;
  }

  // "clause "..." [unverified]", which every rule ends with.
  bool clause(Words& words, Clause& clause) {
    if (words.take("clause")) {
      clause.text = words.quoted("the clause");
      return true;
    }
    if (words.take("unverified")) return clause.is_unverified = true;
    return false;
  }
  void need_clause(Words& words, const Clause& clause) {
    if (!words.is_wrong() && clause.text.empty())
      words.wrong(words.last(), "a rule names its clause: clause \"...\"");
  }

  void role(Words& words) {
    const Index index = index_of(pack_.roles, words.word("a name"));
    if (index == kNoIndex) return;  // complained of where names are read
    Role& role = pack_.roles[index];
    if (words.take("opener")) {
      role.kind = Role::Kind::kOpener;
    } else if (words.take("format")) {
      role.kind = Role::Kind::kFormat;
    } else if (words.take("named")) {
      role.kind = Role::Kind::kNamed;
    } else {
      words.wrong(words.here(), "a role is opener, format or named");
    }
    while (clause(words, role.clause)) {
    }
  }

  void state(Words& words) {
    const Index index = index_of(pack_.states, words.word("a name"));
    if (index == kNoIndex) return;
    StateRule& state = pack_.states[index];
    for (;;) {
      if (words.take("initial")) {
        if (has_initial_) return words.wrong(words.last(), "there is an initial state already");
        has_initial_ = true, pack_.initial = index;
      } else if (words.take("outcome")) {
        state.outcome = words.word("the outcome");
      } else if (!clause(words, state.clause)) {
        return;
      }
    }
  }

  bool condition(Words& words, Condition& out) {
    using Of = Condition::Of;
    if (words.take("all")) {
      out.of = Of::kAll;
    } else if (words.take("none")) {
      out.of = Of::kNone;
    } else if (words.take("some")) {
      out.of = Of::kSome;
    } else {
      words.wrong(words.here(), "a condition begins with all, none or some");
      return false;
    }
    out.roles = some(words, pack_.roles, "role");
    out.received = words.take("received");
    if (out.received) return !words.is_wrong();
    if (!words.take("did")) {
      words.wrong(words.here(), "a condition is: all|none|some ROLE received, or ROLE did ACTS");
      return false;
    }
    out.acts = some(words, pack_.acts, "act");
    return !words.is_wrong();
  }

  // COUNT UNIT [first] [roll] [min2]
  Period period(Words& words) {
    Period out;
    out.count = words.number(0, limits::kPeriodCountMax, "how many").value_or(0);
    const auto unit = unit_from(words.word("a unit"));
    if (!unit)
      words.wrong(words.last(),
                  "a unit is hours, business-hours, days, working-days, weeks, months or years");
    out.unit = unit.value_or(Unit::kDays);
    for (;;) {
      if (words.take("first")) {
        out.counts_first_day = true;
      } else if (words.take("roll")) {
        out.ends_on_working_day = true;
      } else if (words.take("min2")) {
        out.working_days_min = 2;
      } else {
        return out;
      }
    }
  }

  bool effect(Words& words, std::vector<Effect>& out) {
    using Kind = Effect::Kind;
    constexpr std::pair<std::string_view, Kind> kKinds[] = {
        {"starts", Kind::kStarts},     {"stops", Kind::kStops},     {"resumes", Kind::kResumes},
        {"restarts", Kind::kRestarts}, {"extends", Kind::kExtends}, {"cancels", Kind::kCancels}};
    for (const auto& [keyword, kind] : kKinds) {
      if (!words.take(keyword)) continue;
      Effect effect{kind, one(words, pack_.clocks, "clock"), std::nullopt};
      if (kind == Kind::kExtends && words.take("by")) effect.by = period(words);
      out.push_back(effect);
      return true;
    }
    return false;
  }

  bool needs(Words& words, ActRule& act) {
    if (!words.take("needs")) return false;
    for (const std::string& need : words.list("what it needs")) {
      if (need == "reason") {
        act.needs_reason = true;
      } else if (need == "text") {
        act.needs_text = true;
      } else if (need == "until") {
        act.needs_until = true;
      } else if (need == "language") {
        act.needs_language = true;
      } else if (need == "target") {
        act.needs_target = true;
      } else if (need == "attachment") {
        act.needs_attachment = true;
      } else {
        words.wrong(words.last(),
                    "an act needs reason, text, until, language, target or attachment");
      }
    }
    return true;
  }

  void act(Words& words) {
    const Index index = index_of(pack_.acts, words.word("a name"));
    if (index == kNoIndex) return;  // complained of where names are read
    ActRule& act = pack_.acts[index];
    const Word& head = words.last();
    for (;;) {
      if (words.take("by")) {
        act.by = some(words, pack_.roles, "role");
      } else if (words.take("except")) {
        act.except = one(words, pack_.roles, "role");
      } else if (words.take("in")) {
        act.in = some(words, pack_.states, "state");
      } else if (words.take("to")) {
        act.to = one(words, pack_.states, "state");
      } else if (words.take("opens")) {
        act.opens = true;
      } else if (words.take("carries")) {
        if (!words.take("text")) words.wrong(words.here(), "carries text");
        act.carries_text = true;
      } else if (words.take("adds")) {
        if (!words.take("text")) words.wrong(words.here(), "adds text");
        act.adds_text = true;
      } else if (words.take("receipt")) {
        act.is_receipt = true;
      } else if (words.take("once")) {
        act.once = true;
      } else if (words.take("while")) {
        act.while_clocks.push_back(one(words, pack_.clocks, "clock"));
      } else if (words.take("if")) {
        if (!condition(words, act.conditions.emplace_back())) return;
      } else if (!needs(words, act) && !effect(words, act.effects) && !clause(words, act.clause)) {
        break;
      }
    }
    need_clause(words, act.clause);
    if (!words.is_wrong() && act.by.empty())
      words.wrong(head, "an act says who may do it: by ROLES");
    if (!words.is_wrong() && !act.opens && act.in.empty())
      words.wrong(head, "an act says where: in STATES");
  }

  void clock(Words& words) {
    const Index index = index_of(pack_.clocks, words.word("a name"));
    if (index == kNoIndex) return;  // complained of where names are read
    ClockRule& clock = pack_.clocks[index];
    if (words.take("until")) {
      clock.is_until = true;
      if (!words.take("given"))
        words.wrong(words.here(), "a clock runs: until given, or COUNT UNIT");
    } else {
      clock.period = period(words);
    }
    for (;;) {
      if (words.take("against")) {
        clock.against = one(words, pack_.roles, "role");
      } else if (words.take("from")) {
        clock.from = words.word("a day that the filing names");
        if (!words.is_wrong() && !is_name(clock.from)) words.wrong(words.last(), "no name");
      } else if (!clause(words, clock.clause)) {
        break;
      }
    }
    need_clause(words, clock.clause);
    if (!words.is_wrong() && clock.is_until && clock.against != kNoIndex)
      words.wrong(words.last(), "a clock that ends at an instant runs against nobody");
    if (!words.is_wrong() && !clock.from.empty() && (clock.is_until || clock.against != kNoIndex))
      words.wrong(words.last(), "a clock from a day runs for a period, against nobody");
  }

  void ending(Words& words) {
    Ending ending;
    ending.clock = one(words, pack_.clocks, "clock");
    if (words.take("in")) ending.in = some(words, pack_.states, "state");
    while (words.take("if")) {
      if (!condition(words, ending.conditions.emplace_back())) return;
    }
    if (!words.take("to")) words.wrong(words.here(), "an ending says where it leads: to STATE");
    ending.to = one(words, pack_.states, "state");
    while (effect(words, ending.effects) || clause(words, ending.clause)) {
    }
    need_clause(words, ending.clause);
    if (!words.is_wrong() && ending.in.empty())
      words.wrong(words.last(), "an ending says where: in STATES");
    pack_.endings.push_back(std::move(ending));
  }

  void duty(Words& words) {
    Duty duty;
    duty.act = one(words, pack_.acts, "act");
    if (!words.take("by")) words.wrong(words.here(), "a duty is: duty ACT by ROLE in STATES");
    duty.role = one(words, pack_.roles, "role");
    for (;;) {
      if (words.take("in")) {
        duty.in = some(words, pack_.states, "state");
      } else if (words.take("until")) {
        duty.until.push_back(one(words, pack_.clocks, "clock"));
      } else if (words.take("unless")) {
        if (words.take("received")) {
          duty.unless_received = true;
        } else if (words.take("did")) {
          duty.unless = some(words, pack_.acts, "act");
        } else {
          words.wrong(words.here(), "unless received, or unless did ACTS");
        }
      } else if (words.take("except")) {
        duty.except = one(words, pack_.roles, "role");
      } else if (words.take("waiting")) {
        duty.waiting = some(words, pack_.roles, "role");
      } else {
        break;
      }
    }
    if (!words.is_wrong() && duty.in.empty())
      words.wrong(words.last(), "a duty says where: in STATES");
    pack_.duties.push_back(std::move(duty));
  }

  void retention(Words& words) {
    Retention retention{period(words), {}};
    while (clause(words, retention.clause)) {
    }
    need_clause(words, retention.clause);
    if (!words.is_wrong() && pack_.retention) words.wrong(words.last(), "it is said already");
    pack_.retention = std::move(retention);
  }

  void requirement(Words& words) {
    Requirement requirement;
    requirement.state = one(words, pack_.states, "state");
    if (!condition(words, requirement.condition)) return;
    while (clause(words, requirement.clause)) {
    }
    need_clause(words, requirement.clause);
    pack_.requirements.push_back(std::move(requirement));
  }

  void check_whole(const std::vector<Statement>& statements) {
    const auto wrong = [&](std::string detail) {
      const uint32_t line = statements.empty() ? 1 : statements.front().front().line;
      mistakes_->push_back({line, 1, std::move(detail)});
    };
    if (pack_.name.empty() || pack_.version.empty() || pack_.title.empty() || !has_schema_)
      return wrong("a pack has pack, schema, version and title");
    if (pack_.sources.empty()) return wrong("a pack names its source");
    if (!has_initial_) return wrong("no state is the initial one");
    if (std::ranges::count(pack_.acts, true, &ActRule::opens) != 1)
      return wrong("exactly one act opens the procedure");
    if (std::ranges::none_of(pack_.states, [](const StateRule& s) { return !s.outcome.empty(); }))
      return wrong("no state has an outcome");
    const bool needs_days = std::ranges::any_of(pack_.clocks, [](const ClockRule& clock) {
      const Period& period = clock.period;
      return period.unit == Unit::kWorkingDays || period.unit == Unit::kBusinessHours ||
             period.ends_on_working_day || period.working_days_min > 0;
    });
    if (needs_days && pack_.calendar.empty()) return wrong("its clocks need a calendar");
  }

  std::vector<Mistake>* mistakes_;
  Pack pack_;
  bool has_schema_ = false, has_initial_ = false;
};

}  // namespace

Index Pack::act(std::string_view wanted) const { return index_of(acts, wanted); }
Index Pack::clock(std::string_view wanted) const { return index_of(clocks, wanted); }
Index Pack::opening() const {
  for (size_t i = 0; i < acts.size(); ++i) {
    if (acts[i].opens) return static_cast<Index>(i);
  }
  return kNoIndex;
}

std::vector<std::string> Pack::unverified() const {
  std::vector<std::string> out;
  const auto note = [&](std::string_view kind, std::string_view rule, const Clause& clause) {
    if (clause.is_unverified) out.push_back(fmt::format("{} {}: {}", kind, rule, clause.text));
  };
  for (const Role& one : roles) note("role", one.name, one.clause);
  for (const StateRule& one : states) note("state", one.name, one.clause);
  for (const ActRule& one : acts) note("act", one.name, one.clause);
  for (const ClockRule& one : clocks) note("clock", one.name, one.clause);
  for (const Ending& one : endings) note("ending", clocks[one.clock].name, one.clause);
  if (retention) note("retain", name, retention->clause);
  for (const Requirement& one : requirements) note("require", states[one.state].name, one.clause);
  return out;
}

std::optional<Pack> read_pack(std::string_view text, std::vector<Mistake>* mistakes) {
  return PackReader(mistakes).read(text);
}

const Pack* Packs::find(std::string_view name) const {
  for (const auto& [known, pack] : packs_) {
    if (equal_ignoring_case(known, name)) return &pack;
    for (const std::string& alias : pack.aliases) {
      if (equal_ignoring_case(alias, name)) return &pack;
    }
  }
  return nullptr;
}

void Packs::add(Pack pack) {
  std::string name = pack.name;
  packs_.insert_or_assign(std::move(name), std::move(pack));
}

}  // namespace entente::procedure
