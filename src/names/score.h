// From an alignment and from what else is known to a calibrated probability.
//
// Everything is added up as log-odds: each line of evidence says by how much. More evidence for the
// same never lowers the sum, evidence against never raises it.
#pragma once

#include <string>
#include <vector>

#include "names/align.h"
#include "names/entity.h"

namespace entente::names {

// What an alignment says, in nats, before the prior.
float name_log_odds(const Alignment& alignment, Kind kind);

// One line of what speaks for or against.
struct Evidence {
  std::string what;  // "name", "birth_date", "country", "identifier", "gender", "kind"
  std::string left, right;
  std::string how;  // in words
  float log_odds = 0;
};

struct Facts {
  Kind kind = Kind::kAny;
  Gender gender = Gender::kUnknown;
  std::vector<PartialDate> birth_dates;
  std::vector<std::string> countries;
  std::vector<Identifier> identifiers;
};

// The sum over the facts; appends a line for each that says something if `lines` is not null.
float fact_log_odds(const Facts& left, const Facts& right, std::vector<Evidence>* lines);

// The probability that both are one, given all log-odds and how many candidates there were.
double probability(double log_odds, double candidates);
// For explanations: what the number of candidates takes off.
double prior_log_odds(double candidates);

}  // namespace entente::names
