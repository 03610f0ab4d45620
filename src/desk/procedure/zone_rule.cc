// The TZ string: names and offsets, then when summer time begins and ends. Offsets count westwards in it, so they
// are turned round once, here.
#include <cctype>
#include <optional>

#include "desk/procedure/zone.h"

namespace entente::procedure {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ == text_.size(); }
  bool take(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  // Three letters or more, or anything between angle brackets.
  bool name() {
    if (take('<')) {
      while (!at_end() && text_[at_] != '>') ++at_;
      return take('>');
    }
    const size_t begin = at_;
    while (!at_end() && std::isalpha(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    return at_ - begin >= 3;
  }
  std::optional<int32_t> number(int32_t max) {
    const size_t begin = at_;
    int32_t value = 0;
    while (!at_end() && text_[at_] >= '0' && text_[at_] <= '9' && at_ - begin < 4)
      value = value * 10 + (text_[at_++] - '0');
    if (at_ == begin || value > max) return std::nullopt;
    return value;
  }
  // [+-]hh[:mm[:ss]], in seconds.
  std::optional<int32_t> time() {
    const int32_t sign = take('-') ? -1 : (take('+'), 1);
    const auto hours = number(167);
    if (!hours) return std::nullopt;
    int32_t seconds = *hours * 3600;
    for (const int32_t unit : {60, 1}) {
      if (!take(':')) break;
      const auto part = number(59);
      if (!part) return std::nullopt;
      seconds += *part * unit;
    }
    return sign * seconds;
  }
  std::optional<ZoneRule::Change> change() {
    ZoneRule::Change out;
    if (take('M')) {
      const auto month = number(12);
      if (!month || *month == 0 || !take('.')) return std::nullopt;
      const auto week = number(5);
      if (!week || *week == 0 || !take('.')) return std::nullopt;
      const auto weekday = number(6);
      if (!weekday) return std::nullopt;
      out.month = *month, out.week = *week, out.weekday = *weekday;
    } else {
      out.kind = take('J') ? ZoneRule::Change::Kind::kJulian : ZoneRule::Change::Kind::kZeroBased;
      const auto day = number(365);
      if (!day || (*day == 0 && out.kind == ZoneRule::Change::Kind::kJulian)) return std::nullopt;
      out.day = *day;
    }
    if (!take('/')) return out;
    const auto at = time();
    if (!at) return std::nullopt;
    out.second = *at;
    return out;
  }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

Result<ZoneRule> parse_zone_rule(std::string_view text) {
  const auto wrong = [&] { return fail(Code::kInvalid, "not a TZ string: " + std::string(text)); };
  Reader reader(text);
  ZoneRule rule;
  rule.is_known = true;
  if (!reader.name()) return wrong();
  const auto standard = reader.time();
  if (!standard) return wrong();
  rule.standard_s = -*standard;
  if (reader.at_end()) return rule;
  if (!reader.name()) return wrong();
  rule.has_summer = true;
  rule.summer_s = rule.standard_s + 3600;
  if (!reader.take(',')) {
    const auto summer = reader.time();
    if (!summer || !reader.take(',')) return wrong();
    rule.summer_s = -*summer;
  }
  const auto begin = reader.change();
  if (!begin || !reader.take(',')) return wrong();
  const auto end = reader.change();
  if (!end || !reader.at_end()) return wrong();
  rule.to_summer = *begin, rule.to_standard = *end;
  return rule;
}

}  // namespace entente::procedure
