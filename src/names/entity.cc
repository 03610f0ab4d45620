// Words and dates of entities.
#include "names/entity.h"

#include <fmt/format.h>

#include "base/text.h"

namespace entente::names {
namespace {

// The decimal digits that `text` begins with, at most `digits_max`; -1 if there are none.
int leading_number(std::string_view text, size_t digits_max, size_t* digits) {
  int value = 0;
  *digits = 0;
  while (*digits < text.size() && *digits < digits_max && text[*digits] >= '0' &&
         text[*digits] <= '9')
    value = value * 10 + (text[(*digits)++] - '0');
  return *digits == 0 ? -1 : value;
}

// "18 Mar 1961", "March 1961", "circa 1961", with a comma or not: as lists write dates in words.
PartialDate written_date(std::string_view text) {
  static constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
  PartialDate date;
  uint8_t month = 0, day = 0;
  for (std::string_view word : split(text, ' ')) {
    while (!word.empty() && (word.back() == ',' || word.back() == '.' || word.back() == ';'))
      word.remove_suffix(1);
    size_t digits = 0;
    const int number = leading_number(word, 5, &digits);
    if (digits == 4 && digits == word.size() && number >= 1000) {
      date.year = static_cast<int16_t>(number);
      break;
    }
    if (digits > 0 && digits <= 2 && digits == word.size() && number >= 1 && number <= 31)
      day = static_cast<uint8_t>(number);
    if (word.size() < 3) continue;
    const size_t at = kMonths.find(to_lower_ascii(word.substr(0, 3)));
    if (at != std::string_view::npos && at % 3 == 0) month = static_cast<uint8_t>(at / 3 + 1);
  }
  if (date.year == 0 || month == 0) return date;
  date.month = month;
  date.day = day;
  return date;
}

}  // namespace

PartialDate parse_partial_date(std::string_view text) {
  PartialDate date;
  text = trim(text).substr(0, 64);
  size_t digits = 0;
  const int year = leading_number(text, 4, &digits);
  if (digits != 4 || year < 1000) return written_date(text);
  date.year = static_cast<int16_t>(year);
  text.remove_prefix(4);
  if (!text.empty() && text[0] >= '0' && text[0] <= '9') return {};
  if (text.size() < 2 || text[0] != '-') return date;
  const int month = leading_number(text.substr(1), 2, &digits);
  if (month < 1 || month > 12) return date;
  date.month = static_cast<uint8_t>(month);
  text.remove_prefix(1 + digits);
  if (text.size() < 2 || text[0] != '-') return date;
  const int day = leading_number(text.substr(1), 2, &digits);
  if (day >= 1 && day <= 31) date.day = static_cast<uint8_t>(day);
  return date;
}

std::string date_text(const PartialDate& date) {
  if (date.month == 0) return fmt::format("{:04}", date.year);
  if (date.day == 0) return fmt::format("{:04}-{:02}", date.year, date.month);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::kPerson:
      return "person";
    case Kind::kOrganization:
      return "organization";
    case Kind::kVessel:
      return "vessel";
    case Kind::kAircraft:
      return "aircraft";
    case Kind::kPlace:
      return "place";
    case Kind::kAny:
      break;
  }
  return "any";
}

Kind parse_kind(std::string_view text) {
  const std::string word = to_lower_ascii(text);
  if (word == "person" || word == "individual") return Kind::kPerson;
  if (word == "organization" || word == "organisation" || word == "company" || word == "entity")
    return Kind::kOrganization;
  if (word == "vessel") return Kind::kVessel;
  if (word == "aircraft" || word == "airplane") return Kind::kAircraft;
  if (word == "place" || word == "address") return Kind::kPlace;
  return Kind::kAny;
}

}  // namespace entente::names
