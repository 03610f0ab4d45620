// Matches across observations, clause by clause, of oracle and engine alike. [stix21 9.5]
#include <gtest/gtest.h>

#include "pattern/test_kit.h"

namespace entente::pattern {
namespace {

// An observation of letters: each is an object of type o with that value.
Event seen(const std::string& first, const std::string& letters, const std::string& last = "",
           int count = 1) {
  Event out{first, last.empty() ? first : last, count, ""};
  for (size_t i = 0; i < letters.size(); ++i) {
    out.objects += (i == 0 ? "" : ",") + std::string("\"o--") + std::to_string(i) +
                   "%\":{\"type\":\"o\",\"v\":\"" + letters[i] + "\"}";
  }
  return out;
}

// A pattern with letters for observation expressions.
std::string spelled(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= 'a' && c <= 'e') {
      out += std::string("[o:v = '") + c + "']";
    } else {
      out += c;
    }
  }
  return out;
}

std::string run(std::string_view text, const std::vector<Event>& events) {
  return matches(spelled(text), events);
}

// AND needs different observations. [stix21 9.5.2]
TEST(PatternObservation, AndIsOfDifferentOnes) {
  EXPECT_EQ(run("a AND b", {seen("0", "ab")}), "");
  EXPECT_EQ(run("a AND b", {seen("0", "ab"), seen("1", "a")}), "0 1");
  EXPECT_EQ(run("a AND a", {seen("0", "a")}), "");
  EXPECT_EQ(run("a AND a", {seen("0", "a"), seen("1", "a"), seen("2", "b")}), "0 1");
  EXPECT_EQ(run("a AND b AND c", {seen("0", "ab"), seen("0", "bc"), seen("0", "ca")}), "0 1 2");
  EXPECT_EQ(run("a AND b AND c", {seen("0", "ab"), seen("0", "ab"), seen("0", "ab")}), "");
}

// number_observed supplies different observations. [stix21 9.1]
TEST(PatternObservation, NumberObservedCounts) {
  EXPECT_EQ(run("a AND b", {seen("0", "ab", "0", 2)}), "0");
  EXPECT_EQ(run("a REPEATS 3 TIMES", {seen("0", "a", "0", 2), seen("1", "a")}), "0 1");
  EXPECT_EQ(run("a REPEATS 3 TIMES", {seen("0", "a", "0", 2)}), "");
  EXPECT_EQ(run("a FOLLOWEDBY a", {seen("0", "a", "5", 2)}), "0");
}

// Either operand; all that would do take part.
TEST(PatternObservation, Or) {
  EXPECT_EQ(run("a OR b", {seen("0", "b"), seen("0", "c")}), "0");
  EXPECT_EQ(run("a OR b", {seen("0", "b"), seen("1", "a")}), "0 1");
  EXPECT_EQ(run("(a OR b) REPEATS 3 TIMES", {seen("0", "b"), seen("1", "a"), seen("2", "ab")}),
            "0 1 2");
}

// Not before; the same moment is enough. [stix21 9.5.2]
TEST(PatternObservation, FollowedBy) {
  EXPECT_EQ(run("a FOLLOWEDBY b", {seen("1", "b"), seen("2", "a")}), "");
  EXPECT_EQ(run("a FOLLOWEDBY b", {seen("1", "a"), seen("1", "b")}), "0 1");
  EXPECT_EQ(run("a FOLLOWEDBY b", {seen("2", "b"), seen("1", "a"), seen("0", "b")}), "0 1");
  EXPECT_EQ(run("a FOLLOWEDBY b FOLLOWEDBY c", {seen("0", "a"), seen("2", "b"), seen("1", "c")}),
            "");
  EXPECT_EQ(run("a FOLLOWEDBY b REPEATS 2 TIMES", {seen("1", "a"), seen("0", "b"), seen("2", "b")}),
            "");
  EXPECT_EQ(run("a FOLLOWEDBY b REPEATS 2 TIMES",
                {seen("1", "a"), seen("0", "b"), seen("2", "b"), seen("3", "b")}),
            "0 2 3");
  EXPECT_EQ(run("(a FOLLOWEDBY b) REPEATS 2 TIMES",
                {seen("0", "a"), seen("1", "b"), seen("2", "a"), seen("3", "b")}),
            "0 1 2 3");
  EXPECT_EQ(
      run("(a FOLLOWEDBY b) REPEATS 2 TIMES", {seen("0", "a"), seen("1", "a"), seen("2", "b")}),
      "");
}

// Less than, not up to. [stix21 9.5.1]
TEST(PatternObservation, WithinIsOpen) {
  EXPECT_EQ(run("(a AND b) WITHIN 5 SECONDS", {seen("0", "a"), seen("5", "b")}), "");
  EXPECT_EQ(run("(a AND b) WITHIN 5 SECONDS", {seen("0", "a"), seen("4.999999999", "b")}), "0 1");
  EXPECT_EQ(run("(a AND b) WITHIN 5.1 SECONDS", {seen("0", "a"), seen("5", "b")}), "0 1");
  EXPECT_EQ(run("(a AND b) WITHIN 0.3 SECONDS", {seen("0", "a"), seen("0.3", "b")}), "");
  EXPECT_EQ(run("a WITHIN 1 SECONDS", {seen("0", "a", "100")}), "0");
  EXPECT_EQ(
      run("a REPEATS 2 TIMES WITHIN 5 SECONDS", {seen("0", "a"), seen("5", "a"), seen("9", "a")}),
      "1 2");
  // A qualifier belongs to its left neighbour alone.
  EXPECT_EQ(run("a FOLLOWEDBY b WITHIN 1 SECONDS", {seen("0", "a"), seen("100", "b")}), "0 1");
  EXPECT_EQ(run("(a FOLLOWEDBY b) WITHIN 1 SECONDS", {seen("0", "a"), seen("100", "b")}), "");
}

TEST(PatternObservation, OrderOfQualifiers) {
  const std::vector<Event> events = {seen("0", "a"), seen("100", "a")};
  EXPECT_EQ(run("a WITHIN 5 SECONDS REPEATS 2 TIMES", events), "0 1");
  EXPECT_EQ(run("a REPEATS 2 TIMES WITHIN 5 SECONDS", events), "");
}

// From START, to before STOP. [stix21 9.5.1]
TEST(PatternObservation, StartStop) {
  const auto between = [](const std::string& start, const std::string& stop) {
    return "a START t'" + time_of(start) + "' STOP t'" + time_of(stop) + "'";
  };
  const std::string head = "[o:v = 'a']";
  const auto run_between = [&](const std::string& start, const std::string& stop,
                               const std::vector<Event>& events) {
    return matches(head + between(start, stop).substr(1), events);
  };
  EXPECT_EQ(run_between("5", "9", {seen("5", "a")}), "0");
  EXPECT_EQ(run_between("5", "9", {seen("9", "a")}), "");
  EXPECT_EQ(run_between("5", "9", {seen("4", "a")}), "");
  EXPECT_EQ(run_between("5", "9", {seen("4", "a", "5")}), "0");
  EXPECT_EQ(run_between("5", "5", {seen("5", "a")}), "");
  EXPECT_EQ(run_between("9", "5", {seen("6", "a")}), "");
  EXPECT_EQ(run_between("5.0000000000001", "9", {seen("5", "a")}), "");
  EXPECT_EQ(run_between("5", "9.0000000000001", {seen("9", "a")}), "0");
}

// Spans: there must be one moment for each observation that satisfies everything at once.
TEST(PatternObservation, SpansAreSettledTogether) {
  EXPECT_EQ(run("a FOLLOWEDBY b", {seen("0", "a", "10"), seen("5", "b")}), "0 1");
  EXPECT_EQ(run("a FOLLOWEDBY b", {seen("6", "a", "10"), seen("0", "b", "5")}), "");
  EXPECT_EQ(run("(a AND b) WITHIN 2 SECONDS", {seen("0", "a", "10"), seen("11", "b")}), "0 1");
  EXPECT_EQ(run("(a AND b) WITHIN 1 SECONDS", {seen("0", "a", "10"), seen("11", "b")}), "");
  // b is near a late, and before c early: not both.
  EXPECT_EQ(run("((a AND b) WITHIN 2 SECONDS) AND (b FOLLOWEDBY c)",
                {seen("10", "a"), seen("0", "b", "10", 1), seen("5", "c")}),
            "");
  const std::string bounded = "([o:v = 'a'] START t'" + time_of("8") + "' STOP t'" + time_of("11") +
                              "') FOLLOWEDBY [o:v = 'b']";
  EXPECT_EQ(matches(bounded, {seen("0", "a", "10"), seen("5", "b")}), "");
  EXPECT_EQ(matches(bounded, {seen("0", "a", "10"), seen("8", "b")}), "0 1");
}

// AND before OR before FOLLOWEDBY. [stix21 9.5.3]
TEST(PatternObservation, Precedence) {
  EXPECT_EQ(run("a OR b AND c", {seen("0", "a")}), "0");
  EXPECT_EQ(run("(a OR b) AND c", {seen("0", "a")}), "");
  EXPECT_EQ(run("a FOLLOWEDBY b OR c", {seen("1", "a"), seen("0", "c")}), "");
  EXPECT_EQ(run("(a FOLLOWEDBY b) OR c", {seen("1", "a"), seen("0", "c")}), "1");
  EXPECT_EQ(matches("[o:v = 'a' OR o:v = 'b' AND o:v = 'c']", {seen("0", "a")}), "0");
  EXPECT_EQ(matches("[(o:v = 'a' OR o:v = 'b') AND o:v = 'c']", {seen("0", "a")}), "");
}

TEST(PatternObservation, LongRepeats) {
  EXPECT_EQ(run("a REPEATS 4 TIMES WITHIN 11 SECONDS",
                {seen("0", "a", "50", 2), seen("60", "a", "60", 2)}),
            "0 1");
  EXPECT_EQ(run("a REPEATS 4 TIMES WITHIN 10 SECONDS",
                {seen("0", "a", "50", 2), seen("60", "a", "60", 2)}),
            "");
}

}  // namespace
}  // namespace entente::pattern
