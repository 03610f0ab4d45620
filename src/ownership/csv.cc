// A field without quotes is a slice of the text; one with doubled quotes is copied.
#include "ownership/csv.h"

#include <algorithm>

#include "ownership/limits.h"

namespace entente::ownership {

CsvReader::CsvReader(std::string_view text, char delimiter) : rest_(text), delimiter_(delimiter) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (rest_.starts_with(kByteOrderMark)) rest_.remove_prefix(kByteOrderMark.size());
}

void CsvReader::end_of_line() {
  if (rest_.starts_with('\r')) {
    rest_.remove_prefix(rest_.starts_with("\r\n") ? 2 : 1);
  } else if (rest_.starts_with('\n')) {
    rest_.remove_prefix(1);
  }
  ++next_line_;
}

bool CsvReader::next() {
  fields_.clear();
  unquoted_.clear();
  while (!rest_.empty() && (rest_.front() == '\n' || rest_.front() == '\r')) end_of_line();
  if (rest_.empty() || !problem_.empty()) return false;
  line_ = next_line_;
  for (bool ends = false; !ends;) {
    if (!read_field(&ends)) return false;
    if (fields_.size() > limits::kColumnsMax) {
      problem_ = "more columns than " + std::to_string(limits::kColumnsMax);
      return false;
    }
  }
  return true;
}

bool CsvReader::read_field(bool* ends_record) {
  if (rest_.starts_with('"')) {
    if (!read_quoted()) return false;
  } else {
    const char stops[] = {delimiter_, '\n', '\r', '\0'};
    size_t size = rest_.find_first_of(std::string_view(stops, 3));
    if (size == std::string_view::npos) size = rest_.size();
    fields_.push_back(rest_.substr(0, size));
    rest_.remove_prefix(size);
  }
  if (fields_.back().size() > limits::kFieldBytesMax) {
    problem_ = "a field of more than " + std::to_string(limits::kFieldBytesMax) + " bytes";
    return false;
  }
  if (rest_.starts_with(delimiter_)) {
    rest_.remove_prefix(1);
    return true;
  }
  *ends_record = true;
  if (!rest_.empty()) end_of_line();
  return true;
}

bool CsvReader::read_quoted() {
  rest_.remove_prefix(1);
  std::string* copy = nullptr;
  for (;;) {
    const size_t quote = rest_.find('"');
    if (quote == std::string_view::npos || quote > limits::kFieldBytesMax) {
      problem_ = "a quoted field that does not end";
      return false;
    }
    const std::string_view piece = rest_.substr(0, quote);
    next_line_ += static_cast<uint32_t>(std::ranges::count(piece, '\n'));
    rest_.remove_prefix(quote + 1);
    const bool is_doubled = rest_.starts_with('"');
    if (!is_doubled && copy == nullptr) {
      fields_.push_back(piece);
      break;
    }
    if (copy == nullptr) copy = &unquoted_.emplace_back();
    *copy += piece;
    if (!is_doubled) {
      fields_.push_back(*copy);
      break;
    }
    *copy += '"';
    rest_.remove_prefix(1);
    if (copy->size() > limits::kFieldBytesMax) {
      problem_ = "a quoted field that does not end";
      return false;
    }
  }
  // What stands between the closing quote and the delimiter belongs to no field; white space is usual.
  while (!rest_.empty() && rest_.front() != delimiter_ && rest_.front() != '\n' &&
         rest_.front() != '\r') {
    if (rest_.front() != ' ' && rest_.front() != '\t') {
      problem_ = "text behind a closing quote";
      return false;
    }
    rest_.remove_prefix(1);
  }
  return true;
}

char guess_delimiter(std::string_view text) {
  const std::string_view header = text.substr(0, text.find_first_of("\r\n"));
  char best = ',';
  for (const char c : {';', '\t', '|'}) {
    if (std::ranges::count(header, c) > std::ranges::count(header, best)) best = c;
  }
  return best;
}

}  // namespace entente::ownership
