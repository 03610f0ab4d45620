// Lines of logs and mappings of anybody: whatever a line is, its bundle is JSON and reads as one observation, and the same line
// makes the same bundle. The first byte chooses a shipped mapping; with 'm' the input is a mapping, which then reads itself.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "json/json.h"
#include "logs/mapping.h"
#include "logs/reader.h"

namespace {

using entente::logs::LogReader;
using entente::logs::Mapping;

void read_with(const Mapping& mapping, std::string_view line) {
  const std::string bytes = entente::json::padded(line);
  const std::string_view padded = std::string_view(bytes).substr(0, line.size());
  LogReader reader(mapping);
  const auto read = reader.read(padded);
  if (!read || read->empty()) return;
  const std::string first(*read);
  entente::json::Parser parser;
  entente::json::Document document;
  if (!parser.parse(*read, &document)) std::abort();
  const auto objects = document.root().find("objects");
  if (!objects || objects->size() < 2) std::abort();
  const auto again = reader.read(padded);
  if (!again || *again != first) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Mapping kShipped[] = {*Mapping::shipped("zeek"), *Mapping::shipped("suricata"),
                                     *Mapping::shipped("sysmon")};
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] == 'm') {
    const auto mapping = Mapping::parse(text);
    if (mapping) read_with(*mapping, text);
    return 0;
  }
  read_with(kShipped[data[0] % 3], text);
  return 0;
}
