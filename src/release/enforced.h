// The single checks of a decision, numbered, so that a test can leave out one at a time and show
// that the suite notices. In every build that is not made for that test, enforced() is true.
#pragma once

namespace entente::release {

enum class Check : int {
  kOriginator,       // the originator reads its own
  kUnknown,          // a mark that is not understood: the originator alone
  kExercise,         // the reader's realm equals the atom's
  kEmbargo,          // the embargo is over
  kClearance,        // the party is cleared
  kNarrowed,         // so is the principal, if it is narrower
  kOwnNarrowed,      // a narrower principal reads its party's own no further than that
  kPublic,           // the public reads what is CLEAR
  kReleasable,       // the party is in every releasable_to
  kEmptyList,        // an empty one names nobody
  kMemberNow,        // members of a group are so now
  kMemberAtRelease,  // and were so at release
  kRetroactive,      // unless the group is retroactive
  kKnown,            // nothing recorded later counts
  kDefault,          // the collection's default is for what has no limit of its own
  kUnmarked,         // no limit at all: the originator alone
  kGreen,            // GREEN: the community
  kAmber,            // AMBER: the audience
  kAmberNow,         // who still reads the collection
  kStrict,           // AMBER+STRICT: somebody is named
  kRed,              // RED: by its own code
  kEnded,            // a party that has ended reads nothing
  kSuccessor,        // its successor does
  kCount,
};

#ifdef ENTENTE_MUTATE_RULE
constexpr bool enforced(Check check) { return static_cast<int>(check) != ENTENTE_MUTATE_RULE; }
#else
constexpr bool enforced(Check) { return true; }
#endif

}  // namespace entente::release
