// One or two numbers with what may stand around them; everything else is refused.
#include "ownership/share_text.h"

#include <array>
#include <charconv>
#include <cmath>

#include "base/text.h"

namespace entente::ownership {
namespace {

// A number with an optional percent sign, which is noted.
std::optional<double> parse_number(std::string_view text, bool* has_sign) {
  text = trim(text);
  if (text.ends_with('%')) {
    *has_sign = true;
    text = trim(text.substr(0, text.size() - 1));
  }
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (!std::isfinite(value) || value < 0) return std::nullopt;
  return value;
}

std::optional<ShareText> one_sided(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, char>, 10> kSides{{{">=", 'l'},
                                                                      {"<=", 'h'},
                                                                      {"≥", 'l'},
                                                                      {"≤", 'h'},
                                                                      {">", 'm'},
                                                                      {"<", 'h'},
                                                                      {"more than", 'm'},
                                                                      {"at least", 'l'},
                                                                      {"at most", 'h'},
                                                                      {"up to", 'h'}}};
  for (const auto& [word, side] : kSides) {
    if (!text.starts_with(word)) continue;
    ShareText share;
    const auto value = parse_number(text.substr(word.size()), &share.has_sign);
    if (!value) return std::nullopt;
    share.low_is_open = side == 'h';
    share.high_is_open = side != 'h';
    share.is_above = side == 'm';
    share.range = side == 'h' ? Range{0, *value} : Range{*value, *value};
    return share;
  }
  return std::nullopt;
}

// The place of what parts two numbers, and its size.
std::optional<std::pair<size_t, size_t>> find_divider(std::string_view text) {
  for (const std::string_view divider : {"..", "–", " to ", ":", ",", ";"}) {
    if (const size_t at = text.find(divider); at != std::string_view::npos)
      return std::pair(at, divider.size());
  }
  // A hyphen that does not belong to an exponent.
  for (size_t at = text.find('-', 1); at != std::string_view::npos; at = text.find('-', at + 1)) {
    if (text[at - 1] != 'e' && text[at - 1] != 'E') return std::pair(at, size_t{1});
  }
  return std::nullopt;
}

void apply_sign(ShareText* share) {
  if (!share->has_sign) return;
  share->range.low /= 100;
  share->range.high /= 100;
}

}  // namespace

std::optional<ShareText> parse_share(std::string_view text) {
  text = trim(text);
  ShareText share;
  for (const std::string_view word : {"", "?", "unknown", "n/a", "na", "-"}) {
    if (!equal_ignoring_case(text, word)) continue;
    share.is_unknown = true;
    share.range = kUnknown;
    return share;
  }
  if (const auto value = parse_number(text, &share.has_sign)) {
    share.range = {*value, *value};
    apply_sign(&share);
    return share;
  }
  share = {};
  if (auto open = one_sided(text)) {
    apply_sign(&*open);
    return open;
  }
  const bool is_bracketed = text.size() > 2 && (text.front() == '[' || text.front() == '(') &&
                            (text.back() == ']' || text.back() == ')');
  if (is_bracketed) text = text.substr(1, text.size() - 2);
  const auto divider = find_divider(text);
  if (!divider) return std::nullopt;
  const auto low = parse_number(text.substr(0, divider->first), &share.has_sign);
  const auto high = parse_number(text.substr(divider->first + divider->second), &share.has_sign);
  if (!low || !high || *low > *high) return std::nullopt;
  share.range = {*low, *high};
  apply_sign(&share);
  return share;
}

}  // namespace entente::ownership
