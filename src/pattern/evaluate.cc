// The same clauses as in reference.cc, on values that are decoded already and constants that are ready.
#include "pattern/evaluate.h"

#include <algorithm>

#include "pattern/like.h"
#include "pattern/limits.h"
#include "pattern/network.h"
#include "pattern/octets.h"
#include "stix/timestamp.h"

namespace entente::pattern {
namespace {

constexpr int kIncomparable = 2;
constexpr size_t kValuesOneByOneMax = 16;  // values that are looked through one by one

int sign_of(std::string_view a, std::string_view b) {
  const int sign = a.compare(b);
  return sign < 0 ? -1 : sign > 0;
}

// long double holds every 64-bit integer and every double.
long double number_of(const FlatValue& value) {
  return value.kind == ValueKind::kInteger ? static_cast<long double>(value.integer)
                                           : static_cast<long double>(value.number);
}
long double number_of(const CompiledConstant& constant) {
  return constant.kind == CompiledKind::kInteger ? static_cast<long double>(constant.integer)
                                                 : static_cast<long double>(constant.number);
}

// -1, 0, 1, or kIncomparable for types that do not compare. [stix21 9.2, 9.6.2, 9.6.3]
int order(const Compiled& pattern, const CompiledConstant& constant, const FlatValue& value) {
  switch (value.kind) {
    case ValueKind::kBoolean:
      if (constant.kind != CompiledKind::kBoolean) return kIncomparable;
      return value.boolean == constant.boolean ? 0 : 1;
    case ValueKind::kInteger:
    case ValueKind::kFloat: {
      if (constant.kind != CompiledKind::kInteger && constant.kind != CompiledKind::kFloat)
        return kIncomparable;
      const long double a = number_of(value), b = number_of(constant);
      return a < b ? -1 : a > b ? 1 : 0;
    }
    case ValueKind::kOctets:
      if (constant.kind != CompiledKind::kOctets) return kIncomparable;
      return sign_of(value.text, pattern.bytes_of(constant));
    case ValueKind::kText: {
      if (constant.kind == CompiledKind::kText)
        return sign_of(value.text, pattern.bytes_of(constant));
      if (constant.kind == CompiledKind::kOctets) {
        std::string octets;
        if (!octets_of_text(value.text, &octets)) return kIncomparable;
        return sign_of(octets, pattern.bytes_of(constant));
      }
      if (constant.kind != CompiledKind::kTimestamp) return kIncomparable;
      const auto a = stix::parse_timestamp(value.text);
      const auto b = stix::parse_timestamp(pattern.bytes_of(constant));
      return a && b ? stix::compare(*a, *b) : kIncomparable;
    }
    default:
      return kIncomparable;
  }
}

}  // namespace

void Evaluator::begin() { steps_left_ = limits::kRegexStepsEventMax; }

void Evaluator::forget(const Compiled& pattern) {
  if (regexes_.empty()) return;
  for (uint32_t leaf = 0; leaf < pattern.comparisons_count(); ++leaf)
    regexes_.erase(&pattern.comparison(leaf));
}

bool Evaluator::satisfies(const Compiled& pattern, uint32_t leaf,
                          const std::vector<FlatValue>& values) {
  return test(pattern, pattern.root(leaf), values);
}

bool Evaluator::test(const Compiled& pattern, uint32_t root, const std::vector<FlatValue>& values) {
  if ((root & Compiled::kComparisonRoot) != 0)
    return compare(pattern, pattern.comparison(root & ~Compiled::kComparisonRoot), values);
  const CompiledNode& node = pattern.node(root);
  const bool is_and = node.kind == NodeKind::kAnd;
  for (uint32_t child = node.first; child != kNone; child = pattern.node(child).next) {
    if (test(pattern, pattern.node(child).first, values) != is_and) return !is_and;
  }
  return is_and;
}

bool Evaluator::compare(const Compiled& pattern, const CompiledComparison& comparison,
                        const std::vector<FlatValue>& values) {
  const auto find = [&](PathNumber path) {
    auto at = values.begin();
    if (values.size() > kValuesOneByOneMax) {
      at = std::lower_bound(values.begin(), values.end(), path,
                            [](const FlatValue& v, PathNumber p) { return v.path < p; });
    } else {
      while (at != values.end() && at->path < path) ++at;
    }
    return at != values.end() && at->path == path ? at : values.end();
  };
  auto at = find(comparison.path);
  const bool is_present = at != values.end();
  if (comparison.op == Operator::kExists) {
    if (!comparison.is_negated) return is_present;
    // Of an object of that type.
    return !is_present &&
           find(static_cast<PathNumber>(pattern.constants(comparison)[0].integer)) != values.end();
  }
  // What is absent or cannot be read is false, whatever the operator. [stix21 9.6]
  if (!is_present) return false;
  bool is_unknown = false;
  for (; at != values.end() && at->path == comparison.path; ++at) {
    const Truth one = test_value(pattern, comparison, *at);
    if (one == Truth::kTrue) return !comparison.is_negated;
    is_unknown |= one == Truth::kUnknown;
  }
  return !is_unknown && comparison.is_negated;
}

Evaluator::Truth Evaluator::test_value(const Compiled& pattern,
                                       const CompiledComparison& comparison,
                                       const FlatValue& value) {
  const auto constants = pattern.constants(comparison);
  if (value.kind == ValueKind::kUndecodable)
    return comparison.op == Operator::kIn && constants.empty() ? Truth::kFalse
           : comparison.op == Operator::kIsSubset || comparison.op == Operator::kIsSuperset
               ? Truth::kFalse
               : Truth::kUnknown;
  if (comparison.op >= Operator::kLike) return test_text(pattern, comparison, value);
  const auto truth = [](bool is_true) { return is_true ? Truth::kTrue : Truth::kFalse; };
  if (comparison.op == Operator::kIn) {
    return truth(std::any_of(constants.begin(), constants.end(), [&](const CompiledConstant& each) {
      return order(pattern, each, value) == 0;
    }));
  }
  const int sign = order(pattern, constants[0], value);
  if (sign == kIncomparable) return truth(comparison.op == Operator::kNotEqual);
  switch (comparison.op) {
    case Operator::kEqual:
      return truth(sign == 0);
    case Operator::kNotEqual:
      return truth(sign != 0);
    case Operator::kLess:
      return truth(sign < 0);
    case Operator::kLessOrEqual:
      return truth(sign <= 0);
    case Operator::kGreater:
      return truth(sign > 0);
    default:
      return truth(sign >= 0);
  }
}

Evaluator::Truth Evaluator::test_text(const Compiled& pattern, const CompiledComparison& comparison,
                                      const FlatValue& value) {
  const auto truth = [](bool is_true) { return is_true ? Truth::kTrue : Truth::kFalse; };
  const CompiledConstant& constant = pattern.constants(comparison)[0];
  const bool is_set =
      comparison.op == Operator::kIsSubset || comparison.op == Operator::kIsSuperset;
  const bool is_octets = value.kind == ValueKind::kOctets;
  if (value.kind != ValueKind::kText && !is_octets) return Truth::kFalse;
  if (is_set) {
    if (is_octets) return Truth::kFalse;
    const auto a = parse_network(value.text), b = parse_network(pattern.bytes_of(constant));
    if (!a || !b) return Truth::kFalse;
    return truth(comparison.op == Operator::kIsSubset ? a->is_within(*b) : b->is_within(*a));
  }
  if (constant.kind == CompiledKind::kNothing) return Truth::kFalse;
  const std::string_view text = is_octets ? value.text : to_nfc(value.text, &scratch_);
  if (comparison.op == Operator::kLike) {
    return truth(
        is_like(text, pattern.bytes_of(constant), is_octets ? Unit::kOctet : Unit::kCodePoint));
  }
  Regex* expression = regex(pattern, comparison);
  const Found found =
      expression == nullptr ? Found::kGaveUp : expression->search(text, &steps_left_);
  if (found == Found::kGaveUp) ++given_up_;
  return found == Found::kGaveUp ? Truth::kUnknown : truth(found == Found::kYes);
}

Regex* Evaluator::regex(const Compiled& pattern, const CompiledComparison& comparison) {
  const auto known = regexes_.find(&comparison);
  if (known != regexes_.end()) return known->second.get();
  if (regexes_.size() >= limits::kRegexesKeptMax) regexes_.clear();
  auto made = Regex::compile(pattern.bytes_of(pattern.constants(comparison)[0]),
                             comparison.is_octets ? Regex::Mode::kOctets : Regex::Mode::kText);
  Regex* out = made ? made->get() : nullptr;
  regexes_.emplace(&comparison, made ? std::move(*made) : nullptr);
  return out;
}

}  // namespace entente::pattern
