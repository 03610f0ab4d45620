// Random directories and labels, small enough that everything meets everything: few parties, few
// groups, dates on a short grid, ticks among the dates.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "oracle/oracle.h"
#include "release/label.h"

namespace entente::oracle {

inline constexpr int64_t kGridMs = 60;  // dates and ticks are 0 to this

struct Drawn {
  release::Directory directory;
  Oracle oracle;
  std::vector<release::PartySet> party_sets;
  std::vector<release::Atom> atoms;
  std::vector<release::Reader> readers;
};

class Draw {
 public:
  explicit Draw(uint64_t seed) : engine_(seed) {}
  // A directory with its facts told to the oracle too, and atoms and readers to ask about.
  Drawn world();
  release::Atom atom();
  int64_t below(int64_t bound) {
    return static_cast<int64_t>(engine_() % static_cast<uint64_t>(bound));
  }
  bool one_in(int64_t n) { return below(n) == 0; }

 private:
  Fact change();
  release::Reader reader();
  std::string party();
  static std::string party_code(int64_t number);
  std::string group();
  std::string any();
  std::vector<std::string> some(bool of_parties);
  release::Classification classification();
  std::mt19937_64 engine_;
};

}  // namespace entente::oracle
