// Rules are laid out year by year over the whole span, then moved: a holiday that falls on a day off takes its
// substitute once all holidays have taken their own days, in order of date, so that no two meet.
#include "desk/procedure/calendar.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.h"
#include "desk/procedure/limits.h"

namespace entente::procedure {
namespace {

// Where a holiday goes that falls on a day off.
enum class Moves : uint8_t {
  kNever,
  kNearest,     // Saturday to Friday, Sunday to Monday [5 U.S.C. 6103(b), E.O. 11582]
  kNextFree,    // from any weekend day to the next day that is neither weekend nor holiday
  kFromSunday,  // the same, from Sundays alone
  kMonday,      // from any weekend day to the Monday, be it free or not
};

struct Rule {
  enum class Kind : uint8_t {
    kFixed,
    kNth,
    kLast,
    kAfter,
    kBefore,
    kEaster,
    kOn,
    kVernal,
    kAutumnal
  };
  Kind kind = Kind::kFixed;
  int32_t month = 1, day = 1, count = 0;  // count: of kNth; days from Easter Sunday
  Weekday weekday = Weekday::kMonday;
  Day on;
  std::string name;
  Moves moves = Moves::kNever;
  int32_t from = limits::kYearMin, until = limits::kYearMax;
  std::vector<int32_t> except;
  bool is_unverified = false;
};

// Day of the equinox in Japan; holds from 1980 to 2099. [National Astronomical Observatory of Japan, by the
// usual approximation; the Cabinet Office publishes the date in February of the year before]
Day equinox(int32_t year, bool is_vernal) {
  const double base = is_vernal ? 20.8431 : 23.2488;
  const int32_t since = year - 1980;
  const int32_t day = static_cast<int32_t>(std::floor(base + 0.242194 * since)) - since / 4;
  return day_of(year, is_vernal ? 3 : 9, day);
}

// First such weekday on or after a day.
Day on_or_after(Day day, Weekday weekday) {
  return day + (static_cast<int32_t>(weekday) - static_cast<int32_t>(weekday_of(day)) + 7) % 7;
}

// The rule's day in a year; nullopt: none.
std::optional<Day> lay_out(const Rule& rule, int32_t year) {
  using Kind = Rule::Kind;
  if (rule.kind == Kind::kOn)
    return civil_of(rule.on).year == year ? std::optional(rule.on) : std::nullopt;
  if (year < rule.from || year > rule.until ||
      std::ranges::find(rule.except, year) != rule.except.end())
    return std::nullopt;
  switch (rule.kind) {
    case Kind::kFixed: {
      if (rule.day > days_in_month(year, rule.month)) return std::nullopt;
      return day_of(year, rule.month, rule.day);
    }
    case Kind::kNth:
      return on_or_after(day_of(year, rule.month, 1), rule.weekday) + (rule.count - 1) * 7;
    case Kind::kLast: {
      const Day last = day_of(year, rule.month, days_in_month(year, rule.month));
      return on_or_after(last - 6, rule.weekday);
    }
    case Kind::kAfter:
      return on_or_after(day_of(year, rule.month, rule.day), rule.weekday);
    case Kind::kBefore:
      return on_or_after(day_of(year, rule.month, rule.day) - 7, rule.weekday);
    case Kind::kEaster:
      return easter_sunday(year) + rule.count;
    case Kind::kVernal:
      return equinox(year, true);
    case Kind::kAutumnal:
      return equinox(year, false);
    case Kind::kOn:
      break;
  }
  return std::nullopt;
}

std::optional<int32_t> time_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto two = [](std::string_view t) -> int32_t {
    if (t[0] < '0' || t[0] > '9' || t[1] < '0' || t[1] > '9') return 99;
    return (t[0] - '0') * 10 + (t[1] - '0');
  };
  const int32_t hours = two(text.substr(0, 2)), minutes = two(text.substr(3));
  if (hours > 24 || minutes > 59 || (hours == 24 && minutes != 0)) return std::nullopt;
  return hours * 3600 + minutes * 60;
}

}  // namespace

// Takes the statements between two "calendar" lines.
class CalendarReader {
 public:
  explicit CalendarReader(std::vector<Mistake>* mistakes) : mistakes_(mistakes) {}

  void read(const Statement& statement) {
    Words words(statement, mistakes_);
    const Word& first = statement.front();
    const std::string keyword = words.word("a keyword");
    if (keyword == "calendar") {
      out_.code_ = words.word("the calendar's code");
    } else if (keyword == "title") {
      out_.title_ = words.quoted("the title");
    } else if (keyword == "zone") {
      out_.zone_ = words.word("a time zone");
    } else if (keyword == "source") {
      out_.sources_.push_back(words.quoted("the source"));
    } else if (keyword == "weekend") {
      read_weekend(words);
    } else if (keyword == "hours") {
      read_hours(words);
    } else if (keyword == "span") {
      read_span(words);
    } else if (keyword == "bridge") {
      bridges_ = true;
    } else {
      read_rule(words, first, keyword);
    }
    words.expect_end();
    if (words.is_wrong()) is_wrong_ = true;
  }

  std::optional<Calendar> finish(const Word& head) {
    if (!is_wrong_ &&
        (out_.title_.empty() || out_.zone_.empty() || out_.sources_.empty() || !has_span_)) {
      mistakes_->push_back(
          {head.line, head.column, "a calendar needs title, zone, source and span"});
      is_wrong_ = true;
    }
    if (is_wrong_) return std::nullopt;
    lay_out_all();
    return std::move(out_);
  }

 private:
  void read_weekend(Words& words) {
    for (const std::string& name : words.list("days of the weekend")) {
      const auto weekday = parse_weekday(name);
      if (!weekday) return words.wrong(words.last(), fmt::format("'{}' is no weekday", name));
      out_.weekend_ = static_cast<uint8_t>(out_.weekend_ | 1U << static_cast<unsigned>(*weekday));
    }
    if (out_.weekend_ == 0x7f) words.wrong(words.last(), "a week has a day of work");
  }
  void read_hours(Words& words) {
    const auto opens = time_of_day(words.word("when the office opens"));
    const auto closes = time_of_day(words.word("when the office closes"));
    if (!opens || !closes || *opens >= *closes)
      return words.wrong(words.last(), "hours are two times such as 09:00 17:00");
    out_.opens_s_ = *opens, out_.closes_s_ = *closes;
  }
  void read_span(Words& words) {
    const auto from = words.number(limits::kYearMin, limits::kYearMax, "the first year");
    const auto until = words.number(limits::kYearMin, limits::kYearMax, "the last year");
    if (!from || !until) return;
    if (*until < *from) return words.wrong(words.last(), "the span ends before it begins");
    out_.first_ = day_of(*from, 1, 1), out_.last_ = day_of(*until, 12, 31);
    has_span_ = true;
  }
  void month_and_day(Words& words, Rule& rule) {
    const std::string text = words.word("month and day");
    const auto day = parse_day("2000-" + text);  // a leap year, so that 02-29 can be said
    if (!day) return words.wrong(words.last(), "month and day are such as 12-25");
    rule.month = civil_of(*day).month, rule.day = civil_of(*day).day;
  }
  static void weekday(Words& words, Rule& rule) {
    const auto weekday = parse_weekday(words.word("a weekday"));
    if (!weekday) return words.wrong(words.last(), "a weekday is mon, tue, ... sun");
    rule.weekday = *weekday;
  }
  void read_rule(Words& words, const Word& first, const std::string& keyword) {
    using Kind = Rule::Kind;
    Rule rule;
    if (keyword == "fixed") {
      month_and_day(words, rule);
    } else if (keyword == "nth" || keyword == "last") {
      rule.kind = keyword == "nth" ? Kind::kNth : Kind::kLast;
      if (rule.kind == Kind::kNth) rule.count = words.number(1, 4, "which one").value_or(1);
      weekday(words, rule);
      rule.month = words.number(1, 12, "the month").value_or(1);
    } else if (keyword == "after" || keyword == "before") {
      rule.kind = keyword == "after" ? Kind::kAfter : Kind::kBefore;
      weekday(words, rule);
      month_and_day(words, rule);
    } else if (keyword == "easter") {
      rule.kind = Kind::kEaster;
      rule.count = words.number(-60, 70, "days from Easter Sunday").value_or(0);
    } else if (keyword == "on") {
      rule.kind = Kind::kOn;
      rule.on = words.day("the date").value_or(Day{});
    } else if (keyword == "equinox") {
      rule.kind = words.take("vernal") ? Kind::kVernal : Kind::kAutumnal;
      if (rule.kind == Kind::kAutumnal && !words.take("autumnal"))
        return words.wrong(words.last(), "an equinox is vernal or autumnal");
    } else {
      return words.wrong(first, fmt::format("'{}' is no keyword of a calendar", keyword));
    }
    rule.name = words.quoted("the holiday's name");
    read_clauses(words, rule);
    rules_.push_back(std::move(rule));
  }
  static void read_clauses(Words& words, Rule& rule) {
    while (!words.is_wrong() && !words.at_end()) {
      if (words.take("unverified")) {
        rule.is_unverified = true;
      } else if (words.take("from")) {
        rule.from = words.number(limits::kYearMin, limits::kYearMax, "a year").value_or(0);
      } else if (words.take("until")) {
        rule.until = words.number(limits::kYearMin, limits::kYearMax, "a year").value_or(0);
      } else if (words.take("except")) {
        rule.except.push_back(
            words.number(limits::kYearMin, limits::kYearMax, "a year").value_or(0));
      } else if (words.take("moves")) {
        const std::string how = words.word("where it moves to");
        if (how == "nearest") {
          rule.moves = Moves::kNearest;
        } else if (how == "next") {
          rule.moves = Moves::kNextFree;
        } else if (how == "sunday") {
          rule.moves = Moves::kFromSunday;
        } else if (how == "monday") {
          rule.moves = Moves::kMonday;
        } else {
          words.wrong(words.last(), "it moves nearest, next, sunday or monday");
        }
      } else {
        return words.expect_end();
      }
    }
  }

  // The day off that a holiday gives beside its own; nullopt: none.
  std::optional<Day> substitute(const Rule& rule, Day day, const std::set<Day>& taken) const {
    const Weekday weekday = weekday_of(day);
    const bool is_off = out_.is_weekend(day);
    switch (rule.moves) {
      case Moves::kNever:
        return std::nullopt;
      case Moves::kNearest:
        if (weekday == Weekday::kSaturday) return day - 1;
        if (weekday == Weekday::kSunday) return day + 1;
        return std::nullopt;
      case Moves::kMonday:
        return is_off ? std::optional(on_or_after(day, Weekday::kMonday)) : std::nullopt;
      case Moves::kFromSunday:
        if (weekday != Weekday::kSunday) return std::nullopt;
        break;
      case Moves::kNextFree:
        if (!is_off) return std::nullopt;
        break;
    }
    Day to = day + 1;
    while (out_.is_weekend(to) || taken.contains(to)) to = to + 1;
    return to;
  }

  void lay_out_all() {
    const int32_t first = civil_of(out_.first_).year, last = civil_of(out_.last_).year;
    struct Placed {
      Day day;
      const Rule* rule;
    };
    std::vector<Placed> placed;
    std::set<Day> taken;
    // A year more on either side, since substitutes cross the new year.
    for (int32_t year = first - 1; year <= last + 1; ++year) {
      for (const Rule& rule : rules_) {
        const auto day = lay_out(rule, year);
        if (!day) continue;
        placed.push_back({*day, &rule});
        taken.insert(*day);
      }
    }
    std::ranges::stable_sort(placed, {}, &Placed::day);
    const std::set<Day> own = taken;
    for (const Placed& one : placed) {
      out_.holidays_.push_back({one.day, one.rule->name, one.rule->is_unverified});
      const auto to = substitute(*one.rule, one.day, taken);
      if (!to) continue;
      taken.insert(*to);
      out_.holidays_.push_back({*to, one.rule->name + " (substitute)", one.rule->is_unverified});
    }
    if (bridges_) {
      for (const Day day : own) {
        if (own.contains(day + 2) && !taken.contains(day + 1) && !out_.is_weekend(day + 1)) {
          taken.insert(day + 1);
          out_.holidays_.push_back({day + 1, "Day between two holidays", false});
        }
      }
    }
    std::ranges::stable_sort(out_.holidays_, {}, &Holiday::day);
    std::erase_if(out_.holidays_, [&](const Holiday& one) { return !out_.covers(one.day); });
    out_.off_.assign(static_cast<size_t>(out_.last_ - out_.first_ + 1), false);
    for (Day day = out_.first_; day <= out_.last_; day = day + 1) {
      if (out_.is_weekend(day) || taken.contains(day))
        out_.off_[static_cast<size_t>(day - out_.first_)] = true;
    }
  }

  std::vector<Mistake>* mistakes_;
  Calendar out_;
  std::vector<Rule> rules_;
  bool is_wrong_ = false, has_span_ = false, bridges_ = false;
};

bool Calendar::is_weekend(Day day) const {
  return (weekend_ >> static_cast<unsigned>(weekday_of(day)) & 1U) != 0;
}

bool Calendar::is_working(Day day) const { return !off_[static_cast<size_t>(day - first_)]; }

std::vector<Holiday> Calendar::holidays_on(Day day) const {
  const auto found = std::ranges::equal_range(holidays_, day, {}, &Holiday::day);
  return {found.begin(), found.end()};
}

std::optional<Calendar> Calendar::read(std::string_view text, std::vector<Mistake>* mistakes) {
  Calendars all;
  all.add(text, mistakes);
  if (all.all().size() != 1) return std::nullopt;
  return all.all().begin()->second;
}

const Calendar* Calendars::find(std::string_view code) const {
  const auto found = calendars_.find(code);
  return found == calendars_.end() ? nullptr : &found->second;
}

void Calendars::add(std::string_view text, std::vector<Mistake>* mistakes) {
  std::optional<CalendarReader> reader;
  Word head;
  const auto finish = [&] {
    if (!reader) return;
    if (auto calendar = reader->finish(head))
      calendars_.insert_or_assign(calendar->code(), std::move(*calendar));
  };
  for (const Statement& statement : read_statements(text, mistakes)) {
    if (statement.front().text == "calendar") {
      finish();
      reader.emplace(mistakes);
      head = statement.front();
    }
    if (!reader) {
      mistakes->push_back({statement.front().line, 1, "a calendar begins with: calendar CODE"});
      return;
    }
    reader->read(statement);
  }
  finish();
}

}  // namespace entente::procedure
