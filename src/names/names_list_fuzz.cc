// Any bytes as a list, in pieces: reading ends, and what is read keeps the limits, makes a list and is
// found in it. A NUL parts two files of one set; what stands before it may also say what the columns of the second mean.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "json/json.h"
#include "names/list.h"
#include "names/reader.h"
#include "names/table_records.h"

namespace {

using namespace entente;
using namespace entente::names;

void check(const Entity& entity) {
  CHECK(entity.names.size() <= kNamesMax);
  CHECK(entity.birth_dates.size() <= kFactsMax && entity.countries.size() <= kFactsMax &&
        entity.identifiers.size() <= kFactsMax);
  for (const Name& name : entity.names) CHECK(!name.text.empty() && name.text.size() <= kNameBytes);
}

std::optional<TableMapping> mapping_of(std::string_view text) {
  const std::string padded = json::padded(text);
  json::Parser parser;
  json::Document document;
  if (!parser.parse(std::string_view(padded).substr(0, text.size()), &document)) return {};
  auto mapping = read_mapping(document.root());
  return mapping ? std::optional(std::move(*mapping)) : std::nullopt;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const size_t step = 1 + data[0];
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const size_t cut = text.find('\0');
  const std::string_view first = text.substr(0, cut);
  ListBuilder builder;
  size_t count = 0;
  Entity last;
  const EntitySink sink = [&](Entity&& entity) -> Result<void> {
    check(entity);
    TRY(builder.add(entity));
    last = std::move(entity);
    ++count;
    return {};
  };
  EntitySet set;
  const auto read = [&](std::string_view file, const TableMapping* mapping) {
    size_t at = 0;
    const auto report = read_list(
        [&]() -> Result<std::string_view> {
          const std::string_view piece = at < file.size() ? file.substr(at, step) : "";
          at += piece.size();
          return piece;
        },
        sink, &set, mapping);
    if (report) CHECK(report->problems.size() <= kReadProblemsMax);
  };
  read(first, nullptr);
  if (cut != std::string_view::npos) {
    const auto mapping = mapping_of(first);
    read(text.substr(cut + 1), mapping ? &*mapping : nullptr);
  }
  CHECK(set.finish(sink));
  const NameList list = builder.finish();
  CHECK(list.entities() == count);
  if (count == 0 || last.names.empty()) return 0;
  Searcher searcher(list);
  double before = 2;
  for (const Match& match : searcher.search(last, {})) {
    CHECK(match.entity < count && match.score < before && match.score >= 0);
    before = match.score;
  }
  return 0;
}
