// From an alignment and from what else is known to a calibrated probability.
//
// Everything is added up as log-odds: each line of evidence says by how much. More evidence for the
// same never lowers the sum, evidence against never raises it.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "names/align.h"
#include "names/entity.h"
#include "names/prose.h"

namespace entente::names {

// What an alignment is judged by; each feature is symmetric in its sides.
inline constexpr size_t kFeatures = 12;
using Features = std::array<float, kFeatures>;
Features features_of(const Alignment& alignment);

// Errors come in otherwise where scripts differ: names are judged by the weights of their class.
enum class NameClass : uint8_t {
  kPersonOneScript,
  kPersonTwoScripts,  // alphabets: Cyrillic, Greek and others
  kPersonConsonants,  // Arabic, Hebrew: most vowels are not written
  kPersonSyllables,   // Kana, readings of Chinese characters
  kPersonHangul,
  kPersonForeign,  // Chinese characters that spell a foreign name
  kPersonFar,      // two writings, neither Latin
  kOtherOneScript,
  kOtherTwoScripts,
  kOtherCharacters,  // Chinese characters compared as such
};
inline constexpr size_t kNameClasses = 10;
NameClass class_of(const Alignment& alignment, Kind kind);

// What a nat of rarity is worth in the prior; of persons, of others.
inline constexpr double kPersonPrior = 0.42, kOtherPrior = 0.35;

// What an alignment says, in nats, before the prior.
float name_log_odds(const Alignment& alignment, Kind kind);

// The most that name_log_odds can be where the information matched less the deficit is `sum`.
float name_bound(float sum, Kind kind);

// As what two names are judged: as persons' unless one is known not to be.
inline Kind judged_as(Kind left, Kind right) {
  const bool is_person = (left == Kind::kAny || left == Kind::kPerson) &&
                         (right == Kind::kAny || right == Kind::kPerson);
  return is_person ? Kind::kPerson : Kind::kOrganization;
}

// One line of what speaks for or against.
struct Evidence {
  std::string what;  // "word", "name", "birth_date", "country", "identifier", "gender", "kind"
  std::string left, right;
  std::vector<Saying> sayings;
  float log_odds = 0;
  std::string how() const { return said(sayings, Language::kEnglish); }
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

// What it takes off that the match was picked out of so many.
double prior_log_odds(double candidates, Kind kind);
double probability(double log_odds);

}  // namespace entente::names
