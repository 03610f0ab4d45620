// Patterns come and go from other threads while one sees observations: what is there all the time is told every time, what is
// gone is never told again. Run under the thread sanitizer too.
#include "pattern/live.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <string>
#include <thread>

#include "pattern/test_kit.h"

namespace entente::pattern {
namespace {

// An observed-data of one domain name, parsed once and seen again and again.
struct Event {
  std::string bytes;
  json::Document document;
  EventReader reader;
  explicit Event(const std::string& domain, const std::string& second) {
    const std::string time = "2026-03-01T10:00:" + second + "Z";
    const std::string text =
        R"({"type":"bundle","id":"bundle--1","objects":[{"type":"observed-data","id":"observed-data--)" +
        domain + R"(","first_observed":")" + time + R"(","last_observed":")" + time +
        R"(","number_observed":1,"object_refs":["domain-name--1"]},{"type":"domain-name","id":"domain-name--1","value":")" +
        domain + "\"}]}";
    bytes = json::padded(text);
    json::Parser parser;
    EXPECT_TRUE(parser.parse(std::string_view(bytes).substr(0, text.size()), &document));
  }
  // The patterns that were told.
  std::set<uint32_t> see(Live* live) {
    std::set<uint32_t> told;
    reader.read(
        document,
        [&](const Observation& seen) {
          live->see(seen, [&](uint32_t pattern, const auto&) { told.insert(pattern); });
        },
        [](const EventTrouble& trouble) { ADD_FAILURE() << trouble.what; });
    return told;
  }
};

std::string named(const std::string& name) { return "[domain-name:value = '" + name + "']"; }

TEST(PatternLive, TellsWhatIsThereWhenItIsSeen) {
  Live live({});
  Event event("a.example", "01");
  EXPECT_TRUE(event.see(&live).empty());
  const auto a = live.add(named("a.example"));
  ASSERT_TRUE(a);
  EXPECT_EQ(event.see(&live), std::set<uint32_t>{*a});
  EXPECT_FALSE(live.add("[domain-name:value = ]"));
  live.remove(*a);
  EXPECT_TRUE(event.see(&live).empty());
  EXPECT_EQ(live.engine_stats().patterns, 0U);
}

TEST(PatternLive, ForgetsWhatWasRememberedForAPattern) {
  Live live({});
  Event first("a.example", "01"), second("b.example", "02");
  const std::string both = named("a.example") + " FOLLOWEDBY " + named("b.example");
  const auto old = live.add(both);
  first.see(&live);
  EXPECT_EQ(live.stream_stats().remembered, 1U);
  live.remove(*old);
  // The number is used again, and nothing of before counts.
  const auto anew = live.add(both);
  ASSERT_EQ(*anew, *old);
  EXPECT_TRUE(second.see(&live).empty());
  first.see(&live);
  EXPECT_EQ(second.see(&live), std::set<uint32_t>{*anew});
}

TEST(PatternLive, ChangesWhileItSees) {
  constexpr int kRounds = 300, kThreads = 2;
  Live live({});
  const auto always = live.add(named("a.example"));
  const auto pair =
      live.add(named("a.example") + " FOLLOWEDBY " + named("b.example") + " WITHIN 5 SECONDS");
  ASSERT_TRUE(always);
  ASSERT_TRUE(pair);
  std::atomic<int> left = kThreads;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&live, &left, t] {
      for (int i = 0; i < kRounds; ++i) {
        const std::string own = "t" + std::to_string(t) + "-" + std::to_string(i % 50) + ".example";
        const auto one = live.add(named(own));
        const auto like = live.add("[domain-name:value LIKE '%." + own + "']");
        const auto regex = live.add("[domain-name:value MATCHES '^a\\\\.ex[a-m]mple$']");
        const auto several = live.add(named("a.example") + " AND " + named(own));
        EXPECT_FALSE(live.add("[nonsense"));
        for (const auto& each : {one, like, regex, several}) {
          EXPECT_TRUE(each);
          if (each) live.remove(*each);
        }
      }
      --left;
    });
  }
  Event a("a.example", "01"), b("b.example", "02");
  int seen = 0;
  while (left > 0 || seen < 10) {
    EXPECT_TRUE(a.see(&live).contains(*always));
    EXPECT_TRUE(b.see(&live).contains(*pair));
    ++seen;
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(live.engine_stats().patterns, 2U);
  EXPECT_EQ(a.see(&live), std::set<uint32_t>({*always, *pair}));
}

}  // namespace
}  // namespace entente::pattern
