// The common properties: what the header takes from them and what is said of them when they are
// wrong.
#include <gtest/gtest.h>

#include <string>

#include "base/limits.h"
#include "stix/test_support.h"

namespace entente::stix {
namespace {

using testing::Case;
using testing::Examined;
using testing::expect_all;
using testing::kUuid;
using testing::sco;
using testing::sdo;

const std::string kId = std::string("\"id\":\"campaign--") + std::string(kUuid) + "\"";
const std::string kTimes =
    R"("created":"2024-03-07T10:00:00.000Z","modified":"2024-03-07T10:00:00.000Z")";

std::string campaign(std::string_view members) {
  return R"({"type":"campaign","spec_version":"2.1","name":"n",)" + std::string(members) + "}";
}

TEST(StixHeader, TakesWhatTheNodeNeeds) {
  const Examined x(
      R"({"type":"report","spec_version":"2.1","id":"report--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061",)"
      R"("created_by_ref":"identity--f431f809-377b-45e0-aa1c-6a4751cae5ff","created":"2024-03-07T10:00:00.000Z",)"
      R"("modified":"2024-03-08T10:00:00.1234567891Z","revoked":true,"name":"r","published":"2024-03-08T10:00:00Z",)"
      R"("object_refs":["malware--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061","x-a--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061"],)"
      R"("object_marking_refs":["marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"],)"
      R"("granular_markings":[{"marking_ref":"marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da","selectors":["name"]},)"
      R"({"lang":"ja","selectors":["object_refs.[1]","name"]}],)"
      R"("extensions":{"extension-definition--d83fce45-ef58-4c6c-a3f4-1fbc32e98c6e":{"extension_type":"property-extension",)"
      R"("case_ref":"x-case--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061","deep":[{"far_refs":["tool--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061",7]}]}}})");
  EXPECT_EQ(x.lines(), std::vector<std::string>());
  EXPECT_TRUE(x->accepted);
  const Header& header = x->header;
  EXPECT_EQ(header.id, "report--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061");
  EXPECT_EQ(header.type, "report");
  EXPECT_EQ(header.spec_version, SpecVersion::k21);
  EXPECT_EQ(header.kind, ObjectKind::kSdo);
  EXPECT_TRUE(header.has_version);
  EXPECT_EQ(header.version.text, "2024-03-08T10:00:00.1234567891Z");
  EXPECT_TRUE(header.revoked);
  EXPECT_TRUE(header.has_extensions);
  EXPECT_EQ(header.created_by_ref, "identity--f431f809-377b-45e0-aa1c-6a4751cae5ff");
  ASSERT_EQ(header.marking_refs.size(), 1u);
  ASSERT_EQ(header.granular_markings.size(), 2u);
  EXPECT_EQ(header.granular_markings[0].marking_ref,
            "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da");
  EXPECT_EQ(header.granular_markings[1].lang, "ja");
  EXPECT_EQ(header.granular_markings[1].selectors,
            (std::vector<std::string_view>{"object_refs.[1]", "name"}));
  EXPECT_EQ(header.references,
            (std::vector<std::string_view>{"malware--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061",
                                           "x-a--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061",
                                           "x-case--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061",
                                           "tool--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061"}));
}

TEST(StixHeader, VersionIsModifiedElseCreatedElseNone) {
  EXPECT_EQ(Examined(sdo("campaign", R"("name":"n")"))->header.version.text,
            "2024-03-07T10:00:00.000Z");
  const Examined marking(R"({"type":"marking-definition","spec_version":"2.1",)"
                         R"("id":"marking-definition--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061",)"
                         R"("created":"2020-01-01T00:00:00.000Z","definition_type":"statement",)"
                         R"("definition":{"statement":"s"}})");
  EXPECT_EQ(marking->header.version.text, "2020-01-01T00:00:00.000Z");
  EXPECT_EQ(marking->header.kind, ObjectKind::kMeta);
  EXPECT_EQ(marking->header.definition_type, "statement");
  EXPECT_EQ(marking->header.definition_raw, R"({"statement":"s"})");
  EXPECT_FALSE(Examined(sco("mutex", R"("name":"n")"))->header.has_version);
}

TEST(StixHeader, ExaminationsAreReused) {
  Examiner examiner;
  Examination x;
  const std::string bad = json::padded(R"({"a":null,"granular_markings":[{}]})");
  const std::string good = json::padded(sco("mutex", R"("name":"n")"));
  json::Parser parser;
  json::Document first, second;
  ASSERT_TRUE(parser.parse(bad, &first));
  ASSERT_TRUE(parser.parse(good, &second));
  for (int round = 0; round < 3; ++round) {
    examiner.examine(first.root(), &x);
    EXPECT_FALSE(x.accepted);
    EXPECT_FALSE(x.findings.empty());
    examiner.examine(second.root(), &x);
    EXPECT_TRUE(x.accepted);
    EXPECT_TRUE(x.findings.empty());
    EXPECT_TRUE(x.header.granular_markings.empty());
  }
}

TEST(StixHeader, TypeIdAndVersion) {
  const std::string id_of_x = std::string("\"id\":\"x--") + std::string(kUuid) + "\"";
  expect_all({
      {"[]", "not-an-object"},
      {"\"campaign\"", "not-an-object"},
      {"{}", "type-missing;id-missing"},
      {R"({"type":7,"id":7})", "type-missing /type;id-missing /id"},
      {R"({"type":"A b","id":"A b--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061"})",
       "type-custom;type-malformed /type;id-malformed /id"},
      {R"({"type":"camp\u0061ign",)" + kId + "}", "type-malformed /type"},
      {R"({"type":"x-x",)" + kId + "}", "type-custom;id-type-mismatch /id"},
      {R"({"type":"x",)" + id_of_x + "}", "type-custom;type-name /type"},
      {R"({"type":"bundle","spec_version":"2.1",)" + kId + "}",
       "type-malformed /type;id-type-mismatch /id"},
      {campaign(kTimes), "id-missing"},
      {campaign(R"("id":"campaign--1",)" + kTimes), "id-malformed /id"},
      {campaign(R"("id":"campaign--\u0030c7b5b88-8ff7-4a4d-aa9d-feb398cd0061",)" + kTimes),
       "id-malformed /id"},
      {campaign(R"("id":"tool--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061",)" + kTimes),
       "id-type-mismatch /id"},
      {campaign(R"("id":"campaign--0C7B5B88-8ff7-4a4d-aa9d-feb398cd0061",)" + kTimes),
       "uuid-unusual /id"},
      {campaign(kId + R"(,"created":"2024-03-07T10:00:00.000Z")"), "property-missing"},
      {campaign(kId), "property-missing;property-missing"},
      {campaign(kId + R"(,"created":"2024-03-07","modified":7)"),
       "version-malformed /created;version-malformed /modified"},
      {campaign(
           kId +
           R"(,"created":"2024-03-07T10:00:00.00\u0030Z","modified":"2024-03-07T10:00:00.000Z")"),
       "version-malformed /created"},
      {campaign(kId + R"(,"created":"2024-03-07T10:00:00Z","modified":"2024-03-07T10:00:00.01Z")"),
       "version-precision /created;version-precision /modified"},
      {campaign(kId +
                R"(,"created":"2024-03-07T10:00:00.001Z","modified":"2024-03-07T10:00:00.000Z")"),
       "modified-before-created /modified"},
      {campaign(kId + "," + kTimes +
                R"(,"created_by_ref":"tool--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061")"),
       "reference-target /created_by_ref"},
      {campaign(kId + "," + kTimes + R"(,"created_by_ref":"me")"),
       "reference-malformed /created_by_ref"},
      {campaign(kId + "," + kTimes + R"(,"revoked":"no")"), "property-type /revoked"},
      {R"({"type":"campaign","spec_version":"2.2","name":"n",)" + kId + "," + kTimes + "}",
       "spec-version-unknown /spec_version"},
      {R"({"type":"grouping","id":"grouping--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061",)" + kTimes +
           "}",
       "spec-version-missing"},
  });
}

TEST(StixHeader, CommonProperties) {
  const std::string name = R"("name":"n",)";
  expect_all({
      {sdo("campaign", name + R"("labels":["a"],"confidence":0,"lang":"zh-Hant")"), ""},
      {sdo("campaign", name + R"("labels":[])"), "list-empty /labels"},
      {sdo("campaign", name + R"("labels":["a",1])"), "property-type /labels/1"},
      {sdo("campaign", name + R"("labels":"a")"), "property-type /labels"},
      {sdo("campaign", name + R"("labels":[null])"), "null-value /labels/0"},
      {sdo("campaign", R"("name":null)"), "property-type /name"},
      {sdo("campaign", name + R"("description":null)"), "null-value /description"},
      {sdo("campaign", name + R"("confidence":101)"), "value-range /confidence"},
      {sdo("campaign", name + R"("confidence":-1)"), "value-range /confidence"},
      {sdo("campaign", name + R"("confidence":100)"), ""},
      {sdo("campaign", name + R"("confidence":1e2)"), ""},
      {sdo("campaign", name + R"("confidence":"high")"), "property-type /confidence"},
      {sdo("campaign", name + R"("confidence":50.5)"), "property-type /confidence"},
      {sdo("campaign", name + R"("confidence":123456789012345678901234567890)"),
       "value-range /confidence"},
      {sdo("campaign", name + R"("lang":"en_US")"), "language-malformed /lang"},
      {sdo("campaign", name + R"("defanged":true)"), "property-not-applicable /defanged"},
      {sdo("campaign", name + R"("external_references":[{"source_name":"s","url":"u"}])"), ""},
      {sdo("campaign", name + R"("external_references":[{"source_name":"s"}])"),
       "choice-missing /external_references/0"},
      {sdo("campaign", name + R"("external_references":[{"url":"u"}])"),
       "property-missing /external_references/0"},
      {sdo("campaign", name + R"("external_references":["u"])"),
       "property-type /external_references/0"},
      {sdo("campaign",
           name + R"("external_references":[{"source_name":"cve","external_id":"2024-1"}])"),
       "value-malformed /external_references/0/external_id"},
      {sdo("campaign",
           name + R"("external_references":[{"source_name":"capec","external_id":"CAPEC-550"}])"),
       ""},
      {sco("mutex", name + R"("confidence":1,"created":"2024-03-07T10:00:00.000Z")"),
       "property-not-applicable /confidence;property-not-applicable /created"},
      {sco("mutex", name + R"("defanged":"yes")"), "property-type /defanged"},
  });
}

TEST(StixHeader, CustomPropertiesAreKeptAndNamed) {
  const std::string name = R"("name":"n",)";
  const std::string long_name(250, 'a');
  const std::string long_custom = "property-custom /" + long_name;
  const std::string too_long = "property-name /" + long_name + "a";
  expect_all({
      {sdo("campaign", name + R"("x_foo":1)"), "property-custom /x_foo"},
      {sdo("campaign", name + R"("x_foo":{"a":[null]})"),
       "property-custom /x_foo;null-value /x_foo/a/0"},
      {sdo("campaign", name + R"("X-Foo":1)"), "property-name /X-Foo"},
      {sdo("campaign", name + R"("ab":1)"), "property-name /ab"},
      {sdo("campaign", name + "\"" + long_name + "\":1"), long_custom},
      {sdo("campaign", name + "\"" + long_name + "a\":1"), too_long},
      {sdo("campaign", name + R"("severity":1)"), "property-reserved /severity"},
      {sdo("campaign", name + R"("a/b~c":1)"), "property-name /a~1b~0c"},
      {sdo("campaign", name + R"("kill_chain_phases":1)"), "property-custom /kill_chain_phases"},
      {sdo("x-foo", R"("anything":1,"other_ref":"nothing")"), "type-custom"},
      {sdo("x-foo", R"("Anything":1)"), "type-custom;property-name /Anything"},
  });
}

TEST(StixHeader, RepeatedNamesAreRefusedAtAnyDepth) {
  expect_all({
      {sdo("campaign", R"("name":"n","name":"m")"), "key-duplicate /name"},
      {sdo("campaign", R"("name":"n","n\u0061me":"m")"), "key-duplicate /name"},
      {sdo("campaign", R"("name":"n","x_foo":[{"aaa":{"bbb":1,"ccc":2,"bbb":3}}])"),
       "property-custom /x_foo;key-duplicate /x_foo/0/aaa/bbb"},
  });
}

TEST(StixHeader, Stix20IsTakenAsItIs) {
  const std::string head =
      R"({"type":"malware","id":"malware--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061",)";
  const Examined x(
      head + kTimes +
      R"(,"labels":[],"name":7,"x":null,"sample_ref":"file--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061"})");
  EXPECT_TRUE(x->accepted);
  EXPECT_EQ(x->header.spec_version, SpecVersion::k20);
  EXPECT_EQ(x->header.kind, ObjectKind::kSdo);
  EXPECT_EQ(x->header.references.size(), 1u);
  expect_all({
      {head + kTimes + "}", ""},
      {head + R"("created":"2024-03-07T10:00:00.000Z"})", "property-missing"},
      {head + kTimes + R"(,"object_marking_refs":["x"]})",
       "marking-ref-malformed /object_marking_refs/0"},
      {head + kTimes +
           R"(,"granular_markings":[{"marking_ref":"marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9","selectors":["no"]}]})",
       "selector-unresolved /granular_markings/0/selectors/0"},
      {head + kTimes + R"(,"a":1,"a":2})", "key-duplicate /a"},
      {R"({"type":"observed-data","id":"observed-data--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061",)" +
           kTimes + R"(,"objects":{"0":{"type":"file","parent_directory_ref":"1"}}})",
       ""},
      {R"({"type":"x-mitre-tactic","id":"x-mitre-tactic--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061",)" +
           kTimes + "}",
       ""},
      {R"({"type":"marking-definition","id":"marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",)"
       R"("created":"2017-01-20T00:00:00.000Z","definition_type":"tlp","definition":{"tlp":"red"}})",
       "tlp-mismatch /definition/tlp"},
  });
  EXPECT_EQ(Examined(sco("mutex", R"("name":"n")"))->header.spec_version, SpecVersion::k21);
}

TEST(StixHeader, LimitsHoldAtTheirValueAndFailPastIt) {
  const std::string type(limits::kIdBytesMax - 38, 'a');
  EXPECT_TRUE(Examined(sdo(type, ""))->accepted);
  EXPECT_EQ(Examined(sdo(type + "a", "")).lines(),
            (std::vector<std::string>{"type-custom", "id-too-long /id"}));

  const auto list = [](size_t count, std::string_view element) {
    std::string out = "[";
    for (size_t i = 0; i < count; ++i) out.append(i == 0 ? "" : ",").append(element);
    return out + "]";
  };
  const std::string marking = R"("marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9")";
  const auto marked = [&](size_t count) {
    return Examined(sco("mutex", R"("name":"n","object_marking_refs":)" + list(count, marking)))
        .lines();
  };
  EXPECT_TRUE(marked(limits::kMarkingsMax).empty());
  EXPECT_EQ(marked(limits::kMarkingsMax + 1),
            std::vector<std::string>{"markings-too-many /object_marking_refs"});

  const auto noted = [&](size_t count) {
    const std::string references = list(count, R"("tool--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061")");
    return Examined(sdo("note", R"("content":"c","object_refs":)" + references))->accepted;
  };
  EXPECT_TRUE(noted(limits::kReferencesMax));
  EXPECT_FALSE(noted(limits::kReferencesMax + 1));

  const auto selected = [&](size_t count) {
    return Examined(sco("mutex", R"("name":"n","granular_markings":[{"marking_ref":)" + marking +
                                     R"(,"selectors":)" + list(count, R"("name")") + "}]"))
        .lines();
  };
  EXPECT_TRUE(selected(limits::kSelectorsMax).empty());
  EXPECT_EQ(selected(limits::kSelectorsMax + 1),
            std::vector<std::string>{"selectors-too-many /granular_markings/0/selectors"});

  const auto sized = [&](size_t bytes) {
    const std::string head = sco("mutex", R"("name":"n")");
    return Examined(sco("mutex", "\"name\":\"" + std::string(bytes - head.size() + 1, 'n') + "\""))
        .lines();
  };
  EXPECT_TRUE(sized(limits::kObjectBytesMax).empty());
  EXPECT_EQ(sized(limits::kObjectBytesMax + 1), std::vector<std::string>{"object-too-large"});
}

TEST(StixHeader, ListsAtMostSoManyFindingsButCountsAll) {
  std::string members = R"("name":"n")";
  for (size_t i = 0; i < limits::kFindingsPerObjectMax + 50; ++i)
    members += ",\"x_" + std::to_string(1000 + i) + "\":1";
  const Examined hints(sdo("campaign", members));
  EXPECT_EQ(hints->findings.size(), limits::kFindingsPerObjectMax);
  EXPECT_EQ(hints->findings_total, limits::kFindingsPerObjectMax + 50);
  EXPECT_TRUE(hints->accepted);
  // An error that comes last is still listed, and still in its place.
  const Examined refused(
      sdo("campaign", members + R"(,"x_9":{"first_ref":null},"revoked":"maybe")"));
  EXPECT_FALSE(refused->accepted);
  EXPECT_EQ(refused->findings.size(), limits::kFindingsPerObjectMax);
  size_t errors = 0;
  for (size_t i = 0; i < refused->findings.size(); ++i) {
    errors += refused->findings[i].severity == Severity::kError ? 1 : 0;
    EXPECT_LE(refused->findings[i == 0 ? 0 : i - 1].offset, refused->findings[i].offset);
  }
  EXPECT_EQ(errors, 1u);
}

TEST(StixBundle, IsExaminedAsAContainer) {
  using Lines = std::vector<std::string>;
  const std::string id = R"("id":"bundle--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061")";
  const auto lines = [](const std::string& text) { return Examined::bundle_findings(text); };
  EXPECT_EQ(lines(R"({"type":"bundle",)" + id + "}"), Lines());
  EXPECT_EQ(lines(R"({"type":"bundle","spec_version":"2.0",)" + id + R"(,"objects":[{}]})"),
            Lines());
  EXPECT_EQ(lines(R"({"type":"bundle"})"), Lines{"bundle-malformed"});
  EXPECT_EQ(lines(R"({"type":"tool",)" + id + "}"), Lines{"bundle-malformed /type"});
  EXPECT_EQ(lines(R"({"type":"bundle","id":"tool--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061"})"),
            Lines{"bundle-malformed /id"});
  EXPECT_EQ(lines(R"({"type":"bundle",)" + id + R"(,"objects":{}})"),
            Lines{"property-type /objects"});
  EXPECT_EQ(lines(R"({"type":"bundle",)" + id + R"(,"objects":[]})"), Lines{"list-empty /objects"});
  EXPECT_EQ(lines(R"({"type":"bundle",)" + id + R"(,"spec_version":"3"})"),
            Lines{"spec-version-unknown /spec_version"});
  EXPECT_EQ(lines(R"({"type":"bundle",)" + id + R"(,"foo":1})"), Lines{"property-custom /foo"});
  EXPECT_EQ(lines("[]"), Lines{"not-an-object"});
  const std::string one = sdo("campaign", R"("name":"n")");
  EXPECT_EQ(lines(R"({"type":"bundle",)" + id + ",\"objects\":[" + one + "," + one + "]}"),
            Lines{"bundle-repeats /objects/1/id"});
}

}  // namespace
}  // namespace entente::stix
