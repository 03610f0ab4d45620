// A stream of observations whose patterns change while it runs: one thread sees, others add and remove.
//
//   Live live({});
//   auto number = live.add("[url:value = 'http://a.example/']");           // any thread
//   live.see(observation, [&](uint32_t pattern, const auto& match) { ... });  // any thread
//   live.remove(*number);                                                   // any thread
//
// A pattern is parsed and checked before anything waits for it; what remains takes microseconds, so that
// no observation waits long, however many patterns there are. Who waits longest goes first.
// Threads: any. A sink is called while all others wait, and must not call back.
#pragma once

#include <cstdint>
#include <expected>
#include <mutex>
#include <string_view>

#include "pattern/engine.h"
#include "pattern/stream.h"

namespace entente::pattern {

class Live {
 public:
  explicit Live(const StreamOptions& options) : stream_(&engine_, options) {}

  // As Engine::add. Observations that are seen from now on are matched.
  std::expected<uint32_t, ParseError> add(std::string_view text, const ParseOptions& options = {});
  // The pattern and what is remembered for it are gone when this returns; its number may be used again.
  void remove(uint32_t pattern);

  // As Stream::see.
  void see(const Observation& seen, const Stream::Sink& sink);

  // Takes the time of each phase from now on.
  void measure();
  EngineStats engine_stats();
  StreamStats stream_stats();

 private:
  // Holds both locks in turn: whoever waits at the door is next, so that a thread that sees one observation after
  // the other lets the others in between.
  class Turn {
   public:
    explicit Turn(Live* live);

   private:
    std::unique_lock<std::mutex> lock_;
  };

  std::mutex door_, mutex_;
  Engine engine_;
  Stream stream_;
};

}  // namespace entente::pattern
