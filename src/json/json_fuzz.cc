// Any bytes: the parser ends, and what it accepts has slices that nest, are in order and parse
// again to the same tree. Its canonical form, if it has one, is its own canonical form.
#include <cstdint>

#include "json/canonical.h"
#include "json/json.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace entente;
  static json::Parser parser;
  const std::string bytes = json::padded({reinterpret_cast<const char*>(data), size});
  json::Document document;
  if (!parser.parse(bytes, &document)) return 0;
  const auto& nodes = document.nodes();
  std::string scratch;
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    CHECK(nodes[i].begin < nodes[i].end && nodes[i].end <= bytes.size());
    CHECK(nodes[i].next > i && nodes[i].next <= nodes.size());
    for (uint32_t child = i + 1; child < nodes[i].next; ++child) {
      CHECK(nodes[child].begin > nodes[i].begin && nodes[child].end < nodes[i].end);
      if (child > i + 4) break;
    }
    json::Value(&document, i).text(&scratch);
  }
  const std::string again = json::padded(document.root().raw());
  json::Parser second_parser;
  json::Document second;
  CHECK(second_parser.parse(again, &second).has_value());
  CHECK(second.nodes().size() == nodes.size());
  if (const auto one_form = json::canonical(document.root())) {
    const std::string form = json::padded(*one_form);
    json::Document formed;
    CHECK(second_parser.parse(std::string_view(form).substr(0, one_form->size()), &formed)
              .has_value());
    CHECK(*json::canonical(formed.root()) == *one_form);
  }
  return 0;
}
