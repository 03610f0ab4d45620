// Marking references and marking definitions. [stix21 7.2]
//
// Strict where the rest is lenient: labels are made of these, and what cannot be read must not be
// released.
#include <string>

#include "base/limits.h"
#include "stix/checks.h"
#include "stix/identifier.h"
#include "stix/tlp.h"
#include "stix/walk.h"

namespace entente::stix {

void Walk::marking_refs(json::Value value) {
  if (!value.is_array()) {
    return note(Problem::kMarkingRefMalformed, value, {"object_marking_refs is a list"});
  }
  if (value.size() == 0) note(Problem::kListEmpty, value, {"object_marking_refs has no elements"});
  if (value.size() > limits::kMarkingsMax) {
    return note(Problem::kMarkingsTooMany, value,
                {"at most ", std::to_string(limits::kMarkingsMax)});
  }
  for (const json::Value element : value.elements()) {
    const std::string_view marking = text(element);
    UuidShape shape;
    if (!is_plain_string(element) || identified(marking, &shape) != Known::kMarkingDefinition) {
      note(Problem::kMarkingRefMalformed, element,
           {"not the id of a marking-definition: ", element.raw()});
      continue;
    }
    header().marking_refs.push_back(marking);
  }
}

namespace {

void check_self(Walk& walk, const Frame& frame) {
  const Header& header = walk.header();
  if (header.id.empty()) return;
  bool is_self = false;
  for (const std::string_view marking : header.marking_refs) is_self |= marking == header.id;
  for (const GranularMarking& marking : header.granular_markings)
    is_self |= marking.marking_ref == header.id;
  if (is_self) walk.note(Problem::kMarkingSelf, frame.object, {header.id, " marks itself"});
}

// The level that the marking's own content states, if it states one.
struct StatedLevel {
  TlpLevel level = TlpLevel::kNone;
  bool is_stated = false;
  std::optional<json::Value> at;
};

StatedLevel stated_level(const json::Value& object) {
  StatedLevel stated;
  const auto take = [&](std::optional<json::Value> value, TlpVersion version) {
    if (!value) return;
    stated.is_stated = true;
    stated.at = value;
    stated.level = tlp_level_named(value->text(), version);
  };
  if (const auto definition = object.find("definition"))
    take(definition->find("tlp"), TlpVersion::k1);
  if (const auto extensions = object.find("extensions")) {
    if (const auto tlp = extensions->find(kTlp2Extension))
      take(tlp->find("tlp_2_0"), TlpVersion::k2);
  }
  return stated;
}

}  // namespace

// [stix21 7.2.1] and the TLP 2.0 definitions that FIRST and OASIS published.
void check_marking_definition(Walk& walk, const Frame& frame) {
  const json::Value object = frame.object;
  const auto definition = object.find("definition");
  const auto definition_type = object.find("definition_type");
  if (!walk.header().has_extensions && !object.find("extensions")) {
    if (!definition_type)
      walk.note(Problem::kPropertyMissing, object, {"definition_type is required"});
    if (!definition) walk.note(Problem::kPropertyMissing, object, {"definition is required"});
  }
  const bool is_statement = definition_type && definition_type->text_is("statement");
  if (is_statement && definition && definition->is_object()) {
    const auto statement = definition->find("statement");
    if (!statement || !statement->is_string()) {
      walk.note(Problem::kStatementMissing, *definition, {"a statement marking has a statement"});
    }
  }
  check_self(walk, frame);
  const TlpLevel fixed = tlp_level_of(walk.header().id);
  const StatedLevel stated = stated_level(object);
  if (fixed != TlpLevel::kNone) {
    if (!stated.is_stated || stated.level != fixed) {
      walk.note(Problem::kTlpMismatch, stated.at.value_or(object),
                {walk.header().id, " is ", name_of(fixed), " and nothing else"});
    } else if (fixed == TlpLevel::kWhite1 && stated.at->text_is("clear")) {
      walk.note(Problem::kTlpForeign, *stated.at, {"TLP 1.0 says white"});
    }
  } else if (stated.is_stated) {
    walk.note(Problem::kTlpForeign, *stated.at,
              {"TLP levels have fixed ids; this is not one of them"});
  }
}

}  // namespace entente::stix
