// Witnesses: of each observation expression some comparisons of which at least one must be true for it
// to be true, chosen so that few values make them true. The index finds, for the values of an object,
// the expressions whose witnesses they may satisfy; all others need not be looked at.
//
// Equality and IN go by hash of path and value; ISSUBSET by hash of the network, once for each length
// of prefix that is in use on the path; LIKE and MATCHES by eight or fewer bytes of what the value must
// contain, looked for at each position of the value behind a filter of bits; numeric order by sorted
// thresholds. What has none of these is found whenever its path is there at all, and is counted.
// Threads: one at a time.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "pattern/chains.h"
#include "pattern/compiled.h"
#include "pattern/network.h"
#include "pattern/value.h"

namespace entente::pattern {

// Of an observation expression; whoever owns the index numbers them.
using ExpressionNumber = uint32_t;

class WitnessIndex {
 public:
  WitnessIndex();

  // Adds a leaf of a pattern. False if it has no witness but the presence of a path, which is slow.
  bool add(const Compiled& pattern, uint32_t leaf, ExpressionNumber number);
  // Takes it out again: the same leaf and number. False as of add.
  bool remove(const Compiled& pattern, uint32_t leaf, ExpressionNumber number);

  // Appends the expressions that an object with these values, sorted by path, may satisfy; some
  // perhaps several times. `type` is the path of the object's type.
  void candidates(const std::vector<FlatValue>& values, std::vector<ExpressionNumber>* out) const;

  size_t memory_bytes() const;

 private:
  static constexpr uint32_t kGramBytesMax = 8;  // the others: 4, and what is shorter
  // What is known of the values of one path.
  struct PathIndex {
    uint32_t present = Chains::kEnd;  // expressions to be looked at whenever the path is there
    std::array<uint32_t, kGramBytesMax + 1> grams{};  // expressions by the length of their gram
    std::array<uint32_t, 33> v4{};                    // by length of prefix
    std::array<uint32_t, 129> v6{};
    uint32_t networks = 0, literals = 0;
    std::multimap<double, ExpressionNumber> above, below;  // > and >=; < and <=
  };
  enum class Way : uint8_t { kNever, kKeys, kNetwork, kGrams, kAbove, kBelow, kPresence };

  static Way way(const Compiled& pattern, const CompiledComparison& comparison);
  uint32_t judge(const Compiled& pattern, const CompiledComparison& comparison) const;
  uint32_t cost(const Compiled& pattern, uint32_t root) const;
  static bool is_slow(const Compiled& pattern, uint32_t root);
  void insert(const Compiled& pattern, uint32_t root, ExpressionNumber number);
  void insert_comparison(const Compiled& pattern, const CompiledComparison& comparison,
                         ExpressionNumber number);
  void erase_comparison(const Compiled& pattern, const CompiledComparison& comparison,
                        ExpressionNumber number);
  void erase(const Compiled& pattern, uint32_t root, ExpressionNumber number);
  void scan(const FlatValue& value, const PathIndex& index,
            std::vector<ExpressionNumber>* out) const;
  void look_up_networks(const FlatValue& value, const PathIndex& index,
                        std::vector<ExpressionNumber>* out) const;
  bool passes(uint64_t key) const;
  void collect(uint64_t key, std::vector<ExpressionNumber>* out) const;
  template <class Use>
  void for_keys(const Compiled& pattern, const CompiledComparison& comparison, Use use) const;
  uint64_t best_gram(PathNumber path, std::string_view literal, uint32_t* bytes) const;
  PathIndex& index_of(PathNumber path);

  Chains chains_;
  std::vector<std::unique_ptr<PathIndex>> by_path_;
  std::vector<uint64_t> filter_;  // of grams and networks; never cleared
};

}  // namespace entente::pattern
