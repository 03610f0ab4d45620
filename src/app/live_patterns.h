// The patterns of a file that may change while events are matched against them.
//
//   LivePatterns patterns(line, &live);
//   patterns.load(text);      // any thread, one at a time; again when the file has changed
//   live.see(observation, [&](uint32_t number, const auto& match) { if (auto source = patterns.source(number)) ... });
//
// Loading adds what is new and removes what is gone; what stays keeps what is remembered for it. Threads: source from any.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>

#include "app/command_line.h"
#include "app/pattern_input.h"
#include "pattern/live.h"

namespace entente::app {

class LivePatterns {
 public:
  LivePatterns(const CommandLine& line, pattern::Live* live) : line_(line), live_(*live) {}
  ~LivePatterns();
  LivePatterns(const LivePatterns&) = delete;
  LivePatterns& operator=(const LivePatterns&) = delete;

  // Takes the patterns of the file to be these; reports malformed ones.
  void load(std::string_view text);
  // Where a pattern came from; none if it has gone.
  std::optional<Source> source(uint32_t number) const;

  // From now on loads the file again whenever it changes, in a thread of its own.
  void watch_file();

 private:
  void watch();

  const CommandLine& line_;
  pattern::Live& live_;
  std::multimap<std::string, uint32_t, std::less<>> numbers_;  // by text
  mutable std::mutex mutex_;
  std::unordered_map<uint32_t, Source> sources_;
  bool is_ending_ = false;
  std::condition_variable ending_;
  std::thread watcher_;
};

}  // namespace entente::app
