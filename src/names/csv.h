// Tables of text: commas, semicolons or tabs; fields in quotes may hold separators, quotes (twice) and
// line breaks. [RFC 4180]
//
// Threads: one. Memory: one row.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace entente::names {

inline constexpr size_t kCsvFieldsMax = 1'024;  // of a row
inline constexpr size_t kCsvRowBytesMax = size_t{1} << 20;

using CsvRow = std::vector<std::string>;

class CsvReader {
 public:
  // `sink` gets each row that has a field that is not empty; an error of it ends the reading.
  explicit CsvReader(std::function<Result<void>(CsvRow&)> sink) : sink_(std::move(sink)) {}

  // The separator that the first line has most of; before the first feed().
  void choose_separator(std::string_view first);
  // kTooLarge for a row past the limits.
  Result<void> feed(std::string_view piece);
  // The last row may lack its line break.
  Result<void> finish();

 private:
  Result<void> end_row();

  std::function<Result<void>(CsvRow&)> sink_;
  CsvRow row_{""};
  size_t row_bytes_ = 0;
  char separator_ = ',';
  bool is_quoted_ = false;
  bool was_quote_ = false;  // the byte before was a quote within quotes
};

}  // namespace entente::names
