// What must not be in a header.
#include "watch/community.h"

#include <filesystem>

namespace entente::watch {

void remove_tree(const std::string& path) { std::filesystem::remove_all(path); }

}  // namespace entente::watch
