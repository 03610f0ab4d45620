// A candidate is looked at once for each object, whatever number of its witnesses hit: expressions
// carry the number of the last object that they were looked at for.
#include "pattern/engine.h"

#include <algorithm>
#include <chrono>

#include "pattern/check.h"

namespace entente::pattern {
namespace {

template <class All>
uint32_t take_slot(All* all, std::vector<uint32_t>* free) {
  if (!free->empty()) {
    const uint32_t out = free->back();
    free->pop_back();
    return out;
  }
  all->emplace_back();
  return static_cast<uint32_t>(all->size() - 1);
}

// The time since the end of the lap before, if time is taken at all.
class Lap {
 public:
  explicit Lap(bool measures) : measures_(measures) {
    if (measures_) from_ = std::chrono::steady_clock::now();
  }
  void end(int64_t* sum_ns) {
    if (!measures_) return;
    const auto now = std::chrono::steady_clock::now();
    *sum_ns += std::chrono::duration_cast<std::chrono::nanoseconds>(now - from_).count();
    from_ = now;
  }

 private:
  bool measures_;
  std::chrono::steady_clock::time_point from_;
};

// Whether there is nothing to ask but whether one observation satisfies the one expression.
bool is_plain(const Pattern& pattern) {
  return pattern.nodes[pattern.root].kind == NodeKind::kObservation;
}

std::expected<std::unique_ptr<Plan>, ParseError> plan_of(const Pattern& pattern) {
  if (is_plain(pattern)) return nullptr;
  auto made = make_plan(pattern);
  if (!made) return std::unexpected(ParseError{0, 1, 1, made.error().detail});
  return std::make_unique<Plan>(std::move(*made));
}

}  // namespace

std::expected<Prepared, ParseError> prepare(std::string_view text, const ParseOptions& options) {
  Prepared out;
  out.text = std::make_unique<const std::string>(text);
  if (auto parsed = parse_and_check(*out.text, options, &out.pattern); !parsed)
    return std::unexpected(std::move(parsed).error());
  auto plan = plan_of(out.pattern);
  if (!plan) return std::unexpected(std::move(plan).error());
  out.plan = std::move(*plan);
  return out;
}

Engine::Engine(Mode mode) : mode_(mode), flattener_(paths_) {}
Engine::~Engine() = default;

ExpressionNumber Engine::new_expression(uint32_t pattern, uint32_t leaf) {
  const ExpressionNumber number = take_slot(&expressions_, &free_expressions_);
  expressions_[number] = {patterns_[pattern].compiled.get(), pattern, leaf, 0};
  return number;
}

std::expected<uint32_t, ParseError> Engine::add(std::string_view text,
                                                const ParseOptions& options) {
  if (auto parsed = parse_and_check(text, options, &pattern_); !parsed)
    return std::unexpected(std::move(parsed).error());
  auto plan = plan_of(pattern_);
  if (!plan) return std::unexpected(std::move(plan).error());
  return install(pattern_, std::move(*plan));
}

uint32_t Engine::add(Prepared&& prepared) {
  return install(prepared.pattern, std::move(prepared.plan));
}

uint32_t Engine::install(const Pattern& pattern, std::unique_ptr<Plan> plan) {
  const uint32_t number = take_slot(&patterns_, &free_patterns_);
  Entry& entry = patterns_[number];
  entry.compiled = Compiled::make(pattern, &paths_);
  entry.plan = kNone;
  const uint32_t leaves = entry.compiled->leaves();
  if (plan != nullptr) {
    entry.plan = take_slot(&plans_, &free_plans_);
    plans_[entry.plan] = std::move(plan);
  }
  std::vector<ExpressionNumber> made;
  for (uint32_t leaf = 0; leaf < leaves; ++leaf) {
    const ExpressionNumber expression = new_expression(number, leaf);
    if (leaf == 0) entry.first_expression = expression;
    if (leaves > 1) made.push_back(expression);
    const bool is_fast = mode_ == Mode::kScan || index_.add(*entry.compiled, leaf, expression);
    stats_.without_witness += is_fast ? 0 : 1;
  }
  if (leaves > 1) {
    const uint32_t slot = take_slot(&many_, &free_many_);
    many_[slot] = std::move(made);
    entry.first_expression = slot;
  }
  ++stats_.patterns;
  stats_.expressions += leaves;
  stats_.memory_bytes += entry.compiled->overhead_bytes();
  stats_.text_bytes += pattern.text.size();
  return number;
}

void Engine::remove(uint32_t number) {
  Entry& entry = patterns_[number];
  if (entry.compiled == nullptr) return;
  const Compiled& compiled = *entry.compiled;
  const auto drop = [&](uint32_t leaf, ExpressionNumber expression) {
    if (mode_ == Mode::kIndex && !index_.remove(compiled, leaf, expression))
      --stats_.without_witness;
    expressions_[expression] = {};
    free_expressions_.push_back(expression);
  };
  if (compiled.leaves() == 1) {
    drop(0, entry.first_expression);
  } else {
    const uint32_t slot = entry.first_expression;
    for (uint32_t leaf = 0; leaf < compiled.leaves(); ++leaf) drop(leaf, many_[slot][leaf]);
    many_[slot] = {};
    free_many_.push_back(slot);
  }
  if (entry.plan != kNone) {
    plans_[entry.plan] = nullptr;
    free_plans_.push_back(entry.plan);
  }
  --stats_.patterns;
  stats_.expressions -= compiled.leaves();
  stats_.memory_bytes -= compiled.overhead_bytes();
  stats_.text_bytes -= compiled.text().size();
  evaluator_.forget(compiled);
  entry = Entry{};
  free_patterns_.push_back(number);
}

const Plan* Engine::plan(uint32_t pattern) const {
  const Entry& entry = patterns_[pattern];
  return entry.plan == kNone ? nullptr : plans_[entry.plan].get();
}

std::string_view Engine::text(uint32_t pattern) const {
  return patterns_[pattern].compiled->text();
}

uint32_t Engine::leaves(uint32_t pattern) const { return patterns_[pattern].compiled->leaves(); }

void Engine::find(const Observation& seen) {
  found_.clear();
  flattener_.begin();
  evaluator_.begin();
  ++stats_.observations;
  for (const SeenObject& object : seen.objects) {
    Lap lap(measures_);
    const std::vector<FlatValue>& values = flattener_.flatten(object, seen);
    lap.end(&stats_.flatten_ns);
    ++stats_.objects;
    candidates_.clear();
    if (mode_ == Mode::kScan) {
      for (ExpressionNumber i = 0; i < expressions_.size(); ++i) {
        if (expressions_[i].compiled != nullptr && flattener_.knows(object.type))
          candidates_.push_back(i);
      }
    } else {
      if (values.empty()) continue;
      index_.candidates(values, &candidates_);
    }
    lap.end(&stats_.witness_ns);
    if (candidates_.empty()) continue;
    verify(values);
    lap.end(&stats_.verify_ns);
  }
  if (found_.size() > 1) {
    std::sort(found_.begin(), found_.end(), [this](ExpressionNumber a, ExpressionNumber b) {
      const Expression &x = expressions_[a], &y = expressions_[b];
      return x.pattern != y.pattern ? x.pattern < y.pattern : x.leaf < y.leaf;
    });
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
  }
  stats_.satisfied += found_.size();
}

// Looks at the candidates of one object.
void Engine::verify(const std::vector<FlatValue>& values) {
  if (++object_ == 0) {  // the number has gone round
    for (size_t i = 0; i < expressions_.size(); ++i) expressions_[i].checked = 0;
    object_ = 1;
  }
  for (const ExpressionNumber number : candidates_) {
    Expression& expression = expressions_[number];
    if (expression.checked == object_) continue;
    expression.checked = object_;
    ++stats_.candidates;
    if (evaluator_.satisfies(*expression.compiled, expression.leaf, values))
      found_.push_back(number);
  }
}

EngineStats Engine::stats() const {
  EngineStats out = stats_;
  out.values = flattener_.values();
  out.searches_given_up = evaluator_.given_up();
  out.cut_short = flattener_.cut_short();
  out.memory_bytes +=
      index_.memory_bytes() + patterns_.memory_bytes() + expressions_.memory_bytes();
  return out;
}

}  // namespace entente::pattern
