// An answer is another if an entity is among its matches that was not, or the other way round, or if a
// score has moved by kScoreMoved: a list's frequencies change with every version, and with them the
// last digits of all scores.
#include "app/names_against.h"

#include <fmt/format.h>

#include <atomic>
#include <cmath>
#include <cstdio>
#include <map>
#include <memory>

#include "app/commands.h"
#include "app/json_text.h"
#include "app/names_answers.h"
#include "app/names_batch.h"
#include "names/delta.h"

namespace entente::app {
namespace {

constexpr double kScoreMoved = 0.05;

// Both lists' searchers, of one thread.
struct Both {
  Both(const names::NameList& list, const names::NameList& before) : now(list), then(before) {}
  names::Searcher now, then;
};

// Empty if nothing is other.
std::string difference(const CommandLine& line, const names::NameList& list,
                       const names::NameList& before, Both& both, const names::Entity& query,
                       std::string_view id) {
  const names::SearchOptions options{line.screening.limit, line.screening.threshold};
  const std::vector<names::Match> now = both.now.search(query, options),
                                  then = both.then.search(query, options);
  std::map<std::string_view, const names::Match*> known;
  for (const names::Match& match : then) known[before.entity_id(match.entity)] = &match;
  std::vector<names::Match> came, went;
  JsonList moved;
  bool has_moved = false;
  for (const names::Match& match : now) {
    const auto it = known.find(list.entity_id(match.entity));
    if (it == known.end()) {
      came.push_back(match);
      continue;
    }
    if (std::abs(it->second->score - match.score) >= kScoreMoved) {
      has_moved = true;
      moved.add_raw(JsonObject()
                        .add("entity", list.entity_id(match.entity))
                        .add_raw("score", fmt::format("{}", match.score))
                        .add_raw("score_before", fmt::format("{}", it->second->score))
                        .add("name", list.name_text(match.name))
                        .text());
    }
    known.erase(it);
  }
  for (const names::Match& match : then) {
    const auto it = known.find(before.entity_id(match.entity));
    if (it != known.end() && it->second == &match) went.push_back(match);
  }
  if (came.empty() && went.empty() && !has_moved) return {};
  const names::Entity* const reasons = line.screening.explain ? &query : nullptr;
  return JsonObject()
      .add_raw("id", id)
      .add_raw("came", matches_json(list, came, reasons))
      .add_raw("went", matches_json(before, went, reasons))
      .add_raw("moved", moved.text())
      .text();
}

Result<int> print_delta(const names::NameList& list, const names::NameList& before) {
  const names::ListDelta delta = names::delta_of(before, list);
  const auto show = [](std::string_view what, const names::NameList& from,
                       const std::vector<uint32_t>& entities) -> Result<void> {
    for (const uint32_t entity : entities)
      TRY(print(JsonObject()
                    .add("change", what)
                    .add("entity", from.entity_id(entity))
                    .add("name", from.caption(entity))
                    .text() +
                "\n"));
    return {};
  };
  TRY(show("came", list, delta.came));
  TRY(show("went", before, delta.went));
  TRY(show("changed", list, delta.changed));
  std::fprintf(stderr, "entente: %zu came, %zu went, %zu changed, %zu are as they were\n",
               delta.came.size(), delta.went.size(), delta.changed.size(), delta.same);
  std::fflush(stdout);
  return delta.came.empty() && delta.went.empty() && delta.changed.empty() ? kExitDone : kExitFound;
}

}  // namespace

Result<int> screen_against(const CommandLine& line, const names::NameList& list,
                           const names::NameList& before) {
  if (line.screening.queries.empty()) return print_delta(list, before);
  std::atomic<bool> is_other = false;
  const bool is_clean = TRY(answer_queries(line.screening.queries, [&]() -> AnswerQuery {
    // Held by the answerer alone; a function must be copyable.
    const auto both = std::make_shared<Both>(list, before);
    return
        [&line, &list, &before, &is_other, both](const names::Entity& query, std::string_view id) {
          std::string text = difference(line, list, before, *both, query, id);
          if (!text.empty()) is_other = true;
          return text;
        };
  }));
  return is_clean && !is_other ? kExitDone : kExitFound;
}

}  // namespace entente::app
