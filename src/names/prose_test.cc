#include "names/prose.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "names/compare.h"
#include "names/explain.h"
#include "names/test_kit.h"

namespace entente::names {
namespace {

size_t places_of(std::string_view text) {
  size_t count = 0;
  for (size_t at = text.find("{}"); at != std::string_view::npos; at = text.find("{}", at + 2))
    ++count;
  return count;
}

Language language_for(const char* name) {
  const Entity asked = entity("a", Kind::kPerson, name),
               other = entity("b", Kind::kPerson, "Yamada Taro");
  return language_of(name, compare(asked, other).evidence);
}

}  // namespace

TEST(Prose, EveryTermHasTheSamePlacesInEveryLanguage) {
  for (size_t term = 0; term < kTerms; ++term) {
    const std::string english = said(Saying{static_cast<Term>(term), {}, {}}, Language::kEnglish);
    ASSERT_FALSE(english.empty());
    for (size_t i = 1; i < kLanguages; ++i) {
      const std::string other =
          said(Saying{static_cast<Term>(term), {}, {}}, static_cast<Language>(i));
      EXPECT_EQ(places_of(other), places_of(english)) << english << " " << other;
      EXPECT_NE(other, english);
    }
  }
}

TEST(Prose, PlacesTakeTermsAndWords) {
  const Saying two{Term::kTwoWritingsSame, {Term::kHebrew, Term::kLatin}, {}};
  EXPECT_EQ(said(two, Language::kEnglish), "Hebrew and Latin, same sounds");
  EXPECT_EQ(said({two, {Term::kWithoutCounterpart, {}, {"2"}}}, Language::kEnglish),
            "Hebrew and Latin, same sounds, 2 of its words without a counterpart");
  EXPECT_EQ(said({{Term::kWithoutCounterpart, {}, {"2"}}, {Term::kOtherOrder, {}, {}}},
                 Language::kRussian),
            "слов без соответствия: 2, в другом порядке");
}

TEST(Prose, ALanguageIsKnownByTheScriptOfTheQuery) {
  EXPECT_EQ(language_for("Yamada Taro"), Language::kEnglish);
  EXPECT_EQ(language_for("สมชาย"), Language::kEnglish);
  EXPECT_EQ(language_for("やまだ たろう"), Language::kJapanese);
  EXPECT_EQ(language_for("山田太郎"), Language::kJapanese);
  EXPECT_EQ(language_for("习近平"), Language::kChineseSimplified);
  EXPECT_EQ(language_for("陳美玲"), Language::kChineseTraditional);
  EXPECT_EQ(language_for("야마다"), Language::kKorean);
  EXPECT_EQ(language_for("Ямада"), Language::kRussian);
  EXPECT_EQ(language_for("يامادا"), Language::kArabic);
  EXPECT_EQ(language_for("ימדה"), Language::kHebrew);
  EXPECT_EQ(language_for("Γιαμάντα"), Language::kGreek);
}

TEST(Prose, AParagraphSaysTheSameInEveryLanguage) {
  Entity asked = entity("a", Kind::kPerson, "Марта Видальго"),
         other = entity("b", Kind::kPerson, "Marta Vidalgo");
  asked.birth_dates = {{1961, 3, 14}};
  other.birth_dates = {{1975, 1, 1}};
  const Comparison found = compare(asked, other);
  for (size_t i = 0; i < kLanguages; ++i) {
    const auto language = static_cast<Language>(i);
    const std::string text =
        paragraph("Марта Видальго", "Marta Vidalgo", found.score, found.evidence, language);
    for (const char* said_in_all : {"Марта", "Vidalgo", "1961-03-14", "[-4.5]"})
      EXPECT_NE(text.find(said_in_all), std::string::npos) << text;
    for (const Term term : {Term::kFor, Term::kAgainst, Term::kFigures, Term::kYearsApart})
      EXPECT_NE(text.find(said(Saying{term, {}, {}}, language)), std::string::npos) << text;
    EXPECT_EQ(text.find("{}"), std::string::npos) << text;
  }
}

}  // namespace entente::names
