// Fits the weights of src/names/score.cc: logistic regression of "is the entity meant" on the features of the best matches of
// the training half, the classes of names apart, every set with the same weight (Latin sets with more). Prints
// a row of weights for each class.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "names/explain.h"
#include "names/list.h"
#include "run.h"
#include "sets.h"

namespace entente::bench {
namespace {

constexpr int kSteps = 4'000;
constexpr size_t kCandidates = 4;
constexpr double kLatinShare = 4;

struct Example {
  names::Features features;
  bool is_right = false;
  double weight = 1;
};

using Weights = std::array<double, names::kFeatures>;

// What must hold whatever the sets say: evidence for never counts against, and the order of words, which the sets keep more
// often than writers do, has a weight of its own.
void constrain(Weights& weights) {
  weights[0] = std::max(weights[0], 0.1);
  weights[1] = std::clamp(weights[1], 0.0, weights[0]);
  for (const size_t i : {2, 3, 4, 5, 6, 7, 9}) weights[i] = std::min(weights[i], 0.0);
  weights[8] = -0.5;
  weights[10] = std::max(weights[10], 0.0);
}

Weights fit_weights(const std::vector<Example>& examples, double prior) {
  Weights weights{};
  Weights squares{};
  squares.fill(1e-6);
  weights[0] = 0.5;
  double total = 0;
  for (const Example& one : examples) total += one.weight;
  for (int step = 0; step < kSteps; ++step) {
    Weights slope{};
    for (const Example& one : examples) {
      double sum = prior;
      for (size_t i = 0; i < weights.size(); ++i)
        sum += weights[i] * static_cast<double>(one.features[i]);
      const double error = (one.is_right ? 1.0 : 0.0) - 1 / (1 + std::exp(-sum));
      for (size_t i = 0; i < weights.size(); ++i)
        slope[i] += one.weight * error * static_cast<double>(one.features[i]);
    }
    for (size_t i = 0; i < weights.size(); ++i) {
      const double one = slope[i] / total - 1e-4 * weights[i];
      squares[i] = 0.99 * squares[i] + 0.01 * one * one;
      weights[i] += 0.02 * one / std::sqrt(squares[i]) * (step < kSteps / 2 ? 1 : 0.1);
    }
    constrain(weights);
  }
  return weights;
}

}  // namespace

int fit(const NamesArguments& arguments) {
  const Sets sets = make_sets(arguments.data, Half::kTrain);
  names::ListBuilder builder;
  for (const names::Entity& one : sets.list) {
    if (!builder.add(one)) return 2;
  }
  const names::NameList list = builder.finish();
  names::Searcher searcher(list);
  std::map<std::string, size_t> sizes;
  for (const Case& one : sets.cases) ++sizes[one.set];
  std::map<names::NameClass, std::vector<Example>> examples;
  std::map<std::string, size_t> used;
  for (const Case& one : sets.cases) {
    if (used[one.set]++ >= 700) continue;
    // Most names of most lists are in Latin letters.
    const double share = one.set.starts_with("latin") ? kLatinShare : 1.0;
    for (const names::Match& match :
         searcher.search(one.query, {.limit = kCandidates, .threshold = 0})) {
      const names::Reasoning found = names::reason(list, one.query, match);
      if (!found.is_found) continue;
      const names::Kind judged = names::judged_as(one.query.kind, list.kind(match.entity));
      examples[names::class_of(found.alignment, judged)].push_back(
          {names::features_of(found.alignment), list.entity_id(match.entity) == one.expected,
           share / static_cast<double>(std::min<size_t>(sizes[one.set], 700))});
    }
  }
  for (const auto& [name_class, list_of_examples] : examples) {
    const bool is_person = name_class < names::NameClass::kOtherOneScript;
    const Weights weights = fit_weights(
        list_of_examples,
        names::prior_log_odds(static_cast<double>(list.entities()),
                              is_person ? names::Kind::kPerson : names::Kind::kOrganization));
    fmt::print("// class {}: {} examples\n    {{", static_cast<int>(name_class),
               list_of_examples.size());
    for (size_t i = 0; i < weights.size(); ++i)
      fmt::print("{}{:.3f}F", i == 0 ? "" : ", ", weights[i]);
    fmt::print("}},\n");
  }
  return 0;
}

}  // namespace entente::bench
