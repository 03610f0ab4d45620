// A regular expression is compiled here and thrown away, unless it is so plain that it is certainly
// well-formed: the engine compiles it again when it is first searched, which for most is never.
#include "pattern/check.h"

#include "pattern/cursor.h"
#include "pattern/like.h"
#include "pattern/limits.h"
#include "pattern/literals.h"
#include "pattern/network.h"
#include "pattern/octets.h"
#include "pattern/regex.h"

namespace entente::pattern {
namespace {

std::unexpected<ParseError> wrong(const Pattern& pattern, const Constant& constant,
                                  std::string message) {
  Cursor cursor(pattern.text);
  cursor.fail_at(constant.text.begin, std::move(message));
  return std::unexpected(cursor.error());
}

// Whether the last name of the path says that the value is binary. [stix21 9.6.4]
bool is_binary(const Pattern& pattern, const Comparison& comparison) {
  std::string scratch;
  for (uint32_t i = comparison.steps_count; i-- > 0;) {
    const Step& step = pattern.steps[comparison.steps_begin + i];
    if (step.kind != StepKind::kName) continue;
    const std::string_view name = name_of(pattern, step, &scratch);
    return name.ends_with("_bin") || name.ends_with("_hex");
  }
  return false;
}

}  // namespace

std::expected<void, ParseError> check_constants(const Pattern& pattern) {
  std::string scratch, normalized;
  for (const Comparison& comparison : pattern.comparisons) {
    const bool is_set =
        comparison.op == Operator::kIsSubset || comparison.op == Operator::kIsSuperset;
    if (!is_set && comparison.op != Operator::kMatches) continue;
    const Constant& constant = pattern.constants[comparison.constants_begin];
    std::string_view text = string_of(pattern, constant, &scratch);
    if (is_set) {
      if (!parse_network(text))
        return wrong(pattern, constant, "not an IPv4 or IPv6 address or network");
      continue;
    }
    Regex::Mode mode = Regex::Mode::kText;
    std::string octets;
    if (is_binary(pattern, comparison)) {
      if (!octets_of_text(text, &octets)) continue;  // matches nothing, and is valid
      text = octets;
      mode = Regex::Mode::kOctets;
    } else {
      text = to_nfc(text, &normalized);
    }
    if (literals_of_regex(text).is_plain && text.size() <= limits::kRegexBytesMax) continue;
    const auto regex = Regex::compile(text, mode);
    if (!regex) return wrong(pattern, constant, regex.error().detail);
  }
  return {};
}

std::expected<void, ParseError> parse_and_check(std::string_view text, const ParseOptions& options,
                                                Pattern* pattern) {
  if (auto parsed = parse(text, options, pattern); !parsed) return parsed;
  return check_constants(*pattern);
}

}  // namespace entente::pattern
