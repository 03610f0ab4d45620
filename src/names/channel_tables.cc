// The learned tables of channel.h.
#include "names/channel.h"

namespace entente::names {

const std::string_view kChannelTables = "";

}  // namespace entente::names
