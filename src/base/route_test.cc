#include "base/route.h"

#include <gtest/gtest.h>

namespace entente {

TEST(Route, PathsMatchSegmentBySegment) {
  const auto found = match_path("/a/{id}/b/", "/a/x%2Fy/b");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->at("id"), "x/y");
  EXPECT_FALSE(match_path("/a/{id}/b/", "/a//b/"));
  EXPECT_FALSE(match_path("/a/{id}/b/", "/a/x/c/"));
  EXPECT_FALSE(match_path("/a/{id}/b/", "/a/x/b/c"));
  EXPECT_FALSE(match_path("/a/{id}", "/a/%zz"));
  EXPECT_TRUE(match_path("/", "/"));
}

TEST(Route, QueriesKeepOrderAndRefuseBrokenEscapes) {
  const auto parts = parse_query("match[id]=a%2Cb&x&y=1+2");
  ASSERT_TRUE(parts);
  EXPECT_EQ(*parts, (QueryParts{{"match[id]", "a,b"}, {"x", ""}, {"y", "1 2"}}));
  EXPECT_FALSE(parse_query("a=%4"));
}

TEST(Route, AcceptAndContentType) {
  const auto lets = [](std::string header) {
    return accepts(&header, "application/taxii+json", "2.1");
  };
  EXPECT_TRUE(accepts(nullptr, "application/taxii+json", "2.1"));
  EXPECT_TRUE(lets("application/taxii+json;version=2.1"));
  EXPECT_TRUE(lets("application/taxii+json; version=2.1"));
  EXPECT_TRUE(lets("application/taxii+json; version=\"2.1\""));
  EXPECT_TRUE(lets("application/TAXII+json"));
  EXPECT_TRUE(lets("text/html, */*;q=0.1"));
  EXPECT_TRUE(lets("application/taxii+json;version=2.0, application/taxii+json;version=2.1;q=0.9"));
  EXPECT_FALSE(lets("application/taxii+json;version=2.0"));
  EXPECT_FALSE(lets("application/taxii+json;version=2.1;q=0"));
  EXPECT_FALSE(lets("application/json"));
  EXPECT_TRUE(
      is_media_type("application/taxii+json ; version=2.1", "application/taxii+json", "2.1"));
  EXPECT_FALSE(
      is_media_type("application/taxii+json;version=2.0", "application/taxii+json", "2.1"));
  EXPECT_FALSE(is_media_type("", "application/taxii+json", "2.1"));
}

}  // namespace entente
