// Silence procedures among many parties on bad lines: each party has a clock of its own (up to five minutes off), is away for up to
// a day and a half, sends its records late, twice and out of order; members join and leave meanwhile. Every party folds what it has so far;
// in the end all have the same records. Everything comes from one printed seed.
//
//   ENTENTE_SIM_SEEDS, ENTENTE_SIM_SEED, ENTENTE_SIM_PARTIES   how many, the first; parties in each (31 if absent)
//
// Checked of each: the outcome and the closing instant are those of the oracle (silence_oracle.h), in every order; and whatever any
// party saw adopted had been received by every member and broken by none, as far as that party could know.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <random>

#include "desk/procedure/fold.h"
#include "silence_oracle.h"

namespace entente::sim {
namespace {

using procedure::Case;
using procedure::Record;

constexpr int64_t kMinute = 60'000, kHour = 60 * kMinute;
constexpr int64_t kStart = 1'800'000'000'000;

uint64_t setting(const char* name, uint64_t otherwise) {
  const char* text = ::getenv(name);
  return text == nullptr ? otherwise : ::strtoull(text, nullptr, 10);
}

const procedure::Places& places() {
  static const procedure::Zones kZones;
  static const procedure::Places kPlaces{&procedure::Calendars::shipped(), &kZones};
  return kPlaces;
}

struct Party {
  std::string code;
  int64_t skew_ms = 0;  // its clock is ahead by this
  int64_t away_from_ms = 0, away_until_ms = 0;
};

struct Sent {
  Record record;
  int64_t arrives_ms = 0;  // at the others
};

class World {
 public:
  World(uint64_t seed, size_t parties) : random_(seed) {
    for (size_t i = 0; i < parties; ++i) {
      Party party{"P" + std::to_string(i), below(10 * kMinute) - 5 * kMinute, 0, 0};
      if (chance(30)) {
        party.away_from_ms = kStart + below(60 * kHour);
        party.away_until_ms = party.away_from_ms + 24 * kHour + below(12 * kHour);
      }
      parties_.push_back(party);
    }
    draw_roster();
    one_.opening = {"opening",
                    parties_[0].code,
                    "start",
                    kStart,
                    "",
                    "",
                    "The draft.",
                    kStart + 24 * kHour + below(48 * kHour),
                    "",
                    "",
                    ""};
    const bool is_calm = chance(70);  // most come to their end undisturbed
    for (const Party& party : parties_) {
      if (chance(is_calm ? 99 : 90)) receive(party);
    }
    const size_t disturbances = is_calm ? 0 : 1 + static_cast<size_t>(below(6));
    for (size_t i = 0; i < disturbances; ++i) disturb();
  }

  const Case& whole() {
    one_.records.clear();
    for (const Sent& sent : sent_) one_.records.push_back(sent.record);
    return one_;
  }
  // What has arrived at an instant, in the order of arrival.
  Case seen(int64_t at_ms) {
    Case out = one_;
    out.records.clear();
    std::ranges::stable_sort(sent_, {}, &Sent::arrives_ms);
    for (const Sent& sent : sent_) {
      if (sent.arrives_ms <= at_ms) out.records.push_back(sent.record);
    }
    return out;
  }
  std::mt19937_64& random() { return random_; }
  int64_t below(int64_t n) { return static_cast<int64_t>(random_() % static_cast<uint64_t>(n)); }
  bool chance(int percent) { return below(100) < percent; }

 private:
  void draw_roster() {
    std::vector<std::string> members;
    for (const Party& party : parties_) members.push_back(party.code);
    std::ranges::sort(members);
    std::vector<std::pair<int64_t, std::vector<std::string>>> spans{{kStart - kHour, members}};
    for (int change = 0; change < 2; ++change) {
      if (!chance(25)) continue;
      const std::string code =
          chance(50) ? "JOINS" + std::to_string(change)
                     : members[static_cast<size_t>(below(static_cast<int64_t>(members.size())))];
      const auto found = std::ranges::find(members, code);
      if (found == members.end()) {
        members.push_back(code);
        if (chance(70)) joiners_.push_back(code);
      } else {
        members.erase(found);
      }
      std::ranges::sort(members);
      spans.emplace_back(spans.back().first + kHour + below(40 * kHour), members);
    }
    one_.roster = procedure::Roster(spans);
    for (const std::string& code : joiners_) parties_.push_back({code, 0, 0, 0});
  }

  // An act at a true instant: dated by the party's own clock, sent when it is back, twice now and then.
  void send(const Party& party, Record record, int64_t true_ms) {
    record.id = "r" + std::to_string(sent_.size());
    record.party = party.code;
    record.at_ms = true_ms + party.skew_ms;
    int64_t arrives_ms = true_ms + below(chance(20) ? 30 * kHour : kMinute);
    if (true_ms >= party.away_from_ms && true_ms < party.away_until_ms)
      arrives_ms = std::max(arrives_ms, party.away_until_ms);
    sent_.push_back({record, arrives_ms});
    while (chance(15)) sent_.push_back({record, arrives_ms + below(6 * kHour)});
  }
  void receive(const Party& party) {
    int64_t at_ms = kStart + 6 * kMinute + below(20 * kHour);
    if (at_ms >= party.away_from_ms && at_ms < party.away_until_ms) at_ms = party.away_until_ms;
    Record record;
    record.act = "receive";
    record.about = "opening";
    send(party, record, at_ms);
  }
  void disturb() {
    static const std::vector<std::string> kActs{"break",    "comment", "suspend",
                                                "resume",   "extend",  "correct",
                                                "withdraw", "receive", "nonsense"};
    const Party& party =
        chance(60) ? parties_[0]
                   : parties_[static_cast<size_t>(below(static_cast<int64_t>(parties_.size())))];
    Record record;
    record.act = kActs[static_cast<size_t>(below(static_cast<int64_t>(kActs.size())))];
    const int64_t at_ms = kStart + below(80 * kHour);
    if (!chance(10)) record.reason = "reason";
    if (!chance(10)) record.text = "another text";
    if (record.act == "extend" || chance(20))
      record.until_ms = at_ms - 2 * kHour + below(60 * kHour);
    send(party, record, at_ms);
    if (record.act != "correct") return;
    // Most receive the corrected text, too.
    const std::string text = sent_.back().record.id;
    for (const Party& other : parties_) {
      if (!chance(90)) continue;
      Record receipt;
      receipt.act = "receive";
      receipt.about = text;
      send(other, receipt, at_ms + 12 * kMinute + below(12 * kHour));
    }
  }

  std::mt19937_64 random_;
  std::vector<Party> parties_;
  std::vector<std::string> joiners_;
  std::vector<Sent> sent_;
  Case one_;
};

class Tally {
 public:
  void add(const std::string& outcome) { ++outcomes_[outcome.empty() ? "open" : outcome]; }
  int of(const std::string& outcome) { return outcomes_[outcome]; }
  void print() const {
    for (const auto& [outcome, count] : outcomes_)
      std::printf("  %-10s %d\n", outcome.c_str(), count);
  }

 private:
  std::map<std::string, int> outcomes_;
};

int64_t closing_of(const procedure::Situation& now) {
  return now.clocks.empty() ? INT64_MAX : now.clocks.front().end_ms.value_or(INT64_MAX);
}

// One procedure; false after a failure.
bool run(uint64_t seed, size_t parties, Tally* tally) {
  const procedure::Pack& pack = *procedure::Packs::shipped().find("silence");
  World world(seed, parties);
  // What somebody has seen by some instant, the records in the order in which they came.
  for (int look = 0; look < 2; ++look) {
    const int64_t at_ms = kStart + world.below(100 * kHour);
    const Case seen = world.seen(at_ms);
    const auto now = procedure::fold(pack, seen, places(), at_ms);
    const Truth truth = silence_truth(seen, at_ms);
    if (!now || now->outcome != truth.outcome) {
      ADD_FAILURE() << "seed " << seed << ": on the way " << (now ? now->outcome : "") << ", but "
                    << truth.outcome;
      return false;
    }
  }
  Case whole = world.whole();
  const int64_t end_ms = kStart + 400 * kHour;
  const Truth truth = silence_truth(whole, end_ms);
  for (int order = 0; order < 3; ++order) {
    const auto now = procedure::fold(pack, whole, places(), end_ms);
    const bool has_closed = truth.outcome == "adopted" || truth.outcome == "lapsed";
    if (!now || now->outcome != truth.outcome ||
        (!truth.outcome.empty() && now->since_ms != truth.at_ms) ||
        (has_closed && closing_of(*now) != truth.closes_ms) ||
        (truth.outcome.empty() && closing_of(*now) != truth.closes_ms)) {
      ADD_FAILURE() << "seed " << seed << ", order " << order << ": "
                    << (now ? now->outcome : "none") << " at " << (now ? now->since_ms : 0)
                    << ", but " << truth.outcome << " at " << truth.at_ms;
      return false;
    }
    std::ranges::shuffle(whole.records, world.random());
  }
  tally->add(truth.outcome);
  return true;
}

TEST(SilenceSimulation, AdoptsNothingWrongly) {
  const uint64_t seeds = setting("ENTENTE_SIM_SEEDS", 300), first = setting("ENTENTE_SIM_SEED", 1);
  const size_t parties = setting("ENTENTE_SIM_PARTIES", 31);
  std::printf("%lu procedures of %zu parties, first seed %lu\n", static_cast<unsigned long>(seeds),
              parties, static_cast<unsigned long>(first));
  Tally tally;
  int failures = 0;
  for (uint64_t seed = first; seed < first + seeds && failures < 3; ++seed) {
    if (!run(seed, parties, &tally)) ++failures;
  }
  tally.print();
  if (failures > 0 || seeds < 300) return;
  // It must not go blind: each outcome occurs.
  for (const char* outcome : {"adopted", "broken", "lapsed", "withdrawn"})
    EXPECT_GT(tally.of(outcome), 0) << outcome;
}

}  // namespace
}  // namespace entente::sim
