// Many patterns against many observations, all known at once: the whole answer at the end.
//
//   Batch batch;
//   auto number = batch.add("[url:value = 'http://a.example/']");   // or what is wrong with it
//   reader.read(document, [&](const Observation& seen) { batch.see(seen); }, ...);
//   batch.finish([&](uint32_t pattern, const std::vector<uint32_t>& observations) { ... });
//
// Threads: one.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "pattern/engine.h"
#include "pattern/solve.h"

namespace entente::pattern {

class Batch {
 public:
  explicit Batch(Engine::Mode mode = Engine::Mode::kIndex) : engine_(mode) {}

  // Patterns are numbered from 0 in the order in which they are added. What is wrong with a pattern
  // is told with its place; it then gets no number. All patterns come before any observation.
  std::expected<uint32_t, ParseError> add(std::string_view text, const ParseOptions& options = {}) {
    return engine_.add(text, options);
  }

  // Observations are numbered from 0 as well.
  void see(const Observation& seen);

  // Each pattern that matches, in order, with the observations that take part in one of its matches,
  // in order. `is_complete`: no bound on the search was met.
  using Sink =
      std::function<void(uint32_t pattern, const std::vector<uint32_t>& seen, bool is_complete)>;
  void finish(const Sink& sink);

  EngineStats stats() const { return engine_.stats(); }
  // Takes the time of each phase; see Engine.
  void measure() { engine_.measure(); }

 private:
  Engine engine_;
  std::vector<std::pair<uint32_t, uint32_t>> plain_;  // pattern of one expression, observation
  std::unordered_map<uint32_t, Candidates> partial_;  // of patterns with a plan
  uint32_t seen_ = 0;
};

}  // namespace entente::pattern
