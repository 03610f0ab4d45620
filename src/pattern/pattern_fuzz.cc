// Any bytes as a pattern: reading ends, and what is read is printed and read back as the same.
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "pattern/aliases.h"
#include "pattern/check.h"
#include "pattern/plan.h"

using namespace entente;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  pattern::Pattern pattern;
  const auto parsed = pattern::parse(bytes, {}, &pattern);
  if (!parsed) {
    CHECK(!parsed.error().message.empty() && parsed.error().offset <= size);
    CHECK(parsed.error().line >= 1 && parsed.error().column >= 1);
    return 0;
  }
  const std::string text = pattern::print(pattern), form = pattern::normal_form(pattern);
  pattern::Pattern again;
  CHECK(pattern::parse(text, {}, &again).has_value());
  CHECK(pattern::print(again) == text && pattern::normal_form(again) == form);
  if (const auto resolved = pattern::resolve_aliases(pattern)) {
    CHECK(pattern::parse(*resolved, {}, &again).has_value());
    CHECK(!pattern::resolve_aliases(again).has_value());
  }
  (void)pattern::check_constants(pattern);
  if (const auto plan = pattern::make_plan(pattern)) CHECK(!plan->ways.empty());
  return 0;
}
