#include "json/peek.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "json/json.h"

namespace entente::json {
namespace {

constexpr std::array<std::string_view, 2> kNames = {"id", "modified"};

std::string peeked(std::string_view object) {
  std::array<std::string_view, 2> found;
  if (!peek_strings(object, kNames, found)) return "needs a parser";
  return std::string(found[0]) + "|" + std::string(found[1]);
}

TEST(Peek, FindsTopLevelStringsOnly) {
  EXPECT_EQ(peeked(R"({"id":"a","modified":"b"})"), "a|b");
  EXPECT_EQ(peeked(R"( { "x" : {"id":"no","y":["]","}"]} , "modified" : "b" , "id" : "a" } )"),
            "a|b");
  EXPECT_EQ(peeked(R"({"id":"a"})"), "a|");
  EXPECT_EQ(peeked("{}"), "|");
  EXPECT_EQ(peeked(R"({"id":7,"modified":[1,{"id":"no"}]})"), "|");
  EXPECT_EQ(
      peeked(R"({"t":"quote \" brace } slash \\","id":"a","z":[[{}],"\\\""],"modified":"b"})"),
      "a|b");
}

TEST(Peek, LeavesEscapesToAParser) {
  EXPECT_EQ(peeked(R"({"\u0069d":"a"})"), "needs a parser");
  EXPECT_EQ(peeked(R"({"id":"a\u0041"})"), "needs a parser");
  EXPECT_EQ(peeked(R"({"id":"a\\"})"), "needs a parser");
}

TEST(Peek, StopsOnceAllIsFound) {
  EXPECT_EQ(peeked(R"({"id":"a","modified":"b", and then anything)"), "a|b");
}

// Whatever stands in the bytes, cut at every place.
TEST(Peek, NeverLeavesTheBytes) {
  const std::string whole =
      R"({"a\"":1,"b":{"c":["x\\",2,{"d":null}]},"id":"abc","e":"f\"g","modified":"2020"})";
  for (size_t size = 0; size <= whole.size(); ++size) {
    const std::string cut(whole.data(), size);  // its own allocation: a sanitizer sees what is past
    std::array<std::string_view, 2> found;
    (void)peek_strings(cut, kNames, found);
    for (size_t begin = 1; begin < size; ++begin)
      (void)peek_strings("{" + cut.substr(begin), kNames, found);
  }
  for (const char* odd :
       {"", "{", "[", "{\"", "{\"\\", "{\"id\"", "{\"id\":", "{\"id\":\"", "7", "{]"})
    EXPECT_EQ(peeked(odd), "needs a parser") << odd;
}

// The same as the parser on what a parser accepts.
TEST(Peek, AgreesWithTheParser) {
  const std::string text = padded(
      "{\n \"type\" : \"x\" ,\"labels\":[ \"a,b\" , \"]\" ],\"n\":1e3,\"t\":true,\"created\":\"c\" "
      ",\t\"id\":\"x--1\" ,"
      "\"o\":{\"modified\":\"no\"},\"modified\":\"m\"}");
  Parser parser;
  Document document;
  ASSERT_TRUE(parser.parse(text, &document));
  const auto root = document.root();
  EXPECT_EQ(peeked(text), root.find("id")->text() + "|" + root.find("modified")->text());
}

}  // namespace
}  // namespace entente::json
