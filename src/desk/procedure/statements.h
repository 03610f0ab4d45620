// The text of rule packs and calendars as statements: words and quoted texts, each with its place. A statement
// begins at the start of a line; indented lines go on with it; '#' begins a comment. All mistakes are reported, with
// line and column (from 1, in bytes).
//
//   std::vector<Mistake> mistakes;
//   const auto statements = read_statements(text, &mistakes);
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "desk/procedure/civil.h"

namespace entente::procedure {

struct Mistake {
  uint32_t line = 0, column = 0;
  std::string detail;
};

struct Word {
  std::string text;
  bool is_quoted = false;
  uint32_t line = 0, column = 0;
};

using Statement = std::vector<Word>;  // never empty

// Statements with what could be read; mistakes are appended.
std::vector<Statement> read_statements(std::string_view text, std::vector<Mistake>* mistakes);

// Takes the words of one statement in order. After the first mistake nothing more is reported of it.
class Words {
 public:
  Words(const Statement& statement, std::vector<Mistake>* mistakes)
      : statement_(statement), mistakes_(mistakes) {}

  bool at_end() const { return at_ == statement_.size(); }
  bool is_wrong() const { return is_wrong_; }
  // Where the next word is, else where the last one is.
  const Word& here() const { return statement_[at_ < statement_.size() ? at_ : at_ - 1]; }
  // The word that was taken last.
  const Word& last() const { return statement_[at_ == 0 ? 0 : at_ - 1]; }
  // The next word, unquoted; `what` is for the mistake if there is none.
  std::string word(std::string_view what);
  std::string quoted(std::string_view what);
  std::optional<int32_t> number(int32_t min, int32_t max, std::string_view what);
  std::optional<Day> day(std::string_view what);
  // Whether the next word is that keyword; takes it then.
  bool take(std::string_view keyword);
  // Names separated by commas, one word.
  std::vector<std::string> list(std::string_view what);
  void expect_end();
  void wrong(const Word& at, std::string detail);

 private:
  const Word* next(std::string_view what);
  const Statement& statement_;
  std::vector<Mistake>* mistakes_;
  size_t at_ = 0;
  bool is_wrong_ = false;
};

// Lower-case letters, digits, '-' and '_', beginning with a letter, up to limits::kWordBytesMax.
bool is_name(std::string_view text);

std::string describe(const std::vector<Mistake>& mistakes);

}  // namespace entente::procedure
