// Names of fictional parties in many scripts: what is found, what is not, and the properties that
// every score must have.
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "names/compare.h"
#include "names/list.h"
#include "names/test_kit.h"

namespace entente::names {
namespace {

double score_of(const std::string& a, const std::string& b, Kind kind = Kind::kPerson) {
  return compare(entity("a", kind, a), entity("b", kind, b)).score;
}

TEST(NamesCompare, FindsOneNameInTwoScripts) {
  const std::pair<const char*, const char*> pairs[] = {
      {"Dmitri Voronetsky", "Дмитрий Воронецкий"},
      {"Khaled Mahfouzani", "خالد محفوظاني"},
      {"Nikolaos Karavellas", "Νικόλαος Καραβέλλας"},
      {"Kim Jeongho", "김정호"},
      {"Zhang Weimin", "张伟民"},
      {"Zhang Weimin", "張偉民"},
      {"Chang Wei-min", "张伟民"},
  };
  for (const auto& [a, b] : pairs)
    EXPECT_GT(score_of(a, b), score_of(a, "Pedro Almagro")) << a << " " << b;
}

TEST(NamesCompare, OrderCaseAndDiacriticsChangeLittle) {
  EXPECT_GT(score_of("MÜLLERSTEIN, Jürgen", "Jurgen Mullerstein"), 0.9);
  EXPECT_GT(score_of("Abdul Rahman Testawi", "Abdulrahman al-Testawi"), 0.5);
  EXPECT_LT(score_of("Jurgen Mullerstein", "Jurgen Kowalczuk"), 0.2);
}

TEST(NamesCompare, LegalFormsAndTranslatedWordsCount) {
  EXPECT_GT(score_of("Norvika Shipbuilding Ltd.", "Norvika Shipbuilding LLC", Kind::kOrganization),
            0.8);
  EXPECT_GT(score_of("OOO \"Норвика Технологии\"", "Norvika Technologies Ltd", Kind::kOrganization),
            0.8);
  EXPECT_LT(score_of("Norvika Shipbuilding Ltd", "Estvaldia Shipbuilding Ltd", Kind::kOrganization),
            0.2);
  EXPECT_GT(score_of("Second Norvika Plant", "Norvika Plant No. 2", Kind::kOrganization),
            score_of("Second Norvika Plant", "Norvika Plant No. 3", Kind::kOrganization));
}

TEST(NamesCompare, IsSymmetric) {
  const char* const names[] = {"Dmitri Voronetsky",
                               "Дмитрий Воронецкий",
                               "张伟民",
                               "Zhang Wei Min",
                               "خالد محفوظ",
                               "Norvika Shipbuilding Ltd",
                               "김정호",
                               "ダヴィド・ハーパー",
                               "David A. Harper",
                               "J. Harper",
                               "al-Hasan bin Ali",
                               "Abd al Rahman",
                               "Abdulrahman",
                               "สมชาย ใจดี",
                               "משה"};
  for (const char* a : names) {
    for (const char* b : names) {
      for (const Kind kind : {Kind::kPerson, Kind::kOrganization, Kind::kAny})
        EXPECT_DOUBLE_EQ(score_of(a, b, kind), score_of(b, a, kind)) << a << " | " << b;
    }
  }
}

TEST(NamesCompare, EvidenceForRaisesAndEvidenceAgainstLowers) {
  const Entity plain = entity("a", Kind::kPerson, "Marta Vidalgo"),
               other = entity("b", Kind::kPerson, "Marta Vidalgo");
  const double before = compare(plain, other).score;
  Entity a = plain, b = other;
  a.birth_dates = {{1961, 3, 14}};
  b.birth_dates = {{1961, 0, 0}};
  const double year = compare(a, b).score;
  b.birth_dates = {{1961, 3, 0}};
  const double month = compare(a, b).score;
  b.birth_dates = {{1961, 3, 14}};
  const double day = compare(a, b).score;
  EXPECT_LT(before, year);
  EXPECT_LT(year, month);
  EXPECT_LT(month, day);
  b.birth_dates = {{1975, 1, 1}};
  EXPECT_LT(compare(a, b).score, before);
  a = plain, b = other;
  a.identifiers = {{"passport", "X-123 456"}};
  b.identifiers = {{"passport", "x123456"}};
  EXPECT_GT(compare(a, b).score, before);
  a = plain, b = other;
  a.countries = {"ES"};
  b.countries = {"ES", "PT"};
  EXPECT_GT(compare(a, b).score, before);
  b.countries = {"PT"};
  EXPECT_LT(compare(a, b).score, before);
}

TEST(NamesCompare, AFurtherNameNeverLowersTheScore) {
  const Entity a = entity("a", Kind::kPerson, "Marta Vidalgo");
  Entity b = entity("b", Kind::kPerson, "Martha Vidalgo");
  const double before = compare(a, b).score;
  b.names.push_back({"La Loba", NameKind::kAlias});
  EXPECT_DOUBLE_EQ(compare(a, b).score, before);
  b.names.push_back({"Marta Vidalgo", NameKind::kAlias});
  EXPECT_GE(compare(a, b).score, before);
}

TEST(NamesList, FindsWhatItHoldsInEveryScriptAndNothingTies) {
  const NameList list = list_of({entity("p1", Kind::kPerson, "Dmitri Voronetsky"),
                                 entity("p2", Kind::kPerson, "Dmitri Voronin"),
                                 entity("p3", Kind::kPerson, "Dmitri Voronetsky"),
                                 entity("p4", Kind::kPerson, "张伟民"),
                                 entity("o1", Kind::kOrganization, "Norvika Shipbuilding JSC")});
  Searcher searcher(list);
  const auto matches = searcher.search(entity("q", Kind::kPerson, "Дмитрий Воронецкий"), {});
  ASSERT_GE(matches.size(), 2U);
  EXPECT_EQ(list.entity_id(matches[0].entity), "p1");
  EXPECT_EQ(list.entity_id(matches[1].entity), "p3");
  for (size_t i = 1; i < matches.size(); ++i) EXPECT_LT(matches[i].score, matches[i - 1].score);
  const auto chinese = searcher.search(entity("q", Kind::kPerson, "Zhang Weimin"), {});
  ASSERT_FALSE(chinese.empty());
  EXPECT_EQ(list.entity_id(chinese[0].entity), "p4");
  const auto company = searcher.search(entity("q", Kind::kAny, "АО Норвика"), {});
  ASSERT_FALSE(company.empty());
  EXPECT_EQ(list.entity_id(company[0].entity), "o1");
}

TEST(NamesList, FindsWordsWrittenTogetherOnEitherSide) {
  std::vector<Entity> entities{
      entity("apart", Kind::kOrganization, "Meridiana Portworks Ltd"),
      entity("together", Kind::kOrganization, "Quellenbrunn Holdings"),
      entity("half", Kind::kOrganization, "Meridiana Salt Ltd"),
  };
  const NameList list = list_of(entities);
  Searcher searcher(list);
  const auto first_of = [&](const char* name) -> std::string {
    const auto found = searcher.search(entity("q", Kind::kOrganization, name), {.limit = 3});
    return found.empty() ? "" : std::string(list.entity_id(found[0].entity));
  };
  EXPECT_EQ(first_of("MERIDIANAPORTWORKS LTD"), "apart");
  EXPECT_EQ(first_of("Quellen Brunn Holdings"), "together");
  EXPECT_EQ(first_of("MERIDIANAPORT"), "");
  EXPECT_EQ(first_of("Meridianaportworks"), "apart") << "a second time: from what was kept";
}

TEST(NamesList, LimitAndThresholdHold) {
  std::vector<Entity> many;
  for (int i = 0; i < 40; ++i)
    many.push_back(entity("p" + std::to_string(i), Kind::kPerson, "Marta Vidalgo"));
  const NameList list = list_of(many);
  Searcher searcher(list);
  EXPECT_EQ(
      searcher.search(entity("q", Kind::kPerson, "Marta Vidalgo"), {.limit = 7, .threshold = 0})
          .size(),
      7U);
  EXPECT_TRUE(
      searcher.search(entity("q", Kind::kPerson, "Marta Vidalgo"), {.limit = 7, .threshold = 1})
          .empty());
  EXPECT_TRUE(searcher.search(entity("q", Kind::kPerson, "***"), {}).empty());
}

// The index finds what aligning the query with every entity finds.
TEST(NamesList, AgreesWithAFullScanOfRandomNames) {
  std::mt19937 random(7);
  const auto word = [&] {
    static constexpr std::string_view kSyllables[] = {"ka", "ro",  "min", "vel", "ta",  "son",
                                                      "di", "mar", "lo",  "bek", "shi", "nu"};
    std::string out;
    for (size_t i = 2 + random() % 2; i > 0; --i)
      out += kSyllables[random() % std::size(kSyllables)];
    return out;
  };
  std::vector<Entity> all;
  for (int i = 0; i < 300; ++i)
    all.push_back(entity("e" + std::to_string(i), Kind::kPerson, word() + " " + word()));
  const NameList list = list_of(all);
  Searcher searcher(list);
  for (int i = 0; i < 100; ++i) {
    std::string name = all[random() % all.size()].names[0].text;
    const size_t space = name.find(' ');
    name.erase(random() % space, 1);
    const Entity query = entity("q", Kind::kPerson, name);
    const auto matches = searcher.search(query, {.limit = 1, .threshold = 0});
    double best = 0;
    for (const Entity& one : all) best = std::max(best, score_in(list, query, one));
    ASSERT_FALSE(matches.empty()) << name;
    EXPECT_NEAR(matches[0].score, best, 1e-6) << name;
  }
}

}  // namespace
}  // namespace entente::names
