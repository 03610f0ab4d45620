// The events are read twice: first to find the matches, then, knowing which observations take part, to
// explain. The second reading goes through every pattern at every observation, without the index.
#include "app/pattern_explain.h"

#include <algorithm>
#include <memory>
#include <unordered_map>

#include "app/json_text.h"
#include "app/pattern_input.h"
#include "pattern/batch.h"
#include "pattern/check.h"
#include "pattern/explain.h"
#include "pattern/plan.h"

namespace entente::app {
namespace {

constexpr size_t kBoundMax = 100;  // observations explained for one expression

// A pattern with what there is to say of it.
struct Subject {
  std::string text;
  pattern::Pattern pattern;
  std::vector<uint32_t> leaves;
  std::vector<uint32_t> taking_part;  // observations
  // Of each leaf: what satisfied it, and what came nearest.
  std::vector<std::vector<std::pair<std::string, pattern::Explanation>>> satisfied;
  std::vector<std::pair<std::string, pattern::Explanation>> nearest;
};

void explain_one(Subject* subject, uint32_t number, const pattern::Observation& seen) {
  const auto& part = subject->taking_part;
  const bool takes_part = std::binary_search(part.begin(), part.end(), number);
  for (size_t leaf = 0; leaf < subject->leaves.size(); ++leaf) {
    pattern::Explanation one = pattern::explain(subject->pattern, subject->leaves[leaf], seen);
    auto& satisfied = subject->satisfied[leaf];
    auto& nearest = subject->nearest[leaf];
    if (one.is_satisfied) {
      if ((takes_part || part.empty()) && satisfied.size() < kBoundMax)
        satisfied.emplace_back(seen.id, std::move(one));
    } else if (nearest.first.empty() || one.held.size() > nearest.second.held.size() ||
               (nearest.second.object.empty() && !one.object.empty())) {
      nearest = {std::string(seen.id), std::move(one)};
    }
  }
}

std::string explanation_json(const Subject& subject) {
  JsonList list;
  for (size_t leaf = 0; leaf < subject.leaves.size(); ++leaf) {
    for (const auto& [id, one] : subject.satisfied[leaf]) {
      list.add_raw(JsonObject()
                       .add_number("expression", leaf)
                       .add("observed_data", id)
                       .add("object", one.object)
                       .add_list("by", one.held)
                       .text());
    }
    if (!subject.satisfied[leaf].empty()) continue;
    const auto& [id, one] = subject.nearest[leaf];
    JsonObject out;
    out.add_number("expression", leaf);
    if (!id.empty()) out.add("observed_data", id);
    if (!one.object.empty()) out.add("object", one.object);
    out.add_list("held", one.held).add("failed", one.failed).add("found", one.found);
    list.add_raw(out.text());
  }
  return list.text();
}

}  // namespace

Result<int> explain_matches(const CommandLine& line, const WholeFile& patterns,
                            const logs::Mapping* mapping) {
  const pattern::ParseOptions options{line.stix20};
  pattern::Batch batch;
  std::vector<std::unique_ptr<Subject>> subjects;
  const std::vector<Source> sources =
      add_patterns_of(line, patterns.text(), [&](std::string_view text) {
        auto added = batch.add(text, options);
        if (!added) return added;
        auto made = std::make_unique<Subject>();
        made->text = text;
        if (pattern::parse(made->text, options, &made->pattern)) {
          made->leaves = pattern::leaves_of(made->pattern);
          made->satisfied.resize(made->leaves.size());
          made->nearest.resize(made->leaves.size());
        }
        subjects.push_back(std::move(made));
        return added;
      });
  const WholeFile file = TRY(WholeFile::open(line.events));
  std::vector<std::pair<std::string, uint64_t>> seen_so_far;  // id and line
  Events events(line.events, mapping, [&](const pattern::Observation& seen) {
    seen_so_far.emplace_back(seen.id, seen.tag);
    batch.see(seen);
  });
  events.read(file.text());
  batch.finish([&](uint32_t pattern, const std::vector<uint32_t>& seen, bool) {
    subjects[pattern]->taking_part = seen;
  });
  uint32_t number = 0;
  // What is not well-formed has been reported.
  Events again(line.events, mapping, [&](const pattern::Observation& seen) {
    for (const auto& subject : subjects) explain_one(subject.get(), number, seen);
    ++number;
  });
  again.be_silent();
  again.read(file.text());
  LinePrinter printer;
  for (size_t i = 0; i < subjects.size(); ++i) {
    std::vector<pattern::StreamSeen> named;
    for (const uint32_t each : subjects[i]->taking_part)
      named.push_back({seen_so_far[each].first, seen_so_far[each].second});
    TRY(printer.add(
        match_line_open(sources[i], named, mapping == nullptr ? NameLines::kNo : NameLines::kYes) +
        ",\"explain\":" + explanation_json(*subjects[i]) + "}"));
  }
  TRY(printer.flush());
  return events.exit_code();
}

}  // namespace entente::app
