// What values must contain, and which expressions need not be compiled to know that they are valid.
#include "pattern/literals.h"

#include <gtest/gtest.h>

#include <random>

#include "pattern/limits.h"
#include "pattern/regex.h"

namespace entente::pattern {
namespace {

std::string of_regex(std::string_view expression) {
  std::string out;
  for (const std::string& each : literals_of_regex(expression).any_of)
    out += (out.empty() ? "" : "|") + each;
  return out;
}

TEST(PatternLiterals, OfExpressions) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"abc", "abc"},
      {"^abc$", "abc"},
      {"ab?cd", "cd"},
      {"abc*d", "ab"},
      {"abc+d", "abc"},
      {"ab{0,3}cd", "cd"},
      {"ab{x", "ab{x"},
      {"abc|d", "abc|d"},
      {"abc|", ""},
      {"a(b|c)de", "de"},
      {"a(?:bcd)?e", "a"},
      {"(abc)", ""},
      {"\\.exe$", ".exe"},
      {"\\d+abc", "abc"},
      {"a\\x41bcd", "bcd"},
      {"a\\p{Lu}bcd", "bcd"},
      {"ab[xyz]cde", "cde"},
      {"ab[]x]cde", "cde"},
      {"ab[^]]cde", "cde"},
      {"ab[\\]]cde", "cde"},
      {"\\Qa.b\\E", ""},
      {"(?i)Mark.com", "Mar"},
      {"(?i)kiss", "i"},
      {"(?x)a b c", ""},
      {"a(?i)b", ""},
      {"(*UTF)abc", ""},
      {"a(?#x)bc", ""},
      {"(?<n>a)bc", ""},
      {"(?<=ab)cde", "cde"},
      {"a\xc3\xa9?bc", "bc"},
      {"", ""},
      {".*", ""},
  };
  for (const auto& [expression, wanted] : cases)
    EXPECT_EQ(of_regex(expression), wanted) << expression;
}

TEST(PatternLiterals, OfLike) {
  EXPECT_EQ(literals_of_like("%abc_de%").any_of, std::vector<std::string>{"abc"});
  EXPECT_EQ(literals_of_like("abc").any_of, std::vector<std::string>{"abc"});
  EXPECT_TRUE(literals_of_like("%_%").any_of.empty());
  EXPECT_TRUE(literals_of_like("").any_of.empty());
}

// Random expressions of what is easily misread: what matches contains a literal, and what is called plain
// compiles.
TEST(PatternLiterals, AreNeverWrong) {
  static constexpr std::string_view kPieces[] = {
      "a",    "b",    "k",     "s",    "A",  "\xc3\xa9", ".",   "*",    "+",     "?",
      "{2}",  "{,2}", "{",     "}",    "(",  ")",        "(?:", "(?i)", "[",     "]",
      "^",    "$",    "-",     "|",    "\\", "\\d",      "\\b", "\\.",  "\\x61", "\\p{L}",
      "[ab]", "[^a]", "[a-z]", "[0-9", ",",  "2",        "(?=", "(?<!", "#",     " "};
  std::mt19937 random(7);
  size_t valid = 0, matching = 0, plain = 0;
  for (int round = 0; round < 60'000; ++round) {
    std::string expression;
    for (size_t i = 0, count = 1 + random() % 6; i < count; ++i)
      expression += kPieces[random() % std::size(kPieces)];
    const Literals literals = literals_of_regex(expression);
    const auto regex = Regex::compile(expression, Regex::Mode::kText);
    if (literals.is_plain) {
      ++plain;
      EXPECT_TRUE(regex) << expression << ": " << (regex ? "" : regex.error().detail);
    }
    if (!regex) continue;
    ++valid;
    for (int i = 0; i < 8; ++i) {
      std::string value;
      static constexpr std::string_view kLetters[] = {
          "a",        "b", "k", "s", "A", "B", "\xc3\xa9", "{", "}", "-", "2", "\xe2\x84\xaa",
          "\xc5\xbf", ".", "#"};
      for (size_t k = 0, count = random() % 8; k < count; ++k)
        value += kLetters[random() % std::size(kLetters)];
      uint32_t steps = limits::kRegexStepsEventMax;
      if ((*regex)->search(value, &steps) != Found::kYes || literals.any_of.empty()) continue;
      ++matching;
      const auto lower = [](std::string text) {
        for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        return text;
      };
      bool has_one = false;
      for (const std::string& literal : literals.any_of)
        has_one |= lower(value).find(lower(literal)) != std::string::npos;
      EXPECT_TRUE(has_one) << expression << " in " << value;
    }
  }
  EXPECT_GT(valid, 10'000U);
  EXPECT_GT(matching, 5'000U);
  EXPECT_GT(plain, 1'000U);
}

// Known evil expressions end, and are given up rather than believed.
TEST(PatternRegex, EvilOnesAreGivenUp) {
  const std::string many(40, 'a'), more(20'000, 'a');
  const std::pair<std::string_view, std::string> cases[] = {
      {"^(a+)+$", many + "!"},
      {"(a|aa)+$", many + "!"},
      {"(a*)*b", many},
      {"^(([a-z])+.)+[A-Z]([a-z])+$", many + "!"},
      {"(.*a){20}b", many + many},
      {"a*a*a*a*a*a*a*b", more},
      {"(?:(?:a?){50}){50}b", more},
      {"(?R)?a(?R)?b", many + many},
      {"(x+x+)+y", std::string(5'000, 'x')},
  };
  for (const auto& [expression, value] : cases) {
    const auto regex = Regex::compile(expression, Regex::Mode::kText);
    ASSERT_TRUE(regex) << expression << ": " << regex.error().detail;
    uint32_t steps = limits::kRegexStepsEventMax;
    EXPECT_NE((*regex)->search(value, &steps), Found::kYes) << expression;
  }
  // Some need no search at all, but the classic does.
  const auto classic = Regex::compile("^(a+)+$", Regex::Mode::kText);
  uint32_t steps = limits::kRegexStepsEventMax;
  EXPECT_EQ((*classic)->search(many + "!", &steps), Found::kGaveUp);
  steps = 2;
  EXPECT_EQ((*classic)->search(many, &steps), Found::kGaveUp);
}

TEST(PatternRegex, HoldsLimits) {
  const std::string most(limits::kRegexBytesMax, 'a');
  EXPECT_TRUE(Regex::compile(most, Regex::Mode::kText));
  EXPECT_FALSE(Regex::compile(most + "a", Regex::Mode::kText));
  const auto regex = Regex::compile("a", Regex::Mode::kText);
  uint32_t steps = 1000;
  EXPECT_EQ((*regex)->search(std::string(limits::kRegexSubjectBytesMax, 'a'), &steps), Found::kYes);
  EXPECT_EQ((*regex)->search(std::string(limits::kRegexSubjectBytesMax + 1, 'a'), &steps),
            Found::kGaveUp);
  EXPECT_FALSE(Regex::compile("\\C", Regex::Mode::kText));
}

}  // namespace
}  // namespace entente::pattern
