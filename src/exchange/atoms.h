// What mark-sets, and acts about entries, mean by the markings that are known: compiled to atoms once for all readers.
//
//   Atoms atoms;   // one per node
//   atoms.with(state, [&](const release::AtomTable& table, const std::vector<CompiledMarks>& marks,
//                         const ActsByEntry& acts) { ... });
//
// Threads: any.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <vector>

#include "exchange/state.h"
#include "release/label.h"
#include "release/resolved.h"
#include "store/journal.h"

namespace entente::exchange {

// What a mark-set means by the markings that are known, for every reader alike.
struct CompiledScope {
  // One choice of definitions for its markings.
  struct Option {
    release::AtomNumber atom = 0;
    std::vector<release::KnownMarkings::Counting> markings;
  };
  std::vector<Option> options;     // the first all of whose definitions the reader may read decides
  release::AtomNumber closed = 0;  // to all but the originator
};

struct CompiledMarks {
  uint8_t depth = 0;  // of the longest chain of markings; they end past kMarkingDepthMax
  CompiledScope whole;
  std::vector<CompiledScope> parts;
};

// The acts about one entry, in order.
struct CompiledActs {
  struct One {
    ReleaseStatement::Kind kind = ReleaseStatement::Kind::kNarrow;
    int64_t tick_ms = 0;
    std::vector<release::AtomNumber> atoms;  // index: option of the whole
  };
  release::MarkSetNumber mark_set = 0;
  std::vector<One> acts;
};
using ActsByEntry = std::map<store::Position, CompiledActs>;

inline constexpr uint8_t kMarkingDepthMax = 4;
// Choices of definitions for the markings of one scope; those past it are not tried. Fewer where there are many
// markings, so that choices times markings stay within kChosenMarkingsMax, and one in any case.
inline constexpr size_t kMarkingChoicesMax = 64;
inline constexpr size_t kChosenMarkingsMax = 1'024;

class Atoms {
 public:
  // Compiles the state's mark-sets that are new, or all of them if other markings count now, and calls
  // use(table, marks, acts) while nothing changes them.
  template <class Use>
  void with(const State& state, const Use& use) {
    {
      std::shared_lock lock(mutex_);
      if (is_current(state)) return use(table_, marks_, acts_);
    }
    std::unique_lock lock(mutex_);
    if (!is_current(state)) compile(state);
    use(table_, marks_, acts_);
  }

 private:
  bool is_current(const State& state) const;
  bool means_the_same(const State& state) const;
  void compile(const State& state);
  void compile_acts(const State& state);
  CompiledScope compile_scope(const State& state, const release::MarkSet& marks, size_t scope);
  uint8_t depth_of(const CompiledScope::Option& option) const;
  void find_depths(size_t first);

  std::shared_mutex mutex_;
  std::shared_ptr<const release::KnownMarkings> markings_;  // those that marks_ borrow from
  uint64_t directory_ = 0;                                  // its generation
  std::vector<release::Authority> authorities_;  // all of the directory that marks depend on
  release::AtomTable table_;
  std::vector<CompiledMarks> marks_;  // index: mark-set
  ActsByEntry acts_;
  size_t acts_seen_ = 0;
};

}  // namespace entente::exchange
