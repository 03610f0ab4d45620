// Very many patterns against a stream of observations: for each observation the observation
// expressions that it satisfies, at a cost that hardly depends on how many patterns there are.
//
//   Engine engine;
//   auto number = engine.add("[url:value = 'http://a.example/']", {});
//   engine.match(observation, [&](uint32_t pattern, uint32_t leaf) { ... });
//   engine.remove(*number);
//
// What is asked of several observations together is for Batch and Stream.
// Threads: one at a time. Adding and removing take microseconds, however many patterns there are.
// Cost: see bench/RESULTS.md.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pattern/blocks.h"
#include "pattern/compiled.h"
#include "pattern/evaluate.h"
#include "pattern/event.h"
#include "pattern/paths.h"
#include "pattern/pattern.h"
#include "pattern/plan.h"
#include "pattern/witness.h"

namespace entente::pattern {

struct EngineStats {
  uint64_t patterns = 0, expressions = 0;
  uint64_t without_witness = 0;  // expressions that are looked at whenever their path is there
  uint64_t observations = 0, objects = 0, values = 0;
  uint64_t candidates = 0, satisfied = 0;
  uint64_t searches_given_up = 0;  // regular expressions
  uint64_t cut_short = 0;          // observations with more to walk than is walked
  uint64_t memory_bytes = 0;       // texts of patterns apart
  uint64_t text_bytes = 0;
  // Of match, if it is measured.
  int64_t flatten_ns = 0, witness_ns = 0, verify_ns = 0;
};

// A pattern that was read and checked, to be added without further doubt. Owns its text.
struct Prepared {
  std::unique_ptr<const std::string> text;
  Pattern pattern;
  std::unique_ptr<Plan> plan;  // null for one observation expression without bounds
};

// What is wrong is told with its place. Threads: any.
std::expected<Prepared, ParseError> prepare(std::string_view text,
                                            const ParseOptions& options = {});

class Engine {
 public:
  // kIndex: by witnesses. kScan: every expression on every object, for comparison.
  enum class Mode { kIndex, kScan };

  explicit Engine(Mode mode = Mode::kIndex);
  ~Engine();

  // The pattern's number: that of one that was removed, or the next. What is wrong is told with its
  // place.
  std::expected<uint32_t, ParseError> add(std::string_view text, const ParseOptions& options = {});
  // The same of a pattern that is prepared.
  uint32_t add(Prepared&& prepared);
  void remove(uint32_t pattern);

  // Null for a pattern of one observation expression without bounds.
  const Plan* plan(uint32_t pattern) const;
  std::string_view text(uint32_t pattern) const;
  uint32_t leaves(uint32_t pattern) const;

  // Calls the sink once for each leaf that the observation satisfies, in the order of patterns.
  template <class Sink>
  void match(const Observation& seen, Sink sink) {
    find(seen);
    for (const ExpressionNumber number : found_)
      sink(expressions_[number].pattern, expressions_[number].leaf);
  }

  EngineStats stats() const;
  // Takes the time of each phase from now on, which itself costs some time.
  void measure() { measures_ = true; }

 private:
  struct Expression {
    const Compiled* compiled = nullptr;  // null: free
    uint32_t pattern = 0;
    uint32_t leaf = 0;
    uint32_t checked = 0;  // the last object that it was looked at for
  };
  struct Entry {
    Compiled::Pointer compiled;
    uint32_t first_expression = 0;  // of kFew or fewer leaves; else in many_
    uint32_t plan = kNone;
  };

  uint32_t install(const Pattern& pattern, std::unique_ptr<Plan> plan);
  void find(const Observation& seen);
  void verify(const std::vector<FlatValue>& values);
  ExpressionNumber new_expression(uint32_t pattern, uint32_t leaf);

  Mode mode_;
  Paths paths_;
  WitnessIndex index_;
  Flattener flattener_;
  Evaluator evaluator_;
  Pattern pattern_;  // for parsing
  Blocks<Entry> patterns_;
  std::vector<uint32_t> free_patterns_;
  Blocks<Expression> expressions_;
  std::vector<uint32_t> free_expressions_;
  std::vector<std::vector<ExpressionNumber>> many_;  // expressions of patterns with several leaves
  std::vector<uint32_t> free_many_;
  std::vector<std::unique_ptr<Plan>> plans_;
  std::vector<uint32_t> free_plans_;
  std::vector<ExpressionNumber> candidates_, found_;
  uint32_t object_ = 0;
  bool measures_ = false;
  EngineStats stats_;
};

}  // namespace entente::pattern
