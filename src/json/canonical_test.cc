#include "json/canonical.h"

#include <gtest/gtest.h>

namespace entente::json {
namespace {

std::string canonical_of(std::string_view text, std::string_view without = {}) {
  const std::string bytes = padded(text);
  Parser parser;
  Document document;
  if (!parser.parse(std::string_view(bytes).substr(0, text.size()), &document)) return "no JSON";
  auto out = canonical(document.root(), without);
  return out ? *out : "refused";
}

TEST(Canonical, IsTheExampleOfTheStandard) {  // [RFC 8785 3.2.2 and 3.2.4]
  EXPECT_EQ(canonical_of(R"({ "numbers": [333333333.33333329, 1E30, 4.50, 2e-3,
      0.000000000000000000000000001], "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false] })"),
            "refused");  // 1E30 is past 2^53 - 1
  EXPECT_EQ(canonical_of(R"({ "numbers": [333333333.33333329, 4.50, 2e-3,
      0.000000000000000000000000001], "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false] })"),
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,4.5,0.002,1e-27],"
            "\"string\":\"\xE2\x82\xAC$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

TEST(Canonical, SortsNamesByCodeUnits) {  // [RFC 8785 3.2.3]
  EXPECT_EQ(canonical_of("{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,"
                         "\"\\u0080\":6,\"\\u00f6\":7}"),
            "{\"\\r\":2,\"1\":4,\"\xC2\x80\":6,\"\xC3\xB6\":7,\"\xE2\x82\xAC\":1,"
            "\"\xF0\x9F\x98\x80\":5,\"\xEF\xAC\xB3\":3}");
  EXPECT_EQ(canonical_of(R"({"ab":1,"a":2,"":3})"), R"({"":3,"a":2,"ab":1})");
}

TEST(Canonical, WritesNumbersInOneWay) {
  for (const auto& [written, expected] :
       std::vector<std::pair<const char*, const char*>>{{"-0", "0"},
                                                        {"1.0", "1"},
                                                        {"1e2", "100"},
                                                        {"9007199254740991", "9007199254740991"},
                                                        {"9007199254740992", "refused"},
                                                        {"-9007199254740992", "refused"},
                                                        {"0.1", "0.1"},
                                                        {"-51.25", "-51.25"},
                                                        {"0.000001", "0.000001"},
                                                        {"0.0000001", "1e-7"},
                                                        {"1.5e-9", "1.5e-9"},
                                                        {"123456.789", "123456.789"},
                                                        {"1e400", "refused"},
                                                        {"5e-324", "5e-324"}})
    EXPECT_EQ(canonical_of(written), expected) << written;
}

TEST(Canonical, LeavesOneMemberOutAndRefusesRepetitions) {
  EXPECT_EQ(canonical_of(R"({"b":{"s":1},"s":2,"a":[]})", "s"), R"({"a":[],"b":{"s":1}})");
  EXPECT_EQ(canonical_of(R"({"a":1,"a":1})"), "refused");
  EXPECT_EQ(canonical_of(R"([{"a":{"b":1,"b":2}}])"), "refused");
}

}  // namespace
}  // namespace entente::json
