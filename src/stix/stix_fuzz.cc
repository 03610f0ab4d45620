// Parses and examines anything; asserts what the rest of the node relies on.
#include <cstdint>
#include <string>

#include "base/limits.h"
#include "base/result.h"
#include "json/json.h"
#include "stix/identifier.h"
#include "stix/selector.h"
#include "stix/stix.h"

using namespace entente;

namespace {

void check(const stix::Examination& x, json::Value object) {
  bool has_error = false;
  for (const stix::Finding& finding : x.findings) {
    has_error |= finding.severity == stix::Severity::kError;
    CHECK(finding.detail.size() <= stix::kDetailBytesMax);
    CHECK(finding.offset >= object.offset() &&
          finding.offset <= object.offset() + object.raw().size());
    CHECK(finding.pointer.empty() || finding.pointer[0] == '/');
  }
  CHECK(x.accepted == !has_error);
  CHECK(x.findings.size() <= limits::kFindingsPerObjectMax);
  CHECK(x.findings_total >= x.findings.size());
  if (!x.accepted) return;
  CHECK(stix::is_identifier(x.header.id));
  CHECK(x.header.id.size() <= limits::kIdBytesMax);
  CHECK(stix::type_of(x.header.id) == x.header.type);
  for (const std::string_view marking : x.header.marking_refs) {
    CHECK(stix::is_identifier(marking) && stix::type_of(marking) == "marking-definition");
  }
  for (const stix::GranularMarking& marking : x.header.granular_markings) {
    CHECK(marking.marking_ref.empty() != marking.lang.empty());
    CHECK(!marking.selectors.empty());
    for (const std::string_view selector : marking.selectors) {
      size_t steps = 0;
      CHECK(stix::resolve_selector(object, selector, &steps).outcome ==
            stix::SelectorOutcome::kFound);
    }
  }
  for (const std::string_view reference : x.header.references)
    CHECK(stix::is_identifier(reference));
  if (x.header.has_version) CHECK(stix::parse_timestamp(x.header.version.text).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text = json::padded({reinterpret_cast<const char*>(data), size});
  json::Parser parser;
  json::Document document;
  if (!parser.parse(text, &document)) return 0;
  stix::Examiner examiner;
  stix::Examination x;
  examiner.examine(document.root(), &x);
  check(x, document.root());
  for (const json::Value element : document.root().elements()) {
    examiner.examine(element, &x);
    check(x, element);
  }
  examiner.examine_bundle(document.root(), &x);
  const std::string id = stix::deterministic_id(document.root());
  CHECK(id.empty() || stix::is_identifier(id));
  return 0;
}
