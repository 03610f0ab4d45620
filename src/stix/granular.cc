// Granular markings and their selectors. [stix21 7.2.3]
//
// A selector that selects nothing is an error, not a shrug: its author meant to protect something.
#include <string>

#include "base/limits.h"
#include "base/text.h"
#include "stix/formats.h"
#include "stix/identifier.h"
#include "stix/selector.h"
#include "stix/walk.h"

namespace entente::stix {

void Walk::granular_markings(json::Value value) {
  if (!value.is_array()) {
    return note(Problem::kGranularMalformed, value, {"granular_markings is a list"});
  }
  if (value.size() == 0) note(Problem::kListEmpty, value, {"granular_markings has no elements"});
  if (value.size() > limits::kMarkingsMax) {
    return note(Problem::kMarkingsTooMany, value,
                {"at most ", std::to_string(limits::kMarkingsMax)});
  }
  for (const json::Value element : value.elements()) granular_marking(element);
}

void Walk::granular_marking(json::Value value) {
  if (!value.is_object())
    return note(Problem::kGranularMalformed, value, {"a granular marking is an object"});
  GranularMarking marking;
  const auto marking_ref = value.find("marking_ref");
  const auto lang = value.find("lang");
  if (marking_ref.has_value() == lang.has_value()) {
    note(Problem::kGranularMalformed, value, {"exactly one is needed of marking_ref and lang"});
  }
  if (marking_ref) {
    const std::string_view name = text(*marking_ref);
    if (!marking_ref->is_plain() || !is_identifier(name) || type_of(name) != "marking-definition") {
      note(Problem::kMarkingRefMalformed, *marking_ref,
           {"not the id of a marking-definition: ", marking_ref->raw()});
    } else {
      marking.marking_ref = name;
    }
  }
  if (lang) {
    const std::string_view tag = text(*lang);
    if (!is_plain_string(*lang) || tag.empty()) {
      note(Problem::kGranularMalformed, *lang, {"lang is a language tag"});
    } else {
      if (!is_language_tag(tag))
        note(Problem::kLanguageMalformed, *lang, {"not a language tag: ", tag});
      marking.lang = tag;
    }
  }
  const auto list = value.find("selectors");
  if (!list || !list->is_array() || list->size() == 0) {
    note(Problem::kGranularMalformed, value, {"selectors is a list of one or more strings"});
  } else {
    selectors(*list, &marking);
  }
  header().granular_markings.push_back(std::move(marking));
}

void Walk::selectors(json::Value value, GranularMarking* marking) {
  selectors_ += value.size();
  if (selectors_ > limits::kSelectorsMax) {
    return note(Problem::kSelectorsTooMany, value,
                {"at most ", std::to_string(limits::kSelectorsMax)});
  }
  for (const json::Value element : value.elements()) selector(element, marking);
}

void Walk::selector(json::Value value, GranularMarking* marking) {
  if (!value.is_string() || !value.is_plain()) {
    return note(Problem::kSelectorMalformed, value, {"a selector is a string without escapes"});
  }
  const std::string_view path = text(value);
  if (selector_steps_ > limits::kSelectorStepsMax) {
    return note(Problem::kSelectorsTooMany, value, {"selectors walk too far"});
  }
  switch (resolve_selector(root_, path, &selector_steps_).outcome) {
    case SelectorOutcome::kMalformed:
      return note(Problem::kSelectorMalformed, value,
                  {"names and [indexes] joined by dots, not ", path});
    case SelectorOutcome::kNothing:
      return note(Problem::kSelectorUnresolved, value, {"nothing is at ", path});
    case SelectorOutcome::kFound:
      marking->selectors.push_back(path);
  }
}

}  // namespace entente::stix
