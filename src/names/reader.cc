// The first bytes say what it is: XML, JSON or a table. JSON is cut into objects, and each says by
// its members what it is, so that a file may mix them.
#include "names/reader.h"

#include <fmt/format.h>

#include "base/text.h"
#include "json/json.h"
#include "json/splitter.h"
#include "names/json_records.h"
#include "names/table_records.h"
#include "names/xml_records.h"

namespace entente::names {
namespace {

constexpr size_t kSniffBytes = 64 * 1024;

void note(ReadReport* report, std::string problem) {
  ++report->refused;
  if (report->problems.size() < kReadProblemsMax) report->problems.push_back(std::move(problem));
}

// Feeds the first bytes that were looked at, then the rest.
class Pieces {
 public:
  explicit Pieces(const NextPiece& next) : next_(next) {}

  Result<std::string_view> peek() {
    while (first_.size() < kSniffBytes) {
      const std::string_view piece = TRY(next_());
      if (piece.empty()) break;
      first_ += piece;
    }
    return std::string_view(first_);
  }
  // Leaves out the first bytes of what was looked at.
  void skip(size_t count) { begin_ = count; }
  Result<std::string_view> next() {
    if (!is_first_given_) {
      is_first_given_ = true;
      if (begin_ < first_.size()) return std::string_view(first_).substr(begin_);
    }
    return next_();
  }

 private:
  const NextPiece& next_;
  std::string first_;
  size_t begin_ = 0;
  bool is_first_given_ = false;
};

// Where the list begins that is a member of one great object: {"results":[...]}.
size_t list_member(std::string_view first) {
  for (const std::string_view name : {"\"results\"", "\"entries\"", "\"entities\""}) {
    size_t at = first.find(name);
    if (at == std::string_view::npos) continue;
    at += name.size();
    while (at < first.size() && (first[at] == ' ' || first[at] == ':' || first[at] == '\n' ||
                                 first[at] == '\r' || first[at] == '\t'))
      ++at;
    if (at < first.size() && first[at] == '[') return at;
  }
  return 0;
}

// `begin` is where the pieces begin in the file. A list that is a member is read as that of a bundle is, so that what
// follows it in the great object is passed over.
Result<void> read_json(Pieces& pieces, uint64_t begin, bool is_member, const EntitySink& sink,
                       ReadReport* report) {
  constexpr std::string_view kHead = "{\"objects\":";
  const uint64_t shift = begin - (is_member ? kHead.size() : 0);
  report->format = "json";
  Result<void> outcome;
  json::Parser parser;
  json::Document document;
  std::string buffer;
  json::Splitter splitter(
      [&](std::string_view text, uint64_t offset) {
        if (!outcome) return;
        buffer.assign(text);
        buffer.append(json::kPaddingBytes, ' ');
        const auto parsed =
            parser.parse(std::string_view(buffer).substr(0, text.size()), &document);
        if (!parsed) {
          note(report, fmt::format("at byte {}: {}", offset + shift, parsed.error().detail));
          return;
        }
        std::optional<Entity> entity = entity_of_json(document.root());
        if (!entity) {
          ++report->skipped;
          return;
        }
        ++report->entities;
        outcome = sink(std::move(*entity));
      },
      [&](std::string_view what, uint64_t offset) {
        note(report, fmt::format("at byte {}: {}", offset + shift, what));
      });
  if (is_member) splitter.feed(kHead);
  for (;;) {
    const std::string_view piece = TRY(pieces.next());
    if (piece.empty() || !splitter.feed(piece) || !outcome) break;
  }
  if (outcome) splitter.finish();
  return outcome;
}

// Feeds a reader to the end of the bytes.
template <class Reader>
Result<void> read_all(Pieces& pieces, Reader& reader) {
  for (;;) {
    const std::string_view piece = TRY(pieces.next());
    if (piece.empty()) return reader.finish();
    TRY(reader.feed(piece));
  }
}

// Of a table: the first bytes have a line with a separator, and no bytes that text does not have.
bool looks_like_table(std::string_view first) {
  const std::string_view line = first.substr(0, first.find('\n'));
  return line.find_first_of(",;\t") != std::string_view::npos &&
         first.find('\0') == std::string_view::npos;
}

}  // namespace

std::optional<Entity> entity_of_json(json::Value object) {
  if (!object.is_object()) return std::nullopt;
  for (const auto read : {entity_of_ftm, entity_of_stix, entity_of_gleif, entity_of_bods,
                          entity_of_screening_list, entity_of_end_user}) {
    if (std::optional<Entity> entity = read(object)) return entity;
  }
  return std::nullopt;
}

Result<ReadReport> read_list(const NextPiece& next, const EntitySink& sink) {
  EntitySet set;
  ReadReport report = TRY(read_list(next, sink, &set, nullptr));
  TRY(set.finish(sink));
  return report;
}

Result<ReadReport> read_list(const NextPiece& next, const EntitySink& sink, EntitySet* set,
                             const TableMapping* mapping) {
  ReadReport report;
  Pieces pieces(next);
  std::string_view first = TRY(pieces.peek());
  size_t blank = first.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (blank < first.size() && (first[blank] == ' ' || first[blank] == '\n' ||
                                  first[blank] == '\r' || first[blank] == '\t'))
    ++blank;
  if (blank == first.size()) return report;
  if (first[blank] == '{' || first[blank] == '[') {
    const size_t list = first[blank] == '{' ? list_member(first) : 0;
    const size_t begin = list > 0 ? list : blank;
    pieces.skip(begin);
    TRY(read_json(pieces, begin, list > 0, sink, &report));
    return report;
  }
  pieces.skip(blank);
  if (first[blank] == '<') {
    report.format = "xml";
    XmlReader reader(sink, &report);
    TRY(read_all(pieces, reader));
    return report;
  }
  if (mapping != nullptr || looks_like_table(first)) {
    TableReader reader(sink, set, mapping, &report);
    reader.begin(first.substr(blank));
    TRY(read_all(pieces, reader));
    return report;
  }
  return fail(Code::kInvalid, "not a list in a known form (docs/names.md)");
}

}  // namespace entente::names
