// The fold: silence procedures step by step, verdicts, and that order does not matter.
#include "desk/procedure/fold.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/text.h"

namespace entente::procedure {
namespace {

constexpr int64_t kHour = 3'600'000;
constexpr int64_t kStart = 1'700'000'000'000;
constexpr int64_t kClose = kStart + 48 * kHour;

const Places& places() {
  static const Zones kZones;
  static const Places kPlaces{&Calendars::shipped(), &kZones};
  return kPlaces;
}

const Pack& silence() { return *Packs::shipped().find("silence"); }

Record act(std::string party, std::string name, int64_t at_ms, std::string reason = "because") {
  Record record;
  record.id = party + name + std::to_string(at_ms);
  record.party = std::move(party);
  record.act = std::move(name);
  record.at_ms = at_ms;
  record.reason = std::move(reason);
  return record;
}

Case draft() {
  Case one;
  one.opening = act("HQ", "start", kStart);
  one.opening.id = "opening";
  one.opening.text = "The parties agree.";
  one.opening.until_ms = kClose;
  one.roster = Roster({{0, {"AVL", "BOR", "HQ"}}});
  return one;
}

Situation at(const Case& one, int64_t now_ms) {
  auto now = fold(silence(), one, places(), now_ms);
  EXPECT_TRUE(now) << (now ? "" : now.error().detail);
  return std::move(*now);
}

std::string state_of(const Situation& now) { return silence().states[now.state].name; }

Case received_by_all() {
  Case one = draft();
  one.records = {act("AVL", "receive", kStart + kHour), act("BOR", "receive", kStart + 2 * kHour)};
  return one;
}

TEST(Silence, AdoptsOnlyWhatEveryMemberReceivedAndNobodyBroke) {
  Case one = received_by_all();
  EXPECT_EQ(state_of(at(one, kClose - 1)), "open");
  const Situation done = at(one, kClose);
  EXPECT_EQ(done.outcome, "adopted");
  EXPECT_EQ(done.since_ms, kClose);
  EXPECT_EQ(done.received(), (std::vector<std::string>{"AVL", "BOR", "HQ"}));
  one.records.pop_back();
  EXPECT_EQ(at(one, kClose).outcome, "lapsed");
  one.records.push_back(act("BOR", "receive", kClose));  // at the instant itself: too late
  EXPECT_EQ(at(one, kClose).outcome, "lapsed");
  one.records.back().at_ms = kClose - 1;
  EXPECT_EQ(at(one, kClose).outcome, "adopted");
}

TEST(Silence, IsBrokenAtOnceByAReasonedLetterOfAMember) {
  Case one = received_by_all();
  one.records.push_back(act("BOR", "break", kStart + 3 * kHour, ""));
  Situation now = at(one, kStart + 4 * kHour);
  EXPECT_EQ(state_of(now), "open");
  EXPECT_EQ(now.judged.back().verdict, Verdict::kIncomplete);
  one.records.push_back(act("LIA", "break", kStart + 3 * kHour));
  one.records.push_back(act("BOR", "break", kStart + 5 * kHour));
  one.records.push_back(act("AVL", "break", kStart + 6 * kHour));
  one.records.push_back(act("HQ", "break", kClose));
  now = at(one, kClose + kHour);
  EXPECT_EQ(now.outcome, "broken");
  EXPECT_EQ(now.since_ms, kStart + 5 * kHour);
  EXPECT_EQ(now.did("break"), (std::vector<std::string>{"BOR", "AVL"}));
  std::vector<Verdict> verdicts;
  for (const Judged& one_act : now.judged) verdicts.push_back(one_act.verdict);
  EXPECT_EQ(verdicts,
            (std::vector<Verdict>{Verdict::kCounted, Verdict::kCounted, Verdict::kIncomplete,
                                  Verdict::kNotEntitled, Verdict::kCounted, Verdict::kCounted,
                                  Verdict::kAfterTheEnd}));
}

TEST(Silence, ObjectionAtTheClosingInstantIsTooLate) {
  Case one = received_by_all();
  one.records.push_back(act("BOR", "break", kClose - 1));
  EXPECT_EQ(at(one, kClose).outcome, "broken");
  one.records.back().at_ms = kClose;
  EXPECT_EQ(at(one, kClose).outcome, "adopted");
  EXPECT_EQ(at(one, kClose).judged.back().verdict, Verdict::kAfterTheEnd);
}

TEST(Silence, StandsStillAndGoesOnWithWhatWasLeft) {
  Case one = received_by_all();
  one.records.push_back(act("HQ", "suspend", kStart + 10 * kHour));
  EXPECT_EQ(state_of(at(one, kClose + 100 * kHour)), "suspended");
  EXPECT_FALSE(at(one, kClose).clock(0)->end_ms);
  one.records.push_back(act("HQ", "resume", kStart + 34 * kHour, ""));
  EXPECT_EQ(at(one, kStart + 35 * kHour).clock(0)->end_ms, kClose + 24 * kHour);
  EXPECT_EQ(at(one, kClose + 24 * kHour - 1).outcome, "");
  EXPECT_EQ(at(one, kClose + 24 * kHour).outcome, "adopted");
  // Extended after it stood still: to the instant named, not beyond.
  one.records.push_back(act("HQ", "extend", kStart + 40 * kHour));
  one.records.back().until_ms = kClose + 24 * kHour;  // no later than it is
  EXPECT_EQ(at(one, kStart + 41 * kHour).judged.back().verdict, Verdict::kIncomplete);
  one.records.back().until_ms = kClose + 50 * kHour;
  EXPECT_EQ(at(one, kStart + 41 * kHour).clock(0)->end_ms, kClose + 50 * kHour);
}

TEST(Silence, CorrectedTextRestartsAndMustBeReceivedAnew) {
  Case one = received_by_all();
  Record correct = act("HQ", "correct", kStart + 10 * kHour);
  correct.text = "The parties agree to this.";
  one.records.push_back(correct);
  Situation now = at(one, kStart + 11 * kHour);
  EXPECT_EQ(now.text_id, correct.id);
  EXPECT_EQ(now.text_version, 2U);
  EXPECT_EQ(now.clock(0)->end_ms, correct.at_ms + 48 * kHour);
  EXPECT_EQ(now.received(), std::vector<std::string>{"HQ"});
  Record old = act("AVL", "receive", kStart + 12 * kHour);
  old.about = "opening";
  one.records.push_back(old);
  EXPECT_EQ(at(one, kStart + 13 * kHour).judged.back().verdict, Verdict::kOtherText);
  for (const char* code : {"AVL", "BOR"}) {
    one.records.push_back(act(code, "receive", kStart + 14 * kHour));
    one.records.back().about = correct.id;
  }
  EXPECT_EQ(at(one, correct.at_ms + 48 * kHour - 1).outcome, "");
  EXPECT_EQ(at(one, correct.at_ms + 48 * kHour).outcome, "adopted");
}

TEST(Silence, AsksForTheReceiptOfWhoIsAMemberWhenItEnds) {
  Case one = received_by_all();
  one.roster =
      Roster({{0, {"AVL", "BOR", "HQ"}}, {kStart + 20 * kHour, {"AVL", "BOR", "HQ", "NEW"}}});
  EXPECT_EQ(at(one, kClose).outcome, "lapsed");
  one.records.push_back(act("NEW", "receive", kStart + 19 * kHour));  // not a member yet
  EXPECT_EQ(at(one, kClose).outcome, "lapsed");
  one.records.push_back(act("NEW", "receive", kStart + 21 * kHour));
  EXPECT_EQ(at(one, kClose).outcome, "adopted");
  // Who has left is not asked, and cannot object any more.
  one.roster =
      Roster({{0, {"AVL", "BOR", "HQ", "OLD"}}, {kStart + 20 * kHour, {"AVL", "BOR", "HQ"}}});
  one.records.push_back(act("OLD", "break", kStart + 21 * kHour));
  EXPECT_EQ(at(one, kClose).outcome, "adopted");
  one.records.back().at_ms = kStart + 19 * kHour;
  EXPECT_EQ(at(one, kClose).outcome, "broken");
  one.records.clear();
  one.roster = Roster();
  EXPECT_EQ(at(one, kClose).outcome, "lapsed") << "nobody adopts nothing";
}

TEST(Silence, TellsEachPartyWhatToDo) {
  Case one = draft();
  one.records = {act("AVL", "receive", kStart + kHour)};
  const Situation now = at(one, kStart + 2 * kHour);
  const auto name = [&](Index index) { return silence().acts[index].name; };
  const auto due = [&](std::string_view party) {
    return due_of(silence(), one, now, party, kStart + 2 * kHour);
  };
  ASSERT_TRUE(due("BOR") && due("AVL"));
  EXPECT_EQ(name(due("BOR")->act), "receive");
  EXPECT_EQ(due("BOR")->by_ms, kClose);
  EXPECT_EQ(name(due("AVL")->act), "break");
  EXPECT_FALSE(due("LIA"));
  const auto waiting = waiting_of(silence(), one, now, "HQ", kStart + 2 * kHour);
  ASSERT_EQ(waiting.size(), 2U);
  EXPECT_EQ(waiting[0].from, std::vector<std::string>{"BOR"});
  EXPECT_EQ(waiting[1].from, std::vector<std::string>{"AVL"});
  EXPECT_EQ(now.next_change_ms, kClose);
}

// What can be compared of a situation.
std::string print(const Situation& now) {
  std::string out = std::to_string(now.state) + now.outcome + now.text_id;
  for (const std::string& code : now.received()) out += " " + code;
  for (const Judged& one : now.judged)
    out += " " + one.record->id + one.record->reason + std::string(name_of(one.verdict));
  for (const ClockView& clock : now.clocks)
    out += " " + clock.party + std::to_string(clock.end_ms.value_or(-1));
  for (const Transition& one : now.transitions) out += " " + std::to_string(one.at_ms);
  return out;
}

TEST(Fold, IsTheSameInAnyOrderAndWhateverIsRepeated) {
  const char* kActs[] = {"receive", "break",    "comment", "extend",  "suspend", "resume",
                         "correct", "withdraw", "abstain", "reserve", "nonsense"};
  const char* kParties[] = {"AVL", "BOR", "HQ", "LIA"};
  std::mt19937 random(7);
  const auto pick = [&](auto& list) { return list[random() % std::size(list)]; };
  std::map<std::string, int> outcomes;
  for (int round = 0; round < 2'000; ++round) {
    Case one = draft();
    one.roster = Roster({{0, {"AVL", "BOR", "HQ"}}, {kStart + 30 * kHour, {"AVL", "HQ", "LIA"}}});
    const size_t count = random() % 12;
    for (size_t i = 0; i < count; ++i) {
      const char* name = random() % 2 == 0 ? "receive" : pick(kActs);
      Record record =
          act(pick(kParties), name, kStart + static_cast<int64_t>(random() % 60 - 3) * kHour,
              random() % 5 == 0 ? "" : "r" + std::to_string(random() % 2));
      record.until_ms = kStart + static_cast<int64_t>(random() % 90) * kHour;
      if (random() % 2 == 0) record.text = "t";
      if (random() % 8 == 0) record.about = "opening";
      one.records.push_back(record);
      if (random() % 4 == 0) one.records.push_back(record);
    }
    const int64_t now_ms = kStart + static_cast<int64_t>(random() % 120) * kHour;
    const Situation first = at(one, now_ms);
    ++outcomes[first.outcome];
    const std::string said = print(first);
    for (int order = 0; order < 4; ++order) {
      std::ranges::shuffle(one.records, random);
      ASSERT_EQ(print(at(one, now_ms)), said) << "round " << round;
    }
  }
  for (const char* outcome : {"", "broken", "lapsed", "withdrawn", "adopted"})
    EXPECT_GT(outcomes[outcome], 0) << outcome;
}

// A pack with a clock that runs against each party from its own receipt.
constexpr std::string_view kComments = R"pack(pack comments
schema 1
version 1
title "Comments"
source "invented"
valid 2000-01-01
zone Europe/Brussels
role asker opener
role member format
state open initial
state closed outcome closed
clock reply 15 days against member clause "x"
act ask opens by asker carries text starts reply clause "x"
act receive by member in open receipt clause "x"
act answer by member in open while reply once clause "x"
ending reply in open to closed clause "x"
)pack";

TEST(Fold, RunsAClockAgainstEachPartyFromItsReceiptOn) {
  std::vector<Mistake> mistakes;
  const auto pack = read_pack(kComments, &mistakes);
  ASSERT_TRUE(pack) << describe(mistakes);
  Case one = draft();
  one.opening.at_ms = 1'704'880'800'000;  // 2024-01-10T10:00Z
  const int64_t day = 24 * kHour, open_ms = one.opening.at_ms;
  one.records = {act("AVL", "receive", open_ms + day), act("BOR", "receive", open_ms + 5 * day)};
  const auto now = fold(*pack, one, places(), open_ms + 17 * day);
  ASSERT_TRUE(now);
  EXPECT_EQ(now->outcome, "");
  ASSERT_TRUE(now->clock(0, "AVL") && now->clock(0, "BOR"));
  EXPECT_EQ(format_time_ms(*now->clock(0, "AVL")->end_ms), "2024-01-26T23:00:00.000Z");
  EXPECT_EQ(now->clock(0, "AVL")->status, ClockStatus::kEnded);
  EXPECT_EQ(now->clock(0, "BOR")->status, ClockStatus::kRunning);
  EXPECT_EQ(format_time_ms(*now->next_change_ms), "2024-01-30T23:00:00.000Z");
  one.records.push_back(act("AVL", "answer", open_ms + 17 * day));
  one.records.push_back(act("BOR", "answer", open_ms + 17 * day));
  const auto later = fold(*pack, one, places(), open_ms + 21 * day);
  ASSERT_TRUE(later);
  EXPECT_EQ(later->did("answer"), std::vector<std::string>{"BOR"});
  EXPECT_EQ(later->outcome, "closed");
  EXPECT_EQ(format_time_ms(later->since_ms), "2024-01-30T23:00:00.000Z");
  // It never ends for one whom the text has not reached.
  one.records.erase(one.records.begin() + 1);
  one.records.pop_back();
  EXPECT_EQ(fold(*pack, one, places(), open_ms + 1'000 * day)->outcome, "");
}

}  // namespace
}  // namespace entente::procedure
