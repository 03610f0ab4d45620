// Shares as people write them.
#include "ownership/share_text.h"

#include <gtest/gtest.h>

namespace entente::ownership {
namespace {

TEST(ShareText, ReadsNumbersAndRanges) {
  struct Case {
    const char* text;
    double low, high;
  };
  for (const Case& one :
       {Case{"51", 51, 51}, Case{" 0.51 ", 0.51, 0.51}, Case{"51%", 0.51, 0.51},
        Case{"51 %", 0.51, 0.51}, Case{"25-50", 25, 50}, Case{"25 - 50 %", 0.25, 0.5},
        Case{"25%-50%", 0.25, 0.5}, Case{"0.1..0.2", 0.1, 0.2}, Case{"[0.25,0.5]", 0.25, 0.5},
        Case{"(25,50]", 25, 50}, Case{"25 to 50", 25, 50}, Case{"25–50", 25, 50}, Case{"0", 0, 0},
        Case{"1e-3-2e-3", 1e-3, 2e-3}}) {
    const auto share = parse_share(one.text);
    ASSERT_TRUE(share) << one.text;
    EXPECT_FALSE(share->is_unknown);
    EXPECT_DOUBLE_EQ(share->range.low, one.low) << one.text;
    EXPECT_DOUBLE_EQ(share->range.high, one.high) << one.text;
  }
}

TEST(ShareText, ReadsWhatIsOpenOnOneSide) {
  EXPECT_TRUE(parse_share(">25")->high_is_open);
  EXPECT_TRUE(parse_share(">25")->is_above);
  EXPECT_FALSE(parse_share(">=25")->is_above);
  EXPECT_TRUE(parse_share("at most 5")->low_is_open);
  EXPECT_DOUBLE_EQ(parse_share("<5%")->range.high, 0.05);
}

TEST(ShareText, ReadsThatNothingIsKnown) {
  for (const char* text : {"", "  ", "?", "unknown", "N/A", "-"}) {
    ASSERT_TRUE(parse_share(text)) << text;
    EXPECT_TRUE(parse_share(text)->is_unknown) << text;
  }
}

TEST(ShareText, RefusesTheRest) {
  for (const char* text : {"-5", "x", "5x", "50-25", "nan", "inf", "1e999", "[1", "1,2,3", "--",
                           "> ", "%", "0x10", "5%%"})
    EXPECT_FALSE(parse_share(text)) << text;
}

}  // namespace
}  // namespace entente::ownership
