// One lock around engine and stream, as both change with every observation. Measured against it: copies of the engine that are
// swapped (twice the memory and, at a million patterns, seconds for each change).
#include "pattern/live.h"

#include <utility>

namespace entente::pattern {

Live::Turn::Turn(Live* live) {
  const std::lock_guard<std::mutex> door(live->door_);
  lock_ = std::unique_lock<std::mutex>(live->mutex_);
}

std::expected<uint32_t, ParseError> Live::add(std::string_view text, const ParseOptions& options) {
  auto prepared = prepare(text, options);
  if (!prepared) return std::unexpected(std::move(prepared).error());
  const Turn turn(this);
  return engine_.add(std::move(*prepared));
}

void Live::remove(uint32_t pattern) {
  const Turn turn(this);
  stream_.forget(pattern);
  engine_.remove(pattern);
}

void Live::see(const Observation& seen, const Stream::Sink& sink) {
  const Turn turn(this);
  stream_.see(seen, sink);
}

void Live::measure() {
  const Turn turn(this);
  engine_.measure();
}

EngineStats Live::engine_stats() {
  const Turn turn(this);
  return engine_.stats();
}

StreamStats Live::stream_stats() {
  const Turn turn(this);
  return stream_.stats();
}

}  // namespace entente::pattern
