#include "base/text.h"

#include <gtest/gtest.h>

namespace entente {

TEST(Text, TimeHasExactlySixDigits) {
  EXPECT_EQ(format_time_us(0), "1970-01-01T00:00:00.000000Z");
  EXPECT_EQ(format_time_us(1'709'806'272'345'678), "2024-03-07T10:11:12.345678Z");
  EXPECT_EQ(format_time_us(-1), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(format_time_ms(951'782'400'000), "2000-02-29T00:00:00.000Z");
}

TEST(Text, JsonQuoteEscapesAndReplaces) {
  EXPECT_EQ(json_quote("a\"b\\c\n\x01"), "\"a\\\"b\\\\c\\n\\u0001\"");
  EXPECT_EQ(json_quote("外交部"), "\"外交部\"");
  EXPECT_EQ(json_quote("\xED\xA0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

// Bytes are looked at by the word: where one stands changes nothing.
TEST(Text, JsonQuoteEscapesAtEveryPlace) {
  for (int c = 0; c < 128; ++c) {
    const std::string one = json_quote(std::string(1, static_cast<char>(c)));
    for (size_t at = 0; at < 20; ++at) {
      std::string text(20, 'x');
      text[at] = static_cast<char>(c);
      const std::string expected = "\"" + std::string(at, 'x') + one.substr(1, one.size() - 2) +
                                   std::string(19 - at, 'x') + "\"";
      EXPECT_EQ(json_quote(text), expected) << c << " at " << at;
    }
  }
}

TEST(Text, PercentDecodeRefusesBrokenEscapes) {
  EXPECT_EQ(percent_decode("a%20b+c", true), "a b c");
  EXPECT_EQ(percent_decode("a+c", false), "a+c");
  EXPECT_EQ(percent_decode("%", true), std::nullopt);
  EXPECT_EQ(percent_decode("%4", true), std::nullopt);
  EXPECT_EQ(percent_decode("%zz", true), std::nullopt);
  EXPECT_EQ(percent_decode("%41", true), "A");
}

TEST(Text, DecimalIsStrict) {
  EXPECT_EQ(parse_decimal("0"), 0u);
  EXPECT_EQ(parse_decimal("18446744073709551615"), UINT64_MAX);
  EXPECT_EQ(parse_decimal("18446744073709551616"), std::nullopt);
  EXPECT_EQ(parse_decimal("01"), std::nullopt);
  EXPECT_EQ(parse_decimal("-1"), std::nullopt);
  EXPECT_EQ(parse_decimal(""), std::nullopt);
}

TEST(Text, Base64BothWays) {
  EXPECT_EQ(from_base64url(to_base64url("\xff\xfe x")), "\xff\xfe x");
  EXPECT_EQ(from_base64("YTpi"), "a:b");
  EXPECT_EQ(from_base64("YTpi!"), std::nullopt);
}

TEST(Text, UuidHasVersionFour) {
  const uint8_t bytes[16] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
  EXPECT_EQ(uuid_from(bytes), "ffffffff-ffff-4fff-bf00-000000000000");
  EXPECT_TRUE(is_uuid(uuid_from(bytes)));
  EXPECT_FALSE(is_uuid("ffffffff-ffff-4fff-bf00-00000000000"));
}

}  // namespace entente
