// Why a score is what it is: lines of evidence, and a paragraph for the file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "names/align.h"
#include "names/analyse.h"
#include "names/score.h"

namespace entente::names {

class NameList;
struct Match;

// Appends a line for each pair of words, and one for the name as a whole; their log-odds add up to
// `log_odds`.
void explain_names(const Form& left, const Form& right, const Alignment& alignment, float log_odds,
                   std::vector<Evidence>* lines);

// The readings and the alignment that a match rests on.
struct Reasoning {
  bool is_found = false;
  Form left, right;
  Alignment alignment;
  float log_odds = 0;
};
Reasoning reason(const NameList& list, const Entity& query, const Match& match);

// All lines for a match of a search: names and facts.
std::vector<Evidence> explain_match(const NameList& list, const Entity& query, const Match& match);

// Prose of the evidence and the score.
std::string paragraph(std::string_view left_name, std::string_view right_name, double score,
                      const std::vector<Evidence>& lines, Language language = Language::kEnglish);

// In which language a query is filed, by its script: Chinese characters are Japanese where they were read so, and
// traditional where one of them is. English for scripts without prose.
Language language_of(std::string_view query_name, const std::vector<Evidence>& lines);

}  // namespace entente::names
