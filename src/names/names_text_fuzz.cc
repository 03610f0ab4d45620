// Any bytes as two names: what they are taken apart into keeps the limits, and comparing them is
// symmetric and gives a probability.
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "names/compare.h"
#include "names/list.h"
#include "names/unicode.h"

namespace {

using namespace entente;
using namespace entente::names;

void check(const std::vector<Form>& forms) {
  for (const Form& form : forms) {
    CHECK(!form.words.empty() && form.slots > 0 && form.slots <= kWordsMax);
    uint8_t slot = 0;
    for (const Word& word : form.words) {
      CHECK(word.slot >= slot && word.slot < form.slots && !word.sound.empty());
      CHECK(word.writing == Writing::kHanText || word.sound.size() <= kSoundMax);
      slot = word.slot;
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const auto kind = static_cast<Kind>(data[0] % 4);
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const size_t cut = text.find('\n');
  const std::string left(text.substr(0, cut)),
      right(cut == std::string_view::npos ? std::string_view() : text.substr(cut + 1));
  CHECK(fold(left, 50).size() <= 50);
  check(list_forms(left, kind));
  check(query_forms(left, kind));
  if (left.size() > 200 || right.size() > 200) return 0;
  Entity a, b;
  a.kind = b.kind = kind;
  a.names.push_back({left, NameKind::kPrimary});
  b.names.push_back({right, NameKind::kPrimary});
  const double score = compare(a, b).score;
  CHECK(score >= 0 && score <= 1 && score == compare(b, a).score);
  return 0;
}
