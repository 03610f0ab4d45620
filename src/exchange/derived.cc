#include "exchange/derived.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "exchange/explain.h"

namespace entente::exchange {
namespace {

bool is_derived(std::string_view type) {
  constexpr std::array<std::string_view, 9> kTypes = {
      "note",     "opinion",           "report",         "grouping",     "relationship",
      "sighting", "identity-decision", "name-screening", "procedure-act"};
  return std::ranges::find(kTypes, type) != kTypes.end();
}

class SourceCheck {
 public:
  SourceCheck(const View& writer, const Submission& submission)
      : writer_(writer), submission_(submission), explainer_(writer) {
    explainer_.prepare(submission);
  }

  // Entries of the writer's world that the reference leads to; none if one of them is its own.
  std::vector<store::Position> sources(uint64_t target_hash) const {
    std::vector<store::Position> out;
    const store::Snapshot& snapshot = writer_.snapshot();
    for (store::Position at = snapshot.newest(writer_.world(), target_hash); at != store::kNone;
         at = snapshot.older(writer_.world(), at)) {
      if (writer_.entry(at).submitter == submission_.who.party) return {};
      out.push_back(at);
    }
    return out;
  }

  // Whether every party that reads the item reads one of the entries.
  bool is_within(const Item& item, const std::vector<store::Position>& sources) {
    for (const release::Party& party : writer_.state().directory->parties()) {
      if (!reads_item(item, party.number)) continue;
      const bool reads = std::ranges::any_of(
          sources, [&](store::Position source) { return reads_entry(source, party.number); });
      if (!reads) return false;
    }
    return true;
  }

 private:
  bool reads_item(const Item& item, release::PartyNumber party) {
    const auto [known, is_new] = of_marks_.try_emplace({item.marks, party});
    if (is_new) {
      const release::MarkSet marks = explainer_.marks_now(submission_, item.marks);
      known->second = explainer_.reads(marks, writer_.now_ms(), party);
    }
    return known->second;
  }
  bool reads_entry(store::Position position, release::PartyNumber party) {
    const auto [known, is_new] = of_entries_.try_emplace({position, party});
    if (is_new) known->second = explainer_.reads(position, party);
    return known->second;
  }

  const View& writer_;
  const Submission& submission_;
  Explainer explainer_;
  std::map<std::pair<uint32_t, release::PartyNumber>, bool> of_marks_;
  std::map<std::pair<store::Position, release::PartyNumber>, bool> of_entries_;
};

}  // namespace

void refuse_wider(const View& writer, Submission& submission, const FindingSink& findings) {
  constexpr size_t kListedMax = 8;
  std::optional<SourceCheck> check;
  for (size_t i = 0; i < submission.items.size(); ++i) {
    Item& item = submission.items[i];
    if (item.fate == Fate::kRefused || !is_derived(item.type)) continue;
    std::vector<std::string> wider;
    for (uint32_t n = 0; n < item.reference_count; ++n) {
      const uint64_t target = submission.references[item.first_reference + n];
      if (writer.snapshot().newest(writer.world(), target) == store::kNone) continue;
      if (!check) check.emplace(writer, submission);
      const std::vector<store::Position> sources = check->sources(target);
      if (!sources.empty() && !check->is_within(item, sources))
        wider.push_back(writer.name(sources.front()).id);
    }
    if (wider.empty()) continue;
    std::ranges::sort(wider);
    const auto repeated = std::ranges::unique(wider);
    wider.erase(repeated.begin(), repeated.end());
    std::string list;
    for (size_t n = 0; n < wider.size() && n < kListedMax; ++n)
      list += (n == 0 ? "" : ", ") + wider[n];
    if (wider.size() > kListedMax) list += fmt::format(" and {} more", wider.size() - kListedMax);
    item.fate = Fate::kRefused;
    item.message = fmt::format(
        "{}: it would be readable where what it refers to is not: {}; narrow its marks, or ask the "
        "originator for a release",
        kWiderThanSource, list);
    if (findings) findings(i, {kWiderThanSource, stix::Severity::kError, "", 0, item.message});
  }
}

}  // namespace entente::exchange
