// For tests of name matching: entities and lists in a line.
#pragma once

#include <string>
#include <vector>

#include "names/list.h"

namespace entente::names {

inline Entity entity(std::string id, Kind kind, std::string name) {
  Entity one;
  one.id = std::move(id);
  one.kind = kind;
  one.names.push_back({std::move(name), NameKind::kPrimary});
  return one;
}

inline NameList list_of(const std::vector<Entity>& entities) {
  ListBuilder builder;
  for (const Entity& one : entities) CHECK(builder.add(one).has_value());
  return builder.finish();
}

// The score of a pair with the words' weights in the list, without its index.
inline double score_in(const NameList& list, const Entity& query, const Entity& other) {
  const auto units_of = [&](const Form& form) {
    std::vector<Unit> units;
    for (const Word& word : form.words)
      units.push_back({word.sound, list.information_of(word), word.meaning, word.writing, word.role,
                       word.slot});
    return units;
  };
  float best = -1e9F;
  Alignment alignment;
  for (const Form& a : query_forms(query.names[0].text, query.kind)) {
    const std::vector<Unit> a_units = units_of(a);
    for (const Form& b : list_forms(other.names[0].text, other.kind)) {
      const std::vector<Unit> b_units = units_of(b);
      align({a_units, a.slots}, {b_units, b.slots}, &alignment);
      if (alignment.pairs_of_words > 0)
        best = std::max(best, name_log_odds(alignment, judged_as(query.kind, other.kind)) +
                                  reading_log_odds(a.reading) + reading_log_odds(b.reading));
    }
  }
  return probability(
      static_cast<double>(best) +
      prior_log_odds(static_cast<double>(list.entities()), judged_as(query.kind, other.kind)));
}

}  // namespace entente::names
