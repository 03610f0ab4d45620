// Rule packs that stand in files of their own. Private to this module.
#pragma once

#include <string_view>

namespace entente::procedure {

extern const std::string_view kRequestPack, kMeetingPack, kCommitmentPack;
extern const std::string_view kLookBackPack;

}  // namespace entente::procedure
