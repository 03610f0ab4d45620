// Cuts anything out of anything. The first lines of the input are selectors, up to an empty line;
// the rest is the object. Asserts that an edition parses, that what was selected is gone, that
// nothing is left empty by the cut, that cutting in two goes gives the same bytes as in one, and
// that encodings hold.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "json/json.h"
#include "release/redaction.h"
#include "stix/selector.h"

using namespace entente;
using release::Edit;
using release::Edits;

namespace {

size_t empty_containers(const json::Document& document) {
  size_t count = 0;
  for (const json::Node& node : document.nodes()) {
    count +=
        (node.kind == json::Kind::kObject || node.kind == json::Kind::kArray) && node.children == 0;
  }
  return count;
}

void check_encoding(const Edits& edits, std::string_view object) {
  Edits again;
  CHECK(Edits::decode(edits.encode(), object.size(), &again));
  CHECK(again == edits);
  uint32_t from = 0;
  for (const Edit& edit : edits.list()) {
    CHECK(edit.begin >= from && edit.end > edit.begin && edit.end <= object.size());
    from = edit.end;
  }
}

void check_cut(json::Value object, const std::vector<std::string_view>& selectors) {
  const auto edits = release::cut(object, selectors);
  const auto pointers = release::pointers_cut(object, selectors);
  CHECK(edits.has_value() == pointers.has_value());
  if (!edits) return;
  CHECK(edits->empty() == selectors.empty() && pointers->empty() == selectors.empty());
  const std::string_view bytes = object.raw();
  check_encoding(*edits, bytes);
  const std::string edition = json::padded(edits->apply(bytes));
  CHECK(edition.size() == edits->bytes_after(bytes.size()));
  json::Parser parser;
  json::Document left;
  CHECK(parser.parse(edition, &left));
  // The root may be left empty, and is then no list that STIX forbids.
  CHECK(empty_containers(left) <= empty_containers(object.document()) + (left.root().size() == 0));
  for (const std::string_view selector : selectors) {
    // Behind an index may stand what came after it.
    if (selector.find('[') != std::string_view::npos) continue;
    size_t steps = 0;
    CHECK(stix::resolve_selector(left.root(), selector, &steps).outcome ==
          stix::SelectorOutcome::kNothing);
  }
}

// Selectors without indexes name the same before and after other cuts.
void check_order(json::Value object, std::string_view first, std::string_view second) {
  if (first.find('[') != first.npos || second.find('[') != second.npos) return;
  const auto both = release::cut(object, std::vector{first, second});
  const auto one = release::cut(object, std::vector{first});
  if (!both || !one) return;
  const std::string step = json::padded(one->apply(object.raw()));
  json::Parser parser;
  json::Document left;
  CHECK(parser.parse(step, &left));
  const auto other = release::cut(left.root(), std::vector{second});
  // Refused where the first cut took it along.
  const std::string result = other ? other->apply(step) : step;
  CHECK(result == both->apply(object.raw()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view input(reinterpret_cast<const char*>(data), size);
  Edits any;
  if (release::Edits::decode(input, 1000, &any)) CHECK(any.encode() == input);
  if (release::find_edition(input, 3, 1000, &any)) CHECK(any.bytes_after(1000) < 2000);
  std::vector<std::string_view> selectors;
  while (!input.empty()) {
    const size_t end = std::min(input.find('\n'), input.size());
    const std::string_view line = input.substr(0, end);
    input.remove_prefix(std::min(end + 1, input.size()));
    if (line.empty()) break;
    selectors.push_back(line);
  }
  const std::string text = json::padded(input);
  json::Parser parser;
  json::Document document;
  if (!parser.parse(text, &document)) return 0;
  check_cut(document.root(), selectors);
  if (selectors.size() >= 2) check_order(document.root(), selectors[0], selectors[1]);
  std::vector<release::Part> parts(std::min(selectors.size(), limits::kGranularPartsMax));
  for (size_t i = 0; i < selectors.size() && !parts.empty(); ++i)
    parts[i % parts.size()].selectors.emplace_back(selectors[i]);
  release::EditionPlanner planner;
  const release::Editions editions = planner.plan(document.root(), parts);
  CHECK((editions.valid & 1) != 0);
  const std::string encoded = release::encode(editions);
  for (uint32_t mask = 0; mask < 32; ++mask) {
    const bool is_valid = (editions.valid >> mask & 1) != 0;
    CHECK(release::find_edition(encoded, mask, input.size(), &any).has_value() == is_valid);
    if (is_valid && mask > 0) CHECK(any == editions.edits[mask]);
  }
  return 0;
}
