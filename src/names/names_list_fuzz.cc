// Any bytes as a list, in pieces: reading ends, and what is read keeps the limits, makes a list and is
// found in it.
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "names/list.h"
#include "names/reader.h"

namespace {

using namespace entente;
using namespace entente::names;

void check(const Entity& entity) {
  CHECK(entity.names.size() <= kNamesMax);
  CHECK(entity.birth_dates.size() <= kFactsMax && entity.countries.size() <= kFactsMax &&
        entity.identifiers.size() <= kFactsMax);
  for (const Name& name : entity.names) CHECK(!name.text.empty() && name.text.size() <= kNameBytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const size_t step = 1 + data[0];
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  size_t at = 0;
  ListBuilder builder;
  size_t count = 0;
  Entity last;
  const auto report = read_list(
      [&]() -> Result<std::string_view> {
        const std::string_view piece = text.substr(at, step);
        at += piece.size();
        return piece;
      },
      [&](Entity&& entity) -> Result<void> {
        check(entity);
        TRY(builder.add(entity));
        last = std::move(entity);
        ++count;
        return {};
      });
  const NameList list = builder.finish();
  CHECK(list.entities() == count);
  if (report) CHECK(report->problems.size() <= kReadProblemsMax);
  if (count == 0 || last.names.empty()) return 0;
  Searcher searcher(list);
  double before = 2;
  for (const Match& match : searcher.search(last, {})) {
    CHECK(match.entity < count && match.score < before && match.score >= 0);
    before = match.score;
  }
  return 0;
}
