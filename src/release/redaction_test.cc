#include "release/redaction.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "json/json.h"

namespace entente::release {
namespace {

struct Parsed {
  explicit Parsed(std::string_view bytes) : text(json::padded(bytes)) {
    json::Parser parser;
    ok = parser.parse(text, &document).has_value();
    EXPECT_TRUE(ok) << bytes;
  }
  std::string text;
  json::Document document;
  bool ok = false;
};

// The edition, or "none".
std::string cut_text(std::string_view object, const std::vector<std::string_view>& selectors) {
  const Parsed parsed(object);
  if (!parsed.ok) return "not JSON";
  const auto edits = cut(parsed.document.root(), selectors);
  if (!edits) {
    EXPECT_EQ(edits.error().code, Code::kUnprocessable);
    return "none";
  }
  EXPECT_EQ(edits->bytes_after(object.size()), edits->apply(object).size());
  return edits->apply(object);
}

struct Golden {
  std::string_view object;
  std::vector<std::string_view> selectors;
  std::string_view edition;
};

void expect_all(const std::vector<Golden>& cases) {
  for (const Golden& row : cases) {
    EXPECT_EQ(cut_text(row.object, row.selectors), row.edition) << row.object;
  }
}

TEST(Redaction, TakesMembersWithTheirSeparator) {
  expect_all({
      {R"({"a":1,"b":2,"c":3})", {"a"}, R"({"b":2,"c":3})"},
      {R"({"a":1,"b":2,"c":3})", {"b"}, R"({"a":1,"c":3})"},
      {R"({"a":1,"b":2,"c":3})", {"c"}, R"({"a":1,"b":2})"},
      {R"({"a":1,"b":2,"c":3})", {"a", "b"}, R"({"c":3})"},
      {R"({"a":1,"b":2,"c":3})", {"c", "b"}, R"({"a":1})"},
      {R"({"a":1,"b":2,"c":3})", {"c", "a", "c"}, R"({"b":2})"},
      {R"({"a":1,"b":2,"c":3})", {}, R"({"a":1,"b":2,"c":3})"},
      {"{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}", {"b"}, "{\n  \"a\": 1,\n  \"c\": 3\n}"},
      {"{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}", {"a"}, "{\n  \"b\": 2,\n  \"c\": 3\n}"},
      {"{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}", {"c"}, "{\n  \"a\": 1,\n  \"b\": 2\n}"},
      {R"({ "a" : 1 , "b" : {"x" : [ 1, 2 ]} , "c" : 3 })", {"b"}, R"({ "a" : 1 , "c" : 3 })"},
      {R"({"a":1})", {"a"}, "{}"},
  });
}

TEST(Redaction, CutsEveryFormOfSelector) {
  expect_all({
      {R"({"x":[10, 11 ,12],"y":0})", {"x.[1]"}, R"({"x":[10 ,12],"y":0})"},
      {R"({"x":[10, 11 ,12],"y":0})", {"x.[0]", "x.[2]"}, R"({"x":[11],"y":0})"},
      {R"({"x":[[1,2],[3,4]],"y":0})", {"x.[1].[0]"}, R"({"x":[[1,2],[4]],"y":0})"},
      {R"({"x":[{"u":1,"v":2},{"u":3}],"y":0})", {"x.[0].u"}, R"({"x":[{"v":2},{"u":3}],"y":0})"},
      {R"({"hashes":{"MD5":"a","SHA-256":"b"}})", {"hashes.SHA-256"}, R"({"hashes":{"MD5":"a"}})"},
      {R"({"extensions":{"http-request-ext":{"request_header":{"Accept":"x","Ho st":["y","z"]}}}})",
       {"extensions.http-request-ext.request_header.Accept",
        "extensions.http-request-ext.request_header.Ho st.[0]"},
       R"({"extensions":{"http-request-ext":{"request_header":{"Ho st":["z"]}}}})"},
      {R"({"n\u0061me":"x","y":0})", {"name"}, R"({"y":0})"},
      {R"({"d":{"k\"]":1,"z":2},"y":0})", {"d.k\"]"}, R"({"d":{"z":2},"y":0})"},
      {R"({"d":{"":1,"é":2,"日本":3}})", {"d.é"}, R"({"d":{"":1,"日本":3}})"},
  });
}

TEST(Redaction, LeavesNothingEmpty) {
  expect_all({
      {R"({"x":[1],"y":0})", {"x.[0]"}, R"({"y":0})"},
      {R"({"y":0, "x":{"u":[[1]]}})", {"x.u.[0].[0]"}, R"({"y":0})"},
      {R"({"x":[{"u":1},{"u":2}],"y":0})", {"x.[0].u"}, R"({"x":[{"u":2}],"y":0})"},
      {R"({"x":[{"u":1},{"u":2}],"y":0})", {"x.[0].u", "x.[1]"}, R"({"y":0})"},
      {R"({"x":[{},1],"y":[]})", {"x.[1]"}, R"({"x":[{}],"y":[]})"},
  });
}

TEST(Redaction, NeverCutsWhatSaysWhoAndUnderWhichMarks) {
  for (const std::string_view name : {"id", "type", "spec_version", "created_by_ref", "created",
                                      "modified", "object_marking_refs", "granular_markings"}) {
    const std::string object = "{\"" + std::string(name) + "\":[[1,2],3],\"other\":{\"" +
                               std::string(name) + "\":1,\"z\":2}}";
    EXPECT_EQ(cut_text(object, {name}), "none") << name;
    EXPECT_EQ(cut_text(object, {std::string(name) + ".[0].[1]"}), "none") << name;
    EXPECT_EQ(cut_text(object, {"other.z", name}), "none") << name;
    // Elsewhere such a name is like any other, unless it is what cannot be read.
    if (name == "granular_markings") continue;
    EXPECT_NE(cut_text(object, {"other." + std::string(name)}), "none") << name;
  }
}

TEST(Redaction, RefusesSelectorsThatProtectNothing) {
  for (const std::string_view selector :
       {"", ".", "a.", ".a", "[0]", "a.[", "a.[]", "a.[x]", "a.[01]", "a.[-1]", "a.[0", "a.[2]",
        "a.[18446744073709551616]", "b", "a.b", "c.d.e", "c.[0]", "s.[0]", "s.x"}) {
    EXPECT_EQ(cut_text(R"({"a":[1,2],"c":{"d":1},"s":"text"})", {selector}), "none") << selector;
  }
  EXPECT_EQ(cut_text("[1,2]", {"[0]"}), "none");
}

TEST(Redaction, NeverCutsMarkingsThatCanBeRead) {
  const std::string object =
      R"({"a":1,"b":2,"granular_markings":[{"lang":"en","selectors":["a"]}]})";
  EXPECT_EQ(cut_text(object, {"b"}),
            R"({"a":1,"granular_markings":[{"lang":"en","selectors":["a"]}]})");
  EXPECT_EQ(cut_text(object, {"granular_markings"}), "none");
  EXPECT_EQ(cut_text(object, {"granular_markings.[0].lang"}), "none");
}

TEST(Redaction, RewritesTheMarkings) {
  const std::string object =
      R"({"labels":["a","b","c"],"name":"n","granular_markings":[)"
      R"({"marking_ref":"m1","selectors":["labels.[0]"]}, )"
      R"({"marking_ref":"m2","selectors":["labels.[2]", "name" , "labels.[1]"]}, )"
      R"({"lang":"de","selectors":["labels.[1]"]}]})";
  const auto with = [](std::string_view content, std::string_view markings) {
    return "{" + std::string(content) + ",\"granular_markings\":[" + std::string(markings) + "]}";
  };
  EXPECT_EQ(cut_text(object, {"labels.[0]"}),
            with(R"("labels":["b","c"],"name":"n")",
                 R"({"marking_ref":"m2","selectors":["labels.[1]", "name" , "labels.[0]"]}, )"
                 R"({"lang":"de","selectors":["labels.[0]"]})"));
  EXPECT_EQ(cut_text(object, {"labels.[1]"}),
            with(R"("labels":["a","c"],"name":"n")",
                 R"({"marking_ref":"m1","selectors":["labels.[0]"]}, )"
                 R"({"marking_ref":"m2","selectors":["labels.[1]", "name"]})"));
  EXPECT_EQ(cut_text(object, {"name"}),
            with(R"("labels":["a","b","c"])",
                 R"({"marking_ref":"m1","selectors":["labels.[0]"]}, )"
                 R"({"marking_ref":"m2","selectors":["labels.[2]" , "labels.[1]"]}, )"
                 R"({"lang":"de","selectors":["labels.[1]"]})"));
  EXPECT_EQ(cut_text(object, {"labels"}),
            with(R"("name":"n")", R"({"marking_ref":"m2","selectors":["name"]})"));
  EXPECT_EQ(cut_text(object, {"labels", "name"}), "{}");
}

TEST(Redaction, CountsIndexesAnewOnEveryLevel) {
  std::string list = "[[0,1]";
  for (int i = 1; i < 12; ++i) list += ",[" + std::to_string(i) + ",{\"k\":[1,2,3]}]";
  list += "]";
  const std::string marking =
      R"(,"granular_markings":[{"lang":"en","selectors":["x.[11].[1].k.[2]"]}]})";
  const std::string left =
      cut_text("{\"x\":" + list + marking, {"x.[0]", "x.[3]", "x.[11].[0]", "x.[11].[1].k.[0]"});
  EXPECT_NE(left.find(R"("selectors":["x.[9].[0].k.[1]"])"), left.npos) << left;
  EXPECT_NE(left.find(R"([{"k":[2,3]}])"), left.npos) << left;
}

TEST(Redaction, KeepsNoMarkingOfWhatWentWithSomethingElse) {
  // The list and its dictionary go with the last of their content; so does all that marks them.
  EXPECT_EQ(
      cut_text(
          R"({"n":1,"x":{"u":["s"]},"granular_markings":[{"lang":"en","selectors":["x","x.u"]}]})",
          {"x.u.[0]"}),
      R"({"n":1})");
  EXPECT_EQ(
      cut_text(R"({"granular_markings":[{"lang":"en","selectors":["x.u"]}],"x":{"u":1,"v":2}})",
               {"x.u"}),
      R"({"x":{"v":2}})");
  EXPECT_EQ(cut_text(R"({"granular_markings":[{"lang":"en","selectors":["x"]}],"x":{"u":1,"v":2}})",
                     {"x.u"}),
            R"({"granular_markings":[{"lang":"en","selectors":["x"]}],"x":{"v":2}})");
}

TEST(Redaction, HasNoEditionWhereMarkingsCannotBeRead) {
  for (const std::string_view markings :
       {R"({})", R"([1])", R"([{}])", R"([{"selectors":1}])", R"([{"selectors":[1]}])",
        R"([{"selectors":["y"]}])", R"([{"selectors":["a.[1]"]}])", R"([{"selectors":["b..c"]}])",
        R"([{"selectors":["\u0062"]}])", R"([{"selectors":["granular_markings.[0]"]}])",
        R"([{"selectors":["b"],"selectors":["b"]}])", R"([],"granular_markings":[])"}) {
    const std::string object =
        R"({"a":[1],"b":2,"granular_markings":)" + std::string(markings) + "}";
    EXPECT_EQ(cut_text(object, {"b"}), "none") << markings;
    EXPECT_EQ(cut_text(object, {}), object);
  }
}

TEST(Redaction, ReadsNoSelectorByItsEscapes) {
  EXPECT_EQ(cut_text(R"({"\\u0062":1,"b":2,"c":3,)"
                     R"("granular_markings":[{"lang":"en","selectors":["\u0062"]}]})",
                     {"c"}),
            "none");
}

TEST(Redaction, CutsEveryMemberOfARepeatedName) {
  expect_all({
      {R"({"a":1,"b":2,"\u0061":3})", {"a"}, R"({"b":2})"},
      {R"({"a":{"x":1,"y":2},"b":2,"a":{"x":3}})", {"a.x"}, R"({"a":{"y":2},"b":2})"},
      {R"({"a":[1,2],"a":[3],"granular_markings":[{"lang":"en","selectors":["a.[1]"]}]})",
       {"a.[0]"},
       R"({"a":[2],"granular_markings":[{"lang":"en","selectors":["a.[0]"]}]})"},
  });
}

TEST(Redaction, BoundsWhatSelectorsCost) {
  std::string object = "{\"x\":[0";
  for (size_t i = 1; i < 100; ++i) object += ",0";
  object += "],\"y\":1}";
  const Parsed parsed(object);
  const std::string_view selector = "x.[99]";
  // Two members and the elements before it, and one for each step.
  const size_t cost = (2 + 1) + (99 + 1);
  std::vector<std::string_view> selectors(2 * limits::kSelectorStepsMax / cost, selector);
  EXPECT_TRUE(cut(parsed.document.root(), selectors).has_value());
  selectors.push_back(selector);
  EXPECT_FALSE(cut(parsed.document.root(), selectors).has_value());
}

TEST(Redaction, CutsAnObjectWithinAnEnvelope) {
  const std::string envelope = R"({"objects":[ {"a":1,"b":2} , {"a":3,"c":[1,2]}]})";
  const Parsed parsed(envelope);
  const auto objects = parsed.document.root().find("objects");
  ASSERT_TRUE(objects);
  std::vector<std::string> editions;
  for (const json::Value object : objects->elements()) {
    const auto edits = cut(object, std::vector<std::string_view>{"a"});
    ASSERT_TRUE(edits);
    editions.push_back(edits->apply(object.raw()));
  }
  EXPECT_EQ(editions, (std::vector<std::string>{R"({"b":2})", R"({"c":[1,2]})"}));
}

TEST(Redaction, NamesWhatItCuts) {
  const Parsed parsed(
      R"({"a":[1,2,{"x/y":1,"z":2}],"b~":{"c":[1]},"d":1,"granular_markings":[{"lang":"en","selectors":["d"]}]})");
  const auto pointers = pointers_cut(
      parsed.document.root(), std::vector<std::string_view>{"d", "a.[2].x/y", "b~.c.[0]", "a.[0]"});
  ASSERT_TRUE(pointers);
  EXPECT_EQ(*pointers, (std::vector<std::string>{"/a/0", "/a/2/x~1y", "/b~0", "/d"}));
  EXPECT_FALSE(pointers_cut(parsed.document.root(), std::vector<std::string_view>{"id"}));
}

TEST(Edits, EncodeAndDecode) {
  const Edits edits({{5, 9, Edit::kNothing}, {9, 10, 0}, {300, 70'000, 4'294'967'294u}});
  const std::string encoded = edits.encode();
  Edits again;
  ASSERT_TRUE(Edits::decode(encoded, 70'000, &again));
  EXPECT_EQ(again, edits);
  EXPECT_FALSE(Edits::decode(encoded, 69'999, &again));
  for (size_t size = 0; size < encoded.size(); ++size)
    EXPECT_FALSE(Edits::decode(encoded.substr(0, size), 70'000, &again)) << size;
  EXPECT_FALSE(Edits::decode(encoded + '\0', 70'000, &again));
  using std::string_literals::operator""s;
  EXPECT_FALSE(Edits::decode("\x01\x00\x00"s, 10, &again));                      // nothing
  EXPECT_FALSE(Edits::decode("\x01\x80\x00\x02"s, 10, &again));                  // not shortest
  EXPECT_FALSE(Edits::decode("\x01\x00\x03\xff\xff\xff\xff\x0f"s, 10, &again));  // kNothing
  EXPECT_FALSE(Edits::decode("\x01\x0b\x02"s, 10, &again));                      // past the end
  EXPECT_TRUE(Edits::decode("\x01\x09\x02"s, 10, &again));
  EXPECT_TRUE(Edits::decode("\0"s, 0, &again));
  EXPECT_TRUE(again.empty());
}

TEST(Edits, AreAsTheirDocumentationSays) {
  const Parsed parsed(
      R"({"labels":["a","b"],"granular_markings":[{"lang":"en","selectors":["labels.[1]"]}]})");
  const auto edits = cut(parsed.document.root(), std::vector<std::string_view>{"labels.[0]"});
  ASSERT_TRUE(edits);
  EXPECT_EQ(edits->encode(), std::string_view("\x02\x0b\x08\x3d\x03\x00", 6));
}

TEST(Edits, WriteNumbersOfEveryLength) {
  const std::string bytes = "<abc>";
  for (const uint32_t number : {0u, 9u, 10u, 99u, 100u, 4'294'967'294u}) {
    const Edits edits({{1, 4, number}});
    EXPECT_EQ(edits.apply(bytes), "<" + std::to_string(number) + ">");
    EXPECT_EQ(edits.bytes_after(bytes.size()), edits.apply(bytes).size());
  }
}

constexpr std::string_view kId = "0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061";

std::string sdo(std::string_view type, std::string_view members) {
  return "{\"type\":\"" + std::string(type) + "\",\"id\":\"" + std::string(type) + "--" +
         std::string(kId) +
         R"(","spec_version":"2.1","created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z",)" +
         std::string(members) + "}";
}

// The masks that have an edition, when each text is a part.
uint32_t valid(std::string_view object, const std::vector<std::string>& selectors) {
  const Parsed parsed(object);
  std::vector<Part> parts;
  for (const std::string& selector : selectors) parts.push_back({{selector}});
  return valid_editions(parsed.document.root(), parts);
}

TEST(Editions, KeepWhatTheStandardRequires) {
  const std::string tool = sdo("tool", R"("name":"n","description":"d","labels":["x"])");
  EXPECT_EQ(valid(tool, {}), 0b1u);
  EXPECT_EQ(valid(tool, {"description"}), 0b11u);
  EXPECT_EQ(valid(tool, {"name"}), 0b01u);
  EXPECT_EQ(valid(tool, {"name", "description", "labels.[0]"}), 0b01010101u);
  EXPECT_EQ(valid(tool, {"id"}), 0b01u);
  EXPECT_EQ(valid(tool, {"missing"}), 0b01u);
  // A required list that would be empty.
  const std::string report = sdo(
      "report",
      R"("name":"n","published":"2024-01-01T00:00:00Z","object_refs":["tool--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061","tool--1c7b5b88-8ff7-4a4d-aa9d-feb398cd0061"])");
  EXPECT_EQ(valid(report, {"object_refs.[0]", "object_refs.[1]"}), 0b0111u);
  EXPECT_EQ(valid(report, {"object_refs"}), 0b01u);
}

TEST(Editions, KeepWhatBelongsTogether) {
  // Latitude needs longitude; either will do without the other two.
  const std::string place =
      sdo("location", R"("region":"northern-europe","latitude":60.1,"longitude":24.9)");
  EXPECT_EQ(valid(place, {"region", "latitude", "longitude"}), 0b01000011u);
  // One of name and hashes.
  const std::string file =
      R"({"type":"file","spec_version":"2.1","id":"file--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061","name":"x","hashes":{"MD5":"79054025255fb1a26e4bc422aef54eb4"}})";
  EXPECT_EQ(valid(file, {"name", "hashes.MD5"}), 0b0111u);
  // What was wrong before is no reason.
  const std::string odd = sdo("location", R"("country":"FI","latitude":60.1,"name":"n")");
  EXPECT_EQ(valid(odd, {"name"}), 0b11u);
}

// The object with the id that its properties give.
std::string with_its_id(std::string_view type, std::string_view members) {
  const auto text = [&](std::string_view id) {
    return "{\"type\":\"" + std::string(type) + "\",\"id\":\"" + std::string(id) + "\"," +
           std::string(members) + "}";
  };
  const Parsed parsed(text(""));
  return text(stix::deterministic_id(parsed.document.root()));
}

TEST(Editions, DoNotAskForAnIdMadeAnew) {
  const std::string file = with_its_id(
      "file", R"("name":"x","size":7,"hashes":{"MD5":"79054025255fb1a26e4bc422aef54eb4"})");
  EXPECT_EQ(valid(file, {"name", "hashes", "size"}), 0b01110111u);
  // Here none of the properties that the id is made of is left.
  const std::string account =
      with_its_id("user-account", R"("account_login":"root","display_name":"Root")");
  EXPECT_EQ(valid(account, {"account_login", "display_name"}), 0b0111u);
}

TEST(Editions, AreOfAcceptedObjectsOnly) {
  EXPECT_EQ(valid(sdo("tool", R"("description":"d","labels":["x"])"), {"description"}), 1u);
}

// What a marking means must not depend on who reads it.
TEST(Editions, AreNotOfMarkingDefinitions) {
  const std::string marking =
      R"({"type":"marking-definition","spec_version":"2.1","id":"marking-definition--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061",)"
      R"("created":"2024-01-01T00:00:00.000Z","name":"terms","definition_type":"statement","definition":{"statement":"s"}})";
  EXPECT_EQ(valid(marking, {"name"}), 1u);
}

TEST(Editions, BlameNoCutForWhatWasOddBefore) {
  const std::string tool = sdo("tool", R"("name":"n","x_list":["a",null,"b"])");
  EXPECT_EQ(valid(tool, {"x_list.[0]", "x_list.[2]"}), 0b1111u);
}

TEST(Editions, NeedAllFindings) {
  std::string members = R"("name":"n","description":"d")";
  for (size_t i = 0; i < limits::kFindingsPerObjectMax; ++i)
    members += ",\"x_" + std::to_string(i) + "\":1";
  EXPECT_EQ(valid(sdo("tool", members), {"description"}), 0b11u);
  const std::string more = members + ",\"x_more\":1";
  EXPECT_EQ(valid(sdo("tool", more), {"description"}), 1u);
  // With an extension that accounts for them there are no findings, and without it too many.
  const std::string extended = more + ",\"extensions\":{\"extension-definition--" +
                               std::string(kId) +
                               R"(":{"extension_type":"toplevel-property-extension"}})";
  EXPECT_EQ(valid(sdo("tool", extended), {"description", "extensions"}), 0b0011u);
}

TEST(Editions, AreFoundInTheirEncoding) {
  const std::string text = sdo(
      "tool",
      R"("name":"n","description":"d","labels":["x","y"],"granular_markings":[{"lang":"en","selectors":["labels.[1]"]}])");
  const Parsed parsed(text);
  const std::vector<Part> parts{
      {{"name"}}, {{"description"}}, {{"labels.[0]", "aliases"}}, {{"labels.[0]"}}};
  const Editions editions = EditionPlanner().plan(parsed.document.root(), parts);
  EXPECT_EQ(editions.valid, 0b0000'0101'0000'0101u);
  const std::string encoded = encode(editions);
  EXPECT_LT(encoded.size(), 40u);
  Edits edits;
  for (uint32_t mask = 0; mask < 40; ++mask) {
    const auto found = find_edition(encoded, mask, text.size(), &edits);
    if (mask >= 16 || (editions.valid >> mask & 1) == 0) {
      ASSERT_FALSE(found) << mask;
      EXPECT_EQ(found.error().code, Code::kNotFound);
    } else {
      ASSERT_TRUE(found) << mask;
      EXPECT_EQ(edits, editions.edits[mask]);
    }
  }
  for (size_t size = 0; size < encoded.size(); ++size) {
    const auto found = find_edition(encoded.substr(0, size), 10, text.size(), &edits);
    EXPECT_FALSE(found) << size;
  }
  EXPECT_EQ(find_edition("", 0, 10, &edits).error().code, Code::kCorrupt);
  EXPECT_EQ(find_edition("\x02\x01\x00", 0, 10, &edits).error().code, Code::kCorrupt);
}

TEST(Editions, AreForAFewParts) {
  std::string members = R"("name":"n","labels":["a")";
  std::vector<std::string> selectors;
  for (size_t i = 0; i <= limits::kGranularPartsMax; ++i) {
    members += ",\"x\"";
    selectors.push_back("labels.[" + std::to_string(i) + "]");
  }
  const std::string tool = sdo("tool", members + "]");
  EXPECT_EQ(valid(tool, selectors), 1u);
  selectors.pop_back();
  EXPECT_EQ(valid(tool, selectors), UINT32_MAX);
}

}  // namespace
}  // namespace entente::release
