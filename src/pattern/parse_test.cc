// The grammar, its limits, canonical printing and normal form.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "pattern/check.h"
#include "pattern/limits.h"

namespace entente::pattern {
namespace {

// The canonical text, or "column: message".
std::string canonical(std::string_view text, const ParseOptions& options = {}) {
  Pattern pattern;
  const auto parsed = parse_and_check(text, options, &pattern);
  if (!parsed) return std::to_string(parsed.error().column) + ": " + parsed.error().message;
  return print(pattern);
}

std::string normal(std::string_view text) {
  Pattern pattern;
  return parse(text, {}, &pattern) ? normal_form(pattern) : "invalid";
}

TEST(PatternParse, PrintsOneSpelling) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {" [ file : name == 'x' ] ", "[file:name = 'x']"},
      {"[file:size<>5]", "[file:size != 5]"},
      {"[file:size>=+5]", "[file:size >= 5]"},
      {"[a:b = -0 OR a:b=.50 OR a:b=-.5]", "[a:b = 0 OR a:b = 0.50 OR a:b = -0.5]"},
      {"[a:b=007.5]", "[a:b = 7.5]"},
      {"[file:hashes.'MD5'='00']", "[file:hashes.MD5 = '00']"},
      {"[file:hashes . 'SHA-256'='00']", "[file:hashes.'SHA-256' = '00']"},
      {"[a:'b'.c [ 3 ] [*] .'AND'=1]", "[a:b.c[3][*].'AND' = 1]"},
      {"[a:b IN('x' ,'y')]", "[a:b IN ('x', 'y')]"},
      {"[a:b IN ()]", "[a:b IN ()]"},
      {"[a:b NOT LIKE 'x%']", "[a:b NOT LIKE 'x%']"},
      {"[a:b NOT = 1]", "[a:b NOT = 1]"},
      {"[EXISTS a:b AND NOT EXISTS a:c]", "[EXISTS a:b AND NOT EXISTS a:c]"},
      {"[a:b=h'FFd8']", "[a:b = h'ffd8']"},
      {"[a:b=b'AB\nI=']", "[a:b = b'ABI=']"},
      {"[a:b=t'2014-01-13T07:03:17Z']", "[a:b = t'2014-01-13T07:03:17Z']"},
      {"[((a:b=1))]", "[a:b = 1]"},
      {"[(a:b=1 AND a:c=2) AND a:d=3]", "[a:b = 1 AND a:c = 2 AND a:d = 3]"},
      {"[(a:b=1 AND a:c=2) OR a:d=3]", "[a:b = 1 AND a:c = 2 OR a:d = 3]"},
      {"[(a:b=1 OR a:c=2) AND a:d=3]", "[(a:b = 1 OR a:c = 2) AND a:d = 3]"},
      {"([a:b=1])", "[a:b = 1]"},
      {"[a:b=1]OR[a:b=2]AND[a:b=3]", "[a:b = 1] OR [a:b = 2] AND [a:b = 3]"},
      {"([a:b=1] OR [a:b=2]) AND [a:b=3]", "([a:b = 1] OR [a:b = 2]) AND [a:b = 3]"},
      {"([a:b=1] FOLLOWEDBY [a:b=2]) WITHIN 5 SECONDS",
       "([a:b = 1] FOLLOWEDBY [a:b = 2]) WITHIN 5 SECONDS"},
      {"[a:b=1] FOLLOWEDBY ([a:b=2] WITHIN .5 SECONDS)",
       "[a:b = 1] FOLLOWEDBY [a:b = 2] WITHIN 0.5 SECONDS"},
      {"([a:b=1] WITHIN 5 SECONDS) WITHIN 6 SECONDS",
       "([a:b = 1] WITHIN 5 SECONDS) WITHIN 6 SECONDS"},
      {"[a:b=1] REPEATS 2 TIMES WITHIN 5 SECONDS", "[a:b = 1] REPEATS 2 TIMES WITHIN 5 SECONDS"},
      {"[a:b='it\\'s \\\\']", "[a:b = 'it\\'s \\\\']"},
      {"[a:b = 1 /* two */ OR // three\n a:b = 2]", "[a:b = 1 OR a:b = 2]"},
      {"[a:b\u2003=\u00a0'x'\u3000]", "[a:b = 'x']"},
      {"[x-y:b='日本']", "[x-y:b = '日本']"},
  };
  for (const auto& [text, wanted] : cases) {
    EXPECT_EQ(canonical(text), wanted) << text;
    EXPECT_EQ(canonical(wanted), wanted) << text;
  }
}

TEST(PatternParse, NamesPlaceExpectedAndFound) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", "1: expected [ or (, found the end of the pattern"},
      {"file:size = 1280", "1: expected [ or (, found 'file'"},
      {"[file:size = ]", "14: expected a constant"},
      {"[file.size = 1280]", "6: expected a colon after the object type, found '.'"},
      {"[file:size 5]", "12: expected a comparison operator, found '5'"},
      {"[file:name MATCHES /x/]", "20: expected a string in apostrophes, found '/'"},
      {"[a:b='c'", "9: expected AND, OR or ], found the end of the pattern"},
      {"[a:b='c", "8: expected an apostrophe that ends the string"},
      {"[a:b='\\x']", "8: expected \\ or ' after a backslash"},
      {"[a:b='日本' x]", "11: expected AND, OR or ], found 'x'"},
      {"[a:b=1] within 2 seconds", "9: expected AND, OR, FOLLOWEDBY, a qualifier"},
      {"[a:b=1] WITHIN 5 HOURS", "18: expected SECONDS, found 'HOURS'"},
      {"[a:b=1] WITHIN -5 SECONDS", "16: expected a positive number of seconds"},
      {"[a:b=1] WITHIN 0 SECONDS", "16: expected a positive number of seconds"},
      {"[a:b=1] WITHIN 0.0 SECONDS", "16: expected a positive number of seconds"},
      {"[a:b=1] REPEATS 0 TIMES", "17: expected a positive whole number"},
      {"[a:b=1] REPEATS 2.0 TIMES", "17: expected a positive whole number"},
      {"[a:b=1] REPEATS 2 TIMES REPEATS 3 TIMES", "25: a second qualifier of the same type"},
      {"([a:b=1]) WITHIN 5 SECONDS WITHIN 6 SECONDS", "28: a second qualifier of the same type"},
      {"[a:b=1] START '2016-06-01T00:00:00Z' STOP '2016-07-01T00:00:00Z'",
       "15: expected a timestamp"},
      {"[a:b=1] START t'2016-06-31T00:00:00Z' STOP t'2016-07-01T00:00:00Z'", "17: not a timestamp"},
      {"[a:b=t'2014-01-13t07:03:17Z']", "8: not a timestamp"},
      {"[a:b=h'abc']", "11: expected an even number"},
      {"[a:b=h'xy']", "8: expected a hexadecimal digit"},
      {"[a:b=b'====']", "10: expected base64"},
      {"[a:b=b'AB']", "10: expected base64 in groups"},
      {"[a:b=9007199254740992]", "6: an integer is from"},
      {"[a:b=-9007199254740992]", "6: an integer is from"},
      {"[a:b=01]", "6: expected a number"},
      {"[a:b=1e5]", "6: expected a number"},
      {"[a:b=1.]", "6: expected a number"},
      {"[a:b>true]", "6: true and false have no order"},
      {"[a:b IN (1,'a')]", "12: a list holds constants of one type"},
      {"[a:b IN 1]", "9: expected ( after IN"},
      {"[a:b IN (1,)]", "12: expected a constant"},
      {"[a:b.c-d=1]", "7: a property name with a hyphen"},
      {"[a:b.AND=1]", "6: expected a property name"},
      {"[a:b[-1]=1]", "6: expected a list index"},
      {"[a:b[01]=1]", "6: expected a list index"},
      {"[a:b=1 AND c:d=2]", "2: no object is of all the types"},
      {"[a:b ISSUBSET '1.2.3']", "16: not an IPv4"},
      {"[a:b ISSUPERSET '1.2.3.4/33']", "18: not an IPv4"},
      {"[a:b MATCHES '(']", "15: regular expression, character 2"},
      {"[a:b LIKE 5]", "11: expected a string in apostrophes"},
      {"[NOT a:b=1]", "6: expected EXISTS"},
      {"[a:b=1 /* ", "8: expected the end of a comment"},
      {"[a:b=\xff]", "6: not UTF-8"},
  };
  for (const auto& [text, wanted] : cases)
    EXPECT_TRUE(canonical(text).starts_with(wanted)) << text << "\n" << canonical(text);
}

TEST(PatternParse, CountsLines) {
  Pattern pattern;
  const auto parsed = parse("[a:b = 1\n  OR\n  a:é = 2]", {}, &pattern);
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().line, 3U);
  EXPECT_EQ(parsed.error().column, 5U);
}

TEST(PatternParse, AndNeedsATypeInCommon) {
  EXPECT_EQ(canonical("[(a:x=1 OR b:x=1) AND (b:y=1 OR c:y=1)]"),
            "[(a:x = 1 OR b:x = 1) AND (b:y = 1 OR c:y = 1)]");
  EXPECT_TRUE(canonical("[(a:x=1 OR b:x=1) AND c:y=1]").starts_with("3: no object"));
  EXPECT_EQ(canonical("[a:x=1 OR b:x=1]"), "[a:x = 1 OR b:x = 1]");
  EXPECT_EQ(canonical("[a:x=1] AND [b:x=1]"), "[a:x = 1] AND [b:x = 1]");
}

TEST(PatternParse, TakesStix20BoundsIfAsked) {
  EXPECT_EQ(canonical("[a:b=1] START '2016-06-01T00:00:00Z' STOP '2016-07-01T00:00:00Z'", {true}),
            "[a:b = 1] START t'2016-06-01T00:00:00Z' STOP t'2016-07-01T00:00:00Z'");
}

std::string repeated(std::string_view piece, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += piece;
  return out;
}

TEST(PatternParse, HoldsLimits) {
  const auto nested = [](size_t depth) {
    return "[" + repeated("(", depth) + "a:b = 1" + repeated(")", depth) + "]";
  };
  EXPECT_EQ(canonical(nested(limits::kDepthMax)), "[a:b = 1]");
  EXPECT_NE(canonical(nested(limits::kDepthMax + 1)), "[a:b = 1]");
  const auto comparisons = [](size_t count) {
    return "[a:b = 1" + repeated(" OR a:b = 1", count - 1) + "]";
  };
  EXPECT_EQ(canonical(comparisons(limits::kComparisonsMax)), comparisons(limits::kComparisonsMax));
  EXPECT_NE(canonical(comparisons(limits::kComparisonsMax + 1)),
            comparisons(limits::kComparisonsMax + 1));
  const auto list = [](size_t count) { return "[a:b IN (1" + repeated(", 1", count - 1) + ")]"; };
  EXPECT_EQ(canonical(list(limits::kConstantsMax)), list(limits::kConstantsMax));
  EXPECT_NE(canonical(list(limits::kConstantsMax + 1)), list(limits::kConstantsMax + 1));
  const auto steps = [](size_t count) { return "[a:b" + repeated(".c", count - 1) + " = 1]"; };
  EXPECT_EQ(canonical(steps(limits::kStepsMax)), steps(limits::kStepsMax));
  EXPECT_NE(canonical(steps(limits::kStepsMax + 1)), steps(limits::kStepsMax + 1));
  const auto bytes = [](size_t count) { return "[a:b = '" + std::string(count - 10, 'x') + "']"; };
  EXPECT_EQ(canonical(bytes(limits::kPatternBytesMax)), bytes(limits::kPatternBytesMax));
  EXPECT_NE(canonical(bytes(limits::kPatternBytesMax + 1)), bytes(limits::kPatternBytesMax + 1));
  EXPECT_EQ(canonical("[a:b[1000000] = 1]"), "[a:b[1000000] = 1]");
  EXPECT_NE(canonical("[a:b[1000001] = 1]"), "[a:b[1000001] = 1]");
  EXPECT_EQ(canonical("[a:b = 1] REPEATS 1000000 TIMES"), "[a:b = 1] REPEATS 1000000 TIMES");
  EXPECT_NE(canonical("[a:b = 1] REPEATS 1000001 TIMES"), "[a:b = 1] REPEATS 1000001 TIMES");
}

TEST(PatternNormalForm, IsOneForEqualPatterns) {
  const std::pair<std::string_view, std::string_view> equal[] = {
      {"[a:b=1 OR a:c=2]", "[a:c=2 OR a:b=1 OR a:b=1]"},
      {"[a:b=1 AND a:c=2]", "[a:c=2 AND a:b=1]"},
      {"[a:b IN ('x')]", "[a:b='x']"},
      {"[a:b IN (3, 1, 3)]", "[a:b IN (1, 3)]"},
      {"[a:b=b'ABI=']", "[a:b=h'0012']"},
      {"[a:b=0.50]", "[a:b=.5]"},
      {"[a:b=t'2020-01-01T00:00:00.10Z']", "[a:b=t'2020-01-01T00:00:00.1Z']"},
      {"[a:b=1] AND [a:b=2]", "[a:b=2] AND [a:b=1]"},
      {"[a:b=1] WITHIN 5 SECONDS", "[a:b=1] WITHIN 5.000 SECONDS"},
      {"[a:b=1] REPEATS 1 TIMES", "[a:b=1]"},
  };
  for (const auto& [a, b] : equal) EXPECT_EQ(normal(a), normal(b)) << a << " " << b;
  const std::pair<std::string_view, std::string_view> apart[] = {
      {"[a:b=1] FOLLOWEDBY [a:b=2]", "[a:b=2] FOLLOWEDBY [a:b=1]"},
      {"[a:b=1] AND [a:b=1]", "[a:b=1]"},
      {"[a:b=1 OR a:b=2]", "[a:b=1] OR [a:b=2]"},
      {"[a:b='1']", "[a:b=1]"},
      {"[a:b[*] NOT = 1]", "[a:b[*] != 1]"},
      {"[a:b=1] REPEATS 2 TIMES WITHIN 5 SECONDS", "[a:b=1] WITHIN 5 SECONDS REPEATS 2 TIMES"},
  };
  for (const auto& [a, b] : apart) EXPECT_NE(normal(a), normal(b)) << a << " " << b;
}

// Real patterns and the examples of the standard. What is refused is listed in docs/patterns.md.
TEST(PatternParse, TakesRealPatterns) {
  const std::string folder = "../shared/data/stix/";
  const std::pair<std::string, size_t> files[] = {{"patterns-real.txt", 12},
                                                  {"patterns-spec-examples-v20.txt", 0},
                                                  {"patterns-spec-examples-v21.txt", 0}};
  for (const auto& [name, refused_wanted] : files) {
    std::ifstream in(std::string(PATTERN_SOURCE_ROOT) + "/" + folder + name);
    if (!in) {
      std::cout << "skipped: no " << name << "\n";
      continue;
    }
    size_t refused = 0;
    for (std::string line; std::getline(in, line);) {
      Pattern pattern;
      if (const auto parsed = parse_and_check(line, {}, &pattern); !parsed) {
        ++refused;
        EXPECT_EQ(parsed.error().message, "no object is of all the types that AND joins here")
            << line;
        continue;
      }
      const std::string text = print(pattern);
      Pattern again;
      ASSERT_TRUE(parse(text, {}, &again)) << text;
      EXPECT_EQ(print(again), text) << line;
      EXPECT_EQ(normal_form(again), normal_form(pattern)) << line;
    }
    EXPECT_EQ(refused, refused_wanted) << name;
  }
}

}  // namespace
}  // namespace entente::pattern
