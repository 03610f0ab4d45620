// Fits the weights of src/names/score.cc: logistic regression of "is the entity meant" on the features of the best matches of
// the training half, persons and others apart, every set with the same weight. Prints both rows of weights, scaled so that
// the prior (the logarithm of the number of entities) has the weight of matched information.
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
  for (const size_t i : {2, 3, 4, 5, 6, 7}) weights[i] = std::min(weights[i], 0.0);
  weights[8] = -0.5;
  weights[10] = std::max(weights[10], 0.0);
}

Weights fit_weights(const std::vector<Example>& examples, double candidates) {
  Weights weights{};
  Weights squares{};
  squares.fill(1e-6);
  weights[0] = 0.5;
  double total = 0;
  for (const Example& one : examples) total += one.weight;
  for (int step = 0; step < kSteps; ++step) {
    Weights slope{};
    for (const Example& one : examples) {
      // The prior goes with the weight of matched information.
      double sum = -weights[0] * std::log(candidates);
      for (size_t i = 0; i < weights.size(); ++i)
        sum += weights[i] * static_cast<double>(one.features[i]);
      const double error = (one.is_right ? 1.0 : 0.0) - 1 / (1 + std::exp(-sum));
      for (size_t i = 0; i < weights.size(); ++i)
        slope[i] += one.weight * error *
                    (static_cast<double>(one.features[i]) - (i == 0 ? std::log(candidates) : 0));
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
  std::map<bool, std::vector<Example>> examples;  // by: are persons
  std::map<std::string, size_t> used;
  for (const Case& one : sets.cases) {
    if (one.set.find("alias") != std::string::npos || used[one.set]++ >= 700) continue;
    for (const names::Match& match :
         searcher.search(one.query, {.limit = kCandidates, .threshold = 0})) {
      const names::Reasoning found = names::reason(list, one.query, match);
      if (!found.is_found) continue;
      const bool is_person =
          names::judged_as(one.query.kind, list.kind(match.entity)) == names::Kind::kPerson;
      examples[is_person].push_back(
          {names::features_of(found.alignment), list.entity_id(match.entity) == one.expected,
           1.0 / static_cast<double>(std::min<size_t>(sizes[one.set], 700))});
    }
  }
  for (const auto& [is_person, list_of_examples] : examples) {
    const Weights weights = fit_weights(list_of_examples, static_cast<double>(list.entities()));
    fmt::print("{} ({} examples): {{", is_person ? "persons" : "others", list_of_examples.size());
    for (const double one : weights) fmt::print("{:.3f}F, ", one);
    fmt::print("}}\n");
  }
  return 0;
}

}  // namespace entente::bench
