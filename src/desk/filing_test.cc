#include "desk/filing.h"

#include <gtest/gtest.h>

namespace entente::desk {
namespace {

std::string filed(std::string_view csv) {
  auto out = filing_from_csv(csv);
  return out ? *out : "refused";
}

TEST(Filing, MakesAnObjectOfAForm) {
  EXPECT_EQ(
      filed("field,value\r\ntitle,Avon Port\r\nbuyer.name,\"Meridian, \"\"Ltd\"\"\"\r\n"
            "buyer.country,QZ\nshare,51\nsectors,ports\nprice.amount,2.5\nformat,BOR\n"
            "format,LIA\n\nnote,\"two\nlines\"\n"),
      R"({"title":"Avon Port","buyer":{"name":"Meridian, \"Ltd\"","country":"QZ"},"share":51,)"
      R"("sectors":["ports"],"price":{"amount":2.5},"format":["BOR","LIA"],"note":"two\nlines"})");
  EXPECT_EQ(filed("share,about half"), R"({"share":"about half"})");
  EXPECT_EQ(filed("share,51 52"), R"({"share":"51 52"})");
  EXPECT_EQ(filed("a.b,1\na.c,2\na.b,3"), R"({"a":{"b":["1","3"],"c":"2"}})");
}

TEST(Filing, RefusesWhatIsNoForm) {
  for (const char* text : {"", "\n\n", "title", "a,b,c", ",x", "a..b,x", ".a,x", "a,\"open",
                           "a,1\na.b,2", "a.b,1\na,2", "a.b.c.d.e.f.g,1"})
    EXPECT_EQ(filed(text), "refused") << text;
  EXPECT_NE(filed("a.b.c.d.e.f,1"), "refused");
  std::string many;
  for (int i = 0; i < 10'000; ++i) many += "sectors,x\n";
  EXPECT_NE(filed(many), "refused");
  EXPECT_EQ(filed(many + "sectors,x\n"), "refused");
  EXPECT_NE(filed(std::string(200, 'a') + ",1"), "refused");
  EXPECT_EQ(filed(std::string(201, 'a') + ",1"), "refused");
}

TEST(Filing, NamesTheDaysThatClocksRunFrom) {
  const auto& packs = procedure::Packs::shipped();
  const procedure::Pack& pack = *packs.find("eu-2019-452-look-back");
  const auto days = [&](std::string_view filing) { return filed_days(filing, pack); };
  EXPECT_EQ(days(R"({"completed":"2026-03-02","opened":"2026-03-03"})").at("completed"),
            procedure::day_of(2026, 3, 2));
  for (const char* filing :
       {"", "[]", "{", "{}", R"({"completed":20260302})", R"({"completed":"2 March 2026"})",
        R"({"completed":"2026-02-30"})", R"({"deal":{"completed":"2026-03-02"}})"})
    EXPECT_TRUE(days(filing).empty()) << filing;
  EXPECT_TRUE(filed_days(R"({"completed":"2026-03-02"})", *packs.find("uk-nsi")).empty());
}

}  // namespace
}  // namespace entente::desk
