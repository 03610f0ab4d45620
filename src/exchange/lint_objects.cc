// The part of the policy lint that reads objects: those with granular markings, which are few, and
// marking definitions that are not understood.
//
// A deterministic id is made of the object's contributing properties. If what is left after a cut gives another id,
// then the id, which is never cut, lets its reader check any guess of what was. [DESIGN: idea 5]
#include <fmt/format.h>

#include <algorithm>

#include "exchange/lint_findings.h"
#include "json/json.h"
#include "release/marks.h"
#include "release/redaction.h"
#include "release/release_marking.h"
#include "stix/stix.h"

namespace entente::exchange {
namespace {

class Reading {
 public:
  // Whether the cut of some one part of the object leaves an id that was made of what was cut.
  bool tells(std::string_view object, uint32_t editions) {
    if (!read(object, text_, document_)) return false;
    examiner_.examine(document_.root(), &examination_);
    const stix::Header& header = examination_.header;
    const bool is_made = header.kind == stix::ObjectKind::kSco &&
                         stix::deterministic_id(document_.root()) == header.id;
    if (!is_made) return false;
    std::vector<release::ScopeMarks> marks;
    const std::vector<release::Part> parts = release::parts_of(header, &marks);
    for (size_t i = 0; i < parts.size(); ++i) {
      if ((editions >> (uint32_t{1} << i) & 1) == 0) continue;
      const std::vector<std::string_view> selectors(parts[i].selectors.begin(),
                                                    parts[i].selectors.end());
      const auto edits = release::cut(document_.root(), selectors);
      if (!edits || !read(edits->apply(object), left_, left_document_)) continue;
      if (stix::deterministic_id(left_document_.root()) != header.id) return true;
    }
    return false;
  }

 private:
  bool read(std::string_view object, std::string& text, json::Document& document) {
    text = json::padded(object);
    return parser_.parse(std::string_view(text).substr(0, object.size()), &document).has_value();
  }

  json::Parser parser_;
  stix::Examiner examiner_;
  stix::Examination examination_;
  std::string text_, left_;
  json::Document document_, left_document_;
};

}  // namespace

void lint_objects(const State& state, const store::Snapshot& snapshot,
                  const std::vector<MarkedEntries>& marked, LintFindings& findings) {
  const auto& sets = *state.mark_sets;
  const bool has_parts =
      std::ranges::any_of(sets, [](const release::MarkSet& marks) { return !marks.parts.empty(); });
  if (!has_parts) return;
  Reading reading;
  snapshot.scan_columns_for_views(0, snapshot.end(), [&](const store::ColumnSpans& run) {
    for (uint32_t i = 0; i < run.count; ++i) {
      const uint32_t number = run.mark_set[i];
      const bool is_cut = number < sets.size() && !sets[number].parts.empty() &&
                          marked[number].count > 0 &&
                          (run.flags[i] & (store::kDamaged | store::kErased)) == 0;
      if (!is_cut) continue;
      const store::Position position = run.first + i;
      if (!reading.tells(snapshot.bytes_for_views(position), sets[number].editions)) continue;
      const release::Party* party = state.directory->party(sets[number].originator);
      MarkedEntries one;
      one.count = 1;
      one.examples = {position};
      findings.add("id-tells", party == nullptr ? "" : party->code,
                   "the id is made of what granular markings take out", &one);
    }
  });
}

void lint_marking(std::string_view bytes, const std::string& marking_id,
                  const MarkedEntries& entries, LintFindings& findings) {
  const std::string text = json::padded(bytes);
  json::Parser parser;
  json::Document document;
  if (!parser.parse(std::string_view(text).substr(0, bytes.size()), &document)) {
    findings.add("marking-not-understood", marking_id, "its content is gone", &entries);
    return;
  }
  for (const auto& reason : release::read_release_marking(document.root()).reasons) {
    findings.add(
        "marking-not-understood", marking_id,
        fmt::format("{}: {}", reason.pointer.empty() ? "/" : reason.pointer, reason.detail),
        &entries);
  }
}

}  // namespace entente::exchange
