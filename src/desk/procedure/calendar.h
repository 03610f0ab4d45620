// Calendars of nations: which days are working days, and when an office is open. Data, in a text format of
// their own (docs/formats/calendar.md); those that are shipped are in calendars.cc.
//
//   const Calendar* japan = Calendars::shipped().find("JPN");
//   japan->is_working(day);                    // within japan->covers(day)
//
// Threads: immutable. Cost: one lookup in a bitmap for a day; built once.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "desk/procedure/civil.h"
#include "desk/procedure/statements.h"

namespace entente::procedure {

struct Holiday {
  Day day;
  std::string name;
  bool is_unverified = false;
};

class Calendar {
 public:
  // Reads the statements of one calendar; mistakes are appended, and the result holds only if there are none.
  static std::optional<Calendar> read(std::string_view text, std::vector<Mistake>* mistakes);

  const std::string& code() const { return code_; }
  const std::string& title() const { return title_; }
  const std::string& zone() const { return zone_; }
  const std::vector<std::string>& sources() const { return sources_; }  // laws
  bool covers(Day day) const { return first_ <= day && day <= last_; }
  Day first() const { return first_; }
  Day last() const { return last_; }
  // Of a covered day.
  bool is_working(Day day) const;
  bool is_weekend(Day day) const;
  // Of the day, in order of the text; empty: none.
  std::vector<Holiday> holidays_on(Day day) const;
  const std::vector<Holiday>& holidays() const { return holidays_; }  // by day
  // Seconds of the local day between which the office is open on working days.
  int32_t opens_s() const { return opens_s_; }
  int32_t closes_s() const { return closes_s_; }

 private:
  friend class CalendarReader;
  std::string code_, title_, zone_;
  std::vector<std::string> sources_;
  Day first_, last_;
  uint8_t weekend_ = 0;  // bit n: weekday n
  int32_t opens_s_ = 9 * 3600, closes_s_ = 17 * 3600;
  std::vector<Holiday> holidays_;
  std::vector<bool> off_;  // by day since first_: neither weekend nor holiday is false
};

class Calendars {
 public:
  // The nations that come with the program.
  static const Calendars& shipped();
  // nullptr: none of that code.
  const Calendar* find(std::string_view code) const;
  const std::map<std::string, Calendar, std::less<>>& all() const { return calendars_; }
  // Adds the calendars of a text ("calendar CODE" begins each). A later one of a code replaces the earlier.
  void add(std::string_view text, std::vector<Mistake>* mistakes);

 private:
  std::map<std::string, Calendar, std::less<>> calendars_;
};

}  // namespace entente::procedure
