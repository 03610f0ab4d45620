#include "json/splitter.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "base/limits.h"
#include "json/json.h"

namespace entente::json {
namespace {

struct Split {
  std::vector<std::string> objects;
  std::vector<uint64_t> offsets;
  std::vector<uint64_t> troubles;
};

Split split(std::string_view text, size_t chunk = SIZE_MAX) {
  Split out;
  Splitter splitter(
      [&](std::string_view object, uint64_t offset) {
        out.objects.emplace_back(object);
        out.offsets.push_back(offset);
      },
      [&](std::string_view, uint64_t offset) { out.troubles.push_back(offset); });
  for (size_t at = 0; at < text.size();) {
    const size_t size = std::min(chunk, text.size() - at);
    if (!splitter.feed(text.substr(at, size))) return out;
    at += size;
  }
  splitter.finish();
  return out;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST(Splitter, KnowsEveryForm) {
  const Texts two{R"({"id":"a"})", R"({"id":"b","x":{"y":["]}",2]}})"};
  const std::string list = "[" + two[0] + " ,\n" + two[1] + "]";
  EXPECT_EQ(split(list).objects, two);
  EXPECT_EQ(split(two[0] + "\n" + two[1] + "\n").objects, two);
  EXPECT_EQ(split(two[0] + two[1]).objects, two);
  EXPECT_EQ(split(R"({"type":"bundle","id":"objects","objects" : )" + list +
                  R"(,"more":{"objects":[1]}})")
                .objects,
            two);
  EXPECT_EQ(split(R"({"objects":)" + list + "}").objects, two);
  EXPECT_EQ(split(two[1]).objects, Texts{two[1]});
  EXPECT_EQ(split("\xEF\xBB\xBF" + two[0]).objects, Texts{two[0]});
  EXPECT_EQ(split("").objects, Texts{});
  EXPECT_EQ(split(R"({"objects":[]})").objects, Texts{});
}

TEST(Splitter, ObservedDataOfStix20IsNoBundle) {
  const std::string observed =
      R"({"type":"observed-data","objects":{"0":{"type":"file","a":[1]}}})";
  EXPECT_EQ(split(observed).objects, Texts{observed});
}

TEST(Splitter, OffsetsAreThoseOfTheStream) {
  EXPECT_EQ(split(R"({"objects":[ {"a":1}, {"b":2}]})").offsets, (std::vector<uint64_t>{13, 22}));
}

TEST(Splitter, ChunksDoNotMatter) {
  const std::string text =
      R"({"type":"bundle","objects":[{"a":"x\"}]"},{"b":[{"c":"\\"}]}],"z":"]"} {"objects":1})";
  const Split whole = split(text);
  ASSERT_EQ(whole.objects.size(), 3u);
  for (size_t chunk = 1; chunk < text.size(); ++chunk) {
    const Split cut = split(text, chunk);
    EXPECT_EQ(cut.objects, whole.objects) << chunk;
    EXPECT_EQ(cut.offsets, whole.offsets) << chunk;
  }
}

TEST(Splitter, WhatIsNoObjectCostsNoOther) {
  EXPECT_EQ(split(R"([{"a":1},7, "x]," ,[1,[2]],null,{"b":2}])").objects,
            (Texts{R"({"a":1})", "7", R"("x]," )", "[1,[2]]", "null", R"({"b":2})"}));
  EXPECT_EQ(split("hello, world\n{\"a\":1}\n\"open\n{\"b\":2}").objects,
            (Texts{"hello, world", R"({"a":1})", "\"open", R"({"b":2})"}));
}

TEST(Splitter, TroubleHasAPlace) {
  EXPECT_EQ(split(R"([{"a":1},{"b)").troubles, (std::vector<uint64_t>{12}));
  EXPECT_EQ(split(R"([{"a":1},{"b)").objects, Texts{R"({"a":1})"});
}

TEST(Splitter, ALongObjectIsSkippedAndTheNextOnesCome) {
  const auto object_of = [](size_t size) {
    return R"({"a":")" + std::string(size - 8, 'x') + "\"}";
  };
  const std::string fits = object_of(limits::kObjectBytesMax),
                    exceeds = object_of(limits::kObjectBytesMax + 1);
  const Split out = split("[" + exceeds + ",{\"b\":1}," + fits + "]", 1 << 16);
  ASSERT_EQ(out.objects.size(), 2u);
  EXPECT_EQ(out.objects[0], R"({"b":1})");
  EXPECT_EQ(out.objects[1].size(), limits::kObjectBytesMax);
  EXPECT_EQ(out.troubles, (std::vector<uint64_t>{1}));
}

// Random documents: what the splitter finds is what the parser finds.
TEST(Splitter, AgreesWithTheParser) {
  std::mt19937 random(3);
  const std::function<std::string(int)> value = [&](int depth) -> std::string {
    switch (random() % (depth > 3 ? 3 : 5)) {
      case 0:
        return "12e3";
      case 1:
        return R"("q\"]}{[\\")";
      case 2:
        return "null";
      case 3:
        return "[" + value(depth + 1) + " , " + value(depth + 1) + "]";
      default:
        return R"({"objects":)" + value(depth + 1) + R"(,"k":)" + value(depth + 1) + "}";
    }
  };
  for (int round = 0; round < 2'000; ++round) {
    std::string text = R"({"z":)" + value(0) + R"(,"objects":[)";
    const size_t count = random() % 4;
    for (size_t i = 0; i < count; ++i) text += (i > 0 ? "," : "") + (R"({"v":)" + value(0) + "}");
    text += R"(],"y":)" + value(0) + "}";
    Parser parser;
    Document document;
    const std::string bytes = padded(text);
    ASSERT_TRUE(parser.parse(bytes, &document)) << text;
    Texts expected;
    for (const Value element : document.root().find("objects")->elements())
      expected.emplace_back(element.raw());
    ASSERT_EQ(split(text, 1 + random() % 9).objects, expected) << text;
  }
}

}  // namespace entente::json
