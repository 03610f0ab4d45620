// The oracle against the engine: all small patterns over all small sets of events, then random ones,
// with the index and without, with other patterns coming and going.
#include <gtest/gtest.h>

#include <cstdlib>
#include <deque>
#include <random>

#include "pattern/batch.h"
#include "pattern/check.h"
#include "pattern/draw.h"
#include "pattern/reference.h"
#include "pattern/test_kit.h"

namespace entente::pattern {
namespace {

// A pattern with what is needed to evaluate it.
struct Subject {
  std::string text;
  Pattern pattern;
  explicit Subject(std::string given) : text(std::move(given)) {
    const auto parsed = parse_and_check(text, {}, &pattern);
    EXPECT_TRUE(parsed) << text << ": " << (parsed ? "" : parsed.error().message);
  }
};

using Answers = std::vector<std::vector<uint32_t>>;  // of each pattern, who takes part

struct Events {
  std::string bytes;
  json::Parser parser;
  json::Document document;
  explicit Events(const std::string& bundle) : bytes(json::padded(bundle)) {
    EXPECT_TRUE(parser.parse(std::string_view(bytes).substr(0, bundle.size()), &document))
        << bundle;
  }
  void read(const EventReader::Sink& sink) const {
    EventReader reader;
    reader.read(document, sink, [](const EventTrouble& trouble) { ADD_FAILURE() << trouble.what; });
  }
};

Answers by_reference(const std::deque<Subject>& subjects, const Events& events) {
  std::vector<Reference> references;
  for (const Subject& each : subjects) references.emplace_back(each.pattern);
  events.read([&](const Observation& seen) {
    for (Reference& each : references) each.add(seen);
  });
  Answers out;
  for (const Reference& each : references) out.push_back(each.participants());
  return out;
}

Answers by_batch(const std::deque<Subject>& subjects, const Events& events, Engine::Mode mode) {
  Batch batch(mode);
  for (const Subject& each : subjects) EXPECT_TRUE(batch.add(each.text)) << each.text;
  events.read([&](const Observation& seen) { batch.see(seen); });
  Answers out(subjects.size());
  batch.finish([&](uint32_t pattern, const std::vector<uint32_t>& seen, bool is_complete) {
    EXPECT_TRUE(is_complete) << subjects[pattern].text;
    out[pattern] = seen;
  });
  return out;
}

// The number of patterns that match.
size_t expect_equal(const std::deque<Subject>& subjects, const std::string& bundle) {
  const Events events(bundle);
  const Answers wanted = by_reference(subjects, events);
  const Answers indexed = by_batch(subjects, events, Engine::Mode::kIndex);
  const Answers scanned = by_batch(subjects, events, Engine::Mode::kScan);
  size_t matching = 0;
  for (size_t i = 0; i < subjects.size(); ++i) {
    EXPECT_EQ(indexed[i], wanted[i]) << subjects[i].text << "\n" << bundle;
    EXPECT_EQ(scanned[i], wanted[i]) << subjects[i].text << "\n" << bundle;
    matching += wanted[i].empty() ? 0U : 1U;
  }
  return matching;
}

// All patterns of one and two observation expressions over two letters with the qualifiers below, and of
// three without; over all sets of up to two events of each kind, and of three events at moments.
class Exhaustive : public ::testing::Test {
 protected:
  Exhaustive() {
    const std::vector<std::string> letters = {"[o:v = 'a']", "[o:v = 'b']"};
    const std::vector<std::string> words = {" AND ", " OR ", " FOLLOWEDBY "};
    std::vector<std::string> leaves;
    for (const std::string& letter : letters) {
      for (const char* const qualifier :
           {"", " REPEATS 2 TIMES", " REPEATS 2 TIMES WITHIN 1 SECONDS",
            " START t'2020-01-01T00:00:01Z' STOP t'2020-01-01T00:00:02Z'"})
        leaves.push_back(letter + qualifier);
    }
    for (const std::string& leaf : leaves) subjects_.emplace_back(leaf);
    for (const std::string& a : leaves) {
      for (const std::string& b : leaves) {
        for (const std::string& word : words) {
          for (const char* const qualifier : {"", " WITHIN 1 SECONDS", " REPEATS 2 TIMES"})
            subjects_.emplace_back("(" + a + word + b + ")" + qualifier);
        }
      }
    }
    for (const std::string& a : letters) {
      for (const std::string& b : letters) {
        for (const std::string& c : letters) {
          for (const std::string& first : words) {
            for (const std::string& second : words) {
              subjects_.emplace_back("(" + a + first + b + ")" + second + c);
              subjects_.emplace_back(a + first + "(" + b + second + c + ")");
            }
          }
        }
      }
    }
  }

  static Event event(uint32_t kind) {
    static constexpr const char* kLetters[] = {"a", "b", "ab"};
    static constexpr const char* kSpans[][2] = {{"0", "0"}, {"1", "1"}, {"0", "1"}};
    Event out{kSpans[kind / 3 % 3][0], kSpans[kind / 3 % 3][1], static_cast<int>(1 + kind / 9), ""};
    for (const char* letter = kLetters[kind % 3]; *letter != '\0'; ++letter) {
      out.objects += (out.objects.empty() ? "" : ",") + std::string("\"o--") + *letter +
                     "%\":{\"type\":\"o\",\"v\":\"" + *letter + "\"}";
    }
    return out;
  }

  std::deque<Subject> subjects_;
};

TEST_F(Exhaustive, UpToTwoEvents) {
  for (uint32_t a = 0; a < 18; ++a) {
    expect_equal(subjects_, bundle_of({event(a)}));
    for (uint32_t b = a; b < 18 && !HasFailure(); ++b)
      expect_equal(subjects_, bundle_of({event(a), event(b)}));
  }
}

TEST_F(Exhaustive, ThreeEventsAtMoments) {
  for (uint32_t a = 0; a < 6; ++a) {
    for (uint32_t b = a; b < 6; ++b) {
      for (uint32_t c = b; c < 6 && !HasFailure(); ++c)
        expect_equal(subjects_, bundle_of({event(a), event(b), event(c)}));
    }
  }
}

// How many seeds: PATTERN_SEEDS, or enough for the suite.
uint32_t seeds(uint32_t usual) {
  const char* const asked = std::getenv("PATTERN_SEEDS");
  return asked == nullptr ? usual : static_cast<uint32_t>(std::strtoul(asked, nullptr, 10));
}

TEST(PatternDifferential, RandomPatternsAndEvents) {
  size_t matching = 0, all = 0;
  for (uint32_t seed = 1; seed <= seeds(300) && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const Draw draw = [&](uint32_t below) { return static_cast<uint32_t>(random() % below); };
    std::deque<Subject> subjects;
    for (int i = 0; i < 40; ++i) subjects.emplace_back(draw_pattern(draw, 3));
    for (int i = 0; i < 5; ++i) {
      matching += expect_equal(subjects, draw_bundle(draw, 4));
      all += subjects.size();
    }
  }
  // Else nothing would be compared.
  EXPECT_GT(matching * 20, all);
  EXPECT_LT(matching * 10, all * 9);
}

// Patterns that come and go leave nothing behind, and take nothing with them.
TEST(PatternDifferential, AddingAndRemoving) {
  for (uint32_t seed = 1; seed <= seeds(60); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const Draw draw = [&](uint32_t below) { return static_cast<uint32_t>(random() % below); };
    Engine engine;
    std::vector<std::pair<uint32_t, std::unique_ptr<Subject>>> there;
    for (int round = 0; round < 20; ++round) {
      for (uint32_t i = 0, count = draw(12); i < count; ++i) {
        auto made = std::make_unique<Subject>(draw_pattern(draw, 2));
        const auto number = engine.add(made->text);
        ASSERT_TRUE(number);
        there.emplace_back(*number, std::move(made));
      }
      for (uint32_t i = 0, count = draw(12); i < count && !there.empty(); ++i) {
        const uint32_t gone = draw(static_cast<uint32_t>(there.size()));
        engine.remove(there[gone].first);
        there.erase(there.begin() + gone);
      }
      const Events events(draw_bundle(draw, 2));
      events.read([&](const Observation& seen) {
        std::vector<std::pair<uint32_t, uint32_t>> found, wanted;
        engine.match(seen,
                     [&](uint32_t pattern, uint32_t leaf) { found.emplace_back(pattern, leaf); });
        for (const auto& [number, subject] : there) {
          const auto leaves = leaves_of(subject->pattern);
          for (uint32_t leaf = 0; leaf < leaves.size(); ++leaf) {
            if (satisfies(subject->pattern, leaves[leaf], seen)) wanted.emplace_back(number, leaf);
          }
        }
        std::sort(wanted.begin(), wanted.end());
        ASSERT_EQ(found, wanted);
      });
    }
    const EngineStats before = engine.stats();
    EXPECT_EQ(before.patterns, there.size());
    for (const auto& [number, subject] : there) engine.remove(number);
    const EngineStats after = engine.stats();
    EXPECT_EQ(after.patterns, 0U);
    EXPECT_EQ(after.expressions, 0U);
    EXPECT_EQ(after.without_witness, 0U);
    EXPECT_EQ(after.text_bytes, 0U);
  }
}

}  // namespace
}  // namespace entente::pattern
