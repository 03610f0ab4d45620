// Chinese characters in the languages that use them. Names of fictional persons.
#include "names/readings.h"

#include <gtest/gtest.h>

#include "names/compare.h"
#include "names/test_kit.h"

namespace entente::names {
namespace {

double score_of(const std::string& a, const std::string& b, Kind kind = Kind::kPerson) {
  return compare(entity("a", kind, a), entity("b", kind, b)).score;
}

TEST(NamesReadings, HongKongSpellsSyllablesAsUsual) {
  const std::pair<const char*, const char*> pairs[] = {
      {"zoeng", "cheung"}, {"can", "chan"}, {"wong", "wong"}, {"lau", "lau"},   {"jip", "yip"},
      {"gwok", "kwok"},    {"ng", "ng"},    {"zau", "chau"},  {"jyun", "yuen"}, {"ho", "ho"}};
  for (const auto& [jyutping, spelled] : pairs)
    EXPECT_EQ(hong_kong_spellings(jyutping).front(), spelled) << jyutping;
}

TEST(NamesReadings, TablesAreSearchedByKey) {
  const ReadingTable table("b one\nbb two three\nc four\n");
  EXPECT_EQ(table.find("bb"), (std::vector<std::string_view>{"two", "three"}));
  EXPECT_EQ(table.find("c"), (std::vector<std::string_view>{"four"}));
  EXPECT_EQ(table.find("b"), (std::vector<std::string_view>{"one"}));
  EXPECT_TRUE(table.find("a").empty());
  EXPECT_TRUE(table.find("d").empty());
  EXPECT_TRUE(table.find("").empty());
  EXPECT_TRUE(ReadingTable("").find("b").empty());
}

TEST(NamesReadings, FindsNamesInCharactersByTheirSpellings) {
  const std::pair<const char*, const char*> pairs[] = {
      {"陳慧琪", "Chan Wai-kei"},  // Cantonese
      {"張國強", "Cheung Kwok Keung"},
      {"林志明", "Lim Chee Beng"},  // Southern Min: the family name
      {"金正浩", "Kim Jeong-ho"},   // Korean
      {"李英珠", "Lee Young-ju"},
      {"박정우", "Pak Chong-u"},
      {"박정우", "Park Jung-woo"},
      {"최영호", "Choe Yong-ho"},
      {"山本健一", "Yamamoto Kenichi"},  // Japanese
      {"鈴木恵子", "Suzuki Keiko"},
      {"佐々木直樹", "Sasaki Naoki"},
  };
  for (const auto& [han, latin] : pairs)
    EXPECT_GT(score_of(han, latin), 3 * score_of(han, "Pedro Almagro")) << han;
  EXPECT_GT(score_of("山本健一", "Yamamoto Kenichi"), 0.5);
  EXPECT_GT(score_of("金正浩", "Kim Jeong-ho"), 0.1);
  EXPECT_GT(score_of("張國強", "Cheung Kwok Keung"), 0.5);
}

TEST(NamesReadings, ForeignNamesInCharactersSoundAsTheyAreMeant) {
  EXPECT_GT(score_of("罗伯特·哈特曼", "Robert Hartmann"), 0.5);
  EXPECT_GT(score_of("羅伯特・哈特曼", "Robert Hartmann"), 0.5);
  EXPECT_LT(score_of("罗伯特·哈特曼", "Pedro Almagro"), 0.05);
}

TEST(NamesReadings, CompaniesAreKnownByWhatTheirWordsMean) {
  const auto company = [](const std::string& a, const std::string& b) {
    return score_of(a, b, Kind::kOrganization);
  };
  const std::pair<const char*, const char*> pairs[] = {
      {"诺维卡导弹系统公司", "Norvika Missile Systems"},
      {"佐藤重工業株式会社", "Sato Heavy Industries Co., Ltd."},
      {"上海诺维卡电子科技有限公司", "Shanghai Norvika Electronic Technology Co Ltd"},
      {"Norvika Denki", "Norvika Electric"},
  };
  for (const auto& [left, right] : pairs)
    EXPECT_GT(company(left, right), 4 * company(left, "Estvaldia Fisheries Ltd")) << left;
}

}  // namespace
}  // namespace entente::names
