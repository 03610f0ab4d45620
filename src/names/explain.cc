// Words of the alignment are shown as they were written, with their sounds where scripts differ.
#include "names/explain.h"

#include <fmt/format.h>

#include <cmath>

#include "names/list.h"

namespace entente::names {
namespace {

std::string words_at(const Form& form, uint8_t first, uint8_t count) {
  std::string out;
  for (uint8_t slot = first; slot < first + count; ++slot) {
    for (const Word& word : form.words) {
      if (word.slot != slot) continue;
      if (!out.empty()) out += ' ';
      out += word.surface;
      break;
    }
  }
  return out;
}

std::string how_linked(const Pair& pair, const Form& left) {
  switch (pair.link) {
    case Link::kSame:
      return "same word";
    case Link::kInitial:
      return "initial";
    case Link::kJoined:
      return "written together";
    case Link::kMeaning:
      for (const Word& word : left.words) {
        if (word.slot == pair.left && word.meaning != 0)
          return fmt::format("both mean \"{}\"", meaning_word(word.meaning));
      }
      return "same meaning";
    case Link::kSpelling:
      break;
  }
  if (pair.left_writing == pair.right_writing)
    return pair.deficit == 0 ? "same sounds" : "similar sounds";
  return fmt::format("{} and {}, {} sounds", name_of(pair.left_writing),
                     name_of(pair.right_writing), pair.deficit < 1 ? "same" : "similar");
}

}  // namespace

void explain_names(const Form& left, const Form& right, const Alignment& alignment, float log_odds,
                   std::vector<Evidence>* lines) {
  float shown = 0;
  for (const Pair& pair : alignment.pairs) {
    const float one = pair.information - pair.deficit;
    lines->push_back({"word", words_at(left, pair.left, pair.left_slots),
                      words_at(right, pair.right, pair.right_slots), how_linked(pair, left), one});
    shown += one;
  }
  const size_t missing = alignment.left_missing_words + alignment.right_missing_words;
  std::string how = missing == 0 ? "the name as a whole"
                                 : fmt::format("{} of its words without a counterpart", missing);
  if (alignment.is_reordered) how += ", in another order";
  for (const Form* form : {&left, &right}) {
    if (form->reading != Reading::kAsWritten) how += fmt::format(", {}", name_of(form->reading));
  }
  lines->push_back({"name", "", "", how, log_odds - shown});
}

Reasoning reason(const NameList& list, const Entity& query, const Match& match) {
  const std::string_view left_name = query.names[match.query_name].text,
                         right_name = list.name_text(match.name);
  const auto units_of = [&](const Form& form) {
    std::vector<Unit> units;
    for (const Word& word : form.words)
      units.push_back({word.sound, list.information_of(word), word.meaning, word.writing, word.role,
                       word.slot});
    return units;
  };
  const std::vector<Form> lefts = query_forms(left_name, query.kind);
  const std::vector<Form> rights = list_forms(right_name, list.kind(match.entity));
  Reasoning best;
  Alignment alignment;
  for (const Form& a : lefts) {
    const std::vector<Unit> a_units = units_of(a);
    for (const Form& b : rights) {
      const std::vector<Unit> b_units = units_of(b);
      align({a_units, a.slots}, {b_units, b.slots}, &alignment);
      const float one = name_log_odds(alignment, judged_as(query.kind, list.kind(match.entity))) +
                        reading_log_odds(a.reading) + reading_log_odds(b.reading);
      if (best.is_found && one <= best.log_odds) continue;
      best = {true, a, b, alignment, one};
    }
  }
  return best;
}

std::vector<Evidence> explain_match(const NameList& list, const Entity& query, const Match& match) {
  // The search kept the score alone: its best pair of readings is found again.
  const Reasoning best = reason(list, query, match);
  std::vector<Evidence> lines;
  if (best.is_found) explain_names(best.left, best.right, best.alignment, best.log_odds, &lines);
  fact_log_odds({query.kind, query.gender, query.birth_dates, query.countries, query.identifiers},
                list.facts(match.entity), &lines);
  return lines;
}

std::string paragraph(std::string_view left_name, std::string_view right_name, double score,
                      const std::vector<Evidence>& lines) {
  std::string out = fmt::format("\"{}\" and \"{}\" are one with a probability of {:.3f}.",
                                left_name, right_name, score);
  std::string against;
  for (const Evidence& line : lines) {
    std::string text;
    if (line.left.empty() && line.right.empty()) {
      text = line.how;
    } else {
      text = fmt::format("\"{}\" and \"{}\" ({})", line.left, line.right, line.how);
    }
    std::string& target = line.log_odds >= 0 ? out : against;
    if (line.log_odds >= 0 && &line == &lines.front()) out += " For it speak:";
    target += fmt::format(" {} {} [{:+.1f}];", line.what == "word" ? "the words" : line.what, text,
                          line.log_odds);
  }
  if (!out.empty() && out.back() == ';') out.back() = '.';
  if (!against.empty()) {
    against.back() = '.';
    out += " Against it:" + against;
  }
  return out + " Figures in brackets are natural logarithms of odds.";
}

}  // namespace entente::names
