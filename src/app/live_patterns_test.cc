// A file of patterns that changes: what stays keeps its memory, what goes is silent, lines are those of the newest file.
#include "app/live_patterns.h"

#include <gtest/gtest.h>

namespace entente::app {
namespace {

struct Watching {
  CommandLine line;
  pattern::Live live{pattern::StreamOptions{}};
  LivePatterns patterns{line, &live};
  std::string path = "events";
  std::vector<std::string> told;  // "line: ids"

  void see(const std::string& domain, const std::string& second) {
    const std::string time = "2026-03-01T10:00:" + second + "Z";
    const std::string text =
        R"({"type":"bundle","id":"bundle--1","objects":[{"type":"observed-data","id":"observed-data--)" +
        domain + R"(","first_observed":")" + time + R"(","last_observed":")" + time +
        R"(","number_observed":1,"object_refs":["d"]},{"type":"domain-name","id":"d","value":")" +
        domain + "\"}]}";
    Events events(path, nullptr, [&](const pattern::Observation& seen) {
      live.see(seen, [&](uint32_t number, const auto& match) {
        const auto source = patterns.source(number);
        ASSERT_TRUE(source);
        std::string out = std::to_string(source->line) + ":";
        for (const auto& each : match) out += " " + std::string(each.id.substr(15));
        told.push_back(out);
      });
    });
    const std::string bytes = json::padded(text);
    events.read_line(std::string_view(bytes).substr(0, text.size()), {});
  }
};

TEST(LivePatterns, FollowTheirFile) {
  Watching w;
  const std::string a = "[domain-name:value = 'a']", b = "[domain-name:value = 'b']";
  w.patterns.load(a + " FOLLOWEDBY " + b + "\n" + a + "\n");
  w.see("a", "01");
  EXPECT_EQ(w.told, std::vector<std::string>({"1: a"}));
  w.told.clear();
  // The pair moves and remembers; the single one goes, and comes twice as another.
  w.patterns.load("\n" + b + "\nbroken\n" + b + "\n" + a + " FOLLOWEDBY " + b + "\n");
  w.see("b", "02");
  w.see("a", "03");
  std::sort(w.told.begin(), w.told.end());
  EXPECT_EQ(w.told, std::vector<std::string>({"1: b", "3: b", "4: a b"}));
  w.told.clear();
  w.patterns.load("");
  w.see("b", "04");
  EXPECT_TRUE(w.told.empty());
  EXPECT_EQ(w.live.engine_stats().patterns, 0U);
}

}  // namespace
}  // namespace entente::app
