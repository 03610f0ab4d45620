// Worlds and the clock that they go by.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.h"
#include "support/community.h"

namespace entente::taxii {

using testing::Community;

TEST(Time, NoEmbargoClosesAgainAndNoTickIsGivenTwice) {
  Community c;
  const int64_t end_ms = c.clock.now_ms() + 10'000;
  const std::string id = "marking-definition--00000000-0000-4000-8000-0000000000a1";
  const std::string marking =
      R"({"type":"marking-definition","spec_version":"2.1","id":")" + id +
      R"(","created":"2023-01-01T00:00:00Z","extensions":{"extension-definition--1e7ba81d-ed43-500c-b8fa-0acad45c151d":{"extension_type":"property-extension","tlp":"amber","embargo_until":")" +
      format_time_ms(end_ms) + R"("}}})";
  const std::string object =
      R"({"type":"campaign","spec_version":"2.1","id":"campaign--00000000-0000-4000-8000-000000000001","created":"2023-01-01T00:00:00Z","modified":"2023-01-01T00:00:00Z","name":"n","object_marking_refs":[")" +
      id + "\"]}";
  ASSERT_EQ(c.post("AVL", "shared", marking + "," + object).status, 202);
  const auto sees = [&] {
    return c.ask("BOR", "GET", Community::path("shared")).body.flatten().find("campaign--") !=
           std::string::npos;
  };
  EXPECT_FALSE(sees());
  c.clock.set_ms(end_ms);
  EXPECT_TRUE(sees());
  const int64_t before = c.node().journal().snapshot().last_tick_ms();
  c.clock.set_ms(end_ms - 9'000'000);
  EXPECT_TRUE(sees());
  ASSERT_TRUE(c.node().change_directory(R"({"op":"group","code":"G","name":"g"})"));
  EXPECT_GE(c.node().journal().snapshot().last_tick_ms(), std::max(before, end_ms));
  EXPECT_TRUE(sees());
}

}  // namespace entente::taxii
