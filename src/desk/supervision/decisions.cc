// Of several objects of one party about one pair the newest version counts, whatever ids they have.
#include "desk/supervision/decisions.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "desk/supervision/limits.h"
#include "desk/supervision/objects.h"
#include "stix/stix.h"
#include "stix/timestamp.h"

namespace entente::supervision {
namespace {

constexpr std::pair<std::string_view, Verdict> kVerdicts[] = {
    {"same", Verdict::kSame}, {"not-same", Verdict::kNotSame}, {"unsure", Verdict::kUnsure}};

bool is_newer(std::string_view a, std::string_view b) {
  const auto x = stix::parse_timestamp(a), y = stix::parse_timestamp(b);
  return x && (!y || stix::compare(*x, *y) > 0);
}

// The two ids that the object is about, if it is about two.
std::optional<Pair> parties_of(json::Value object) {
  const auto refs = object.find("party_refs");
  if (!refs || refs->size() != 2) return std::nullopt;
  std::vector<std::string> ids;
  for (const json::Value one : refs->elements()) {
    const std::string id = one.is_string() ? one.text() : std::string();
    if (!stix::is_identifier(id)) return std::nullopt;
    ids.push_back(id);
  }
  if (ids[0] == ids[1]) return std::nullopt;
  return pair_of(ids[0], ids[1]);
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  for (const auto& [name, value] : kVerdicts) {
    if (value == verdict) return name;
  }
  return "unsure";
}

std::optional<Verdict> verdict_from(std::string_view name) {
  for (const auto& [known, value] : kVerdicts) {
    if (known == name) return value;
  }
  return std::nullopt;
}

Pair pair_of(std::string_view a, std::string_view b) { return a < b ? Pair{a, b} : Pair{b, a}; }

const std::vector<std::string>& WorldDecisions::types() {
  static const std::vector<std::string> kTypes{std::string(kDecisionType)};
  return kTypes;
}

Result<std::shared_ptr<const WorldDecisions>> WorldDecisions::make(const exchange::View& view,
                                                                   const Contents& contents) {
  auto made = std::make_shared<WorldDecisions>();
  made->reader_ = view.reader().party;
  each_object(view, contents.positions, [&](store::Position position, json::Value object) {
    const auto pair = parties_of(object);
    const auto verdict = verdict_from(text_of(object, "decision"));
    if (!pair || !verdict) return;
    Decision one;
    one.parties = *pair;
    one.by = view.entry(position).submitter;
    one.code = view.state().directory->party(one.by)->code;
    one.id = text_of(object, "id");
    one.at = text_of(object, "modified");
    one.reason = text_of(object, "reason");
    one.verdict = *verdict;
    auto& of_pair = made->decisions_[*pair];
    const auto known = of_pair.find(one.code);
    if (known != of_pair.end() && !is_newer(one.at, known->second.at)) return;
    of_pair.insert_or_assign(one.code, std::move(one));
  });
  for (const auto& [pair, decisions] : made->decisions_) {
    made->counterparts_[pair.first].push_back(pair.second);
    made->counterparts_[pair.second].push_back(pair.first);
  }
  return std::shared_ptr<const WorldDecisions>(std::move(made));
}

std::vector<const Decision*> WorldDecisions::about(const Pair& pair) const {
  std::vector<const Decision*> out;
  const auto found = decisions_.find(pair);
  if (found == decisions_.end()) return out;
  for (const auto& [code, one] : found->second) out.push_back(&one);
  return out;
}

std::vector<std::string> WorldDecisions::counterparts(std::string_view id) const {
  const auto found = counterparts_.find(id);
  return found == counterparts_.end() ? std::vector<std::string>() : found->second;
}

const Decision* WorldDecisions::own(const Pair& pair) const {
  for (const Decision* one : about(pair)) {
    if (one->by == reader_) return one;
  }
  return nullptr;
}

std::optional<Verdict> WorldDecisions::verdict(const Pair& pair, bool* differ) const {
  const std::vector<const Decision*> all = about(pair);
  if (all.empty()) return std::nullopt;
  const bool agree = std::ranges::all_of(
      all, [&](const Decision* one) { return one->verdict == all.front()->verdict; });
  if (differ != nullptr) *differ = !agree;
  if (const Decision* mine = own(pair)) return mine->verdict;
  return agree ? all.front()->verdict : Verdict::kUnsure;
}

std::vector<std::string> WorldDecisions::cluster(std::string_view id) const {
  std::set<std::string, std::less<>> members{std::string(id)};
  std::vector<std::string> open{std::string(id)};
  while (!open.empty() && members.size() < limits::kClusterMax) {
    const std::string one = std::move(open.back());
    open.pop_back();
    for (const std::string& other : counterparts(one)) {
      if (members.size() >= limits::kClusterMax) break;
      if (verdict(pair_of(one, other)) == Verdict::kSame && members.insert(other).second)
        open.push_back(other);
    }
  }
  return {members.begin(), members.end()};
}

std::string decision_id(std::string_view code, const Pair& pair, uint32_t ordinal) {
  return made_id(kDecisionType,
                 fmt::format("{}\n{}\n{}\n{}", code, pair.first, pair.second, ordinal));
}

std::string to_json(const Decision& decision) {
  std::string out =
      fmt::format(R"({{"decision":"{}","party":{},"at":{})", name_of(decision.verdict),
                  json_quote(decision.code), json_quote(decision.at));
  if (!decision.reason.empty()) out += ",\"reason\":" + json_quote(decision.reason);
  return out + "}";
}

}  // namespace entente::supervision
