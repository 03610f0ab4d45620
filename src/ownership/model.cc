// Names of enumerators are what files and answers say; the calendar is the proleptic Gregorian one.
#include "ownership/model.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "ownership/limits.h"

namespace entente::ownership {
namespace {

constexpr std::array<std::pair<std::string_view, InterestKind>, 9> kInterestKinds{{
    {"shares", InterestKind::kShares},
    {"board", InterestKind::kBoard},
    {"contract", InterestKind::kContract},
    {"golden-share", InterestKind::kGolden},
    {"trust", InterestKind::kTrust},
    {"influence", InterestKind::kInfluence},
    {"nominee", InterestKind::kNominee},
    {"nominator", InterestKind::kNominator},
    {"consolidation", InterestKind::kConsolidation},
}};

void note(Findings& findings, Finding::Weight weight, std::string code, std::string place,
          std::string detail) {
  if (findings.list.size() < limits::kFindingsMax)
    findings.list.push_back({weight, std::move(code), std::move(place), std::move(detail)});
}

// The number of exactly `digits` digits at the head of *text, which it then leaves out.
std::optional<int> take_number(std::string_view* text, size_t digits) {
  if (text->size() < digits) return std::nullopt;
  int value = 0;
  for (const char c : text->substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text->remove_prefix(digits);
  return value;
}

}  // namespace

std::string_view name_of(PartyKind kind) {
  switch (kind) {
    case PartyKind::kUnspecified:
      return "unspecified";
    case PartyKind::kPerson:
      return "person";
    case PartyKind::kEntity:
      return "entity";
    case PartyKind::kState:
      return "state";
    case PartyKind::kTrust:
      return "trust";
    case PartyKind::kAnonymous:
      return "anonymous";
  }
  return "unspecified";
}

std::string_view name_of(InterestKind kind) {
  for (const auto& [name, value] : kInterestKinds) {
    if (value == kind) return name;
  }
  return "shares";
}

std::optional<InterestKind> interest_kind_from(std::string_view name) {
  for (const auto& [known, value] : kInterestKinds) {
    if (equal_ignoring_case(known, name)) return value;
  }
  return std::nullopt;
}

Control control_of(InterestKind kind) {
  switch (kind) {
    case InterestKind::kBoard:
    case InterestKind::kContract:
    case InterestKind::kConsolidation:
      return Control::kCertain;
    case InterestKind::kNominator:
    case InterestKind::kGolden:
    case InterestKind::kTrust:
    case InterestKind::kInfluence:
      return Control::kPossible;
    case InterestKind::kShares:
    case InterestKind::kNominee:
      return Control::kNone;
  }
  return Control::kNone;
}

size_t Graph::Hash::operator()(std::string_view text) const { return hash64(text); }

PartyIndex Graph::party(std::string_view id) {
  if (const auto found = by_id_.find(id); found != by_id_.end()) return found->second;
  const auto index = static_cast<PartyIndex>(parties.size());
  parties.emplace_back().id = id;
  by_id_.emplace(std::string(id), index);
  return index;
}

std::optional<PartyIndex> Graph::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return std::nullopt;
  return found->second;
}

uint32_t Graph::source(std::string_view name) {
  if (name.empty()) return 0;
  if (const auto found = by_source_.find(name); found != by_source_.end()) return found->second;
  const auto index = static_cast<uint32_t>(sources.size());
  sources.emplace_back(name);
  by_source_.emplace(std::string(name), index);
  return index;
}

void Findings::error(std::string code, std::string place, std::string detail) {
  ++errors;
  note(*this, Finding::Weight::kError, std::move(code), std::move(place), std::move(detail));
}

void Findings::warning(std::string code, std::string place, std::string detail) {
  ++warnings;
  note(*this, Finding::Weight::kWarning, std::move(code), std::move(place), std::move(detail));
}

std::optional<Day> parse_day(std::string_view text, PeriodEdge edge) {
  using std::chrono::sys_days;
  const auto year = take_number(&text, 4);
  if (!year) return std::nullopt;
  const bool is_after = edge == PeriodEdge::kAfter;
  const std::chrono::year y(*year);
  if (text.empty()) {
    const std::chrono::year edge_year = is_after ? y + std::chrono::years(1) : y;
    return sys_days(edge_year / 1 / 1).time_since_epoch().count();
  }
  if (text.front() != '-') return std::nullopt;
  text.remove_prefix(1);
  const auto month = take_number(&text, 2);
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  const std::chrono::year_month ym = y / *month;
  if (text.empty()) {
    const std::chrono::year_month edge_month = is_after ? ym + std::chrono::months(1) : ym;
    return sys_days(edge_month / 1).time_since_epoch().count();
  }
  if (text.front() != '-') return std::nullopt;
  text.remove_prefix(1);
  const auto day = take_number(&text, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day ymd = ym / *day;
  if (!ymd.ok() || (!text.empty() && text.front() != 'T' && text.front() != ' '))
    return std::nullopt;
  return sys_days(ymd).time_since_epoch().count();
}

std::string format_day(Day day) {
  if (day == kDayFirst || day == kDayLast) return {};
  const std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{day}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

Day day_of_ms(int64_t ms_since_1970) {
  constexpr int64_t kDayMs = 24LL * 3600 * 1000;
  int64_t day = ms_since_1970 / kDayMs;
  if (ms_since_1970 % kDayMs < 0) --day;
  return static_cast<Day>(day);
}

}  // namespace entente::ownership
