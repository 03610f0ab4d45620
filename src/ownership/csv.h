// Comma-separated records, cut out of a text in place. [RFC 4180]
//
//   CsvReader reader(text, ',');
//   while (reader.next()) use(reader.fields(), reader.line());
//
// Takes LF, CRLF and CR line ends, a byte order mark, and quoted fields with doubled quotes and line breaks;
// skips lines that are empty. A quote inside an unquoted field is an ordinary character. A field past
// limits::kFieldBytesMax, and columns past limits::kColumnsMax, end the reading: see problem().
// Fields live until the next call of next(); the text must outlive the reader. Threads: one.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace entente::ownership {

class CsvReader {
 public:
  explicit CsvReader(std::string_view text, char delimiter = ',');

  bool next();
  std::span<const std::string_view> fields() const { return fields_; }
  uint32_t line() const { return line_; }  // where the record begins, from 1
  // Why the reading ended before the text did; empty if it did not.
  const std::string& problem() const { return problem_; }

 private:
  bool read_field(bool* ends_record);
  bool read_quoted();
  void end_of_line();

  std::string_view rest_;
  char delimiter_;
  uint32_t line_ = 1, next_line_ = 1;
  std::vector<std::string_view> fields_;
  std::deque<std::string> unquoted_;  // stable addresses
  std::string problem_;
};

// The delimiter that a header line uses: the most frequent of , ; tab and |.
char guess_delimiter(std::string_view text);

}  // namespace entente::ownership
