// Own-initiative comments under (EU) 2019/452 Art. 7: the fifteen months against the table worked by hand, who may do what,
// and the limits after information was given.
#include <gtest/gtest.h>

#include <fstream>

#include "base/text.h"
#include "desk/procedure/fold.h"

namespace entente::procedure {
namespace {

constexpr int64_t kDayMs = 24 * 3'600'000LL;

const Places& look_back_places() {
  static const Zones kZones;
  static const Places kPlaces{&Calendars::shipped(), &kZones};
  return kPlaces;
}

const Pack& look_back() { return *Packs::shipped().find("eu-2019-452-look-back"); }

// Nine in the morning, UTC.
int64_t nine_on(std::string_view day) {
  return int64_t{parse_day(day)->number} * kDayMs + kDayMs * 9 / 24;
}

Record done(std::string party, std::string name, int64_t at_ms) {
  Record record;
  record.id = party + name + std::to_string(at_ms);
  record.party = std::move(party);
  record.act = std::move(name);
  record.at_ms = at_ms;
  record.reason = record.text = "because";
  return record;
}

// BOR takes up an investment in AVL that was completed on Monday 2 March 2026: until Wednesday 2 June 2027.
Case raised_case(std::string party = "BOR") {
  Case one;
  one.opening = done(std::move(party), "raise", nine_on("2026-04-01"));
  one.opening.id = "opening";
  one.days["completed"] = *parse_day("2026-03-02");
  one.roles = {{"host", {"AVL"}}, {"commission", {"COM"}}};
  one.roster = Roster({{0, {"AVL", "BOR", "LIA"}}});
  return one;
}

Situation seen_on(const Case& one, std::string_view day) {
  auto now = fold(look_back(), one, look_back_places(), nine_on(day));
  EXPECT_TRUE(now) << (now ? "" : now.error().detail);
  return std::move(*now);
}

std::string phase_of(const Situation& now) { return look_back().states[now.state].name; }

std::optional<int64_t> end_of_clock(const Situation& now, std::string_view clock,
                                    std::string_view party = {}) {
  const ClockView* view = now.clock(look_back().clock(clock), party);
  return view == nullptr ? std::nullopt : view->end_ms;
}

// The verdict of what was done last.
Verdict last_verdict(const Case& one) { return seen_on(one, "2029-01-01").judged.back().verdict; }

TEST(LookBack, EndsAsWorkedOutByHand) {
  std::ifstream in(std::string(ENTENTE_SOURCE_DIR) + "/tests/golden/clocks/look_back.txt");
  ASSERT_TRUE(in);
  std::string line;
  size_t cases = 0;
  while (std::getline(in, line)) {
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string_view> fields;
    for (const std::string_view field : split(line, '|')) fields.push_back(trim(field));
    ASSERT_EQ(fields.size(), 3U) << line;
    Case one = raised_case();
    one.days["completed"] = *parse_day(fields[0]);
    one.opening.at_ms = nine_on(fields[0]);
    const Situation now = seen_on(one, fields[0]);
    const auto end_ms = end_of_clock(now, "look-back");
    ASSERT_TRUE(end_ms) << line;
    EXPECT_EQ(format_time_ms(*end_ms).substr(0, 16) + "Z", fields[1]) << fields[2];
    const auto just = [&](int64_t ms) {
      return fold(look_back(), one, look_back_places(), ms)->outcome;
    };
    EXPECT_EQ(just(*end_ms - 1), "") << line;
    EXPECT_EQ(just(*end_ms), "lapsed") << line;
    ++cases;
  }
  EXPECT_GE(cases, 20U);
}

TEST(LookBack, IsOpenedByOthersThanTheHost) {
  const auto refusal = [](const Case& one) {
    const auto now = fold(look_back(), one, look_back_places(), nine_on("2026-04-02"));
    return now ? std::string() : now.error().detail;
  };
  EXPECT_EQ(refusal(raised_case("BOR")), "");
  EXPECT_EQ(refusal(raised_case("COM")), "") << "the Commission";
  EXPECT_NE(refusal(raised_case("AVL")).find("not by host: AVL is none"), std::string::npos);
  EXPECT_NE(refusal(raised_case("HQ")).find("HQ is none"), std::string::npos) << "no Member State";
  Case undated = raised_case();
  undated.days.clear();
  EXPECT_NE(refusal(undated).find("names no day 'completed'"), std::string::npos);
}

TEST(LookBack, LapsesAtOnceIfItWasTooLateBeforeItBegan) {
  Case one = raised_case();
  one.opening.at_ms = nine_on("2027-06-03");
  EXPECT_EQ(seen_on(one, "2027-06-03").outcome, "lapsed");
  one.opening.at_ms = nine_on("2027-06-02");
  EXPECT_EQ(seen_on(one, "2027-06-02").outcome, "");
}

TEST(LookBack, TakesCommentsOfMembersAndNoneOfTheHost) {
  Case one = raised_case();
  one.records = {done("AVL", "comment", nine_on("2026-04-02"))};
  EXPECT_EQ(last_verdict(one), Verdict::kNotEntitled) << "the host is a Member State, too";
  one.records = {done("COM", "comment", nine_on("2026-04-02"))};
  EXPECT_EQ(last_verdict(one), Verdict::kNotEntitled);
  one.records = {done("BOR", "opine", nine_on("2026-04-02"))};
  EXPECT_EQ(last_verdict(one), Verdict::kNotEntitled);
  one.records = {done("LIA", "comment", nine_on("2027-06-02"))};
  EXPECT_EQ(last_verdict(one), Verdict::kCounted) << "the last day";
  EXPECT_EQ(phase_of(seen_on(one, "2027-06-03")), "consideration");
  one.records.push_back(done("BOR", "comment", nine_on("2027-06-03")));
  EXPECT_EQ(last_verdict(one), Verdict::kWrongState) << "fifteen months are over";
  one.records.back() = done("AVL", "conclude", nine_on("2027-06-03"));
  EXPECT_EQ(last_verdict(one), Verdict::kCounted);
  EXPECT_EQ(seen_on(one, "2027-06-03").outcome, "considered");
  one.records.back() = done("BOR", "conclude", nine_on("2027-06-03"));
  EXPECT_EQ(last_verdict(one), Verdict::kNotEntitled) << "it is for the host to consider";
}

TEST(LookBack, RunsThirtyFiveDaysForEachFromItsReceiptOfTheInformation) {
  Case one = raised_case();
  one.records = {done("LIA", "comment", nine_on("2026-04-02")),
                 done("BOR", "request-information", nine_on("2026-04-03"))};
  EXPECT_EQ(phase_of(seen_on(one, "2026-04-04")), "asked");
  // Nobody else than the host answers.
  one.records.push_back(done("LIA", "information", nine_on("2026-04-05")));
  EXPECT_EQ(last_verdict(one), Verdict::kNotEntitled);
  one.records.back() = done("AVL", "information", nine_on("2026-04-06"));
  Record bor = done("BOR", "receive", nine_on("2026-04-07"));
  Record com = done("COM", "receive", nine_on("2026-04-08"));
  bor.about = com.about = one.records.back().id;
  one.records.push_back(bor);
  one.records.push_back(com);
  Situation now = seen_on(one, "2026-04-09");
  EXPECT_EQ(phase_of(now), "informed");
  // Tuesday 7 April and 35 days: Tuesday 12 May. LIA has not received it: its clock stands.
  EXPECT_EQ(end_of_clock(now, "comments", "BOR"), nine_on("2026-05-12") + 13 * kDayMs / 24);
  EXPECT_EQ(end_of_clock(now, "comments", "LIA"), std::nullopt);
  // Wednesday 8 April and 35 days: Wednesday 13 May; and fifteen more: Thursday 28 May.
  EXPECT_EQ(end_of_clock(now, "opinion", "COM"), nine_on("2026-05-13") + 13 * kDayMs / 24);
  EXPECT_EQ(end_of_clock(now, "opinion-on-comments", "COM"),
            nine_on("2026-05-28") + 13 * kDayMs / 24);

  one.records.push_back(done("BOR", "comment", nine_on("2026-05-12")));
  EXPECT_EQ(last_verdict(one), Verdict::kCounted);
  one.records.back().at_ms = nine_on("2026-05-13");
  EXPECT_EQ(last_verdict(one), Verdict::kTooLate);
  one.records.back() = done("LIA", "comment", nine_on("2026-05-13"));
  EXPECT_EQ(last_verdict(one), Verdict::kCounted);
  one.records.back() = done("COM", "opine", nine_on("2026-05-14"));
  EXPECT_EQ(last_verdict(one), Verdict::kTooLate);
  // LIA's comments came before the information, and stand.
  one.records.back() = done("COM", "opine-on-comments", nine_on("2026-05-28"));
  EXPECT_EQ(last_verdict(one), Verdict::kCounted);
  one.records.back().at_ms = nine_on("2026-05-29");
  EXPECT_EQ(last_verdict(one), Verdict::kTooLate);
  one.records.front() = done("LIA", "receive", nine_on("2026-04-02"));
  one.records.back().at_ms = nine_on("2026-05-14");
  EXPECT_EQ(last_verdict(one), Verdict::kConditions) << "it follows no comments";
}

TEST(LookBack, WhatIsDueEndsWithTheFirstOfItsLimits) {
  Case one = raised_case();
  one.records = {done("BOR", "request-information", nine_on("2027-05-18")),
                 done("AVL", "information", nine_on("2027-05-19"))};
  Record bor = done("BOR", "receive", nine_on("2027-05-20"));
  bor.about = one.records.back().id;
  one.records.push_back(bor);
  const Situation now = seen_on(one, "2027-05-21");
  const auto due = due_of(look_back(), one, now, "BOR", nine_on("2027-05-21"));
  ASSERT_TRUE(due);
  EXPECT_EQ(look_back().acts[due->act].name, "comment");
  EXPECT_GT(*end_of_clock(now, "comments", "BOR"), *end_of_clock(now, "look-back"));
  EXPECT_EQ(due->by_ms, end_of_clock(now, "look-back"));
  const auto waits = due_of(look_back(), one, now, "LIA", nine_on("2027-05-21"));
  ASSERT_TRUE(waits);
  EXPECT_EQ(look_back().acts[waits->act].name, "receive");
}

}  // namespace
}  // namespace entente::procedure
