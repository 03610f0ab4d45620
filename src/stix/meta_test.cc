// Meta objects, markings, granular markings and extensions.
#include <gtest/gtest.h>

#include <string>

#include "stix/test_support.h"

namespace entente::stix {
namespace {

using testing::Examined;
using testing::expect_all;
using testing::sco;
using testing::sdo;

const std::string kExt = "extension-definition--d83fce45-ef58-4c6c-a3f4-1fbc32e98c6e";
const std::string kMark = R"("marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da")";

std::string marking(std::string_view members, std::string_view uuid = testing::kUuid) {
  return R"({"type":"marking-definition","spec_version":"2.1","id":"marking-definition--)" +
         std::string(uuid) + R"(","created":"2017-01-20T00:00:00.000Z")" +
         (members.empty() ? "" : ",") + std::string(members) + "}";
}

TEST(StixMarking, Definitions) {
  const std::string_view green = "34098fce-860f-48ae-8e50-ebd3cc5e41da";
  const std::string_view amber2 = "55d920b0-5e8b-4f79-9ee9-91f868d9b421";
  const std::string tlp2 =
      R"("extensions":{"extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d":{"extension_type":"property-extension","tlp_2_0":)";
  expect_all({
      {marking(R"("name":"n","definition_type":"statement","definition":{"statement":"s"})"), ""},
      {marking(R"("definition_type":"statement","definition":{"statment":"s"})"),
       "statement-missing /definition"},
      {marking(R"("definition_type":"statement")"), "property-missing"},
      {marking(R"("definition":{"statement":"s"})"), "property-missing"},
      {marking(R"("definition_type":"x-iep","definition":{"a":1})"), ""},
      {marking(R"("definition_type":"x-iep","definition":"a")"), "property-type /definition"},
      {marking(R"("definition_type":7,"definition":{"a":1})"), "property-type /definition_type"},
      {marking(R"("definition_type":"tlp","definition":{"tlp":"green"})", green), ""},
      {marking(R"("definition_type":"tlp","definition":{"tlp":"white"})", green),
       "tlp-mismatch /definition/tlp"},
      {marking(R"("definition_type":"tlp","definition":{"tlp":7})", green),
       "tlp-mismatch /definition/tlp"},
      {marking(R"("definition_type":"statement","definition":{"statement":"public"})", green),
       "tlp-mismatch"},
      {marking(R"("definition_type":"tlp","definition":{"tlp":"green"})"),
       "tlp-foreign /definition/tlp"},
      {marking(R"("definition_type":"tlp","definition":{"tlp":"clear"})",
               "613f2e26-407d-48c7-9eca-b8e91df99dc9"),
       "tlp-foreign /definition/tlp"},
      {marking(tlp2 + R"("amber"}})", amber2), ""},
      {marking(tlp2 + R"("clear"}})", amber2),
       "tlp-mismatch "
       "/extensions/extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d/tlp_2_0"},
      {marking(tlp2 + R"("clear"}})"),
       "tlp-foreign "
       "/extensions/extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d/tlp_2_0"},
      {marking(
           R"("definition_type":"statement","definition":{"statement":"s"},"object_marking_refs":["marking-definition--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061"])"),
       "marking-self"},
      {marking(
           R"("definition_type":"statement","definition":{"statement":"s"},"modified":"2017-01-20T00:00:00.000Z")"),
       "property-not-applicable /modified"},
  });
}

TEST(StixMarking, ObjectMarkings) {
  const std::string name = R"("name":"n",)";
  expect_all({
      {sco("mutex", name + R"("object_marking_refs":[)" + kMark + "]"), ""},
      {sco("mutex", name + R"("object_marking_refs":[])"), "list-empty /object_marking_refs"},
      {sco("mutex", name + R"("object_marking_refs":)" + kMark),
       "marking-ref-malformed /object_marking_refs"},
      {sco("mutex", name + R"("object_marking_refs":null)"),
       "marking-ref-malformed /object_marking_refs"},
      {sco("mutex",
           name +
               R"("object_marking_refs":[7,"TLP:RED","identity--34098fce-860f-48ae-8e50-ebd3cc5e41da"])"),
       "marking-ref-malformed /object_marking_refs/0;marking-ref-malformed "
       "/object_marking_refs/1;marking-ref-malformed /object_marking_refs/2"},
      {sco("mutex",
           name +
               R"("object_marking_refs":["marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41d\u0061"])"),
       "marking-ref-malformed /object_marking_refs/0"},
  });
}

TEST(StixMarking, GranularMarkings) {
  const auto marked = [](std::string_view granular) {
    return sco("mutex", R"("name":"n","granular_markings":)" + std::string(granular));
  };
  const std::string ref = R"("marking_ref":)" + kMark;
  expect_all({
      {marked("[{" + ref + R"(,"selectors":["name","granular_markings.[0].selectors.[1]"]}])"), ""},
      {marked(R"([{"lang":"ja","selectors":["name"]}])"), ""},
      {marked(R"([{"lang":"j!","selectors":["name"]}])"),
       "language-malformed /granular_markings/0/lang"},
      {marked(R"([{"lang":7,"selectors":["name"]}])"),
       "granular-malformed /granular_markings/0/lang"},
      {marked("[]"), "list-empty /granular_markings"},
      {marked("{}"), "granular-malformed /granular_markings"},
      {marked("[7]"), "granular-malformed /granular_markings/0"},
      {marked("[{" + ref + "}]"), "granular-malformed /granular_markings/0"},
      {marked("[{" + ref + R"(,"selectors":[]}])"), "granular-malformed /granular_markings/0"},
      {marked(R"([{"selectors":["name"]}])"), "granular-malformed /granular_markings/0"},
      {marked("[{" + ref + R"(,"lang":"en","selectors":["name"]}])"),
       "granular-malformed /granular_markings/0"},
      {marked(R"([{"marking_ref":"red","selectors":["name"]}])"),
       "marking-ref-malformed /granular_markings/0/marking_ref"},
      {marked("[{" + ref + R"(,"selectors":["nam","name.[0]","a..b",7,"n\u0061me"]}])"),
       "selector-unresolved /granular_markings/0/selectors/0;selector-unresolved "
       "/granular_markings/0/selectors/1;"
       "selector-malformed /granular_markings/0/selectors/2;selector-malformed "
       "/granular_markings/0/selectors/3;"
       "selector-malformed /granular_markings/0/selectors/4"},
  });
}

TEST(StixMeta, ExtensionDefinition) {
  const std::string head = R"("name":"n","schema":"s","version":"1.2.1",)";
  const std::string by = R"("created_by_ref":"identity--11b76a96-5d2b-45e0-8a5a-f6994f370731",)";
  const auto type = "extension-definition";
  expect_all({
      {sdo(type,
           by + head +
               R"("extension_types":["new-sdo","toplevel-property-extension"],"extension_properties":["rank"])"),
       ""},
      {sdo(type, head + R"("extension_types":["new-sdo"])"), "property-missing"},
      {sdo(type, by + R"("extension_types":["new-sdo"])"),
       "property-missing;property-missing;property-missing"},
      {sdo(type, by + head + R"("extension_types":["new-thing"])"),
       "enum-unknown /extension_types/0"},
      {sdo(type, by + head + R"("extension_types":[])"), "list-empty /extension_types"},
      {sdo(type, by + head + R"("extension_types":["new-sdo"],"extension_properties":["rank"])"),
       "rule-broken /extension_properties"},
      {sdo(type,
           by + head +
               R"("extension_types":["toplevel-property-extension"],"extension_properties":["Rank"])"),
       "property-name /extension_properties/0"},
  });
}

TEST(StixMeta, LanguageContent) {
  const std::string of = R"("object_ref":"campaign--12a111f0-b824-4baf-a224-83b80237a094",)";
  const auto type = "language-content";
  expect_all({
      {sdo(type,
           of +
               R"("object_modified":"2017-02-08T21:31:22.007Z","contents":{"de":{"name":"n","goals":["a",""]},"zh-Hant":{"name":"\u540d"}})"),
       ""},
      {sdo(type, R"("contents":{"de":{"name":"n"}})"), "property-missing"},
      {sdo(type, of + R"("contents":{"de_DE":{"name":"n"},"fr":"x","ja":{}})"),
       "language-malformed /contents/de_DE;property-type /contents/fr;dictionary-empty "
       "/contents/ja"},
      {sdo(type, of + R"("contents":{})"), "dictionary-empty /contents"},
      {sdo(type, of + R"("contents":[])"), "property-type /contents"},
      {sdo(type, of + R"("contents":{"de":{"a":"b"}},"lang":"en")"),
       "property-not-applicable /lang"},
  });
}

std::string with_extension(std::string_view type, std::string_view content) {
  return sdo(
      type, R"("name":"n","rank":1,"extensions":{")" + kExt + R"(":)" + std::string(content) + "}");
}

TEST(StixExtension, FiveKinds) {
  const std::string at = "/extensions/" + kExt;
  const std::string type_missing = "property-custom /rank;extension-type " + at;
  const std::string type_unknown = "property-custom /rank;extension-type " + at + "/extension_type";
  const std::string malformed = "property-custom /rank;extension-malformed " + at;
  expect_all({
      {with_extension("campaign", R"({"extension_type":"property-extension","toxicity":8})"),
       "property-custom /rank"},
      {with_extension("campaign", R"({"extension_type":"toplevel-property-extension"})"), ""},
      {with_extension("campaign", R"({"extension_type":"new-sdo"})"), type_unknown},
      {with_extension("campaign", R"({"extension_type":"new-thing"})"), type_unknown},
      {with_extension("campaign", R"({"toxicity":8})"), type_missing},
      {with_extension("campaign", "7"), malformed},
      {with_extension("x-own", R"({"extension_type":"new-sdo"})"), ""},
      {with_extension("x-own", R"({"extension_type":"new-sro"})"), ""},
      {with_extension("x-own", R"({"extension_type":"property-extension"})"), "type-custom"},
      {sco("x-own", R"("extensions":{")" + kExt + R"(":{"extension_type":"new-sco"}})"), ""},
      {sco("x-own", R"("extensions":{")" + kExt + R"(":{"extension_type":"new-sdo"}})"),
       "property-missing;property-missing"},
      {sco("mutex", R"("name":"n","extensions":{})"), "dictionary-empty /extensions"},
      {sco("mutex", R"("name":"n","extensions":[])"), "property-type /extensions"},
      {sco("mutex", R"("name":"n","extensions":{"x-foo-ext":{"a":1}})"),
       "extension-key /extensions/x-foo-ext"},
      {sco("mutex", R"("name":"n","extensions":{"ntfs-ext":{"sid":"1"}})"),
       "extension-misplaced /extensions/ntfs-ext"},
  });
  EXPECT_EQ(Examined(with_extension("x-own", R"({"extension_type":"new-sdo"})"))->header.kind,
            ObjectKind::kSdo);
  EXPECT_EQ(Examined(with_extension("x-own", R"({"extension_type":"new-sro"})"))->header.kind,
            ObjectKind::kSro);
  EXPECT_EQ(Examined(with_extension("x-own", "{}"))->header.kind, ObjectKind::kCustom);
}

}  // namespace
}  // namespace entente::stix
