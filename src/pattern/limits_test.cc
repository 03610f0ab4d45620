// Limits of matching at their value and one past it; those of the parser are in parse_test.cc, of single searches in
// literals_test.cc.
#include "pattern/limits.h"

#include <gtest/gtest.h>

#include "pattern/engine.h"

namespace entente::pattern {
namespace {

// How many expressions an object with these members satisfies.
size_t satisfied(Engine* engine, const std::string& members) {
  const std::string bundle =
      R"({"type":"bundle","objects":[{"type":"observed-data","id":"observed-data--1",)"
      R"("first_observed":"2026-01-01T00:00:00Z","last_observed":"2026-01-01T00:00:00Z",)"
      R"("number_observed":1,"object_refs":["x--1"]},{"type":"x","id":"x--1",)" +
      members + "}]}";
  const std::string bytes = json::padded(bundle);
  json::Parser parser;
  json::Document document;
  EXPECT_TRUE(parser.parse(std::string_view(bytes).substr(0, bundle.size()), &document));
  size_t out = 0;
  EventReader reader;
  reader.read(
      document,
      [&](const Observation& seen) { engine->match(seen, [&](uint32_t, uint32_t) { ++out; }); },
      [](const EventTrouble& trouble) { ADD_FAILURE() << trouble.what; });
  return out;
}

std::string repeated(const std::string& piece, const std::string& between, size_t times) {
  std::string out = piece;
  for (size_t i = 1; i < times; ++i) out += between + piece;
  return out;
}

void expect_too_large(const std::string& pattern) {
  Engine engine;
  const auto added = engine.add(pattern);
  ASSERT_FALSE(added);
  EXPECT_TRUE(added.error().message.starts_with("its parts can be put together in more ways"))
      << added.error().message;
}

TEST(PatternLimits, BindSoManyObservations) {
  const auto row = [](size_t count) { return repeated("[a:b = 1]", " FOLLOWEDBY ", count); };
  EXPECT_TRUE(Engine().add(row(limits::kSlotsMax)));
  expect_too_large(row(limits::kSlotsMax + 1));
  const auto repeats = [](size_t count) {
    return "([a:b = 1] FOLLOWEDBY [a:b = 2]) REPEATS " + std::to_string(count) + " TIMES";
  };
  EXPECT_TRUE(Engine().add(repeats(limits::kSlotsMax / 2)));
  expect_too_large(repeats(limits::kSlotsMax / 2 + 1));
}

TEST(PatternLimits, MatchInSoManyWays) {
  const auto any = [](size_t count) { return repeated("[a:b = 1] AND [a:b = 2]", " OR ", count); };
  EXPECT_TRUE(Engine().add(any(limits::kWaysMax)));
  expect_too_large(any(limits::kWaysMax + 1));
}

TEST(PatternLimits, TakeSoManyStepsInAnObservation) {
  Engine engine;
  ASSERT_TRUE(engine.add("[x:l[*] = 7]"));
  // Three members, and then each element is a step.
  const auto list = [](size_t elements) {
    std::string out = "\"l\":[";
    for (size_t i = 1; i < elements; ++i) out += "0,";
    return out + "7]";
  };
  EXPECT_EQ(satisfied(&engine, list(limits::kEventStepsMax - 3)), 1U);
  EXPECT_EQ(engine.stats().cut_short, 0U);
  EXPECT_EQ(satisfied(&engine, list(limits::kEventStepsMax - 2)), 0U);
  EXPECT_EQ(engine.stats().cut_short, 1U);
}

TEST(PatternLimits, KeepSoManyRegularExpressionsAndCompileOthersAnew) {
  Engine engine;
  const size_t count = limits::kRegexesKeptMax + 1;
  for (size_t i = 0; i < count; ++i)
    ASSERT_TRUE(engine.add("[x:v MATCHES '^[a-z]+[0-" + std::to_string(i % 10) +
                           "]?$' OR x:n = " + std::to_string(i) + "]"));
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(satisfied(&engine, R"("v":"abc","n":-1)"), count);
    EXPECT_EQ(satisfied(&engine, R"("v":"5","n":-1)"), 0U);
  }
  EXPECT_EQ(engine.stats().searches_given_up, 0U);
}

}  // namespace
}  // namespace entente::pattern
