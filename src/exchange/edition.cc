#include "exchange/edition.h"

#include <algorithm>
#include <vector>

#include "exchange/state.h"
#include "json/json.h"
#include "release/marks.h"
#include "release/redaction.h"
#include "stix/stix.h"

namespace entente::exchange {
namespace {

// An object read again, on this thread, until the next call.
struct Again {
  std::string text;
  json::Parser parser;
  json::Document document;
  stix::Examiner examiner;
  stix::Examination examination;

  bool read(std::string_view object) {
    text = json::padded(object);
    if (!parser.parse(std::string_view(text).substr(0, object.size()), &document)) return false;
    examiner.examine(document.root(), &examination);
    return true;
  }
};

Again& again() {
  thread_local Again instance;
  return instance;
}

bool find_again(std::string_view bytes, uint8_t cut, release::Edits* edits) {
  Again& object = again();
  if (!object.read(bytes)) return false;
  std::vector<release::ScopeMarks> marks;
  const std::vector<release::Part> parts = release::parts_of(object.examination.header, &marks);
  std::vector<std::string_view> selectors;
  for (size_t i = 0; i < parts.size(); ++i) {
    if ((cut >> i & 1) == 0) continue;
    selectors.insert(selectors.end(), parts[i].selectors.begin(), parts[i].selectors.end());
  }
  auto found = release::cut(object.document.root(), selectors);
  if (!found) return false;
  *edits = std::move(*found);
  return true;
}

// This thread's until the next call; nullptr: there is no such edition.
const release::Edits* find_edits(const store::Snapshot& snapshot, store::Position position,
                                 std::string_view bytes, uint8_t cut) {
  if (bytes.empty()) return nullptr;
  thread_local release::Edits edits;
  const auto kept = snapshot.find_control(kEditions, snapshot.object_for_views(position));
  const bool is_found =
      kept && release::find_edition(kept->bytes, cut, bytes.size(), &edits).has_value();
  return is_found || find_again(bytes, cut, &edits) ? &edits : nullptr;
}

}  // namespace

void append_edition(const store::Snapshot& snapshot, store::Position position,
                    std::string_view bytes, uint8_t cut, std::string* out) {
  const release::Edits* edits = find_edits(snapshot, position, bytes, cut);
  if (edits != nullptr) edits->append_to(bytes, out);
}

std::string_view edition_in(std::pmr::memory_resource& memory, const store::Snapshot& snapshot,
                            store::Position position, std::string_view bytes, uint8_t cut) {
  const release::Edits* edits = find_edits(snapshot, position, bytes, cut);
  if (edits == nullptr) return {};
  auto* out = static_cast<char*>(memory.allocate(edits->bytes_after(bytes.size()), 1));
  const char* end = edits->write(bytes, out);
  return {out, static_cast<size_t>(end - out)};
}

bool refers_to(std::string_view object, std::string_view identifier) {
  Again& read = again();
  if (!read.read(object)) return false;
  return std::ranges::find(read.examination.header.references, identifier) !=
         read.examination.header.references.end();
}

}  // namespace entente::exchange
