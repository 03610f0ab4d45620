// Words of the alignment are shown as they were written, with their sounds where scripts differ.
#include "names/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "names/list.h"
#include "names/unicode.h"

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

Term term_of(Writing writing) {
  static_assert(static_cast<int>(Term::kCharacters) - static_cast<int>(Term::kLatin) ==
                static_cast<int>(Writing::kHanText));
  return static_cast<Term>(static_cast<int>(Term::kLatin) + static_cast<int>(writing));
}

std::optional<Term> term_of(Reading reading) {
  switch (reading) {
    case Reading::kMandarin:
      return Term::kReadInChineseOrKorean;
    case Reading::kJapanese:
      return Term::kReadInJapanese;
    case Reading::kForeign:
      return Term::kReadAsForeign;
    case Reading::kSplit:
      return Term::kCutInTwo;
    case Reading::kCharacters:
      return Term::kComparedByCharacters;
    case Reading::kAsWritten:
      break;
  }
  return std::nullopt;
}

Saying how_linked(const Pair& pair, const Form& left) {
  switch (pair.link) {
    case Link::kSame:
      return {Term::kSameWord, {}, {}};
    case Link::kInitial:
      return {Term::kInitial, {}, {}};
    case Link::kJoined:
      return {Term::kJoined, {}, {}};
    case Link::kMeaning:
      for (const Word& word : left.words) {
        if (word.slot == pair.left && word.meaning != 0)
          return {Term::kBothMean, {}, {std::string(meaning_word(word.meaning))}};
      }
      return {Term::kSameMeaning, {}, {}};
    case Link::kSpelling:
      break;
  }
  if (pair.left_writing == pair.right_writing)
    return {pair.deficit == 0 ? Term::kSameSounds : Term::kSimilarSounds, {}, {}};
  return {pair.deficit < 1 ? Term::kTwoWritingsSame : Term::kTwoWritingsSimilar,
          {term_of(pair.left_writing), term_of(pair.right_writing)},
          {}};
}

// What a line is about, for those that do not say it themselves.
std::optional<Term> about(std::string_view what) {
  if (what == "word") return Term::kAboutWords;
  if (what == "birth_date") return Term::kAboutBirthDate;
  if (what == "country") return Term::kAboutCountry;
  if (what == "identifier") return Term::kAboutIdentifier;
  if (what == "gender") return Term::kAboutGender;
  if (what == "kind") return Term::kAboutKind;
  return std::nullopt;
}

std::string said_alone(Term term, Language language) {
  return said(Saying{term, {}, {}}, language);
}

}  // namespace

void explain_names(const Form& left, const Form& right, const Alignment& alignment, float log_odds,
                   std::vector<Evidence>* lines) {
  float shown = 0;
  for (const Pair& pair : alignment.pairs) {
    const float one = pair.information - pair.deficit;
    lines->push_back({"word",
                      words_at(left, pair.left, pair.left_slots),
                      words_at(right, pair.right, pair.right_slots),
                      {how_linked(pair, left)},
                      one});
    shown += one;
  }
  const int missing = alignment.left_missing_words + alignment.right_missing_words;
  std::vector<Saying> how(1);
  how[0].term = missing == 0 ? Term::kWholeName : Term::kWithoutCounterpart;
  if (missing > 0) how[0].texts.push_back(std::to_string(missing));
  if (alignment.is_reordered) how.push_back({Term::kOtherOrder, {}, {}});
  for (const Form* form : {&left, &right}) {
    if (const auto term = term_of(form->reading)) how.push_back({*term, {}, {}});
  }
  lines->push_back({"name", "", "", std::move(how), log_odds - shown});
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
                      const std::vector<Evidence>& lines, Language language) {
  std::string speaks_for, against;
  for (const Evidence& line : lines) {
    std::string text = said(line.sayings, language);
    if (!line.left.empty() || !line.right.empty())
      text = said({Term::kPair, {}, {line.left, line.right, std::move(text)}}, language);
    if (const auto subject = about(line.what)) text = said_alone(*subject, language) + " " + text;
    (line.log_odds >= 0 ? speaks_for : against) +=
        fmt::format(" {} [{:+.1f}];", text, line.log_odds);
  }
  std::string out =
      said({Term::kVerdict,
            {},
            {std::string(left_name), std::string(right_name), fmt::format("{:.3f}", score)}},
           language);
  for (auto& [term, list] :
       {std::pair(Term::kFor, speaks_for), std::pair(Term::kAgainst, against)}) {
    if (list.empty()) continue;
    out += said_alone(term, language) + list;
    out.back() = '.';
  }
  return out + said_alone(Term::kFigures, language);
}

Language language_of(std::string_view query_name, const std::vector<Evidence>& lines) {
  const bool is_japanese = std::ranges::any_of(lines, [](const Evidence& line) {
    return std::ranges::any_of(line.sayings,
                               [](const Saying& one) { return one.term == Term::kReadInJapanese; });
  });
  Language found = Language::kEnglish;
  for (const char32_t c : fold(query_name, kNameCharactersMax)) {
    switch (script_of(c)) {
      case Script::kKana:
        return Language::kJapanese;
      case Script::kHangul:
        return Language::kKorean;
      case Script::kCyrillic:
        return Language::kRussian;
      case Script::kArabic:
        return Language::kArabic;
      case Script::kHebrew:
        return Language::kHebrew;
      case Script::kGreek:
        return Language::kGreek;
      case Script::kHan:
        if (is_japanese) return Language::kJapanese;
        if (simplified(c) != c) return Language::kChineseTraditional;
        found = Language::kChineseSimplified;
        break;
      default:
        break;
    }
  }
  return found;
}

}  // namespace entente::names
