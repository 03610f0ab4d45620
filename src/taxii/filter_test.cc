#include "taxii/filter.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace entente::taxii {
namespace {

constexpr FilterSet kAll{true, true, true, true};
constexpr std::string_view kId = "indicator--3600ad1b-fff1-4c98-bcc9-4de3bc2e2ffb";

Result<Filters> read(std::string_view query) {
  const auto parts = parse_query(query);
  if (!parts) return std::unexpected(parts.error());
  return read_filters(*parts, kAll);
}

}  // namespace

TEST(Filter, ReadsEveryFilter) {
  const auto f =
      read("added_after=2024-01-01T00:00:00.000001Z&limit=7&match[id]=" + std::string(kId) +
           "&match[type]=indicator,x-custom&match[version]=first,2020-01-01T00:00:00Z&match[spec_"
           "version]=2.0");
  ASSERT_TRUE(f);
  EXPECT_EQ(f->query.after_us, 1'704'067'200'000'001);
  EXPECT_EQ(f->query.limit, 7u);
  EXPECT_EQ(f->query.ids, std::vector<std::string>{std::string(kId)});
  EXPECT_EQ(f->query.types.size(), 2u);
  EXPECT_TRUE(f->query.version->first);
  EXPECT_EQ(f->query.version->exact.size(), 1u);
  EXPECT_TRUE(f->query.spec20);
  EXPECT_FALSE(f->query.spec21);
}

TEST(Filter, MalformedParametersAreRefused) {
  for (const std::string_view query :
       {"limit=0",
        "limit=-1",
        "limit=a",
        "limit=",
        "limit=1.5",
        "limit=1&limit=2",
        "added_after=yesterday",
        "added_after=2024-01-01",
        "added_after=2024-01-01T00:00:00Z&added_after=2024-01-01T00:00:00Z",
        "next=",
        "match[id]=",
        "match[id]=nonsense",
        "match[id]=a,,b",
        "match[type]=Indicator",
        "match[type]=indicator,indicator",
        "match[type]=in dicator",
        "match[version]=all,first",
        "match[version]=yesterday",
        "match[version]=last,last",
        "match[spec_version]=two",
        "match[spec_version]=2.0,",
        "limit=%4"}) {
    const auto f = read(query);
    ASSERT_FALSE(f) << query;
    EXPECT_EQ(f.error().code, Code::kInvalid);
  }
}

TEST(Filter, LimitIsCappedNotRefused) {
  EXPECT_EQ(read("limit=10000")->query.limit, limits::kPageObjectsMax);
  EXPECT_EQ(read("limit=10001")->query.limit, limits::kPageObjectsMax);
  EXPECT_EQ(read("limit=99999999999999999999999")->query.limit, limits::kPageObjectsMax);
  EXPECT_EQ(read("")->query.limit, limits::kPageObjectsDefault);
}

TEST(Filter, CursorsAreBoundToFiltersButNotToLimitOrOrder) {
  EXPECT_EQ(read("match[type]=tool&limit=3&added_after=2024-01-01T00:00:00Z")->bound,
            read("added_after=2024-01-01T00:00:00Z&match[type]=tool&limit=9&x=y")->bound);
  EXPECT_NE(read("match[type]=tool")->bound, read("match[type]=malware")->bound);
}

TEST(Filter, WhatAnEndpointDoesNotTakeIsIgnored) {
  const auto f = read_filters({{"match[type]", "NOT A TYPE"}, {"match[version]", "last"}},
                              {true, false, true, false});
  ASSERT_TRUE(f);
  EXPECT_TRUE(f->query.types.empty());
  EXPECT_TRUE(f->query.version->last);
}

}  // namespace entente::taxii
