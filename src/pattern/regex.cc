// PCRE2 without its just-in-time compiler. Its own match limit begins anew at each start of a search
// and so does not bound the whole: a callout before each item of the expression counts the steps of
// all starts together, at some nanoseconds a step, which matters little since only candidates of the
// index are searched.
#include "pattern/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <array>
#include <string>

#include "pattern/limits.h"

namespace entente::pattern {
namespace {

int count_step(pcre2_callout_block*, void* steps_left) {
  uint32_t& left = *static_cast<uint32_t*>(steps_left);
  if (left == 0) return PCRE2_ERROR_CALLOUT;
  --left;
  return 0;
}

}  // namespace

struct Regex::Parts {
  pcre2_code* code = nullptr;
  pcre2_match_data* data = nullptr;
  pcre2_match_context* context = nullptr;
  ~Parts() {
    pcre2_match_data_free(data);
    pcre2_match_context_free(context);
    pcre2_code_free(code);
  }
};

Regex::Regex(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Regex::~Regex() = default;

Result<std::unique_ptr<Regex>> Regex::compile(std::string_view expression, Mode mode) {
  if (expression.size() > limits::kRegexBytesMax) {
    return fail(Code::kTooLarge, "a regular expression of more than " +
                                     std::to_string(limits::kRegexBytesMax) + " bytes");
  }
  uint32_t options = PCRE2_DOTALL | PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT;
  options |= mode == Mode::kText ? PCRE2_UTF | PCRE2_UCP | PCRE2_NO_UTF_CHECK
                                 : PCRE2_NEVER_UTF | PCRE2_NEVER_UCP;
  int error = 0;
  PCRE2_SIZE offset = 0;
  auto parts = std::make_unique<Parts>();
  parts->code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(expression.data()), expression.size(),
                              options, &error, &offset, nullptr);
  if (parts->code == nullptr) {
    std::array<PCRE2_UCHAR, 256> text{};
    pcre2_get_error_message(error, text.data(), text.size());
    return fail(Code::kInvalid, "regular expression, character " + std::to_string(offset + 1) +
                                    ": " + reinterpret_cast<const char*>(text.data()));
  }
  parts->data = pcre2_match_data_create(1, nullptr);
  parts->context = pcre2_match_context_create(nullptr);
  if (parts->data == nullptr || parts->context == nullptr)
    return fail(Code::kInternal, "no memory for a regular expression");
  pcre2_set_heap_limit(parts->context, limits::kRegexHeapKiBMax);
  pcre2_set_match_limit(parts->context, limits::kRegexStepsMax);
  return std::unique_ptr<Regex>(new Regex(std::move(parts)));
}

Found Regex::search(std::string_view value, uint32_t* steps_left) {
  if (value.size() > limits::kRegexSubjectBytesMax) return Found::kGaveUp;
  pcre2_set_callout(parts_->context, count_step, steps_left);
  const int rc = pcre2_match(parts_->code, reinterpret_cast<PCRE2_SPTR>(value.data()), value.size(),
                             0, PCRE2_NO_UTF_CHECK, parts_->data, parts_->context);
  if (rc >= 0) return Found::kYes;
  return rc == PCRE2_ERROR_NOMATCH ? Found::kNo : Found::kGaveUp;
}

}  // namespace entente::pattern
