// Breadth first, so that the first path to anything is a shortest one. What an act did is kept only where some rule asks
// for it: else the situations would be told apart by what changes nothing. Requirements are judged on the history of the
// path itself, by a second reading that knows nothing of the facts that the machine keeps.
#include "desk/procedure/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <set>
#include <unordered_map>

#include "base/text.h"
#include "desk/procedure/limits.h"
#include "desk/procedure/machine.h"

namespace entente::procedure {
namespace {

constexpr PartyIndex kOpener = 0, kFirst = 1, kSecond = 2, kOutsider = 3, kNamed = 4;

struct Step {
  enum class Kind : uint8_t { kAct, kClock, kRun, kMembership } kind = Kind::kAct;
  PartyIndex party = 0;  // of kAct and kRun
  Index index = 0;       // act or clock
};

struct Node {
  Facts facts;
  Index opener_as = 0;     // by which role the opener opened it
  bool has_second = true;  // the second member is in the format
  uint32_t parent = UINT32_MAX;
  Step step;
};

class Checker {
 public:
  Checker(const Pack& pack, size_t situations_max)
      : pack_(pack), machine_(pack), situations_max_(situations_max) {
    for (size_t i = 0; i < pack.roles.size(); ++i) {
      if (pack.roles[i].kind == Role::Kind::kNamed) named_.push_back(static_cast<Index>(i));
    }
    find_relevant();
    find_inert();
    cast_.has_role = [this](PartyIndex party, Index role) {
      const auto parties = of_role(role);
      return std::ranges::find(parties, party) != parties.end();
    };
    cast_.of_role = [this](Index role) { return of_role(role); };
  }

  CheckReport run() {
    counted_.assign(pack_.acts.size(), false);
    reached_.assign(pack_.states.size(), false);
    started_.assign(pack_.clocks.size(), false);
    counted_[pack_.opening()] = true;
    for (const Index role : pack_.acts[pack_.opening()].by)
      add({machine_.open(kOpener), role, true, UINT32_MAX, {}});
    for (size_t at = 0; at < nodes_.size() && !is_cut_; ++at) expand(static_cast<uint32_t>(at));
    finish();
    return std::move(report_);
  }

 private:
  // Final states in which no act counts, and no clock leads on: whatever else holds there is one situation.
  void find_inert() {
    is_inert_.assign(pack_.states.size(), false);
    for (size_t i = 0; i < pack_.states.size(); ++i) {
      const auto names = [&](const auto& rule) {
        return std::ranges::find(rule.in, static_cast<Index>(i)) != rule.in.end();
      };
      is_inert_[i] = pack_.is_final(static_cast<Index>(i)) &&
                     std::ranges::none_of(pack_.acts, names) &&
                     std::ranges::none_of(pack_.endings, names) &&
                     std::ranges::none_of(pack_.requirements, [&](const Requirement& one) {
                       return one.state == static_cast<Index>(i);
                     });
    }
  }
  // Acts whose doing some rule asks about.
  void find_relevant() {
    relevant_.assign(pack_.acts.size(), false);
    const auto of = [&](const std::vector<Condition>& conditions) {
      for (const Condition& condition : conditions) {
        for (const Index act : condition.acts) relevant_[act] = true;
      }
    };
    for (size_t i = 0; i < pack_.acts.size(); ++i) {
      if (pack_.acts[i].once) relevant_[i] = true;
      of(pack_.acts[i].conditions);
    }
    for (const Ending& ending : pack_.endings) of(ending.conditions);
    for (const Requirement& one : pack_.requirements) of({one.condition});
  }

  std::vector<PartyIndex> of_role(Index role) const {
    switch (pack_.roles[role].kind) {
      case Role::Kind::kOpener:
        return {kOpener};
      case Role::Kind::kFormat: {
        std::vector<PartyIndex> members{kFirst};
        if (has_second_) members.push_back(kSecond);
        if (opener_as_ == role) members.push_back(kOpener);
        return members;
      }
      case Role::Kind::kNamed:
        break;
    }
    if (opener_as_ == role) return {kOpener};
    const auto at = std::ranges::find(named_, role) - named_.begin();
    return {kNamed + static_cast<PartyIndex>(at)};
  }
  std::string name_of(PartyIndex party) const {
    if (party == kOpener) return "opener";
    if (party == kFirst) return "first member";
    if (party == kSecond) return "second member";
    if (party == kOutsider) return "outsider";
    return pack_.roles[named_[party - kNamed]].name;
  }
  PartyIndex party_count() const { return kNamed + static_cast<PartyIndex>(named_.size()); }

  // Facts in one form: sets as long as there are parties, nothing kept that no rule asks for.
  std::string key_of(Node& node) const {
    Facts& facts = node.facts;
    facts.received.resize(party_count(), false);
    std::string key(1, static_cast<char>(facts.state));
    key += static_cast<char>(node.opener_as);
    if (is_inert_[facts.state]) return key;
    key += node.has_second ? '1' : '0';
    for (const bool bit : facts.received) key += bit ? '1' : '0';
    for (size_t act = 0; act < facts.did.size(); ++act) {
      if (!relevant_[act]) facts.did[act].clear();
      facts.did[act].resize(relevant_[act] ? party_count() : 0, false);
      for (const bool bit : facts.did[act]) key += bit ? '1' : '0';
    }
    for (ClockFact& clock : facts.clocks) {
      key += static_cast<char>('a' + static_cast<int>(clock.status));
      if (clock.status != ClockStatus::kRunning && clock.status != ClockStatus::kStopped) {
        if (clock.status == ClockStatus::kIdle) clock.runs.clear();
      }
      for (const ClockFact::Run run : clock.runs)
        key += static_cast<char>('0' + static_cast<int>(run));
      key += '.';
    }
    return key;
  }

  void start_runs(Facts& facts) const {
    for (size_t i = 0; i < facts.clocks.size(); ++i) {
      ClockFact& clock = facts.clocks[i];
      if (pack_.clocks[i].against == kNoIndex || clock.status != ClockStatus::kRunning) continue;
      clock.runs.resize(party_count(), ClockFact::Run::kNone);
      for (const PartyIndex party : of_role(pack_.clocks[i].against)) {
        if (clock.runs[party] == ClockFact::Run::kNone && Machine::has(facts.received, party))
          clock.runs[party] = ClockFact::Run::kRunning;
      }
    }
  }

  void take_cast(const Node& node) {
    has_second_ = node.has_second;
    opener_as_ = node.opener_as;
  }

  void add(Node node) {
    take_cast(node);
    start_runs(node.facts);
    const uint32_t parent = node.parent;
    for (size_t i = 0; i < pack_.clocks.size(); ++i) {
      if (node.facts.clocks[i].status != ClockStatus::kIdle) started_[i] = true;
    }
    const auto [found, is_new] =
        numbers_.try_emplace(key_of(node), static_cast<uint32_t>(nodes_.size()));
    if (parent != UINT32_MAX) {
      ++report_.transitions;
      edges_.emplace_back(parent, found->second);
    }
    if (!is_new) return;
    if (nodes_.size() >= situations_max_) {
      is_cut_ = true;
      return;
    }
    nodes_.push_back(std::move(node));
    reached_[nodes_.back().facts.state] = true;
    check_requirements(found->second);
  }

  void expand(uint32_t at) {
    for (PartyIndex party = 0; party < party_count(); ++party) {
      for (size_t act = 0; act < pack_.acts.size(); ++act)
        try_act(at, party, static_cast<Index>(act));
    }
    for (size_t clock = 0; clock < pack_.clocks.size(); ++clock)
      try_clock(at, static_cast<Index>(clock));
    const bool asks_format = std::ranges::any_of(
        pack_.roles, [](const Role& role) { return role.kind == Role::Kind::kFormat; });
    if (asks_format) {
      Node next = nodes_[at];
      next.parent = at;
      next.has_second = !next.has_second;
      next.step = {Step::Kind::kMembership, kSecond, 0};
      add(std::move(next));
    }
  }

  void try_act(uint32_t at, PartyIndex party, Index act) {
    take_cast(nodes_[at]);
    const ActInput input{party, act, true, true, true, true, true, true, true};
    if (machine_.judge(nodes_[at].facts, input, cast_) != Verdict::kCounted) return;
    counted_[act] = true;
    const auto has = [&](Index role) {
      const auto parties = of_role(role);
      return std::ranges::find(parties, party) != parties.end();
    };
    const ActRule& rule = pack_.acts[act];
    const bool may =
        std::ranges::any_of(rule.by, has) && (rule.except == kNoIndex || !has(rule.except));
    if (!may || party == kOutsider)
      find("not-entitled", fmt::format("{} did {}", name_of(party), pack_.acts[act].name), at);
    Node next = nodes_[at];
    next.parent = at;
    next.step = {Step::Kind::kAct, party, act};
    machine_.apply(&next.facts, input);
    add(std::move(next));
  }

  void try_clock(uint32_t at, Index clock) {
    if (nodes_[at].facts.clocks[clock].status != ClockStatus::kRunning) return;
    take_cast(nodes_[at]);
    const Index against = pack_.clocks[clock].against;
    if (against != kNoIndex) {
      bool all_ended = true;
      for (const PartyIndex party : of_role(against)) {
        const ClockFact::Run run = nodes_[at].facts.clocks[clock].runs[party];
        if (run != ClockFact::Run::kEnded) all_ended = false;
        if (run != ClockFact::Run::kRunning) continue;
        Node next = nodes_[at];
        next.parent = at;
        next.step = {Step::Kind::kRun, party, clock};
        next.facts.clocks[clock].runs[party] = ClockFact::Run::kEnded;
        add(std::move(next));
      }
      if (!all_ended) return;
    }
    take_cast(nodes_[at]);
    Node next = nodes_[at];
    next.parent = at;
    next.step = {Step::Kind::kClock, 0, clock};
    machine_.end(&next.facts, clock, cast_);
    add(std::move(next));
  }

  std::vector<uint32_t> path_to(uint32_t at) const {
    std::vector<uint32_t> path;
    for (; at != UINT32_MAX; at = nodes_[at].parent) path.push_back(at);
    std::ranges::reverse(path);
    return path;
  }

  // A condition, read off the history: who has done what since the last text.
  bool holds(const Condition& condition, uint32_t at) {
    std::set<PartyIndex> touched{kOpener};
    std::set<std::pair<PartyIndex, Index>> done;
    for (const uint32_t node : path_to(at)) {
      const Step& step = nodes_[node].step;
      if (nodes_[node].parent == UINT32_MAX || step.kind != Step::Kind::kAct) continue;
      const ActRule& act = pack_.acts[step.index];
      if (act.carries_text || act.adds_text) touched.clear();
      if (act.carries_text) done.clear();
      touched.insert(step.party);
      done.emplace(step.party, step.index);
    }
    take_cast(nodes_[at]);
    size_t count = 0, fits = 0;
    std::vector<PartyIndex> parties;
    for (const Index role : condition.roles) {
      const std::vector<PartyIndex> some = of_role(role);
      parties.insert(parties.end(), some.begin(), some.end());
    }
    for (const PartyIndex party : parties) {
      ++count;
      const bool did = std::ranges::any_of(condition.acts,
                                           [&](Index act) { return done.contains({party, act}); });
      if (condition.received ? touched.contains(party) : did) ++fits;
    }
    if (condition.of == Condition::Of::kAll) return count > 0 && fits == count;
    return condition.of == Condition::Of::kNone ? fits == 0 : fits > 0;
  }

  void check_requirements(uint32_t at) {
    // Where the state was entered: what comes later does not undo it.
    const uint32_t parent = nodes_[at].parent;
    if (parent != UINT32_MAX && nodes_[parent].facts.state == nodes_[at].facts.state) return;
    for (const Requirement& one : pack_.requirements) {
      if (one.state != nodes_[at].facts.state || holds(one.condition, at)) continue;
      find("requirement",
           fmt::format("{} is reached without: {}", pack_.states[one.state].name, one.clause.text),
           at);
    }
  }

  void find(std::string code, std::string detail, uint32_t at) {
    const bool is_known = std::ranges::any_of(report_.findings, [&](const CheckFinding& one) {
      return one.code == code && one.detail == detail;
    });
    if (is_known) return;
    CheckFinding finding{std::move(code), std::move(detail), {}};
    if (at != UINT32_MAX) {
      for (const uint32_t node : path_to(at)) finding.path.push_back(describe(nodes_[node]));
    }
    report_.findings.push_back(std::move(finding));
  }
  std::string describe(const Node& node) const {
    const std::string state = " -> " + pack_.states[node.facts.state].name;
    if (node.parent == UINT32_MAX) return "opener: " + pack_.acts[pack_.opening()].name + state;
    switch (node.step.kind) {
      case Step::Kind::kAct:
        return name_of(node.step.party) + ": " + pack_.acts[node.step.index].name + state;
      case Step::Kind::kClock:
        return pack_.clocks[node.step.index].name + " ends" + state;
      case Step::Kind::kRun:
        return pack_.clocks[node.step.index].name + " ends for the " + name_of(node.step.party) +
               state;
      case Step::Kind::kMembership:
        return std::string("the second member ") + (node.has_second ? "joins" : "leaves") + state;
    }
    return {};
  }

  void find_dead_ends() {
    std::vector<std::vector<uint32_t>> back(nodes_.size());
    for (const auto& [from, to] : edges_) {
      if (to < nodes_.size()) back[to].push_back(from);
    }
    std::vector<bool> ends(nodes_.size(), false);
    std::deque<uint32_t> open;
    for (uint32_t at = 0; at < nodes_.size(); ++at) {
      if (pack_.is_final(nodes_[at].facts.state)) ends[at] = true, open.push_back(at);
    }
    while (!open.empty()) {
      const uint32_t at = open.front();
      open.pop_front();
      for (const uint32_t from : back[at]) {
        if (!ends[from]) ends[from] = true, open.push_back(from);
      }
    }
    for (uint32_t at = 0; at < nodes_.size(); ++at) {
      if (ends[at]) continue;
      find("dead-end",
           fmt::format("no outcome can be reached from {}",
                       pack_.states[nodes_[at].facts.state].name),
           at);
    }
  }

  void finish() {
    report_.situations = nodes_.size();
    if (is_cut_) {
      find("bound", fmt::format("more than {} situations: not all were walked", situations_max_),
           UINT32_MAX);
    } else {
      find_dead_ends();
    }
    for (size_t i = 0; i < pack_.states.size(); ++i) {
      if (reached_[i]) {
        report_.reached.push_back(pack_.states[i].name);
      } else if (!is_cut_) {
        find("unreachable", fmt::format("state {} is never reached", pack_.states[i].name),
             UINT32_MAX);
      }
    }
    if (is_cut_) return;
    for (size_t i = 0; i < pack_.acts.size(); ++i) {
      if (!counted_[i])
        find("impossible", fmt::format("act {} never counts", pack_.acts[i].name), UINT32_MAX);
    }
    for (size_t i = 0; i < pack_.clocks.size(); ++i) {
      if (!started_[i])
        find("idle-clock", fmt::format("nothing starts clock {}", pack_.clocks[i].name),
             UINT32_MAX);
    }
  }

  const Pack& pack_;
  Machine machine_;
  Machine::Cast cast_;
  size_t situations_max_;
  std::vector<Index> named_;
  std::vector<bool> relevant_, counted_, reached_, started_;
  std::vector<bool> is_inert_;  // by state: nothing can happen from there, and nothing is asked
  bool has_second_ = true;
  Index opener_as_ = 0;
  bool is_cut_ = false;
  std::deque<Node> nodes_;
  std::unordered_map<std::string, uint32_t> numbers_;
  std::vector<std::pair<uint32_t, uint32_t>> edges_;
  CheckReport report_;
};

std::string list_json(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) out += (out.size() > 1 ? "," : "") + json_quote(text);
  return out + "]";
}

}  // namespace

CheckReport check_pack(const Pack& pack, size_t situations_max) {
  return Checker(pack, situations_max).run();
}
CheckReport check_pack(const Pack& pack) { return check_pack(pack, limits::kCheckStatesMax); }

std::string check_json(std::string_view text, bool* is_ok) {
  std::vector<Mistake> mistakes;
  const auto pack = read_pack(text, &mistakes);
  std::string wrong;
  for (const Mistake& one : mistakes) {
    wrong += fmt::format(R"({}{{"line":{},"column":{},"detail":{}}})", wrong.empty() ? "" : ",",
                         one.line, one.column, json_quote(one.detail));
  }
  CheckReport report;
  if (pack) report = check_pack(*pack);
  std::string findings;
  for (const CheckFinding& one : report.findings) {
    findings += fmt::format(R"({}{{"code":{},"detail":{},"path":{}}})", findings.empty() ? "" : ",",
                            json_quote(one.code), json_quote(one.detail), list_json(one.path));
  }
  *is_ok = pack.has_value() && report.findings.empty();
  return fmt::format(
      R"({{"pack":{},"ok":{},"situations":{},"transitions":{},"reached":{},"findings":[{}],"mistakes":[{}],"unverified":{}}})",
      pack ? json_quote(pack->name) : std::string("null"), *is_ok, report.situations,
      report.transitions, list_json(report.reached), findings, wrong,
      list_json(pack ? pack->unverified() : std::vector<std::string>()));
}

}  // namespace entente::procedure
