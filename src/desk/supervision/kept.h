// What was made of one world's objects of some types, kept until the world shows other ones.
//
// Made anew is what depends on an object that came, changed, went, or is cut otherwise for the reader. Nothing else
// counts: so what is kept is a function of the world, and a world in which nothing new shows costs a comparison.
//
// Threads: any; whoever asks while it is being made waits.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "exchange/view.h"

namespace entente::supervision {

// The newest versions that a world shows of the objects of some types, without those that are revoked.
struct Contents {
  std::vector<store::Position> positions;  // by date_added
  std::vector<uint8_t> cuts;               // of each: which parts are cut
  bool operator==(const Contents&) const = default;
};
Contents contents_of(const exchange::View& view, const std::vector<std::string>& types);

// Calls visit with the root of each object, in the order of ids.
void each_object(const exchange::View& view, const std::vector<store::Position>& positions,
                 const std::function<void(store::Position, json::Value)>& visit);

template <class Made>
class Kept {
 public:
  using Make =
      std::function<Result<std::shared_ptr<const Made>>(const exchange::View&, const Contents&)>;

  Result<std::shared_ptr<const Made>> get(const exchange::View& view,
                                          const std::vector<std::string>& types, const Make& make) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const release::World& now = view.world();
    // A world's set is made anew with every change of what is in it or how it is cut.
    const bool is_same =
        made_ != nullptr && &world_->entries() == &now.entries() && world_->end() == now.end();
    if (is_same) return made_;
    Contents contents = contents_of(view, types);
    if (made_ == nullptr || contents != contents_) {
      made_ = TRY(make(view, contents));
      contents_ = std::move(contents);
    }
    world_ = now;
    return made_;
  }

 private:
  std::mutex mutex_;
  std::optional<release::World> world_;  // as of the last look; keeps its set alive
  Contents contents_;
  std::shared_ptr<const Made> made_;
};

}  // namespace entente::supervision
