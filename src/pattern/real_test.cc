// Patterns of public indicators against events that are made out of them: with the index and without it, the same is found. The
// patterns lie outside of the tree; where they are not, the tests say so. How many events: PATTERN_EVENTS; others: PATTERN_SEED.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <random>

#include "base/text.h"
#include "pattern/check.h"
#include "pattern/engine.h"

namespace entente::pattern {
namespace {

struct Known {
  std::string text;
  Pattern pattern;
};
using Patterns = std::vector<std::unique_ptr<Known>>;

void add(Patterns* patterns, std::string text) {
  auto made = std::make_unique<Known>();
  made->text = std::move(text);
  if (parse_and_check(made->text, {}, &made->pattern)) patterns->push_back(std::move(made));
}

Patterns real_patterns() {
  Patterns out;
  std::ifstream in(std::string(PATTERN_SOURCE_ROOT) + "/../shared/data/stix/patterns-real.txt");
  for (std::string line; std::getline(in, line);) add(&out, line);
  if (out.empty()) std::printf("skipped: the patterns are not here\n");
  return out;
}

uint32_t event_count(uint32_t usual) {
  const char* const asked = std::getenv("PATTERN_EVENTS");
  return asked == nullptr ? usual : static_cast<uint32_t>(std::strtoul(asked, nullptr, 10));
}

uint32_t seed_of(uint32_t usual) {
  const char* const asked = std::getenv("PATTERN_SEED");
  return asked == nullptr ? usual : usual + static_cast<uint32_t>(std::strtoul(asked, nullptr, 10));
}

// Objects that satisfy some comparisons of a pattern, or nearly.
class Maker {
 public:
  explicit Maker(uint32_t seed) : random_(seed) {}

  // A bundle with one observed-data about the pattern.
  std::string event(const Pattern& pattern) {
    objects_.clear();
    for (const Comparison& comparison : pattern.comparisons) {
      if (objects_.size() < 8 && (pattern.comparisons.size() < 4 || below(3) > 0))
        put(pattern, comparison);
    }
    std::string list, refs;
    for (const auto& [name, object] : objects_) {
      list += ",{\"type\":\"" + object.type + "\",\"id\":\"" + name + "\"" + members(object) + "}";
      refs += (refs.empty() ? "\"" : ",\"") + name + "\"";
    }
    return R"({"type":"bundle","objects":[{"type":"observed-data","id":"observed-data--1","first_observed":)"
           R"("2020-01-01T00:00:00Z","last_observed":"2020-01-01T00:00:01Z","number_observed":1,"object_refs":[)" +
           refs + "]}" + list + "]}";
  }

 private:
  struct Object {
    std::string type;
    std::map<std::string, std::string> values;  // by top-level name: JSON
    std::map<std::string, std::vector<std::pair<std::string, std::string>>> nested;
  };

  uint32_t below(uint32_t count) { return static_cast<uint32_t>(random_() % count); }

  static std::string members(const Object& object) {
    std::string out;
    for (const auto& [name, value] : object.values) out += "," + json_quote(name) + ":" + value;
    for (const auto& [name, inner] : object.nested) {
      if (object.values.contains(name)) continue;
      std::string list;
      for (const auto& [key, value] : inner) {
        if (list.find(json_quote(key) + ":") != std::string::npos) continue;
        list += (list.empty() ? "" : ",") + json_quote(key) + ":" + value;
      }
      out += "," + json_quote(name) + ":{" + list + "}";
    }
    return out;
  }

  // A text that a LIKE pattern or a regular expression may match.
  std::string filled(std::string text, Operator op) {
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (op == Operator::kLike && c == '%') {
        for (uint32_t n = below(4); n > 0; --n) out += static_cast<char>('a' + below(26));
      } else if (op == Operator::kLike && c == '_') {
        out += static_cast<char>('a' + below(26));
      } else if (op == Operator::kMatches &&
                 std::string_view("^$()[]{}?*+|").find(c) != std::string_view::npos) {
        continue;
      } else if (op == Operator::kMatches && c == '\\' && i + 1 < text.size()) {
        out += text[++i];
      } else {
        out += c;
      }
    }
    return out;
  }

  std::string value_of(const Pattern& pattern, const Comparison& comparison) {
    if (comparison.constants_count == 0) return "\"there\"";
    const Constant& constant =
        pattern.constants[comparison.constants_begin + below(comparison.constants_count)];
    switch (constant.kind) {
      case ConstantKind::kBoolean:
        return constant.boolean == (below(4) > 0) ? "true" : "false";
      case ConstantKind::kInteger:
        return std::to_string(constant.integer / 2 * 2 + static_cast<int64_t>(below(3)) - 1);
      case ConstantKind::kFloat:
        return std::to_string(constant.number);
      case ConstantKind::kTimestamp:
        return json_quote(pattern.slice(constant.text));
      default:
        break;
    }
    std::string scratch;
    std::string text(string_of(pattern, constant, &scratch));
    if (comparison.op == Operator::kIsSubset) text = text.substr(0, text.find('/'));
    if (comparison.op >= Operator::kLike) text = filled(text, comparison.op);
    switch (below(12)) {  // mostly as it is, now and then a little off
      case 0:
        return json_quote(text + "x");
      case 1:
        return json_quote(text.substr(text.empty() ? 0 : 1));
      case 2:
        return json_quote("www." + text);
      case 3:
        return json_quote(to_lower_ascii(text));
      default:
        return json_quote(text);
    }
  }

  void put(const Pattern& pattern, const Comparison& comparison) {
    std::string name = "o--" + std::string(pattern.slice(comparison.type));
    Object* object = &objects_[name];
    object->type = pattern.slice(comparison.type);
    std::string scratch;
    std::vector<std::string> names;
    std::vector<bool> in_list;
    for (uint32_t i = 0; i < comparison.steps_count; ++i) {
      const Step& step = pattern.steps[comparison.steps_begin + i];
      if (step.kind == StepKind::kName) {
        names.emplace_back(name_of(pattern, step, &scratch));
        in_list.push_back(false);
      } else if (!in_list.empty()) {
        in_list.back() = true;
      }
    }
    for (size_t i = 0; i + 1 < names.size(); ++i) {  // references lead to other objects
      const bool is_reference = names[i].ends_with("_ref") || names[i].ends_with("_refs");
      if (!is_reference) {
        std::string value = value_of(pattern, comparison);
        for (size_t k = names.size(); k-- > i + 2;) {
          value = "{";
          value += json_quote(names[k]) + ":" + value_of(pattern, comparison) + "}";
        }
        object->nested[names[i]].emplace_back(names[i + 1], value);
        return;
      }
      const std::string next = name + "-" + names[i];
      object->values[names[i]] = in_list[i] ? "[" + json_quote(next) + "]" : json_quote(next);
      name = next;
      object = &objects_[name];
      if (object->type.empty()) object->type = "thing";
      names.erase(names.begin(), names.begin() + static_cast<ptrdiff_t>(i) + 1);
      in_list.erase(in_list.begin(), in_list.begin() + static_cast<ptrdiff_t>(i) + 1);
      i = SIZE_MAX;
    }
    const std::string value = value_of(pattern, comparison);
    object->values[names[0]] = in_list[0] ? "[" + value + "]" : value;
  }

  std::mt19937 random_;
  std::map<std::string, Object> objects_;
};

// The number of leaves that were satisfied.
size_t expect_equal(const Patterns& patterns, uint32_t events, uint32_t seed) {
  Engine indexed, scanned(Engine::Mode::kScan);
  for (const auto& each : patterns) {
    EXPECT_TRUE(indexed.add(each->text)) << each->text;
    EXPECT_TRUE(scanned.add(each->text)) << each->text;
  }
  Maker maker(seed);
  std::mt19937 random(seed);
  json::Parser parser;
  json::Document document;
  EventReader reader;
  size_t satisfied = 0;
  for (uint32_t i = 0; i < events && !::testing::Test::HasFailure(); ++i) {
    const std::string bundle = maker.event(patterns[random() % patterns.size()]->pattern);
    const std::string bytes = json::padded(bundle);
    if (!parser.parse(std::string_view(bytes).substr(0, bundle.size()), &document)) {
      ADD_FAILURE() << bundle;
      break;
    }
    std::vector<std::pair<uint32_t, uint32_t>> found, wanted;
    reader.read(
        document,
        [&](const Observation& seen) {
          indexed.match(seen, [&](uint32_t p, uint32_t leaf) { found.emplace_back(p, leaf); });
          scanned.match(seen, [&](uint32_t p, uint32_t leaf) { wanted.emplace_back(p, leaf); });
        },
        [&](const EventTrouble& trouble) { ADD_FAILURE() << trouble.what; });
    EXPECT_EQ(found, wanted) << bundle;
    satisfied += found.size();
  }
  std::printf("%zu patterns, %u events, %zu satisfied; candidates %llu, without the index %llu\n",
              patterns.size(), events, satisfied,
              static_cast<unsigned long long>(indexed.stats().candidates),
              static_cast<unsigned long long>(scanned.stats().candidates));
  return satisfied;
}

TEST(PatternReal, IndexAndScanFindTheSame) {
  const Patterns patterns = real_patterns();
  if (patterns.empty()) return;
  EXPECT_GT(patterns.size(), 14'000U);
  const uint32_t events = event_count(300);
  EXPECT_GT(expect_equal(patterns, events, seed_of(1)), events / 2);
}

// The same names many times over: as LIKE and MATCHES alone, and beside equalities that share a witness.
TEST(PatternReal, SharedAndWeakWitnesses) {
  const Patterns real = real_patterns();
  if (real.empty()) return;
  Patterns weak, shared;
  for (const auto& each : real) {
    if (each->pattern.comparisons.size() != 1) continue;
    const Comparison& comparison = each->pattern.comparisons[0];
    if (comparison.op != Operator::kEqual || comparison.is_negated || weak.size() >= 4'000)
      continue;
    const Constant& constant = each->pattern.constants[comparison.constants_begin];
    if (constant.kind != ConstantKind::kString || constant.is_escaped) continue;
    const std::string path(each->pattern.slice({comparison.type.begin, comparison.path_end}));
    const std::string text(each->pattern.slice(constant.text));
    std::string quoted;
    for (const char c : text) {
      if (std::string_view("^$()[]{}?*+|.\\").find(c) != std::string_view::npos) quoted += "\\\\";
      quoted += c;
    }
    add(&weak, "[" + path + " LIKE '%" + text.substr(text.size() / 2) + "']");
    add(&weak, "[" + path + " MATCHES '^" + quoted.substr(0, quoted.find('\\')) + "']");
    add(&weak, "[" + path + " LIKE '" + text.substr(0, text.size() < 3 ? text.size() : 3) + "%']");
    add(&shared, "[" + path + " = '" + text + "' AND " + path + " LIKE '%a%']");
    add(&shared, "[" + path + " = '" + text + "' OR " + path + " LIKE '" +
                     text.substr(0, text.size() / 2) + "%']");
    add(&shared,
        "[" + path + " IN ('" + text + "', 'x')] FOLLOWEDBY [" + path + " != '" + text + "']");
  }
  const uint32_t events = event_count(300) / 4;
  EXPECT_GT(expect_equal(weak, events, seed_of(2)), events / 2);
  EXPECT_GT(expect_equal(shared, events, seed_of(3)), events / 2);
}

}  // namespace
}  // namespace entente::pattern
