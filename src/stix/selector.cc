// A component in brackets is an index and nothing else: a property cannot be named "[0]".
#include "stix/selector.h"

#include "base/text.h"

namespace entente::stix {
namespace {

std::optional<json::Value> element_at(json::Value list, uint64_t index, size_t* steps) {
  if (index >= list.size()) return std::nullopt;
  for (const json::Value element : list.elements()) {
    ++*steps;
    if (index-- == 0) return element;
  }
  return std::nullopt;
}

std::optional<json::Value> member_of(json::Value object, std::string_view name, size_t* steps) {
  *steps += object.size();
  return object.find(name);
}

}  // namespace

Selected resolve_selector(json::Value object, std::string_view path, size_t* steps) {
  std::optional<json::Value> at = object;
  bool is_first = true;
  while (true) {
    const size_t dot = path.find('.');
    const std::string_view component = path.substr(0, dot);
    if (component.empty()) return {SelectorOutcome::kMalformed, std::nullopt};
    if (component.front() == '[') {
      const auto index = component.size() > 2 && component.back() == ']'
                             ? parse_decimal(component.substr(1, component.size() - 2))
                             : std::nullopt;
      if (!index || is_first) return {SelectorOutcome::kMalformed, std::nullopt};
      if (at) at = at->is_array() ? element_at(*at, *index, steps) : std::nullopt;
    } else if (at) {
      at = at->is_object() ? member_of(*at, component, steps) : std::nullopt;
    }
    if (dot == std::string_view::npos) break;
    path.remove_prefix(dot + 1);
    is_first = false;
  }
  if (!at) return {SelectorOutcome::kNothing, std::nullopt};
  return {SelectorOutcome::kFound, at};
}

}  // namespace entente::stix
