// A stream tells what a batch tells, in any order of coming, with bounded memory.
#include "pattern/stream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "pattern/batch.h"
#include "pattern/draw.h"
#include "pattern/test_kit.h"

namespace entente::pattern {
namespace {

using Told = std::map<uint32_t, std::set<std::string>>;  // of each pattern, who takes part

// Observations of one bundle, each parsed anew, to be seen in any order.
struct Coming {
  std::string bytes;
  json::Parser parser;
  json::Document document;
  explicit Coming(const std::string& bundle) : bytes(json::padded(bundle)) {
    EXPECT_TRUE(parser.parse(std::string_view(bytes).substr(0, bundle.size()), &document));
  }
  // Calls the sink with the observation of that number.
  size_t read(size_t wanted, const EventReader::Sink& sink) const {
    size_t number = 0;
    EventReader reader;
    reader.read(
        document,
        [&](const Observation& seen) {
          if (number++ == wanted) sink(seen);
        },
        [](const EventTrouble& trouble) { ADD_FAILURE() << trouble.what; });
    return number;
  }
};

Told by_batch(const std::vector<std::string>& patterns, const Coming& coming) {
  Batch batch;
  for (const std::string& each : patterns) EXPECT_TRUE(batch.add(each));
  std::vector<std::string> ids;
  const size_t count = coming.read(SIZE_MAX, [](const Observation&) {});
  for (size_t i = 0; i < count; ++i) {
    coming.read(i, [&](const Observation& seen) {
      ids.emplace_back(seen.id);
      batch.see(seen);
    });
  }
  Told out;
  batch.finish([&](uint32_t pattern, const std::vector<uint32_t>& seen, bool) {
    for (const uint32_t each : seen) out[pattern].insert(ids[each]);
  });
  return out;
}

struct Streamed {
  Told told;
  StreamStats stats;
};

Streamed by_stream(const std::vector<std::string>& patterns, const Coming& coming,
                   const std::vector<size_t>& order, const StreamOptions& options = {}) {
  Engine engine;
  for (const std::string& each : patterns) EXPECT_TRUE(engine.add(each));
  Stream stream(&engine, options);
  Streamed out;
  for (const size_t number : order) {
    coming.read(number, [&](const Observation& seen) {
      stream.see(seen, [&](uint32_t pattern, const std::vector<StreamSeen>& ids) {
        EXPECT_NE(std::ranges::find(ids, seen.id, &StreamSeen::id), ids.end());
        for (const StreamSeen& each : ids) out.told[pattern].insert(std::string(each.id));
      });
    });
  }
  out.stats = stream.stats();
  return out;
}

// What is sent again takes the place of what came before: in any order and however often, the stream tells what a batch of each
// observation once tells.
TEST(PatternStream, SeesWhatIsSentAgainOnce) {
  StreamOptions once;
  once.replaces_same_id = true;
  size_t more = 0;
  for (uint32_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const Draw draw = [&](uint32_t below) { return static_cast<uint32_t>(random() % below); };
    std::vector<std::string> patterns;
    for (int i = 0; i < 30; ++i) patterns.push_back(draw_pattern(draw, 3));
    const Coming coming(draw_bundle(draw, 5));
    const size_t count = coming.read(SIZE_MAX, [](const Observation&) {});
    std::vector<size_t> order;
    for (size_t i = 0; i < 3 * count; ++i) order.push_back(i % count);
    std::shuffle(order.begin(), order.end(), random);
    const Told wanted = by_batch(patterns, coming);
    EXPECT_EQ(by_stream(patterns, coming, order, once).told, wanted);
    more += by_stream(patterns, coming, order).told == wanted ? 0 : 1;
  }
  EXPECT_GT(more, 0U);  // otherwise they would count double
}

TEST(PatternStream, TellsWhatABatchTellsInAnyOrder) {
  for (uint32_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const Draw draw = [&](uint32_t below) { return static_cast<uint32_t>(random() % below); };
    std::vector<std::string> patterns;
    for (int i = 0; i < 30; ++i) patterns.push_back(draw_pattern(draw, 3));
    const Coming coming(draw_bundle(draw, 6));
    const Told wanted = by_batch(patterns, coming);
    std::vector<size_t> order(coming.read(SIZE_MAX, [](const Observation&) {}));
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    for (int round = 0; round < 3; ++round) {
      EXPECT_EQ(by_stream(patterns, coming, order).told, wanted);
      std::shuffle(order.begin(), order.end(), random);
    }
  }
}

// Events one a second, letters in turn at random.
std::vector<Event> letters(uint32_t seed, int count) {
  std::mt19937 random(seed);
  std::vector<Event> out;
  for (int i = 0; i < count; ++i) {
    const std::string letter(1, static_cast<char>('a' + random() % 3));
    out.push_back({std::to_string(i), std::to_string(i), 1,
                   "\"o--%\":{\"type\":\"o\",\"v\":\"" + letter + "\"}"});
  }
  return out;
}

TEST(PatternStream, RemembersNoLongerThanAMatchCanTake) {
  const std::vector<std::string> patterns = {
      "([o:v = 'a'] FOLLOWEDBY [o:v = 'b']) WITHIN 3 SECONDS",
      "([o:v = 'a'] AND [o:v = 'b'] AND [o:v = 'c']) WITHIN 4 SECONDS",
      "[o:v = 'c'] REPEATS 3 TIMES WITHIN 5 SECONDS"};
  const Coming coming(bundle_of(letters(5, 300)));
  std::vector<size_t> order(300);
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  StreamOptions options;
  options.lateness_ns = 0;
  const Told wanted = by_batch(patterns, coming);
  ASSERT_EQ(wanted.size(), 3U);
  const Streamed in_order = by_stream(patterns, coming, order, options);
  EXPECT_EQ(in_order.told, wanted);
  EXPECT_LE(in_order.stats.remembered, 20U);
  EXPECT_EQ(in_order.stats.dropped, 0U);
  EXPECT_EQ(in_order.stats.late, 0U);
  // Each up to seven seconds late.
  std::mt19937 random(3);
  for (size_t i = 0; i + 8 <= order.size(); i += 8)
    std::shuffle(order.begin() + static_cast<int>(i), order.begin() + static_cast<int>(i) + 8,
                 random);
  options.lateness_ns = int64_t{7} * 1'000'000'000;
  const Streamed late = by_stream(patterns, coming, order, options);
  EXPECT_EQ(late.told, wanted);
  EXPECT_LE(late.stats.remembered, 60U);
  EXPECT_EQ(late.stats.late, 0U);
}

TEST(PatternStream, DropsTheOldestBeyondItsBounds) {
  const std::vector<std::string> patterns = {"[o:v = 'a'] AND [o:v = 'z']"};
  std::vector<Event> events = letters(1, 100);
  for (Event& event : events) event.objects = "\"o--%\":{\"type\":\"o\",\"v\":\"a\"}";
  events.back().objects = "\"o--%\":{\"type\":\"o\",\"v\":\"z\"}";
  const Coming coming(bundle_of(events));
  std::vector<size_t> order(100);
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  StreamOptions options;
  options.candidates_max = 4;
  const Streamed few = by_stream(patterns, coming, order, options);
  const std::set<std::string> last = {"observed-data--96", "observed-data--97", "observed-data--98",
                                      "observed-data--99"};
  EXPECT_EQ(few.told.at(0), last);
  EXPECT_EQ(few.stats.dropped, 96U);
  EXPECT_EQ(few.stats.remembered, 4U);
  options = {};
  options.lateness_ns = 0;
  options.age_ns_max = int64_t{3} * 1'000'000'000;
  EXPECT_EQ(by_stream(patterns, coming, order, options).told.at(0).size(), 3U);
}

}  // namespace
}  // namespace entente::pattern
