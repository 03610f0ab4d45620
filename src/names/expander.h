// The words of a list that may stand for a word of a query, with the evidence of each pair.
//
// Words are looked up by the classes of their consonants; where nothing near is found, also by these
// with one left out on either side, so that one consonant may be missing, more or another. All that
// share a key are aligned sixteen at a time (lanes.h), which bounds their deficits from below; those
// that may be near enough are hits.
//
// Private to searcher.cc. Threads: one.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "names/lanes.h"
#include "names/list_data.h"

namespace entente::names {

struct Hit {
  uint32_t word = 0;
  float weight = 0;  // no less than information less deficit; above 0
};

// How far a word is looked for: a word of the query, or two written together, which must be nearer.
enum class Reach : uint8_t { kWide, kNear };

class Expander {
 public:
  explicit Expander(const ListData& data);

  // The best, best first; at most kHitsMax.
  std::vector<Hit> expand(const Word& word, float own_information, Reach reach);

  static constexpr size_t kHitsMax = 300;

 private:
  // Words of one writing that wait to be aligned.
  struct Group {
    uint32_t number = 0;  // of the expansion that `table` was made for
    LaneTable table;
    std::array<uint32_t, kLanes> words{};
    size_t count = 0;
  };

  void look_up();
  void see(uint32_t candidate);
  void align(Group& group, Writing writing);
  void add(uint32_t candidate, float deficit);

  const ListData& data_;
  std::vector<uint32_t> seen_;  // by word: number of the expansion that saw it last
  uint32_t number_ = 0;
  std::vector<uint32_t> keys_;
  std::vector<Group> groups_;  // by writing of the candidates
  std::vector<Hit> hits_;
  // Of the expansion at hand.
  const Word* word_ = nullptr;
  float own_ = 0;
  Reach reach_ = Reach::kWide;
};

}  // namespace entente::names
