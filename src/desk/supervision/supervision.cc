// Worlds that were asked about are kept; the one that was used least lately goes when there are too many.
#include "desk/supervision/supervision.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "desk/supervision/limits.h"
#include "desk/supervision/objects.h"
#include "stix/stix.h"

namespace entente::supervision {

struct Supervision::Kept {
  uint64_t used = 0;
  supervision::Kept<WorldNames> names;
  supervision::Kept<WorldGraph> graph;
  supervision::Kept<WorldDecisions> decisions;
  // Of the last refresh, which alone touches them.
  std::optional<release::World> rescreened;
  std::shared_ptr<const WorldNames> screened_list;
  std::shared_ptr<const WorldDecisions> screened_decisions;
};

Supervision::Supervision(exchange::Node& node, Random& random) : node_(node), random_(random) {}
Supervision::~Supervision() = default;

std::shared_ptr<Supervision::Kept> Supervision::kept(const exchange::Principal& who) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto key = std::pair(who.party, who.restriction);
  if (kept_.size() >= limits::kWorldsMax && !kept_.contains(key)) {
    kept_.erase(
        std::ranges::min_element(kept_, {}, [](const auto& one) { return one.second->used; }));
  }
  std::shared_ptr<Kept>& slot = kept_[key];
  if (slot == nullptr) slot = std::make_shared<Kept>();
  slot->used = ++uses_;
  return slot;
}

Result<std::shared_ptr<const WorldNames>> Supervision::names(const exchange::View& view) {
  return kept(view.reader())->names.get(view, WorldNames::types(), WorldNames::make);
}

Result<std::shared_ptr<const WorldGraph>> Supervision::graph(const exchange::View& view) {
  return kept(view.reader())->graph.get(view, WorldGraph::types(), WorldGraph::make);
}

Result<std::shared_ptr<const WorldDecisions>> Supervision::decisions(const exchange::View& view) {
  return kept(view.reader())->decisions.get(view, WorldDecisions::types(), WorldDecisions::make);
}

// Whether the party watches buyers, and its list or its decisions are others than at the last refresh.
bool Supervision::must_rescreen(const exchange::View& view) {
  const std::shared_ptr<Kept> own = kept(view.reader());
  const release::World& now = view.world();
  const bool is_same = own->rescreened && own->rescreened->end() == now.end() &&
                       &own->rescreened->entries() == &now.entries();
  own->rescreened = now;
  if (is_same) return false;
  exchange::Query query;
  query.types = {std::string(kScreeningType)};
  const bool has_screened =
      std::ranges::any_of(view.page(query).positions, [&](store::Position position) {
        return view.entry(position).submitter == view.reader().party;
      });
  if (!has_screened) return false;
  const auto list = names(view);
  const auto decided = decisions(view);
  if (!list || !decided) return false;
  const bool is_other = own->screened_list != *list || own->screened_decisions != *decided;
  own->screened_list = *list;
  own->screened_decisions = *decided;
  return is_other;
}

void Supervision::refresh() {
  const auto state = node_.state();
  for (const release::Party& party : state->directory->parties()) {
    const exchange::Principal who{party.number, release::Role::kContributor, {}, {}};
    // What cannot be recorded now is tried again with the next change.
    if (must_rescreen(node_.view(who)))
      (void)rescreen(who, [](std::string_view) -> const std::string* { return nullptr; });
  }
}

Result<WritingParameters> writing_parameters(const exchange::View& view, const Parameters& find) {
  WritingParameters out;
  out.is_dry = TRY(flag_of(find, "dry_run"));
  if (find("marking") != nullptr) {
    auto markings = TRY(list_of(find, "marking"));
    for (const std::string& one : markings) {
      if (!stix::is_identifier(one) || stix::type_of(one) != "marking-definition")
        return fail(Code::kInvalid, "marking is a list of ids of marking definitions");
    }
    out.markings = std::move(markings);
  }
  const std::string* const name = find("collection");
  if (name == nullptr) return out;
  const release::Collection* const collection = view.collection(*name);
  if (collection == nullptr) return fail(Code::kNotFound, "no such collection");
  if (!view.may_write(*collection))
    return fail(Code::kForbidden, "this collection is not yours to write");
  out.collection = collection->number;
  return out;
}

Result<bool> flag_of(const Parameters& find, std::string_view name) {
  const std::string* const value = find(name);
  if (value == nullptr || *value == "false") return false;
  if (*value == "true") return true;
  return fail(Code::kInvalid, fmt::format("{} is true or false", name));
}

Result<double> number_of(const Parameters& find, std::string_view name, double absent, double low,
                         double high) {
  const std::string* const text = find(name);
  if (text == nullptr) return absent;
  double value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  const bool is_read = error == std::errc() && end == text->data() + text->size();
  if (is_read && value >= low && value <= high) return value;
  return fail(Code::kInvalid, fmt::format("{} is a number from {} to {}", name, low, high));
}

Result<int64_t> whole_of(const Parameters& find, std::string_view name, int64_t absent,
                         int64_t high) {
  const std::string* const text = find(name);
  if (text == nullptr) return absent;
  const auto value = parse_decimal(*text);
  if (value && *value > 0 && *value <= static_cast<uint64_t>(high))
    return static_cast<int64_t>(*value);
  return fail(Code::kInvalid, fmt::format("{} is a whole number from 1 to {}", name, high));
}

Result<std::vector<std::string>> list_of(const Parameters& find, std::string_view name) {
  std::vector<std::string> out;
  const std::string* const text = find(name);
  if (text == nullptr) return out;
  for (const std::string_view one : split(*text, ',')) {
    if (trim(one).empty()) return fail(Code::kInvalid, fmt::format("{} has an empty value", name));
    out.emplace_back(trim(one));
  }
  if (out.size() > limits::kValuesMax)
    return fail(Code::kInvalid,
                fmt::format("{} has more than {} values", name, limits::kValuesMax));
  return out;
}

}  // namespace entente::supervision
