// The rules that decide who reads, by name. docs/formats/release-marking.md says what each means.
#pragma once

#include <cstdint>
#include <string_view>

namespace entente::release {

enum class Rule : uint8_t {
  // The reader reads, since
  kOriginator,  // it is its own
  kOpen,        // it is CLEAR
  kCommunity,   // it is GREEN, and the reader was of the community at release
  kAudience,    // it is AMBER, and the reader is of the collection's audience
  kReleased,    // the reader is in what it is releasable to
  kNamed,       // it is RED, and the reader is named by its own code
  // The reader does not read, since
  kNoSuchParty,          // there is no such party
  kPartyEnded,           // another party has taken its place
  kNotForPublic,         // it is not CLEAR, and the reader is the public
  kNotUnderstood,        // some mark is not understood
  kOtherRealm,           // it belongs to an exercise, or the reader does
  kEmbargo,              // the embargo is not over
  kNoPolicy,             // the classification is under no policy that the node has
  kNotCleared,           // the party is not cleared for it
  kPrincipalNotCleared,  // the party is, but the principal is not
  kOriginatorAlone,      // it is releasable to nobody else
  kNotReleased,          // the reader is not in what it is releasable to
  kLeftGroup,            // the reader was in the group at release and is not now
  kJoinedLater,          // the reader is in the group now and was not at release
  kUnmarked,             // nothing says that anybody else may
  kNotCommunity,         // it is GREEN, and the reader was not of the community at release
  kNotAudience,       // it is AMBER, and the reader was not of the collection's audience at release
  kNoLongerAudience,  // it is AMBER, and the reader cannot read the collection any more
  kNobodyNamed,       // it is AMBER+STRICT or RED, and no releasable_to is stated
  kNotByName,         // it is RED, and the reader is there through a group alone
  kCount,
};

// "joined-later": stable, for programs.
std::string_view name_of(Rule rule);

}  // namespace entente::release
