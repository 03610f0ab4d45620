// One pass over the bytes; a line that cannot be read costs its own statement only.
#include "desk/procedure/statements.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "desk/procedure/limits.h"
#include "json/escape.h"

namespace entente::procedure {
namespace {

constexpr size_t kMistakesMax = 100;

void report(std::vector<Mistake>* mistakes, uint32_t line, uint32_t column, std::string detail) {
  if (mistakes->size() < kMistakesMax) mistakes->push_back({line, column, std::move(detail)});
}

// The words of one line; false: it could not be read.
bool read_line(std::string_view line, uint32_t number, Statement* out,
               std::vector<Mistake>* mistakes) {
  size_t at = 0;
  while (at < line.size()) {
    const char c = line[at];
    if (c == ' ' || c == '\t') {
      ++at;
      continue;
    }
    if (c == '#') return true;
    const auto column = static_cast<uint32_t>(at + 1);
    Word word{"", c == '"', number, column};
    if (word.is_quoted) {
      const size_t end = line.find('"', at + 1);
      if (end == std::string_view::npos) {
        report(mistakes, number, column, "a quoted text does not end on its line");
        return false;
      }
      word.text = line.substr(at + 1, end - at - 1);
      at = end + 1;
    } else {
      const size_t end = std::min(line.find_first_of(" \t#\"", at), line.size());
      word.text = line.substr(at, end - at);
      at = end;
    }
    const size_t bytes_max = word.is_quoted ? limits::kQuotedBytesMax : limits::kQuotedBytesMax / 4;
    if (word.text.size() > bytes_max) {
      report(mistakes, number, column, fmt::format("longer than {} bytes", bytes_max));
      return false;
    }
    out->push_back(std::move(word));
  }
  return true;
}

}  // namespace

std::vector<Statement> read_statements(std::string_view text, std::vector<Mistake>* mistakes) {
  std::vector<Statement> out;
  if (text.size() > limits::kPackBytesMax) {
    report(mistakes, 1, 1, fmt::format("larger than {} bytes", limits::kPackBytesMax));
    return out;
  }
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  if (const size_t bad = json::first_invalid_utf8(text); bad != text.size()) {
    const auto line = static_cast<uint32_t>(1 + std::ranges::count(text.substr(0, bad), '\n'));
    report(mistakes, line, 1, "not UTF-8");
    return out;
  }
  uint32_t number = 0;
  bool is_readable = true;  // the statement that an indented line would go on with
  for (std::string_view line : split(text, '\n')) {
    if (++number > limits::kPackLinesMax) {
      report(mistakes, number, 1, fmt::format("more than {} lines", limits::kPackLinesMax));
      return out;
    }
    if (line.ends_with('\r')) line.remove_suffix(1);
    Statement words;
    const bool is_read = read_line(line, number, &words, mistakes);
    const bool goes_on = line.starts_with(' ') || line.starts_with('\t');
    if (words.empty() && is_read) continue;
    if (!goes_on) is_readable = is_read;
    if (!is_read) continue;
    if (!goes_on) {
      out.push_back(std::move(words));
    } else if (out.empty()) {
      report(mistakes, number, words.front().column, "an indented line with nothing to go on with");
    } else if (is_readable) {
      out.back().insert(out.back().end(), words.begin(), words.end());
    }
  }
  return out;
}

const Word* Words::next(std::string_view what) {
  if (is_wrong_) return nullptr;
  if (at_end()) {
    wrong(here(), fmt::format("{} is missing", what));
    return nullptr;
  }
  return &statement_[at_++];
}

std::string Words::word(std::string_view what) {
  const Word* word = next(what);
  if (word == nullptr) return {};
  if (word->is_quoted) wrong(*word, fmt::format("{} is not quoted", what));
  return word->text;
}

std::string Words::quoted(std::string_view what) {
  const Word* word = next(what);
  if (word == nullptr) return {};
  if (!word->is_quoted) wrong(*word, fmt::format("{} stands in quotes", what));
  return word->text;
}

std::optional<int32_t> Words::number(int32_t min, int32_t max, std::string_view what) {
  const Word* word = next(what);
  if (word == nullptr) return std::nullopt;
  std::string_view digits = word->text;
  const bool is_negative = digits.starts_with('-');
  if (is_negative) digits.remove_prefix(1);
  const auto value = word->is_quoted ? std::nullopt : parse_decimal(digits);
  const int64_t signed_value = value && *value <= INT32_MAX
                                   ? static_cast<int64_t>(*value) * (is_negative ? -1 : 1)
                                   : INT64_MAX;
  if (signed_value < min || signed_value > max) {
    wrong(*word, fmt::format("{} is a whole number from {} to {}", what, min, max));
    return std::nullopt;
  }
  return static_cast<int32_t>(signed_value);
}

std::optional<Day> Words::day(std::string_view what) {
  const Word* word = next(what);
  if (word == nullptr) return std::nullopt;
  const auto day = parse_day(word->text);
  if (!day) wrong(*word, fmt::format("{} is a date such as 2028-01-17", what));
  return day;
}

bool Words::take(std::string_view keyword) {
  if (is_wrong_ || at_end() || statement_[at_].is_quoted || statement_[at_].text != keyword)
    return false;
  ++at_;
  return true;
}

std::vector<std::string> Words::list(std::string_view what) {
  const Word* word = next(what);
  std::vector<std::string> out;
  if (word == nullptr) return out;
  for (const std::string_view name : split(word->text, ',')) {
    if (word->is_quoted || name.empty()) {
      wrong(*word, fmt::format("{}: names separated by commas, without spaces", what));
      return {};
    }
    out.emplace_back(name);
  }
  return out;
}

void Words::expect_end() {
  if (!is_wrong_ && !at_end()) wrong(here(), fmt::format("'{}' is not expected here", here().text));
}

void Words::wrong(const Word& at, std::string detail) {
  if (!is_wrong_) report(mistakes_, at.line, at.column, std::move(detail));
  is_wrong_ = true;
}

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > limits::kWordBytesMax || text[0] < 'a' || text[0] > 'z')
    return false;
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

std::string describe(const std::vector<Mistake>& mistakes) {
  std::string out;
  for (const Mistake& one : mistakes)
    out += fmt::format("{}{}:{}: {}", out.empty() ? "" : "; ", one.line, one.column, one.detail);
  return out;
}

}  // namespace entente::procedure
