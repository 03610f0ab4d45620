// Time limits against the table of cases worked by hand, and the parts on which they stand.
#include "desk/procedure/clock.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/text.h"
#include "desk/procedure/limits.h"

namespace entente::procedure {
namespace {

const Zones& zones() {
  static const Zones kZones;
  return kZones;
}

// "2024-01-10T09:00Z", in ms.
int64_t instant(std::string_view text) {
  const auto day = parse_day(text.substr(0, 10));
  EXPECT_TRUE(day && text.size() == 17 && text.back() == 'Z') << text;
  const auto two = [&](size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  return (int64_t{day->number} * 1440 + two(11) * 60 + two(14)) * 60'000;
}

std::string text_of(int64_t ms) { return format_time_ms(ms).substr(0, 16) + "Z"; }

Period period_of(std::string_view text) {
  Period period;
  size_t index = 0;
  for (const std::string_view word : split(trim(text), ' ')) {
    if (word.empty()) continue;
    if (index == 0) period.count = static_cast<int32_t>(*parse_decimal(word));
    if (index == 1) {
      EXPECT_TRUE(unit_from(word)) << word;
      period.unit = *unit_from(word);
    }
    if (index >= 2) {
      EXPECT_TRUE(word == "first" || word == "roll" || word == "min2") << word;
      if (word == "first") period.counts_first_day = true;
      if (word == "roll") period.ends_on_working_day = true;
      if (word == "min2") period.working_days_min = 2;
    }
    ++index;
  }
  return period;
}

ClockRun run_of(std::string_view start, std::string_view stops, std::string_view extensions) {
  ClockRun run;
  run.start_ms = instant(start);
  if (stops != "-") {
    for (const std::string_view stop : split(stops, ' ')) {
      const size_t dots = stop.find("..");
      Stop one{instant(stop.substr(0, dots)), std::nullopt, {}};
      if (dots + 2 < stop.size()) one.until_ms = instant(stop.substr(dots + 2));
      run.stops.push_back(one);
    }
  }
  if (extensions != "-") {
    for (const std::string_view part : split(extensions, '+'))
      run.extensions.push_back({period_of(part), {}});
  }
  return run;
}

size_t check_table(const std::string& name) {
  std::ifstream in(std::string(ENTENTE_SOURCE_DIR) + "/tests/golden/clocks/" + name);
  EXPECT_TRUE(in) << name;
  std::string line;
  size_t cases = 0, number = 0;
  while (std::getline(in, line)) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string_view> fields;
    for (const std::string_view field : split(line, '|')) fields.push_back(trim(field));
    EXPECT_EQ(fields.size(), 7U) << name << ":" << number;
    if (fields.size() != 7) continue;
    Place place;
    place.calendar = Calendars::shipped().find(fields[1]);
    const auto zone =
        zones().find(place.calendar ? std::string_view(place.calendar->zone()) : fields[1]);
    EXPECT_TRUE(zone) << name << ":" << number;
    if (!zone) continue;
    place.zone = *zone;
    const auto end = end_of(period_of(fields[0]), place, run_of(fields[2], fields[3], fields[4]));
    EXPECT_TRUE(end) << name << ":" << number << ": " << (end ? "" : end.error().detail);
    if (!end) continue;
    EXPECT_EQ(*end ? text_of(**end) : "never", fields[5])
        << name << ":" << number << ": " << fields[6];
    ++cases;
  }
  return cases;
}

TEST(Clock, EndsAsWorkedOutByHand) {
  const size_t cases =
      check_table("days.txt") + check_table("europe.txt") + check_table("others.txt");
  EXPECT_GE(cases, 200U);
}

TEST(Clock, SaysWhatItCannotCount) {
  Place place;
  place.calendar = Calendars::shipped().find("DEU");
  place.zone = *zones().find("Europe/Berlin");
  const ClockRun late{instant("2030-12-20T09:00Z"), {}, {}};
  const auto beyond = end_of({10, Unit::kWorkingDays}, place, late);
  ASSERT_FALSE(beyond);
  EXPECT_EQ(beyond.error().code, Code::kUnprocessable);
  EXPECT_TRUE(end_of({1, Unit::kWorkingDays}, place, late));
  place.calendar = nullptr;
  EXPECT_EQ(end_of({1, Unit::kWorkingDays}, place, late).error().code, Code::kInvalid);
  EXPECT_TRUE(end_of({limits::kPeriodCountMax, Unit::kHours}, place, late));
  EXPECT_FALSE(end_of({limits::kPeriodCountMax + 1, Unit::kHours}, place, late));
  EXPECT_FALSE(end_of({-1, Unit::kDays}, place, late));
  ClockRun mixed = late;
  mixed.extensions.push_back({{1, Unit::kHours}, {}});
  EXPECT_FALSE(end_of({1, Unit::kDays}, place, mixed));
  mixed.extensions = {{{1, Unit::kDays}, {}}};
  EXPECT_FALSE(end_of({1, Unit::kHours}, place, mixed));
  ClockRun stopped = late;
  stopped.stops.resize(limits::kStopsMax);
  EXPECT_TRUE(end_of({1, Unit::kDays}, place, stopped));
  stopped.stops.resize(limits::kStopsMax + 1);
  EXPECT_FALSE(end_of({1, Unit::kDays}, place, stopped));
}

TEST(Civil, DaysAndDatesAreOneToOne) {
  Day day = day_of(1899, 12, 31);
  int weekday = static_cast<int>(weekday_of(day));
  YearMonthDay expected{1900, 1, 1};
  for (int n = 0; n < 120'000; ++n) {
    day = day + 1;
    weekday = (weekday + 1) % 7;
    const YearMonthDay date = civil_of(day);
    ASSERT_EQ(std::tie(date.year, date.month, date.day),
              std::tie(expected.year, expected.month, expected.day));
    ASSERT_EQ(day_of(date.year, date.month, date.day), day);
    ASSERT_EQ(static_cast<int>(weekday_of(day)), weekday);
    if (++expected.day > days_in_month(expected.year, expected.month)) {
      expected.day = 1;
      if (++expected.month > 12) expected.month = 1, ++expected.year;
    }
  }
  EXPECT_EQ(weekday_of(day_of(2024, 1, 1)), Weekday::kMonday);
  EXPECT_FALSE(parse_day("2023-02-29"));
  EXPECT_TRUE(parse_day("2024-02-29"));
  EXPECT_FALSE(parse_day("1900-13-01"));
  EXPECT_FALSE(parse_day("2024-1-1"));
}

TEST(Civil, EasterOfTheWholeSpan) {
  const int32_t dates[][2] = {{4, 12}, {4, 4},  {4, 17}, {4, 9}, {3, 31}, {4, 20},
                              {4, 5},  {3, 28}, {4, 16}, {4, 1}, {4, 21}};
  for (int32_t year = 2020; year <= 2030; ++year) {
    const auto& [month, day] = dates[year - 2020];
    EXPECT_EQ(format_day(easter_sunday(year)), format_day(day_of(year, month, day)));
  }
}

TEST(Calendar, ShipsNationsForTheWholeSpanEachWithItsLaw) {
  const auto& all = Calendars::shipped().all();
  EXPECT_GE(all.size(), 20U);
  for (const auto& [code, calendar] : all) {
    EXPECT_TRUE(calendar.covers(day_of(2020, 1, 1)) && calendar.covers(day_of(2030, 12, 31)))
        << code;
    EXPECT_FALSE(calendar.covers(day_of(2019, 12, 31)) || calendar.covers(day_of(2031, 1, 1)));
    EXPECT_FALSE(calendar.sources().empty()) << code;
    EXPECT_TRUE(zones().find(calendar.zone())) << code;
    EXPECT_FALSE(calendar.is_working(day_of(2025, 1, 1))) << code;
    EXPECT_FALSE(calendar.is_working(day_of(2025, 12, 25)) && code != "JPN") << code;
  }
  const Calendar& korea = *Calendars::shipped().find("KOR");
  const auto seollal = korea.holidays_on(day_of(2030, 2, 3));
  ASSERT_EQ(seollal.size(), 1U);
  EXPECT_TRUE(seollal.front().is_unverified);
}

TEST(Calendar, ReportsMistakesWithTheirPlaces) {
  std::vector<Mistake> mistakes;
  EXPECT_FALSE(
      Calendar::read("calendar X\ntitle \"t\"\nzone Europe/Oslo\nsource \"s\"\nspan 2020 2030\n"
                     "fixed 13-01 \"never\"\nnth 9 mon 1 \"x\"\n  moves up\nfeast 01-01 \"y\"\n"
                     "fixed 01-01 \"z",
                     &mistakes));
  const std::string said = describe(mistakes);
  EXPECT_NE(said.find("6:7: "), std::string::npos) << said;
  EXPECT_NE(said.find("7:5: "), std::string::npos) << said;
  EXPECT_NE(said.find("9:1: 'feast' is no keyword"), std::string::npos) << said;
  EXPECT_NE(said.find("10:13: a quoted text"), std::string::npos) << said;
  mistakes.clear();
  EXPECT_FALSE(Calendar::read("calendar X\n", &mistakes));
  EXPECT_EQ(mistakes.size(), 1U);
}

TEST(TimeZone, KnowsLeapsAndRepeatedHours) {
  const TimeZone& brussels = **zones().find("Europe/Brussels");
  // 02:30 on 31 March 2024 does not occur; 02:30 on 27 October 2024 occurs twice.
  EXPECT_EQ(text_of(brussels.instant_ms(day_of(2024, 3, 31), 9000)), "2024-03-31T01:00Z");
  EXPECT_EQ(text_of(brussels.instant_ms(day_of(2024, 10, 27), 9000)), "2024-10-27T00:30Z");
  EXPECT_EQ(brussels.format(instant("2024-10-27T00:30Z")), "2024-10-27T02:30:00+02:00");
  EXPECT_EQ(brussels.format(instant("2024-10-27T01:30Z")), "2024-10-27T02:30:00+01:00");
  // Behind the last transition that a file may list, by its rule.
  EXPECT_EQ(brussels.format(instant("2150-07-01T00:00Z")), "2150-07-01T02:00:00+02:00");
  EXPECT_EQ(brussels.format(instant("2150-01-01T00:00Z")), "2150-01-01T01:00:00+01:00");
  const TimeZone& sydney = **zones().find("Australia/Sydney");
  EXPECT_EQ(sydney.format(instant("2150-01-01T00:00Z")), "2150-01-01T11:00:00+11:00");
  EXPECT_EQ(sydney.format(instant("2150-07-01T00:00Z")), "2150-07-01T10:00:00+10:00");
  for (const char* bad : {"", "../../etc/passwd", "/etc/passwd", "No/Such", "Europe/Bru ssels"})
    EXPECT_EQ(zones().find(bad).error().code, Code::kNotFound) << bad;
  EXPECT_FALSE(zones().find("tzdata.zi") && zones().find("zone.tab"));
}

TEST(TimeZone, ReadsRulesAndRefusesWhatIsNone) {
  const auto tokyo = parse_zone_rule("JST-9");
  ASSERT_TRUE(tokyo);
  EXPECT_EQ(tokyo->standard_s, 9 * 3600);
  EXPECT_FALSE(tokyo->has_summer);
  const auto nepal = parse_zone_rule("<+0545>-5:45");
  ASSERT_TRUE(nepal);
  EXPECT_EQ(nepal->standard_s, 20'700);
  const auto odd = parse_zone_rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0");
  ASSERT_TRUE(odd);
  EXPECT_EQ(odd->to_summer.second, -3600);
  for (const char* bad : {"", "X", "EST", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0",
                          "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,J0,J1", "EST999", "<EST5"})
    EXPECT_FALSE(parse_zone_rule(bad)) << bad;
}

TEST(TimeZone, RefusesEveryCutOfAFile) {
  std::ifstream in("/usr/share/zoneinfo/Europe/Brussels", std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  const std::string whole = bytes.str();
  ASSERT_TRUE(TimeZone::parse(whole));
  for (size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(TimeZone::parse(std::string_view(whole).substr(0, size))) << size;
}

}  // namespace
}  // namespace entente::procedure
