// Rule packs of consultation: requests, meetings, commitments. Private to this module.
#pragma once

#include <string_view>

namespace entente::procedure {

extern const std::string_view kRequestPack, kMeetingPack, kCommitmentPack;

}  // namespace entente::procedure
