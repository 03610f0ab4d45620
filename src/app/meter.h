// Progress on standard error, for what takes longer than a second, if that is a terminal: objects, bytes, rate, time left.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/commands.h"
#include "base/clock.h"

namespace entente::app {

class Meter {
 public:
  enum class Unit : uint8_t { kBytes, kRecords };
  Meter(std::string_view what, Unit unit, const Clock& clock);
  ~Meter();  // wipes its line
  Meter(const Meter&) = delete;
  Meter& operator=(const Meter&) = delete;

  void show(const Progress& progress);

 private:
  const std::string what_;
  const Unit unit_;
  const Clock& clock_;
  const bool active_;
  const int64_t began_ns_;
  int64_t shown_ns_ = 0;
  bool has_line_ = false;
};

// "1,234,567"; "1.5 MB"; "2 min 3 s".
std::string grouped(uint64_t value);
std::string as_bytes(double bytes);
std::string as_duration(double seconds);

}  // namespace entente::app
