// Rules between properties: those of the tables, and checks that no table can say.
#include "stix/checks.h"
#include "stix/formats.h"
#include "stix/identifier.h"
#include "stix/walk.h"

namespace entente::stix {
namespace {

std::string joined(const Rule& rule, size_t from) {
  std::string names;
  for (size_t i = from; i < rule.names.size() && !rule.names[i].empty(); ++i) {
    if (!names.empty()) names += ", ";
    names += rule.names[i];
  }
  return names;
}

std::optional<Timestamp> time_of(json::Value value) {
  if (!value.is_string() || !value.is_plain()) return std::nullopt;
  std::string scratch;
  return parse_timestamp(value.text(&scratch));
}

bool starts_with_number(std::string_view text) {
  return !text.empty() && text[0] >= '0' && text[0] <= '9';
}

}  // namespace

void Walk::rules(const Frame& frame) {
  for (const Compiled::CompiledRule& rule : frame.schema->rules) {
    const uint64_t present = frame.seen & rule.mask;
    const bool has_first = rule.count > 0 && frame.has(rule.at[0]);
    switch (rule.rule->kind) {
      case RuleKind::kAtLeastOne:
        if (present == 0)
          note(Problem::kChoiceMissing, frame.object, {"one is needed of ", joined(*rule.rule, 0)});
        break;
      case RuleKind::kNotWithout:
        if (present == 0)
          note(Problem::kChoiceMissing, frame.object, {"some property of its own is needed"});
        break;
      case RuleKind::kAtMostOne:
        if ((present & (present - 1)) != 0) {
          note(Problem::kChoiceConflict, frame.object,
               {"only one may be there of ", joined(*rule.rule, 0)});
        }
        break;
      case RuleKind::kAllNeeded:
        if (has_first && present != rule.mask) {
          note(Problem::kDependencyMissing, frame.value(rule.at[0]),
               {rule.rule->names[0], " needs ", joined(*rule.rule, 1)});
        }
        break;
      case RuleKind::kAnyNeeded:
        if (has_first && (present & (present - 1)) == 0) {
          note(Problem::kDependencyMissing, frame.value(rule.at[0]),
               {rule.rule->names[0], " needs one of ", joined(*rule.rule, 1)});
        }
        break;
      case RuleKind::kNotBefore:
      case RuleKind::kAfter: {
        if (present != rule.mask) break;
        const auto first = time_of(frame.value(rule.at[0]));
        const auto second = time_of(frame.value(rule.at[1]));
        if (!first || !second) break;
        const int order = compare(*second, *first);
        if (order < 0 || (order == 0 && rule.rule->kind == RuleKind::kAfter)) {
          note(Problem::kTimeOrder, frame.value(rule.at[1]),
               {second->text, order < 0 ? " is before " : " is not after ", first->text});
        }
        break;
      }
    }
  }
}

// [stix21 4.10]
void check_location(Walk& walk, const Frame& frame) {
  if (frame.get("region") || frame.get("country") ||
      (frame.get("latitude") && frame.get("longitude")))
    return;
  walk.note(Problem::kChoiceMissing, frame.object,
            {"one is needed of region, country, latitude with longitude"});
}

// [stix21 4.11]
void check_malware(Walk& walk, const Frame& frame) {
  if (frame.is_true("is_family") && !frame.get("name")) {
    walk.note(Problem::kPropertyMissing, frame.object, {"a malware family needs a name"});
  }
}

// [stix21 4.14]: a relationship may be observed only together with its ends.
void check_observed_data(Walk& walk, const Frame& frame) {
  const auto references = frame.get("object_refs");
  if (!references) return;
  bool has_observable = false;
  bool has_relationship = false;
  for (const json::Value element : references->elements()) {
    const Types type = types(walk.schema().type_named(type_of(walk.text(element))));
    has_observable |= (type & (kScos | kCustoms)) != 0;
    has_relationship |= (type & kSros) != 0;
  }
  if (has_relationship && !has_observable) {
    walk.note(Problem::kRuleBroken, *references, {"object_refs needs an observable object"});
  }
}

// [stix21 5.1] [stix21 B]
void check_relationship(Walk& walk, const Frame& frame) {
  const auto name = frame.get("relationship_type");
  const auto source = frame.get("source_ref");
  const auto target = frame.get("target_ref");
  if (!name || !source || !target || !name->is_string()) return;
  const std::string_view source_type = type_of(walk.text(*source));
  const std::string_view target_type = type_of(walk.other_text(*target));
  if (source_type.empty() || target_type.empty() || !source->is_plain() || !target->is_plain())
    return;
  const Schema& schema = walk.schema();
  const std::string_view word = walk.text(*name);
  if (!schema.lists(schema.type_named(source_type), word, schema.type_named(target_type))) {
    walk.note(Problem::kRelationshipUnlisted, *name,
              {source_type, " ", word, " ", target_type, " is not listed"});
  }
}

// [stix21 6.6]
void check_email_message(Walk& walk, const Frame& frame) {
  if (frame.is_true("is_multipart") && frame.get("body")) {
    walk.note(Problem::kRuleBroken, *frame.get("body"), {"a multipart message has body_multipart"});
  }
  if (frame.is_false("is_multipart") && frame.get("body_multipart")) {
    walk.note(Problem::kRuleBroken, *frame.get("body_multipart"), {"is_multipart is false"});
  }
}

// [stix21 6.12]
void check_network_traffic(Walk& walk, const Frame& frame) {
  if (frame.is_true("is_active") && frame.get("end")) {
    walk.note(Problem::kRuleBroken, *frame.get("end"), {"active traffic has no end"});
  }
}

// [stix21 7.3.1]
void check_extension_definition(Walk& walk, const Frame& frame) {
  const auto kinds = frame.get("extension_types");
  const auto names = frame.get("extension_properties");
  if (!kinds) return;
  bool is_toplevel = false;
  for (const json::Value kind : kinds->elements())
    is_toplevel |= kind.text_is("toplevel-property-extension");
  if (names && !is_toplevel) {
    walk.note(Problem::kRuleBroken, *names,
              {"only a toplevel-property-extension lists properties"});
  }
  if (names) {
    for (const json::Value name : names->elements()) {
      if (name.is_string()) walk.custom_name(name);
    }
  }
}

// [stix21 4.1.1] [stix21 4.19.1]: identifiers of two well-known catalogues.
void check_external_reference(Walk& walk, const Frame& frame) {
  const auto source = frame.get("source_name");
  const auto id = frame.get("external_id");
  if (!source || !id || !id->is_string()) return;
  const bool is_capec = source->text_is("capec");
  const bool is_cve = source->text_is("cve");
  if (!is_capec && !is_cve) return;
  const std::string_view wanted = is_capec ? "CAPEC-" : "CVE-";
  const std::string_view name = walk.text(*id);
  if (!name.starts_with(wanted) || !starts_with_number(name.substr(wanted.size()))) {
    walk.note(Problem::kValueMalformed, *id, {"expected ", wanted, "..., not ", name});
  }
}

}  // namespace entente::stix
