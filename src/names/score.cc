// The weights were fitted by bench_names on its training half (bench/RESULTS.md); weights of facts
// are rounded from how often such facts agree by chance.
#include "names/score.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "base/text.h"

namespace entente::names {
namespace {

// In the order of features_of. Of kPersonFar no set has examples: as kPersonForeign, with more to make up for.
constexpr std::array<Features, kNameClasses> kWeights = {
    {{0.597F, 0.219F, -0.810F, 0.000F, -3.922F, -0.019F, -0.629F, -0.105F, -0.500F, -0.055F, 0.000F,
      -2.017F},
     {0.849F, 0.696F, -0.674F, -0.507F, -2.811F, -0.137F, 0.000F, -0.151F, -0.500F, -0.167F, 0.000F,
      -2.775F},
     {0.629F, 0.198F, -0.616F, -0.211F, -1.701F, -0.320F, 0.000F, -0.262F, -0.500F, -1.615F, 0.490F,
      -1.020F},
     {0.479F, 0.479F, -0.453F, -0.397F, -1.759F, -0.132F, -0.676F, -0.395F, -0.500F, 0.000F, 0.002F,
      -0.778F},
     {0.625F, 0.625F, -0.794F, -0.033F, 0.000F, -0.116F, -2.152F, -0.291F, -0.500F, -0.008F, 0.001F,
      -2.725F},
     {0.677F, 0.677F, -0.866F, -0.054F, -1.929F, -0.134F, -1.228F, -0.327F, -0.500F, -0.081F,
      0.002F, -1.600F},
     {0.650F, 0.650F, -0.845F, -0.041F, -1.600F, -0.162F, -1.177F, -0.303F, -0.500F, -0.088F,
      0.002F, -3.500F},
     {0.312F, 0.094F, -0.303F, 0.000F, -1.895F, -0.041F, -0.601F, 0.000F, -0.500F, -0.542F, 2.326F,
      -2.181F},
     {0.623F, 0.353F, 0.000F, -1.822F, 0.000F, -0.131F, -0.261F, -0.162F, -0.500F, 0.000F, 2.209F,
      -4.234F},
     {0.744F, 0.205F, -1.113F, -0.349F, -4.047F, -0.138F, 0.000F, -0.129F, -0.500F, -3.924F, 0.000F,
      -1.804F}}};
constexpr float kMatchedFull = 14.0F;  // beyond that, further words say less

constexpr float kSameDate = 6.0F, kSwappedDate = 3.0F, kSameMonth = 3.5F, kSameYear = 2.5F;
constexpr float kNearYear = 0.0F, kOtherDay = -1.5F, kOtherYear = -4.5F;
constexpr float kSameCountry = 1.2F, kOtherCountry = -1.2F;
constexpr float kSameIdentifier = 11.0F, kOtherUnique = -5.0F;
constexpr float kSameGender = 0.3F, kOtherGender = -3.0F, kOtherKind = -5.0F;

float date_log_odds(const PartialDate& a, const PartialDate& b) {
  if (a.year == 0 || b.year == 0) return 0;
  if (a.year != b.year) {
    const bool is_vague = a.month == 0 || b.month == 0;
    if (std::abs(a.year - b.year) <= 1) return is_vague ? kNearYear : kOtherDay;
    return kOtherYear;
  }
  if (a.month == 0 || b.month == 0) return kSameYear;
  if (a.day == 0 || b.day == 0) return a.month == b.month ? kSameMonth : kOtherDay;
  if (a.month == b.month && a.day == b.day) return kSameDate;
  if (a.month == b.day && a.day == b.month) return kSwappedDate;
  return kOtherDay;
}

void note(std::vector<Evidence>* lines, std::string_view what, std::string left, std::string right,
          Term how, float log_odds) {
  if (lines == nullptr || log_odds == 0) return;
  lines->push_back(
      {std::string(what), std::move(left), std::move(right), {Saying{how, {}, {}}}, log_odds});
}

float dates(const Facts& left, const Facts& right, std::vector<Evidence>* lines) {
  float best = -100;
  const PartialDate *a_best = nullptr, *b_best = nullptr;
  for (const PartialDate& a : left.birth_dates) {
    for (const PartialDate& b : right.birth_dates) {
      const float one = date_log_odds(a, b);
      if (one <= best) continue;
      best = one;
      a_best = &a;
      b_best = &b;
    }
  }
  if (a_best == nullptr) return 0;
  const Term how = best == kSameDate      ? Term::kSameDate
                   : best == kSwappedDate ? Term::kDayAndMonthSwapped
                   : best == kSameMonth   ? Term::kSameMonth
                   : best == kSameYear    ? Term::kSameYear
                   : best == kOtherYear   ? Term::kYearsApart
                                          : Term::kDifferentDates;
  note(lines, "birth_date", date_text(*a_best), date_text(*b_best), how, best);
  return best;
}

float countries(const Facts& left, const Facts& right, std::vector<Evidence>* lines) {
  if (left.countries.empty() || right.countries.empty()) return 0;
  for (const std::string& one : left.countries) {
    if (std::ranges::find(right.countries, one) == right.countries.end()) continue;
    note(lines, "country", one, one, Term::kSameCountry, kSameCountry);
    return kSameCountry;
  }
  note(lines, "country", left.countries.front(), right.countries.front(), Term::kNoCountryInCommon,
       kOtherCountry);
  return kOtherCountry;
}

std::string plain_identifier(std::string_view value) {
  std::string out;
  for (const char c : value) {
    const bool is_digit = c >= '0' && c <= '9', is_lower = c >= 'a' && c <= 'z',
               is_upper = c >= 'A' && c <= 'Z';
    if (is_digit || is_upper || static_cast<unsigned char>(c) >= 0x80) out += c;
    if (is_lower) out += static_cast<char>(c - 'a' + 'A');
  }
  if (out.starts_with("IMO") && out.size() == 10) out.erase(0, 3);
  return out;
}

// One entity has one of these.
bool is_unique(std::string_view type) {
  const std::string word = to_lower_ascii(type);
  return word.find("lei") != std::string::npos || word.find("imo") != std::string::npos;
}

float identifiers(const Facts& left, const Facts& right, std::vector<Evidence>* lines) {
  float found = 0;
  for (const Identifier& a : left.identifiers) {
    for (const Identifier& b : right.identifiers) {
      const std::string x = plain_identifier(a.value), y = plain_identifier(b.value);
      if (x.size() < 4 || y.size() < 4) continue;
      if (x == y) {
        note(lines, "identifier", a.value, b.value, Term::kSameIdentifier, kSameIdentifier);
        return kSameIdentifier;
      }
      if (is_unique(a.type) && equal_ignoring_case(a.type, b.type)) found = kOtherUnique;
    }
  }
  note(lines, "identifier", "", "", Term::kDifferentIdentifiers, found);
  return found;
}

}  // namespace

Features features_of(const Alignment& alignment) {
  const auto [fewer, more] =
      std::minmax(alignment.left_missing_weight, alignment.right_missing_weight);
  const float both = std::min(alignment.left_missing, alignment.right_missing);
  const float extra = std::max(alignment.left_missing, alignment.right_missing) - both;
  float worst = 0;
  float initials = 0;
  for (const Pair& pair : alignment.pairs) {
    initials += pair.link == Link::kInitial ? 1.0F : 0.0F;
    worst = std::max(worst, pair.deficit);
  }
  const float all = alignment.matched + (alignment.left_missing + alignment.right_missing) / 2;
  return {std::min(alignment.matched, kMatchedFull),
          std::max(alignment.matched - kMatchedFull, 0.0F),
          alignment.deficit,
          worst,
          fewer,
          both,
          more - fewer,
          extra,
          alignment.is_reordered ? 1.0F : 0.0F,
          initials,
          all > 0 ? alignment.matched / all : 0,
          1.0F};
}

NameClass class_of(const Alignment& alignment, Kind kind) {
  bool crosses = false, is_far = false, is_foreign = false, lacks_vowels = false, is_hangul = false,
       has_syllables = false;
  const auto either = [](const Pair& pair, std::initializer_list<Writing> writings) {
    return std::ranges::any_of(writings, [&](Writing one) {
      return pair.left_writing == one || pair.right_writing == one;
    });
  };
  bool has_characters = false;
  for (const Pair& pair : alignment.pairs) {
    has_characters = has_characters || either(pair, {Writing::kHanText});
    if (pair.left_writing == pair.right_writing) continue;
    crosses = true;
    is_far = is_far || !either(pair, {Writing::kLatin});
    is_foreign = is_foreign || either(pair, {Writing::kForeignHan});
    lacks_vowels = lacks_vowels || either(pair, {Writing::kArabic, Writing::kHebrew});
    is_hangul = is_hangul || either(pair, {Writing::kHangul});
    has_syllables = has_syllables || either(pair, {Writing::kKana, Writing::kPinyin});
  }
  if (kind != Kind::kPerson) {
    return has_characters ? NameClass::kOtherCharacters
           : crosses      ? NameClass::kOtherTwoScripts
                          : NameClass::kOtherOneScript;
  }
  return is_far          ? NameClass::kPersonFar
         : is_foreign    ? NameClass::kPersonForeign
         : is_hangul     ? NameClass::kPersonHangul
         : has_syllables ? NameClass::kPersonSyllables
         : lacks_vowels  ? NameClass::kPersonConsonants
         : crosses       ? NameClass::kPersonTwoScripts
                         : NameClass::kPersonOneScript;
}

float name_log_odds(const Alignment& alignment, Kind kind) {
  const Features features = features_of(alignment);
  const Features& weights = kWeights[static_cast<size_t>(class_of(alignment, kind))];
  float sum = 0;
  for (size_t i = 0; i < kFeatures; ++i) sum += weights[i] * features[i];
  return sum;
}

float name_bound(float sum, Kind kind) {
  const bool is_person = kind == Kind::kPerson;
  const size_t first = is_person ? 0 : static_cast<size_t>(NameClass::kOtherOneScript);
  const size_t end = is_person ? static_cast<size_t>(NameClass::kOtherOneScript) : kNameClasses;
  float most = -1e9F;
  for (size_t i = first; i < end; ++i) {
    const Features& weights = kWeights[i];
    const float matched =
        weights[0] * std::min(sum, kMatchedFull) + weights[1] * std::max(sum - kMatchedFull, 0.0F);
    most = std::max(most, matched + weights[10] + weights[11]);
  }
  return most;
}

float fact_log_odds(const Facts& left, const Facts& right, std::vector<Evidence>* lines) {
  float sum =
      dates(left, right, lines) + countries(left, right, lines) + identifiers(left, right, lines);
  if (left.gender != Gender::kUnknown && right.gender != Gender::kUnknown) {
    const float one = left.gender == right.gender ? kSameGender : kOtherGender;
    note(lines, "gender", "", "", one > 0 ? Term::kSameGender : Term::kDifferentGender, one);
    sum += one;
  }
  if (left.kind != Kind::kAny && right.kind != Kind::kAny && left.kind != right.kind) {
    note(lines, "kind", std::string(name_of(left.kind)), std::string(name_of(right.kind)),
         Term::kDifferentKinds, kOtherKind);
    sum += kOtherKind;
  }
  return sum;
}

double prior_log_odds(double candidates, Kind kind) {
  return -(kind == Kind::kPerson ? kPersonPrior : kOtherPrior) *
         std::log(std::max(candidates, 1.0));
}

double probability(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

}  // namespace entente::names
