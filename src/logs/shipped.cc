// The mappings are in the program and not beside it: it is one file, and they have the version of what reads them.
#include "logs/shipped.h"

#include <algorithm>
#include <array>

#include "logs/mapping.h"

namespace entente::logs {
namespace {

struct Shipped {
  std::string_view name;
  const char* text;
};
// A function, as the texts are made in other files.
std::array<Shipped, 3> all() {
  return {Shipped{"zeek", kZeekMapping}, Shipped{"suricata", kSuricataMapping},
          Shipped{"sysmon", kSysmonMapping}};
}

}  // namespace

std::vector<std::string_view> shipped_names() {
  std::vector<std::string_view> out;
  for (const Shipped& each : all()) out.push_back(each.name);
  return out;
}

std::string_view shipped_text(std::string_view name) {
  for (const Shipped& each : all()) {
    if (each.name == name) return each.text;
  }
  return {};
}

}  // namespace entente::logs
