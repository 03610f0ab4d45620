// Every name of one side with every name of the other, in every reading; the best pair counts, and
// words weigh what the general model says (rarity.h).
#include "names/compare.h"

#include <algorithm>

#include "names/explain.h"
#include "names/list.h"
#include "names/rarity.h"

namespace entente::names {
namespace {

// What a pair to be compared stands for: as if it had been picked out of so many.
constexpr double kCandidates = 100;
constexpr size_t kComparedNamesMax = 64;

struct Prepared {
  size_t name = 0;
  Form form;
  std::vector<Unit> units;
  UnitForm unit_form() const { return {units, form.slots}; }
};

std::vector<Prepared> prepare(const Entity& entity) {
  std::vector<Prepared> out;
  for (size_t i = 0; i < entity.names.size() && i < kComparedNamesMax; ++i) {
    for (Form& form : query_forms(entity.names[i].text, entity.kind)) {
      Prepared one;
      one.name = i;
      one.form = std::move(form);
      out.push_back(std::move(one));
    }
  }
  for (Prepared& one : out) {
    for (const Word& word : one.form.words)
      one.units.push_back({word.sound, general_information(word), word.meaning, word.writing,
                           word.role, word.slot});
  }
  return out;
}

Facts facts_of(const Entity& entity) {
  return {entity.kind, entity.gender, entity.birth_dates, entity.countries, entity.identifiers};
}

}  // namespace

Comparison compare(const Entity& left, const Entity& right) {
  const std::vector<Prepared> lefts = prepare(left), rights = prepare(right);
  const Prepared *a_best = nullptr, *b_best = nullptr;
  float best = 0;
  Alignment alignment, kept;
  for (const Prepared& a : lefts) {
    for (const Prepared& b : rights) {
      align(a.unit_form(), b.unit_form(), &alignment);
      const float one = name_log_odds(alignment, judged_as(left.kind, right.kind)) +
                        reading_log_odds(a.form.reading) + reading_log_odds(b.form.reading) +
                        name_kind_log_odds(left.names[a.name].kind) +
                        name_kind_log_odds(right.names[b.name].kind);
      if (a_best != nullptr && one <= best) continue;
      best = one;
      a_best = &a;
      b_best = &b;
      kept = alignment;
    }
  }
  Comparison out;
  const float facts = fact_log_odds(facts_of(left), facts_of(right), nullptr);
  if (a_best == nullptr) best = -5;
  out.score = probability(static_cast<double>(best + facts) +
                          prior_log_odds(kCandidates, judged_as(left.kind, right.kind)));
  if (a_best != nullptr) explain_names(a_best->form, b_best->form, kept, best, &out.evidence);
  fact_log_odds(facts_of(left), facts_of(right), &out.evidence);
  return out;
}

}  // namespace entente::names
