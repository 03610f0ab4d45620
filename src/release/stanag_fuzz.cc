// Any bytes as a label, a binding, a policy file and a table: reading ends, what is read is written
// and read back as the same or is refused for a reason, and no label that a policy or a table lets
// through opens on the way there and back.
#include <cstdint>
#include <string_view>

#include "release/spif.h"
#include "release/stanag_binding.h"
#include "release/stanag_map.h"

namespace {

using namespace entente;
using namespace entente::release;

constexpr std::string_view kTable = R"({"type":"label-table","version":1,"policies":[
 {"name":"EXAMPLE","id":"2.25.1001","classification_policy":"P","classifications":[
   {"label":"UNCLASSIFIED","tlp":"CLEAR"},{"label":"RESTRICTED","tlp":"AMBER","level":"R"}],
  "tags":[{"tag":"Releasable To","type":"PERMISSIVE","means":"audience","values":{"XAA":"A","XBB":"B"}},
   {"tag":"Special Handling","type":"RESTRICTIVE","means":"category","values":{"ALPHA":"a","BRAVO":"b"}},
   {"tag":"Administrative","type":"INFORMATIVE","means":"nothing"}]}]})";

void check_label(const LabelTable& table, const ConfidentialityLabel& label) {
  if (const auto xml = write_confidentiality_label(label)) {
    const auto again = read_confidentiality_label(*xml);
    CHECK(again.has_value() && *again == label);
  }
  const Mapped words = table.to_words(label);
  CHECK(words.maps == words.unmapped.empty());
  if (!words.maps) {
    CHECK(words.tlp == Tlp::kRed && words.releasable_to && words.releasable_to->empty());
    return;
  }
  const Relabelled back =
      table.to_label(words, label.information.policy_name, {"2026-01-01T00:00:00Z", {}, {}});
  if (back.maps) CHECK(is_within(table.to_words(back.label), words));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static const LabelTable table = [] {
    auto read = LabelTable::read(kTable);
    CHECK(read.has_value());
    return std::move(*read);
  }();
  if (const auto label = read_confidentiality_label(bytes)) check_label(table, *label);
  if (const auto binding = read_binding(bytes)) {
    for (const LabelBinding& each : binding->bindings) check_label(table, each.label);
    if (const auto xml = write_binding(*binding)) {
      const auto again = read_binding(*xml);
      CHECK(again.has_value() && *again == *binding);
    }
  }
  if (const auto spif = Spif::read(bytes)) {
    // A label of each classification and value alone; into the policy itself, if it has an
    // equivalence of that.
    for (const SpifClassification& classification : spif->classifications) {
      ConfidentialityLabel label;
      label.information.policy_name = spif->policy.name;
      label.information.classification = classification.name;
      for (const LabelFinding& finding : spif->check(label)) CHECK(!finding.code.empty());
      for (const SpifTagSet& tag_set : spif->tag_sets) {
        for (const SpifTag& tag : tag_set.tags) {
          label.information.categories = {{tag.type, tag_set.name, "", {}}};
          if (!tag.categories.empty())
            label.information.categories[0].values = {tag.categories[0].name};
          const auto equivalent = spif->equivalent(label, *spif, Direction::kReceived);
          if (equivalent) CHECK(!has_errors(spif->check(*equivalent)));
        }
      }
      if (spif->classifications.size() > 8) break;
    }
  }
  if (const auto read = LabelTable::read(bytes)) read->to_words(ConfidentialityLabel{});
  return 0;
}
