// Domain and relationship objects, type by type: one that is right, then each rule broken once.
#include <gtest/gtest.h>

#include <string>

#include "stix/test_support.h"

namespace entente::stix {
namespace {

using testing::expect_all;
using testing::sdo;

const std::string kN = R"("name":"n",)";
std::string ref(std::string_view type) {
  return "\"" + std::string(type) + "--0c7b5b88-8ff7-4a4d-aa9d-feb398cd0061\"";
}
std::string refs(std::string_view type) { return "[" + ref(type) + "]"; }

TEST(StixSdo, NamesAndDescriptions) {
  for (const char* type :
       {"attack-pattern", "campaign", "course-of-action", "identity", "incident", "infrastructure",
        "intrusion-set", "threat-actor", "tool", "vulnerability"}) {
    expect_all({
        {sdo(type, R"("name":"n","description":"d")"), ""},
        {sdo(type, R"("description":"d")"), "property-missing"},
        {sdo(type, R"("name":7)"), "property-type /name"},
        {sdo(type, R"("name":"n","description":["d"])"), "property-type /description"},
    });
  }
}

// The properties that every object of a type needs, with a comma behind.
std::string named_of(std::string_view type) {
  return type == "malware" ? kN + R"("is_family":false,)" : kN;
}

TEST(StixSdo, KillChainsAndTimes) {
  for (const char* type : {"attack-pattern", "infrastructure", "malware", "tool"}) {
    const std::string named = named_of(type);
    expect_all({
        {sdo(type,
             named +
                 R"("aliases":["a"],"kill_chain_phases":[{"kill_chain_name":"k","phase_name":"p"}])"),
         ""},
        {sdo(type, named + R"("kill_chain_phases":[{"kill_chain_name":"k"}])"),
         "property-missing /kill_chain_phases/0"},
        {sdo(type, named + R"("kill_chain_phases":["k"])"), "property-type /kill_chain_phases/0"},
        {sdo(type,
             named + R"("kill_chain_phases":[{"kill_chain_name":"k","phase_name":"p","Order":1}])"),
         "property-name /kill_chain_phases/0/Order"},
    });
  }
  for (const char* type :
       {"campaign", "infrastructure", "intrusion-set", "malware", "threat-actor"}) {
    const std::string named = named_of(type);
    expect_all({
        {sdo(type,
             named + R"("first_seen":"2024-01-01T00:00:00Z","last_seen":"2024-01-01T00:00:00Z")"),
         ""},
        {sdo(type,
             named + R"("first_seen":"2024-01-01T00:00:01Z","last_seen":"2024-01-01T00:00:00Z")"),
         "time-order /last_seen"},
        {sdo(type, named + R"("first_seen":"2024")"), "timestamp-malformed /first_seen"},
        {sdo(type, named + R"("last_seen":2024)"), "property-type /last_seen"},
    });
  }
}

TEST(StixSdo, Vocabularies) {
  expect_all({
      {sdo("identity",
           kN +
               R"("identity_class":"organization","sectors":["legal"],"roles":["r"],"contact_information":"c")"),
       ""},
      {sdo("identity", kN + R"("identity_class":"Organization","sectors":["energy","x"])"),
       "word-foreign /identity_class;word-foreign /sectors/1"},
      {sdo("identity", kN + R"("identity_class":["organization"])"),
       "property-type /identity_class"},
      {sdo("infrastructure", kN + R"("infrastructure_types":["control-system","x"])"),
       "word-foreign /infrastructure_types/1"},
      {sdo("intrusion-set",
           kN +
               R"("goals":["g"],"resource_level":"x","primary_motivation":"x","secondary_motivations":["x"])"),
       "word-foreign /resource_level;word-foreign /primary_motivation;word-foreign "
       "/secondary_motivations/0"},
      {sdo("threat-actor",
           kN +
               R"("threat_actor_types":["private-sector"],"roles":["agent"],"sophistication":"expert",)"
               R"("resource_level":"team","primary_motivation":"revenge","personal_motivations":["coercion"])"),
       ""},
      {sdo("threat-actor",
           kN +
               R"("threat_actor_types":["x"],"roles":["x"],"sophistication":"x","personal_motivations":["x"])"),
       "word-foreign /threat_actor_types/0;word-foreign /roles/0;word-foreign "
       "/sophistication;word-foreign /personal_motivations/0"},
      {sdo("tool", kN + R"("tool_types":["x"],"tool_version":"1")"), "word-foreign /tool_types/0"},
      {sdo("malware",
           kN +
               R"("is_family":false,"malware_types":["x"],"architecture_execution_envs":["x"],"implementation_languages":["rust","x"],"capabilities":["x"])"),
       "word-foreign /malware_types/0;word-foreign /architecture_execution_envs/0;word-foreign "
       "/implementation_languages/1;word-foreign /capabilities/0"},
  });
}

TEST(StixSdo, GroupingReportNoteOpinion) {
  const std::string objects = R"("object_refs":)" + refs("relationship");
  expect_all({
      {sdo("grouping", R"("context":"unspecified",)" + objects), ""},
      {sdo("grouping", R"("context":"x",)" + objects), "word-foreign /context"},
      {sdo("grouping", objects), "property-missing"},
      {sdo("grouping", R"("context":"unspecified")"), "property-missing"},
      {sdo("grouping", R"("context":"unspecified","object_refs":[])"), "list-empty /object_refs"},
      {sdo("grouping", R"("context":"unspecified","object_refs":["x"])"),
       "reference-malformed /object_refs/0"},
      {sdo("grouping", R"("context":"unspecified","object_refs":)" + refs("bundle")),
       "reference-target /object_refs/0"},
      {sdo("report",
           kN + R"("published":"2024-01-01T00:00:00Z","report_types":["incident"],)" + objects),
       ""},
      {sdo("report", kN + R"("published":"2024-01-01T00:00:00Z","report_types":["x"])"),
       "property-missing;word-foreign /report_types/0"},
      {sdo("report", kN + objects), "property-missing"},
      {sdo("note", R"("content":"c","abstract":"a","authors":["x"],)" + objects), ""},
      {sdo("note", objects), "property-missing"},
      {sdo("opinion", R"("opinion":"agree","explanation":"e",)" + objects), ""},
      {sdo("opinion", R"("opinion":"maybe",)" + objects), "enum-unknown /opinion"},
      {sdo("opinion", objects), "property-missing"},
  });
}

TEST(StixSdo, Indicator) {
  const std::string pattern = R"("pattern":"[a:b=1]","pattern_type":"stix",)";
  expect_all({
      {sdo("indicator",
           pattern +
               R"("valid_from":"2024-01-01T00:00:00Z","indicator_types":["benign"],"pattern_version":"2.1")"),
       ""},
      {sdo("indicator",
           pattern +
               R"("valid_from":"2024-01-01T00:00:00Z","valid_until":"2024-01-01T00:00:00.0Z")"),
       "time-order /valid_until"},
      {sdo("indicator",
           pattern +
               R"("valid_from":"2024-01-01T00:00:00Z","valid_until":"2024-01-01T00:00:00.1Z")"),
       ""},
      {sdo("indicator", pattern + R"("indicator_types":["x"])"),
       "property-missing;word-foreign /indicator_types/0"},
      {sdo("indicator", R"("pattern":"","pattern_type":"x","valid_from":"2024-01-01T00:00:00Z")"),
       "value-empty /pattern;word-foreign /pattern_type"},
      {sdo("indicator", R"("valid_from":"2024-01-01T00:00:00Z")"),
       "property-missing;property-missing"},
  });
}

TEST(StixSdo, Location) {
  expect_all({
      {sdo("location", R"("region":"eastern-asia")"), ""},
      {sdo("location",
           R"("country":"tw","city":"c","administrative_area":"a","street_address":"s","postal_code":"p")"),
       ""},
      {sdo("location", R"("latitude":25.03,"longitude":121.56,"precision":0.5)"), ""},
      {sdo("location", R"("latitude":-90,"longitude":180)"), ""},
      {sdo("location", R"("name":"n")"), "choice-missing"},
      {sdo("location", R"("latitude":90.1,"longitude":-180.1)"),
       "value-range /latitude;value-range /longitude"},
      {sdo("location", R"("latitude":1)"), "choice-missing;dependency-missing /latitude"},
      {sdo("location", R"("country":"jp","longitude":1)"), "dependency-missing /longitude"},
      {sdo("location", R"("country":"jp","precision":1)"), "dependency-missing /precision"},
      {sdo("location", R"("latitude":1,"longitude":1,"precision":-1)"), "value-range /precision"},
      {sdo("location", R"("latitude":"1","longitude":1)"), "property-type /latitude"},
      {sdo("location", R"("latitude":1e999,"longitude":1)"), "value-range /latitude"},
      {sdo("location", R"("region":"east","country":"Japan")"),
       "word-foreign /region;style /country"},
  });
}

TEST(StixSdo, MalwareAndItsAnalysis) {
  expect_all({
      {sdo("malware", R"("is_family":false,"sample_refs":)" + refs("file")), ""},
      {sdo("malware", R"("is_family":true)"), "property-missing"},
      {sdo("malware", R"("name":"fictional")"), "property-missing"},
      {sdo("malware", R"("is_family":"true")"), "property-type /is_family"},
      {sdo("malware", R"("is_family":false,"sample_refs":)" + refs("tool")),
       "reference-target /sample_refs/0"},
      {sdo("malware", R"("is_family":false,"operating_system_refs":)" + refs("software")), ""},
      {sdo("malware", R"("is_family":false,"operating_system_refs":)" + refs("x-os")),
       "reference-target /operating_system_refs/0"},
      {sdo("malware-analysis",
           R"("product":"p","result":"benign","sample_ref":)" + ref("network-traffic")),
       ""},
      {sdo("malware-analysis", R"("product":"p","analysis_sco_refs":)" + refs("x-own")), ""},
      {sdo("malware-analysis", R"("product":"p","analysis_sco_refs":)" + refs("malware")),
       "reference-target /analysis_sco_refs/0"},
      {sdo("malware-analysis", R"("product":"p")"), "choice-missing"},
      {sdo("malware-analysis", R"("result":"x")"), "property-missing;word-foreign /result"},
      {sdo("malware-analysis", R"("product":"p","result":"benign","host_vm_ref":)" + ref("file")),
       "reference-target /host_vm_ref"},
      {sdo("malware-analysis",
           R"("product":"p","result":"benign","analysis_started":"2024-01-02T00:00:00Z","analysis_ended":"2024-01-01T00:00:00Z")"),
       "time-order /analysis_ended"},
  });
}

TEST(StixSdo, ObservedData) {
  const std::string seen =
      R"("first_observed":"2024-01-01T00:00:00Z","last_observed":"2024-01-01T00:00:00Z","number_observed":1,)";
  expect_all({
      {sdo("observed-data", seen + R"("object_refs":)" + refs("file")), ""},
      {sdo("observed-data", seen + R"("object_refs":)" + refs("tool")),
       "reference-target /object_refs/0"},
      {sdo("observed-data", seen + R"("object_refs":)" + refs("relationship")),
       "rule-broken /object_refs"},
      {sdo("observed-data", seen + R"("x_foo":1)"), "choice-missing;property-custom /x_foo"},
      {sdo("observed-data", R"("object_refs":)" + refs("file")),
       "property-missing;property-missing;property-missing"},
      {sdo("observed-data",
           R"("first_observed":"2024-01-02T00:00:00Z","last_observed":"2024-01-01T00:00:00Z","number_observed":0,"object_refs":)" +
               refs("file")),
       "time-order /last_observed;value-range /number_observed"},
      {sdo("observed-data",
           seen +
               R"("objects":{"0":{"type":"ipv4-addr","value":"1.2.3.4","belongs_to_refs":["1"]},"1":{"type":"autonomous-system","number":1}})"),
       "property-deprecated /objects"},
      {sdo("observed-data",
           seen +
               R"("objects":{"0":{"type":"network-traffic","src_ref":"7","extensions":{"a":{"b_refs":["8"]}}}})"),
       "property-deprecated /objects;container-reference /objects/0/src_ref;container-reference "
       "/objects/0/extensions/a/b_refs/0"},
      {sdo("observed-data", seen + R"("objects":{"0":{"value":"x"},"1":7})"),
       "property-deprecated /objects;property-missing /objects/0;property-type /objects/1"},
      {sdo("observed-data", seen + R"("objects":{},"object_refs":)" + refs("file")),
       "choice-conflict;property-deprecated /objects;dictionary-empty /objects"},
  });
}

std::string relationship(std::string_view source, std::string_view name, std::string_view target) {
  return R"("relationship_type":")" + std::string(name) + R"(","source_ref":)" + ref(source) +
         R"(,"target_ref":)" + ref(target);
}

TEST(StixSro, Relationship) {
  const auto type = "relationship";
  expect_all({
      {sdo(type, relationship("indicator", "indicates", "malware")), ""},
      {sdo(type, relationship("tool", "uses", "infrastructure")), ""},
      {sdo(type, relationship("infrastructure", "consists-of", "mutex")), ""},
      {sdo(type, relationship("domain-name", "resolves-to", "ipv6-addr")), ""},
      {sdo(type, relationship("report", "related-to", "mutex")), ""},
      {sdo(type, relationship("report", "derived-from", "report")), ""},
      {sdo(type, relationship("x-own", "eats", "malware")), ""},
      {sdo(type, relationship("report", "derived-from", "tool")),
       "relationship-unlisted /relationship_type"},
      {sdo(type, relationship("malware", "indicates", "indicator")),
       "relationship-unlisted /relationship_type"},
      {sdo(type, relationship("malware", "eats", "tool")),
       "relationship-unlisted /relationship_type"},
      {sdo(type, relationship("x-own", "Is_A", "tool")), "relationship-name /relationship_type"},
      {sdo(type, relationship("relationship", "related-to", "bundle")),
       "reference-target /source_ref;reference-target /target_ref"},
      {sdo(type, R"("relationship_type":"uses","source_ref":"a","target_ref":7)"),
       "reference-malformed /source_ref;property-type /target_ref"},
      {sdo(type, R"("x_foo":1)"),
       "property-missing;property-missing;property-missing;property-custom /x_foo"},
      {sdo(type, relationship("tool", "related-to", "tool") +
                     R"(,"start_time":"2024-01-01T00:00:00Z","stop_time":"2024-01-01T00:00:00Z")"),
       "time-order /stop_time"},
  });
}

TEST(StixSro, Sighting) {
  const std::string of = R"("sighting_of_ref":)" + ref("indicator");
  expect_all({
      {sdo("sighting", of + R"(,"count":0,"summary":false,"observed_data_refs":)" +
                           refs("observed-data") + R"(,"where_sighted_refs":)" + refs("location")),
       ""},
      {sdo("sighting", R"("count":1)"), "property-missing"},
      {sdo("sighting", R"("sighting_of_ref":)" + ref("file")), "reference-target /sighting_of_ref"},
      {sdo("sighting", of + R"(,"count":1000000000)"), "value-range /count"},
      {sdo("sighting", of + R"(,"count":999999999)"), ""},
      {sdo("sighting", of + R"(,"observed_data_refs":)" + refs("file")),
       "reference-target /observed_data_refs/0"},
      {sdo("sighting", of + R"(,"where_sighted_refs":)" + refs("tool")),
       "reference-target /where_sighted_refs/0"},
      {sdo("sighting",
           of + R"(,"first_seen":"2024-01-02T00:00:00Z","last_seen":"2024-01-01T00:00:00Z")"),
       "time-order /last_seen"},
      {sdo("sighting", of + R"(,"summary":"false")"), "property-type /summary"},
  });
}

}  // namespace
}  // namespace entente::stix
