// The parties that a world names, as a list to be screened against: identities, threat actors and intrusion sets with
// their aliases. How rare a word is, and with it every score, follows from this list alone.
//
// Threads: any. Cost: making it, as reading the objects and indexing them (bench/RESULTS.md); about 200 bytes a
// party.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "desk/supervision/kept.h"
#include "names/list.h"

namespace entente::supervision {

class WorldNames {
 public:
  // kTooLarge past the limits of a list.
  static Result<std::shared_ptr<const WorldNames>> make(const exchange::View& view,
                                                        const Contents& contents);
  static const std::vector<std::string>& types();

  const names::NameList& list() const { return list_; }
  // Of an entity of the list.
  store::Position position(uint32_t entity) const { return positions_[entity]; }

  // Parties with the role of a buyer, whoever submitted them, by id.
  const std::vector<store::Position>& buyers() const { return buyers_; }

  // Searchers are costly to make: they are lent, one to a thread at a time.
  class Lent {
   public:
    explicit Lent(const WorldNames& names);
    ~Lent();
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;
    names::Searcher& operator*() const { return *searcher_; }
    names::Searcher* operator->() const { return searcher_.get(); }

   private:
    const WorldNames& names_;
    std::unique_ptr<names::Searcher> searcher_;
  };

 private:
  WorldNames(names::NameList list, std::vector<store::Position> positions,
             std::vector<store::Position> buyers)
      : list_(std::move(list)), positions_(std::move(positions)), buyers_(std::move(buyers)) {}

  names::NameList list_;
  std::vector<store::Position> positions_, buyers_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<names::Searcher>> idle_;
};

// The party that an object is; without names if it is none.
names::Entity entity_at(const exchange::View& view, store::Position position);

}  // namespace entente::supervision
