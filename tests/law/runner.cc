// The whole history is played once and its answers are kept; each twin is then played and asked the same. Readers of one
// party share a twin, since what it lacks is the party's.
//
// What the twin lacks: objects that the reader's party never sees (an envelope without the others; none if nothing is left),
// parts of objects that it never sees, cut out by the sender beforehand,
// withdrawals of those, requests of others that were refused, and collections in which the party neither reads, writes nor
// sees anything. A collection of which it sees entries alone keeps its place under another name: the name is hidden too.
#include "runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "draw.h"
#include "oracle.h"
#include "probes.h"

namespace entente::law {
namespace {

struct Reader {
  std::string party;
  Role role = Role::kContributor;
  std::set<size_t> moments;
};

bool is_request(const Act& act) {
  return act.kind == Kind::kPost || act.kind == Kind::kImport || act.kind == Kind::kDelete ||
         act.kind == Kind::kBroken || act.kind == Kind::kRecall || act.kind == Kind::kRelease;
}

std::vector<Answer> ask_all(LawNode& node, const std::vector<Ask>& asks, int64_t now_ms) {
  if (asks.size() > 1) return node.ask_together(asks, now_ms);
  std::vector<Answer> answers;
  for (const Ask& ask : asks) answers.push_back(node.ask(ask, now_ms));
  return answers;
}

class Run {
 public:
  Run(const History& history, const RunOptions& options) : history_(history), options_(options) {}

  Report go() {
    foresee();
    if (!report_.makes_sense) return std::move(report_);
    choose_readers();
    report_.readers = static_cast<uint32_t>(readers_.size());
    if (readers_.empty()) return std::move(report_);
    play_whole();
    if (!report_.disagreement.empty()) return std::move(report_);
    std::set<std::string> parties;
    for (const Reader& reader : readers_) parties.insert(reader.party);
    if (oracle_.is_too_deep()) report_.readers = 0;
    if (oracle_.is_too_deep()) return std::move(report_);
    for (const std::string& party : parties) {
      if (report_.breach.empty()) play_twin(party);
    }
    return std::move(report_);
  }

 private:
  // Calls visit for every act (those that are together at once: [first, end)) and moment in the order of time.
  template <class OnActs, class OnMoment>
  void walk(OnActs&& on_acts, OnMoment&& on_moment) {
    size_t moment = 0;
    for (size_t act = 0; act <= history_.acts.size();) {
      for (; moment < history_.moments.size() && history_.moments[moment].after <= act; ++moment)
        on_moment(moment);
      if (act == history_.acts.size()) return;
      const size_t end = end_of_together(history_, act);
      if (!on_acts(act, end)) return;
      act = end;
    }
  }

  void foresee() {
    outcomes_.resize(history_.acts.size());
    walk(
        [&](size_t first, size_t end) {
          for (size_t act = first; act < end && report_.makes_sense; ++act)
            report_.makes_sense = oracle_.apply(history_.acts[act], act, &outcomes_[act]);
          return report_.makes_sense;
        },
        [&](size_t moment) { oracle_.look(history_.moments[moment].at_ms); });
  }

  void choose_readers() {
    std::vector<std::string> eligible;
    for (const std::string& party : oracle_.readers()) {
      const bool has_hidden = std::ranges::any_of(oracle_.entries(), [&](const OracleEntry& e) {
        return !e.was_seen_by(party) || e.text_for(party) != e.object.text;
      });
      const bool is_wanted = options_.only_party.empty() || options_.only_party == party;
      if (has_hidden && is_wanted && has_twin(party)) eligible.push_back(party);
    }
    if (eligible.empty() || history_.moments.empty()) return;
    Draw draw = Draw::of(history_.seed, 2);
    for (uint32_t i = 0; i < options_.readers; ++i) {
      Reader reader;
      reader.party = eligible[i % eligible.size()];
      reader.role = i < eligible.size() || draw.chance(60) ? Role::kContributor : Role::kReader;
      if (party_of(reader.party) != reader.party) reader.role = Role::kExpert;
      reader.moments.insert(history_.moments.size() - 1);
      for (uint32_t k = 0; k < options_.moments; ++k)
        reader.moments.insert(draw.below(history_.moments.size()));
      for (const OracleEntry& e : oracle_.entries())
        report_.hidden += e.was_seen_by(reader.party) ? 0 : 1;
      for (const OracleEntry& e : oracle_.entries())
        report_.cut += e.text_for(reader.party) == e.object.text ? 0 : 1;
      report_.parted += count_parted(reader.party);
      readers_.push_back(std::move(reader));
    }
    report_.entries = oracle_.entries().size();
  }

  // Whether there is one text of each entry with all that the party ever sees of it. There is none where it saw one part, and
  // later another without the first, that are no object together.
  bool has_twin(const std::string& party) const {
    return std::ranges::none_of(oracle_.entries(), [&](const OracleEntry& e) {
      return e.submitter != party && e.was_seen_by(party) && e.text_for(party).empty();
    });
  }

  // Batches of several submissions of which the party sees something but not all.
  uint64_t count_parted(const std::string& party) {
    uint64_t parted = 0;
    const auto count_of = [&](size_t first, size_t end) {
      size_t seen = 0, hidden = 0;
      for (size_t act = first; act < end; ++act) {
        for (const size_t i : outcomes_[act].entries)
          ++(oracle_.entries()[i].was_seen_by(party) ? seen : hidden);
      }
      parted += end - first > 1 && seen > 0 && hidden > 0 ? 1 : 0;
      return true;
    };
    walk(count_of, [](size_t) {});
    return parted;
  }

  // Of the whole node: what others sent has used the numbers up.
  size_t types_max() const {
    Draw draw = Draw::of(history_.seed, 3);
    return options_.fills_types && draw.chance(40) ? 1 + draw.below(5) : 0;
  }

  void count(const Ask& ask, const Answer& answer) {
    auto& [asked, reached] = report_.reached[ask.operation];
    ++asked;
    reached += answer.status < 300 ? 1 : 0;
  }

  void play_whole() {
    LawNode node(history_.seed, options_.leak, types_max());
    Lore lore = lore_of(history_);
    Oracle oracle;
    act_answers_.resize(history_.acts.size());
    exchanges_.assign(history_.moments.size(), std::vector<std::vector<Exchange>>(readers_.size()));
    walk(
        [&](size_t first, size_t end) {
          for (size_t i = first; i < end; ++i) {
            Outcome outcome;
            oracle.apply(history_.acts[i], i, &outcome);
          }
          if (!is_request(history_.acts[first])) return change(node, history_.acts[first]);
          do_whole(node, first, end, &lore);
          return report_.disagreement.empty();
        },
        [&](size_t moment) {
          const int64_t now_ms = history_.moments[moment].at_ms;
          for (size_t i = 0; i < readers_.size(); ++i) {
            const Reader& reader = readers_[i];
            if (!reader.moments.contains(moment)) continue;
            node.set_clock(now_ms);
            if (!options_.leak) check_world(node, oracle, reader.party, moment);
            lore.own_ids.clear();
            for (const OracleEntry& e : oracle.entries()) {
              if (e.submitter == reader.party) lore.own_ids.insert(e.id);
            }
            Draw draw = Draw::of(history_.seed, 1000 + moment * 100 + i);
            const auto answer = [&](const Ask& ask) {
              Answer got = node.ask(ask, now_ms);
              count(ask, got);
              return got;
            };
            probe(reader.party, reader.role, options_.rounds, draw, &lore, answer,
                  &exchanges_[moment][i]);
          }
        });
  }

  void do_whole(LawNode& node, size_t first, size_t end, Lore* lore) {
    std::vector<Ask> asks;
    for (size_t i = first; i < end; ++i)
      asks.push_back(
          ask_of(history_.acts[i], history_.acts[i].objects, history_.acts[i].collection));
    std::vector<Answer> answers = ask_all(node, asks, history_.acts[first].at_ms);
    for (size_t i = first; i < end; ++i) {
      Answer& answer = act_answers_[i];
      answer = std::move(answers[i - first]);
      learn(answer, lore);
      count(asks[i - first], answer);
      check_outcome(i, answer);
    }
  }

  bool change(LawNode& node, const Act& act) {
    const std::string refusal = node.change(act);
    if (refusal.empty()) return true;
    report_.disagreement = fmt::format("refused: {}\n{}\n", refusal, describe(act));
    return false;
  }

  // What the node says it did against what the rules say.
  void check_outcome(size_t index, const Answer& answer) {
    const Act& act = history_.acts[index];
    const Outcome& outcome = outcomes_[index];
    if (act.kind == Kind::kBroken) return;
    bool agrees = (answer.status < 300) == outcome.is_done;
    if (agrees && outcome.is_done && act.kind == Kind::kPost) {
      const auto refused = std::ranges::count(outcome.fates, Fate::kRefused);
      agrees = answer.body.find(fmt::format("\"failure_count\":{}", refused)) != std::string::npos;
    }
    if (agrees && outcome.is_done && act.kind == Kind::kImport && !act.is_dry && !act.is_strict) {
      const auto repeated = std::ranges::count(outcome.fates, Fate::kRepeated);
      agrees = answer.body.find(fmt::format("\"accepted\":{}", outcome.entries.size())) !=
                   std::string::npos &&
               answer.body.find(fmt::format("\"repeated\":{}", repeated)) != std::string::npos;
    }
    if (agrees) return;
    report_.disagreement =
        fmt::format("act {} should {}:\n{}\nbut was answered\n{}\n", index,
                    outcome.is_done ? "be done" : "be refused", describe(act), describe(answer));
  }

  // The whole node's world of a party against the oracle's.
  void check_world(LawNode& node, const Oracle& oracle, const std::string& party, size_t moment) {
    const auto readers = oracle.readers();
    if (std::ranges::find(readers, party) == readers.end()) return;  // is yet to come
    std::vector<std::string> expected, got;
    std::set<std::string> said;
    for (const OracleEntry& e : oracle.entries()) {
      const std::string* text = oracle.text(party, e, history_.moments[moment].at_ms);
      // What differs in nothing that the party sees is a repetition.
      if (text != nullptr && said.insert(e.submitter + " " + e.collection + " " + *text).second)
        expected.push_back(e.collection + " " + *text);
    }
    const exchange::View view = node.view(party);
    const auto& directory = *view.state().directory;
    for (store::Position at = 0; at < view.world().end(); ++at) {
      if (!view.world().contains(at)) continue;
      const release::Collection* collection = directory.collection(view.entry(at).collection);
      std::string scratch;
      got.push_back((collection == nullptr ? "" : collection->alias) + " " +
                    std::string(view.edition(at, &scratch)));
    }
    std::ranges::sort(expected);
    std::ranges::sort(got);
    if (expected == got || !report_.disagreement.empty()) return;
    report_.breach_party = party;
    report_.disagreement =
        fmt::format("the world of {} at moment {}: {} entries, and should be {}\n", party, moment,
                    got.size(), expected.size());
    for (const std::string& one : got) {
      if (!std::ranges::binary_search(expected, one))
        report_.disagreement += "should be hidden: " + one + "\n";
    }
    for (const std::string& one : expected) {
      if (!std::ranges::binary_search(got, one))
        report_.disagreement += "should be seen: " + one + "\n";
    }
  }

  void compare(const std::string& party, const std::string& where, const Ask& ask,
               const Answer& whole, const Answer& twin) {
    const std::string what = difference(whole, twin);
    if (what.empty() || !report_.breach.empty()) return;
    report_.breach_party = party;
    report_.breach = fmt::format(
        "seed {}, reader {}, {}: {} differs\n{}\n--- whole\n{}\n--- twin\n{}\n", history_.seed,
        party, where, what, describe(ask), describe(whole), describe(twin));
  }

  // How the twin's collection is called; nullopt: it has none.
  std::optional<std::string> name_in_twin(const std::string& party,
                                          const std::string& alias) const {
    if (alias.empty() || oracle_.ever_met(alias).contains(party)) return alias;
    const bool sees_some = std::ranges::any_of(oracle_.entries(), [&](const OracleEntry& e) {
      return e.collection == alias && e.was_seen_by(party);
    });
    return sees_some ? std::optional("other-" + alias) : std::nullopt;
  }

  // Plays an act of somebody else as far as the party sees something of it. False: the twin could not.
  bool play_others(LawNode& node, const std::string& party, size_t index) {
    const Act& act = history_.acts[index];
    const Outcome& outcome = outcomes_[index];
    if (act.kind == Kind::kCollection) {
      const auto name = name_in_twin(party, act.alias);
      if (!name) return true;
      Act change = act;
      if (*name != act.alias) {
        change.alias = *name;
        change.uuid.replace(0, 4, "0ddd");
      }
      return this->change(node, change);
    }
    // Its key may name collections that are hidden.
    if (act.kind == Kind::kExpertKey && act.code != party_of(party)) {
      node.pass_over(act);
      return true;
    }
    if (!is_request(act)) return change(node, act);
    if (!outcome.is_done) return true;
    if (act.kind == Kind::kRecall || act.kind == Kind::kRelease) {
      const auto& about = act.kind == Kind::kRecall ? outcome.recalled : outcome.released;
      const bool is_met = std::ranges::any_of(
          about, [&](size_t i) { return oracle_.entries()[i].ever.contains(party); });
      return !is_met || node.ask(ask_of(act, {}, ""), act.at_ms).status == 200;
    }
    if (act.kind == Kind::kDelete) {
      std::string alias;
      std::set<std::string> texts;
      for (const size_t i : outcome.withdrawn) {
        const OracleEntry& e = oracle_.entries()[i];
        alias = e.collection;
        if (e.was_seen_by(party)) texts.insert(e.text_for(party));
      }
      return texts.empty() || node.withdraw(act.party, *name_in_twin(party, alias),
                                            {texts.begin(), texts.end()}, act.at_ms);
    }
    const auto part = part_for(party, index);
    return !part || node.ask(*part, act.at_ms).status < 300;
  }

  // The post or import of somebody else with the objects alone that the party sees; nullopt: none.
  std::optional<Ask> part_for(const std::string& party, size_t index) const {
    const Act& act = history_.acts[index];
    const Outcome& outcome = outcomes_[index];
    std::vector<Object> seen;
    for (const size_t i : outcome.entries) {
      const OracleEntry& e = oracle_.entries()[i];
      if (!e.was_seen_by(party)) continue;
      seen.push_back(e.object);
      seen.back().text = e.text_for(party);
    }
    if (!outcome.is_done || seen.empty()) return std::nullopt;
    Act part = act;
    part.is_strict = false;
    const std::string& alias = oracle_.entries()[outcome.entries.front()].collection;
    return ask_of(part, seen, *name_in_twin(party, alias));
  }

  // Posts that are together: the party's own are compared.
  bool play_together(LawNode& node, const std::string& party, size_t first, size_t end) {
    std::vector<Ask> asks;
    std::vector<size_t> indexes;
    for (size_t i = first; i < end; ++i) {
      const Act& act = history_.acts[i];
      std::optional<Ask> ask =
          act.party == party ? ask_of(act, act.objects, act.collection) : part_for(party, i);
      if (!ask) continue;
      asks.push_back(std::move(*ask));
      indexes.push_back(i);
    }
    const std::vector<Answer> answers = ask_all(node, asks, history_.acts[first].at_ms);
    bool could = true;
    for (size_t k = 0; k < asks.size(); ++k) {
      if (asks[k].party == party) {
        compare(party, fmt::format("act {}", indexes[k]), asks[k], act_answers_[indexes[k]],
                answers[k]);
      } else {
        could = could && answers[k].status < 300;
      }
    }
    return could;
  }

  void play_twin(const std::string& party) {
    LawNode node(history_.seed, options_.leak);
    walk(
        [&](size_t index, size_t end) {
          const Act& act = history_.acts[index];
          if (end - index > 1) {
            if (!play_together(node, party, index, end))
              report_.disagreement = fmt::format("the twin of {} could not play acts {} to {}\n",
                                                 party, index, end - 1);
          } else if (is_request(act) && act.party == party) {
            const Ask ask = ask_of(act, act.objects, act.collection);
            compare(party, fmt::format("act {}", index), ask, act_answers_[index],
                    node.ask(ask, act.at_ms));
          } else if (!play_others(node, party, index) && report_.disagreement.empty()) {
            report_.disagreement = fmt::format("the twin of {} could not play act {}\n{}\n", party,
                                               index, describe(act));
          }
          return report_.breach.empty() && report_.disagreement.empty();
        },
        [&](size_t moment) {
          for (size_t i = 0; i < readers_.size(); ++i) {
            // What an expert asks is in its party's audit log. Its answers are compared in its own twin: where an id has
            // several definitions, it may read by another than its party.
            const bool is_party = readers_[i].party == party;
            if (!is_party && party_of(readers_[i].party) != party) continue;
            for (const Exchange& one : exchanges_[moment][i]) {
              if (!report_.breach.empty()) return;
              const Answer answer = node.ask(one.ask, history_.moments[moment].at_ms);
              if (is_party)
                compare(party, fmt::format("moment {}", moment), one.ask, one.answer, answer);
            }
          }
        });
  }

  const History& history_;
  const RunOptions& options_;
  Report report_;
  Oracle oracle_;                  // knows the whole history
  std::vector<Outcome> outcomes_;  // by act
  std::vector<Reader> readers_;
  std::vector<Answer> act_answers_;                            // by act
  std::vector<std::vector<std::vector<Exchange>>> exchanges_;  // by moment, by reader
};

// The history without one act.
History without(const History& history, size_t act) {
  History out = history;
  out.acts.erase(out.acts.begin() + static_cast<ptrdiff_t>(act));
  for (Moment& moment : out.moments) moment.after -= moment.after > act ? 1 : 0;
  return out;
}

}  // namespace

Report run(const History& history, const RunOptions& options) { return Run(history, options).go(); }

RunOptions thorough(RunOptions options, const std::string& party) {
  options.only_party = party;
  options.readers = 2;
  options.rounds = 25;
  options.moments = 30;
  return options;
}

History shrink(History history, RunOptions options, const std::string& party) {
  options = thorough(std::move(options), party);
  const bool is_breach = !run(history, options).breach.empty();
  const auto breaches = [&](const History& shorter) {
    const Report report = run(shorter, options);
    return !(is_breach ? report.breach : report.disagreement).empty();
  };
  for (bool is_shorter = true; is_shorter;) {
    is_shorter = false;
    for (size_t act = history.acts.size(); act-- > 0;) {
      History shorter = without(history, act);
      if (breaches(shorter)) {
        history = std::move(shorter);
        is_shorter = true;
        continue;
      }
      for (size_t item = history.acts[act].objects.size();
           item-- > 0 && history.acts[act].objects.size() > 1;) {
        shorter = history;
        shorter.acts[act].objects.erase(shorter.acts[act].objects.begin() +
                                        static_cast<ptrdiff_t>(item));
        if (!breaches(shorter)) continue;
        history = std::move(shorter);
        is_shorter = true;
      }
    }
    for (size_t moment = history.moments.size(); moment-- > 0 && history.moments.size() > 1;) {
      History shorter = history;
      shorter.moments.erase(shorter.moments.begin() + static_cast<ptrdiff_t>(moment));
      if (!breaches(shorter)) continue;
      history = std::move(shorter);
      is_shorter = true;
    }
  }
  return history;
}

}  // namespace entente::law
