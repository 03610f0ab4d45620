// Tests of one observation; matches across observations are in reference_match.cc.
#include "pattern/reference.h"

#include "pattern/like.h"
#include "pattern/limits.h"
#include "pattern/network.h"
#include "pattern/octets.h"
#include "pattern/regex.h"

namespace entente::pattern {
namespace {

enum class Truth { kFalse, kTrue, kUnknown };

Truth truth(bool is_true) { return is_true ? Truth::kTrue : Truth::kFalse; }

// A value that a path leads to, with the last property name on the way: it says whether the value
// is binary. [stix21 9.6.4]
struct Place {
  json::Value value;
  std::string name;
};

bool ends_with(std::string_view text, std::string_view end) { return text.ends_with(end); }

// Steps into properties, list elements and, where a step follows a reference, the object that it
// refers to. [stix21 9.7.1 to 9.7.4]
std::vector<Place> step_into(const Pattern& pattern, const Step& step, const Place& at,
                             const Observation& seen) {
  std::vector<Place> out;
  if (step.kind == StepKind::kAny) {
    for (const json::Value element : at.value.elements()) out.push_back({element, at.name});
  } else if (step.kind == StepKind::kIndex) {
    uint32_t index = 0;
    for (const json::Value element : at.value.elements()) {
      if (index++ == step.index) out.push_back({element, at.name});
    }
  } else {
    std::string scratch;
    const std::string name(name_of(pattern, step, &scratch));
    json::Value object = at.value;
    const bool is_reference = ends_with(at.name, "_ref") || ends_with(at.name, "_refs");
    if (is_reference && object.is_string()) {
      const SeenObject* target = seen.find(object.text());
      if (target == nullptr) return out;
      object = target->value;
    }
    const auto found = object.find(name);
    if (found) out.push_back({*found, name});
  }
  return out;
}

std::vector<Place> resolve(const Pattern& pattern, const Comparison& comparison,
                           const SeenObject& object, const Observation& seen) {
  std::vector<Place> places = {{object.value, ""}};
  for (uint32_t i = 0; i < comparison.steps_count; ++i) {
    std::vector<Place> next;
    for (const Place& place : places) {
      for (Place& more : step_into(pattern, pattern.steps[comparison.steps_begin + i], place, seen))
        next.push_back(std::move(more));
    }
    places = std::move(next);
  }
  std::erase_if(places, [](const Place& p) { return p.value.kind() == json::Kind::kNull; });
  return places;
}

// -1, 0, 1; nullopt for types that cannot be compared. [stix21 9.2, 9.6.1 to 9.6.4]
struct Order {
  bool is_comparable = false;
  int sign = 0;
};
Order order(std::string_view a, std::string_view b) {
  const int sign = a.compare(b);
  return {true, sign < 0 ? -1 : sign > 0};
}

struct Compared {
  Truth known = Truth::kTrue;  // kUnknown: the value cannot be read
  Order order;
};

Order compare_numbers(json::Value value, const Constant& constant) {
  // long double holds every 64-bit integer and every double.
  const auto integer = value.integer();
  const auto number = value.number();
  if (!integer && !number) return {};
  const long double a =
      integer ? static_cast<long double>(*integer) : static_cast<long double>(*number);
  const long double b = constant.kind == ConstantKind::kInteger
                            ? static_cast<long double>(constant.integer)
                            : static_cast<long double>(constant.number);
  return {true, a < b ? -1 : a > b ? 1 : 0};
}

Compared compare(const Pattern& pattern, const Place& place, const Constant& constant) {
  Compared out;
  const json::Value value = place.value;
  std::string scratch;
  const bool is_octets_constant =
      constant.kind == ConstantKind::kBinary || constant.kind == ConstantKind::kHex;
  if (value.is_bool()) {
    if (constant.kind == ConstantKind::kBoolean)
      out.order = {true, (value.kind() == json::Kind::kTrue) == constant.boolean ? 0 : 1};
    return out;
  }
  if (value.is_number()) {
    if (constant.kind == ConstantKind::kInteger || constant.kind == ConstantKind::kFloat)
      out.order = compare_numbers(value, constant);
    return out;
  }
  if (!value.is_string()) return out;
  const bool is_hex = ends_with(place.name, "_hex"), is_base64 = ends_with(place.name, "_bin");
  const std::string text = value.text();
  if (is_hex || is_base64) {
    std::string octets;
    if (is_hex ? !decode_hex(text, &octets) : !decode_base64(text, &octets)) {
      out.known = Truth::kUnknown;
      return out;
    }
    std::string wanted;
    if (is_octets_constant) {
      out.order = order(octets, octets_of(pattern, constant));
    } else if (constant.kind == ConstantKind::kString &&
               octets_of_text(string_of(pattern, constant, &scratch), &wanted)) {
      out.order = order(octets, wanted);
    }
    return out;
  }
  if (constant.kind == ConstantKind::kString) {
    out.order = order(text, string_of(pattern, constant, &scratch));
  } else if (is_octets_constant) {
    std::string octets;
    if (octets_of_text(text, &octets)) out.order = order(octets, octets_of(pattern, constant));
  } else if (constant.kind == ConstantKind::kTimestamp) {
    const auto time = stix::parse_timestamp(text);
    if (time)
      out.order = {true,
                   stix::compare(*time, *stix::parse_timestamp(pattern.slice(constant.text)))};
  }
  return out;
}

// LIKE, MATCHES, ISSUBSET, ISSUPERSET.
Truth test_text(const Pattern& pattern, const Comparison& comparison, const Place& place) {
  if (!place.value.is_string()) return Truth::kFalse;
  std::string scratch;
  std::string wanted(string_of(pattern, pattern.constants[comparison.constants_begin], &scratch));
  std::string text = place.value.text();
  const bool is_set =
      comparison.op == Operator::kIsSubset || comparison.op == Operator::kIsSuperset;
  if (is_set) {
    if (ends_with(place.name, "_hex") || ends_with(place.name, "_bin")) return Truth::kFalse;
    const auto a = parse_network(text), b = parse_network(wanted);
    if (!a || !b) return Truth::kFalse;
    return truth(comparison.op == Operator::kIsSubset ? a->is_within(*b) : b->is_within(*a));
  }
  const bool is_hex = ends_with(place.name, "_hex"), is_base64 = ends_with(place.name, "_bin");
  const bool is_octets = is_hex || is_base64;
  if (is_octets) {
    std::string octets, pattern_octets;
    if (is_hex ? !decode_hex(text, &octets) : !decode_base64(text, &octets)) return Truth::kUnknown;
    if (!octets_of_text(wanted, &pattern_octets)) return Truth::kFalse;
    text = octets;
    wanted = pattern_octets;
  } else {
    std::string a, b;
    text = std::string(to_nfc(text, &a));
    wanted = std::string(to_nfc(wanted, &b));
  }
  if (comparison.op == Operator::kLike)
    return truth(is_like(text, wanted, is_octets ? Unit::kOctet : Unit::kCodePoint));
  const auto regex = Regex::compile(wanted, is_octets ? Regex::Mode::kOctets : Regex::Mode::kText);
  if (!regex) return Truth::kUnknown;
  uint32_t steps = limits::kRegexStepsEventMax;
  const Found found = (*regex)->search(text, &steps);
  return found == Found::kGaveUp ? Truth::kUnknown : truth(found == Found::kYes);
}

Truth test_place(const Pattern& pattern, const Comparison& comparison, const Place& place) {
  if (comparison.op >= Operator::kLike) return test_text(pattern, comparison, place);
  if (comparison.op == Operator::kIn) {
    for (uint32_t i = 0; i < comparison.constants_count; ++i) {
      const Compared one =
          compare(pattern, place, pattern.constants[comparison.constants_begin + i]);
      if (one.known == Truth::kUnknown) return Truth::kUnknown;
      if (one.order.is_comparable && one.order.sign == 0) return Truth::kTrue;
    }
    return Truth::kFalse;
  }
  const Compared one = compare(pattern, place, pattern.constants[comparison.constants_begin]);
  if (one.known == Truth::kUnknown) return Truth::kUnknown;
  // Incompatible types: false, but true for !=. [stix21 9.6.1]
  if (!one.order.is_comparable) return truth(comparison.op == Operator::kNotEqual);
  switch (comparison.op) {
    case Operator::kEqual:
      return truth(one.order.sign == 0);
    case Operator::kNotEqual:
      return truth(one.order.sign != 0);
    case Operator::kLess:
      return truth(one.order.sign < 0);
    case Operator::kLessOrEqual:
      return truth(one.order.sign <= 0);
    case Operator::kGreater:
      return truth(one.order.sign > 0);
    default:
      return truth(one.order.sign >= 0);
  }
}

bool test_comparison(const Pattern& pattern, const Comparison& comparison, const SeenObject& object,
                     const Observation& seen) {
  // Every comparison of an observation expression starts from the same object. [stix21 9.5]
  if (object.type != pattern.slice(comparison.type)) return false;
  const std::vector<Place> places = resolve(pattern, comparison, object, seen);
  if (comparison.op == Operator::kExists) return !places.empty() != comparison.is_negated;
  // What is absent or cannot be read is false, whatever the operator. [stix21 9.6]
  if (places.empty()) return false;
  bool is_any = false, is_unknown = false;
  for (const Place& place : places) {
    const Truth one = test_place(pattern, comparison, place);
    is_any |= one == Truth::kTrue;
    is_unknown |= one == Truth::kUnknown;
  }
  if (!is_any && is_unknown) return false;
  return is_any != comparison.is_negated;
}

bool test_node(const Pattern& pattern, uint32_t index, const SeenObject& object,
               const Observation& seen) {
  const Node& node = pattern.nodes[index];
  if (node.kind == NodeKind::kComparison)
    return test_comparison(pattern, pattern.comparisons[node.first], object, seen);
  const bool is_and = node.kind == NodeKind::kAnd;
  for (uint32_t child = node.first; child != kNone; child = pattern.nodes[child].next) {
    if (test_node(pattern, child, object, seen) != is_and) return !is_and;
  }
  return is_and;
}

}  // namespace

bool holds(const Pattern& pattern, const Comparison& comparison, const SeenObject& object,
           const Observation& seen) {
  return test_comparison(pattern, comparison, object, seen);
}

std::vector<json::Value> values_at(const Pattern& pattern, const Comparison& comparison,
                                   const SeenObject& object, const Observation& seen) {
  std::vector<json::Value> out;
  if (object.type != pattern.slice(comparison.type)) return out;
  for (const Place& place : resolve(pattern, comparison, object, seen)) out.push_back(place.value);
  return out;
}

bool satisfies(const Pattern& pattern, uint32_t node, const Observation& seen) {
  for (const SeenObject& object : seen.objects) {
    if (test_node(pattern, pattern.nodes[node].first, object, seen)) return true;
  }
  return false;
}

}  // namespace entente::pattern
