// Each pattern is tried on each observation.
#include "pattern/batch.h"

#include <algorithm>

#include "pattern/check.h"
#include "pattern/reference.h"

namespace entente::pattern {

struct Batch::Entry {
  std::string text;
  Pattern pattern;
  Plan plan;
  std::vector<uint32_t> leaves;
  Candidates candidates;
};

Batch::Batch() = default;
Batch::~Batch() = default;

std::expected<uint32_t, ParseError> Batch::add(std::string_view text, const ParseOptions& options) {
  auto entry = std::make_unique<Entry>();
  entry->text = text;
  if (auto parsed = parse_and_check(entry->text, options, &entry->pattern); !parsed)
    return std::unexpected(parsed.error());
  auto plan = make_plan(entry->pattern);
  if (!plan) return std::unexpected(ParseError{0, 1, 1, plan.error().detail});
  entry->plan = std::move(*plan);
  entry->leaves = leaves_of(entry->pattern);
  entry->candidates.resize(entry->plan.classes.size());
  entries_.push_back(std::move(entry));
  return static_cast<uint32_t>(entries_.size() - 1);
}

void Batch::see(const Observation& seen) {
  for (const auto& entry : entries_) {
    for (uint32_t leaf = 0; leaf < entry->leaves.size(); ++leaf) {
      if (!satisfies(entry->pattern, entry->leaves[leaf], seen)) continue;
      offer(entry->plan, leaf, seen_, seen, &entry->candidates);
    }
  }
  ++seen_;
}

void Batch::finish(const Sink& sink) {
  Solver solver;
  for (uint32_t i = 0; i < entries_.size(); ++i) {
    const Solver::Answer answer = solver.all(entries_[i]->plan, entries_[i]->candidates);
    if (!answer.seen.empty() || !answer.is_complete) sink(i, answer.seen, answer.is_complete);
  }
}

}  // namespace entente::pattern
