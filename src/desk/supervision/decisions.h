// What parties have decided about pairs of identities: "same", "not the same", "unsure". One world's decisions, and
// the clusters that follow from them.
//
// A decision is an object of the party that made it
// (docs/formats/decisions.md): a newer version replaces it, a revocation undoes it, and two parties may differ. In a
// reader's world the reader's own party decides; where it has not, the others do if they agree, and are unsure
// together if they do not. Clusters are what "same" holds together.
//
// Threads: immutable once made.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "desk/supervision/kept.h"
#include "release/world.h"

namespace entente::supervision {

inline constexpr std::string_view kDecisionType = "identity-decision";

enum class Verdict : uint8_t { kSame, kNotSame, kUnsure };
std::string_view name_of(Verdict verdict);  // "same", "not-same", "unsure"
std::optional<Verdict> verdict_from(std::string_view name);

// Two ids, the lesser first.
using Pair = std::pair<std::string, std::string>;
Pair pair_of(std::string_view a, std::string_view b);

struct Decision {
  Pair parties;
  release::PartyNumber by = release::kNoParty;
  std::string id, code, at, reason;  // of the object; of who decided; `modified`
  Verdict verdict = Verdict::kUnsure;
};

class WorldDecisions {
 public:
  static Result<std::shared_ptr<const WorldDecisions>> make(const exchange::View& view,
                                                            const Contents& contents);
  static const std::vector<std::string>& types();

  // Of everybody, about the pair; by party's code.
  std::vector<const Decision*> about(const Pair& pair) const;
  // Those with whom the id is in some decision.
  std::vector<std::string> counterparts(std::string_view id) const;
  // What counts for the reader; nullptr: nothing was decided. `differ`: others contradict each other, or the reader's
  // party.
  std::optional<Verdict> verdict(const Pair& pair, bool* differ = nullptr) const;
  // The reader's own.
  const Decision* own(const Pair& pair) const;
  // Every id that "same" holds together with it, itself included, sorted. At most limits::kClusterMax.
  std::vector<std::string> cluster(std::string_view id) const;

 private:
  release::PartyNumber reader_ = release::kNoParty;
  std::map<Pair, std::map<std::string, Decision>> decisions_;  // of each party by code
  std::map<std::string, std::vector<std::string>, std::less<>> counterparts_;
};

// The id of a party's decision about a pair; ordinals count what was undone before.
std::string decision_id(std::string_view code, const Pair& pair, uint32_t ordinal);
// {"decision":...,"party":...,"at":...,"reason":...}
std::string to_json(const Decision& decision);

}  // namespace entente::supervision
