// A state for each byte, kept between pieces. A quote that does not stand at the beginning of a field is
// taken as it is, as lists written by hand have it.
#include "names/csv.h"

#include <algorithm>

namespace entente::names {

void CsvReader::choose_separator(std::string_view first) {
  size_t commas = 0, semicolons = 0, tabs = 0;
  bool is_quoted = false;
  for (const char c : first) {
    if (c == '"') is_quoted = !is_quoted;
    if (is_quoted) continue;
    if (c == '\n') break;
    commas += c == ',' ? 1 : 0;
    semicolons += c == ';' ? 1 : 0;
    tabs += c == '\t' ? 1 : 0;
  }
  const size_t most = std::max({commas, semicolons, tabs});
  separator_ = most == 0 || commas == most ? ',' : tabs == most ? '\t' : ';';
}

Result<void> CsvReader::end_row() {
  for (std::string& field : row_) {
    while (!field.empty() && (field.back() == ' ' || field.back() == '\r')) field.pop_back();
  }
  const bool has_text =
      std::ranges::any_of(row_, [](const std::string& field) { return !field.empty(); });
  Result<void> outcome;
  if (has_text) outcome = sink_(row_);
  row_.assign(1, "");
  row_bytes_ = 0;
  is_quoted_ = was_quote_ = false;
  return outcome;
}

Result<void> CsvReader::feed(std::string_view piece) {
  for (const char c : piece) {
    if (++row_bytes_ > kCsvRowBytesMax) return fail(Code::kTooLarge, "a row is too long");
    if (is_quoted_ && !was_quote_) {
      if (c == '"') {
        was_quote_ = true;
      } else {
        row_.back() += c;
      }
      continue;
    }
    if (was_quote_) {
      was_quote_ = false;
      if (c == '"') {
        row_.back() += c;
        continue;
      }
      is_quoted_ = false;
    }
    if (c == '"' && row_.back().empty()) {
      is_quoted_ = true;
    } else if (c == separator_) {
      if (row_.size() >= kCsvFieldsMax) return fail(Code::kTooLarge, "a row has too many fields");
      row_.emplace_back();
    } else if (c == '\n') {
      TRY(end_row());
    } else if (c != '\0' && c != '\x1A') {  // OFAC ends its files with 1A
      row_.back() += c;
    }
  }
  return {};
}

Result<void> CsvReader::finish() { return end_row(); }

}  // namespace entente::names
