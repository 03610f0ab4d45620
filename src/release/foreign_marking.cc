// Markings that others define, as far as they plainly say what ours can say too. What limits who may
// read and has no counterpart here is complained of: then the originator alone reads.
//
// PAP: what may be done, so no limit. IEP 2.0: its `tlp`; all else tells what a recipient may do. An
// end of the policy is no counterpart of ours: what holds afterwards is not said. ACS 3.0: the
// classification and the controls that narrow it become a classification under the policy "ACS-3.0",
// whose clearances must name each control. Rules by nationality, organisation or kind of entity, and
// defaults that deny, are not mapped.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "release/marking_reader.h"

namespace entente::release {

void read_pap(json::Value extension, ReleaseMarking& out) {
  MarkingReader reader(extension, fmt::format("/extensions/{}", kPapExtension), out);
  if (extension.find("extension_type")) reader.extension_type();
  const auto word = reader.word("pap");
  const auto level = word ? pap_from(*word) : std::nullopt;
  if (level) {
    out.pap_levels |= static_cast<uint8_t>(1u << static_cast<unsigned>(*level));
  } else {
    reader.complain("pap", "no PAP level");
  }
  reader.finish();
}

// [IEP 2.0 marking definition for STIX 2.1, OASIS common objects]
void read_iep(json::Value extension, ReleaseMarking& out) {
  MarkingReader reader(extension, fmt::format("/extensions/{}", kIepExtension), out);
  reader.extension_type();
  constexpr std::array<std::pair<std::string_view, Tlp>, 4> kWords{
      {{"white", Tlp::kClear}, {"green", Tlp::kGreen}, {"amber", Tlp::kAmber}, {"red", Tlp::kRed}}};
  const auto word = reader.word("tlp");
  const auto found = std::ranges::find(kWords, std::string_view(word ? *word : std::string()),
                                       &std::pair<std::string_view, Tlp>::first);
  if (found == kWords.end()) {
    reader.complain("tlp", "an IEP has a tlp: white, green, amber or red");
  } else {
    out.tlp_levels |= static_cast<uint8_t>(1u << static_cast<unsigned>(found->second));
  }
  const auto version = reader.take("iep_version");
  constexpr double kVersion = 2.0;
  if (!version || version->number() != kVersion)
    reader.complain("iep_version", "only version 2.0 is understood");
  const auto end = reader.take("end_date");
  if (end && end->kind() != json::Kind::kNull)
    reader.complain("end_date", "what holds after the end of a policy is not said");
  reader.ignore({"encrypt_in_transit", "permitted_actions", "affected_party_notifications",
                 "provider_attribution", "unmodified_resale", "iep_id", "name", "description",
                 "start_date", "external_references"});
  reader.finish();
}

namespace {

void read_control_set(json::Value value, std::string pointer, ReleaseMarking& out) {
  MarkingReader reader(value, std::move(pointer), out);
  Classification one;
  one.policy = kAcsPolicy;
  one.level = reader.word("classification").value_or("");
  constexpr std::array<std::string_view, 4> kLevels{"U", "C", "S", "TS"};
  if (std::ranges::find(kLevels, one.level) == kLevels.end())
    reader.complain("classification", "a classification is U, C, S or TS");
  for (const std::string_view key : {"sci_controls", "logical_authority_category",
                                     "formal_determination", "caveat", "sensitivity"}) {
    const auto words = reader.words(key, limits::kPolicyCategoriesMax);
    if (!words) continue;
    for (const std::string& word : *words) {
      one.categories.push_back(fmt::format("{}:{}", key, word));
      if (one.categories.back().size() > limits::kCodeBytesMax)
        reader.complain(key, "too long to be a category");
    }
  }
  canonicalise(one);
  for (const std::string_view key :
       {"shareability", "entity", "permitted_nationalities", "permitted_organizations"}) {
    if (reader.take(key)) reader.complain(key, "who this names is not understood");
  }
  reader.finish();
  out.classifications.push_back(std::move(one));
}

}  // namespace

// [ACS 3.0 marking definition for STIX 2.1, OASIS common objects]
void read_acs(json::Value extension, ReleaseMarking& out) {
  MarkingReader reader(extension, fmt::format("/extensions/{}", kAcsExtension), out);
  reader.extension_type();
  const auto policy = reader.take("policy_reference");
  if (!policy ||
      !policy->text_is("urn:isa:policy:acs:ns:v3.0?privdefault=permit&sharedefault=permit")) {
    reader.complain("policy_reference",
                    "only ACS v3.0 with both defaults permitting is understood");
  }
  for (const std::string_view key : {"access_privilege", "further_sharing", "public_release"}) {
    if (reader.take(key)) reader.complain(key, "what this grants or denies is not understood");
  }
  const auto controls = reader.take("control_set");
  if (controls && controls->is_object()) {
    read_control_set(*controls, reader.pointer("control_set"), out);
  } else {
    reader.complain("control_set", "a control set is an object");
  }
  reader.ignore({"identifier", "name", "create_date_time", "responsible_entity_custodian",
                 "responsible_entity_originator", "authority_reference", "original_classification",
                 "derivative_classification", "declassification", "resource_disposition"});
  reader.finish();
}

}  // namespace entente::release
