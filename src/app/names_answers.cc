// Lists go record by record from their files into the index.
#include "app/names_answers.h"

#include <fmt/format.h>

#include <cstdio>

#include "app/json_text.h"
#include "app/meter.h"
#include "app/render.h"
#include "base/clock.h"
#include "json/json.h"
#include "names/reader.h"
#include "names/table_records.h"

namespace entente::app {
namespace {

constexpr size_t kLineBytesMax = size_t{1} << 20;
constexpr size_t kMappingBytesMax = size_t{1} << 20;

Result<names::TableMapping> read_mapping_file(const std::string& path) {
  const auto source = TRY(open_input(path, nullptr));
  std::string text;
  for (;;) {
    const std::string_view piece = TRY(source->next());
    if (piece.empty()) break;
    text += piece;
    if (text.size() > kMappingBytesMax) return fail(Code::kTooLarge, path + ": too large");
  }
  const std::string padded = json::padded(text);
  json::Parser parser;
  json::Document document;
  const auto parsed = parser.parse(std::string_view(padded).substr(0, text.size()), &document);
  if (!parsed) return fail(Code::kInvalid, path + ": " + parsed.error().detail);
  auto mapping = names::read_mapping(document.root());
  if (!mapping) return fail(mapping.error().code, path + ": " + mapping.error().detail);
  return mapping;
}

}  // namespace

Result<void> print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size())
    return fail(Code::kInternal, "cannot write to standard output");
  return {};
}

Result<bool> Lines::next(std::string* line) {
  for (;;) {
    const size_t end = buffer_.find('\n', begin_);
    if (end != std::string::npos) {
      line->assign(buffer_, begin_, end - begin_);
      begin_ = end + 1;
      return true;
    }
    buffer_.erase(0, begin_);
    begin_ = 0;
    if (buffer_.size() > kLineBytesMax) return fail(Code::kTooLarge, "a line is too long");
    const std::string_view piece = TRY(source_->next());
    if (!piece.empty()) {
      buffer_ += piece;
      continue;
    }
    if (buffer_.empty()) return false;
    *line = std::move(buffer_);
    buffer_.clear();
    return true;
  }
}

Result<names::NameList> read_name_lists(const std::vector<std::string>& paths,
                                        const std::string& mapping, bool* is_clean) {
  names::TableMapping table;
  if (!mapping.empty()) table = TRY(read_mapping_file(mapping));
  names::ListBuilder builder;
  names::EntitySet set;
  const names::EntitySink sink = [&](names::Entity&& one) { return builder.add(one); };
  const SystemClock clock;
  ByteCount bytes = 0;
  Meter meter("screen", Meter::Unit::kBytes, clock);
  for (const std::string& path : paths) {
    const auto source = TRY(open_input(path, &bytes));
    const auto report = names::read_list(
        [&]() -> Result<std::string_view> {
          meter.show({0, bytes, 0});
          return source->next();
        },
        sink, &set, mapping.empty() ? nullptr : &table);
    if (!report) return fail(report.error().code, path + ": " + report.error().detail);
    for (const std::string& problem : report->problems)
      std::fprintf(stderr, "entente: %s: %s\n", printable(path).c_str(),
                   printable(problem).c_str());
    if (report->refused > 0) *is_clean = false;
  }
  TRY(set.finish(sink));
  return builder.finish();
}

std::string evidence_json(const std::vector<names::Evidence>& lines) {
  JsonList list;
  for (const names::Evidence& one : lines) {
    JsonObject object;
    object.add("what", one.what);
    if (!one.left.empty()) object.add("left", one.left);
    if (!one.right.empty()) object.add("right", one.right);
    object.add("how", one.how()).add_raw("log_odds", fmt::format("{:.3f}", one.log_odds));
    list.add_raw(object.text());
  }
  return list.text();
}

void add_prose(std::string_view left, std::string_view right, double score,
               const std::vector<names::Evidence>& lines, JsonObject* object) {
  object->add("text", names::paragraph(left, right, score, lines));
  const names::Language language = names::language_of(left, lines);
  if (language == names::Language::kEnglish) return;
  object->add("language", names::tag_of(language))
      .add("text_in_language", names::paragraph(left, right, score, lines, language));
}

std::string matches_json(const names::NameList& list, const std::vector<names::Match>& matches,
                         const names::Entity* query) {
  JsonList out;
  for (const names::Match& match : matches) {
    JsonObject object;
    object.add("entity", list.entity_id(match.entity))
        .add_raw("score", fmt::format("{}", match.score))
        .add("name", list.name_text(match.name));
    if (query != nullptr) {
      const std::vector<names::Evidence> lines = names::explain_match(list, *query, match);
      object.add_raw("evidence", evidence_json(lines));
      add_prose(query->names[match.query_name].text, list.name_text(match.name), match.score, lines,
                &object);
    }
    out.add_raw(object.text());
  }
  return out.text();
}

}  // namespace entente::app
