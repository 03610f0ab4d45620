// The demonstration data is what its header says: valid, coherent, of every type, language and
// level, and repeatable.
#include "app/demo.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "json/json.h"
#include "stix/stix.h"

namespace entente::app {
namespace {

constexpr uint64_t kSeed = 8420;
const DemoIdentities kIdentities = {"identity--1c1c1c1c-0001-4000-8000-000000000001",
                                    "identity--1c1c1c1c-0001-4000-8000-000000000002",
                                    "identity--1c1c1c1c-0001-4000-8000-000000000003",
                                    "identity--1c1c1c1c-0001-4000-8000-000000000004"};

// A generated object with what the tests ask of it.
struct Seen {
  DemoObject object;
  std::string type, id, version, language;
  std::vector<std::string> marks, references;
  size_t granular = 0;
  bool revoked = false;
  bool is_observable = false;
};

const std::vector<Seen>& seen() {
  static const std::vector<Seen> all = [] {
    std::vector<Seen> out;
    json::Parser parser;
    stix::Examiner examiner;
    stix::Examination x;
    for (DemoObject& object : make_demo_objects(kIdentities, kSeed, 2'000)) {
      const std::string bytes = json::padded(object.json);
      json::Document document;
      EXPECT_TRUE(parser.parse(std::string_view(bytes).substr(0, object.json.size()), &document))
          << object.json;
      examiner.examine(document.root(), &x);
      EXPECT_TRUE(x.accepted) << object.json;
      EXPECT_TRUE(document.duplicates().empty()) << object.json;
      for (const stix::Finding& finding : x.findings) {
        ADD_FAILURE() << finding.code << " at " << finding.pointer << ": " << finding.detail << "\n"
                      << object.json;
      }
      Seen one;
      one.type = x.header.type;
      one.id = x.header.id;
      if (x.header.has_version) one.version = x.header.version.text;
      if (const auto language = document.root().find("lang")) one.language = language->text();
      one.marks.assign(x.header.marking_refs.begin(), x.header.marking_refs.end());
      one.references.assign(x.header.references.begin(), x.header.references.end());
      if (!x.header.created_by_ref.empty()) one.references.emplace_back(x.header.created_by_ref);
      for (const stix::GranularMarking& marking : x.header.granular_markings) {
        one.references.emplace_back(marking.marking_ref);
      }
      one.references.insert(one.references.end(), one.marks.begin(), one.marks.end());
      one.granular = x.header.granular_markings.size();
      one.revoked = x.header.revoked;
      one.is_observable = x.header.kind == stix::ObjectKind::kSco;
      one.object = std::move(object);
      out.push_back(std::move(one));
    }
    return out;
  }();
  return all;
}

TEST(Demo, EveryTypeOfTheStandardOccurs) {
  std::map<std::string, size_t> types;
  for (const Seen& one : seen()) ++types[one.type];
  for (const char* type : {"attack-pattern",
                           "campaign",
                           "course-of-action",
                           "grouping",
                           "identity",
                           "incident",
                           "indicator",
                           "infrastructure",
                           "intrusion-set",
                           "location",
                           "malware",
                           "malware-analysis",
                           "note",
                           "observed-data",
                           "opinion",
                           "report",
                           "threat-actor",
                           "tool",
                           "vulnerability",
                           "relationship",
                           "sighting",
                           "artifact",
                           "autonomous-system",
                           "directory",
                           "domain-name",
                           "email-addr",
                           "email-message",
                           "file",
                           "ipv4-addr",
                           "ipv6-addr",
                           "mac-addr",
                           "mutex",
                           "network-traffic",
                           "process",
                           "software",
                           "url",
                           "user-account",
                           "windows-registry-key",
                           "x509-certificate",
                           "extension-definition",
                           "language-content",
                           "marking-definition"}) {
    EXPECT_GE(types[type], 1U) << type;
  }
  EXPECT_EQ(types.size(), 42U);
  EXPECT_GE(seen().size(), 2'000U);
  EXPECT_LT(seen().size(), 2'200U);
}

TEST(Demo, EveryLanguageAndLevelOccursOften) {
  std::map<std::string, size_t> languages, marks;
  for (const Seen& one : seen()) {
    ++languages[one.language];
    for (const std::string& mark : one.marks) ++marks[mark];
    if (one.marks.empty()) ++marks["none"];
  }
  for (const char* language : {"en", "zh-Hant", "zh-Hans", "ja", "ko"})
    EXPECT_GE(languages[language], 50U) << language;
  // TLP 2.0, then 1.0. [OASIS cti-stix-common-objects, stix21 7.2.1.4]
  for (const char* id :
       {"94868c89-83c2-464b-929b-a1a8aa3c8487", "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
        "55d920b0-5e8b-4f79-9ee9-91f868d9b421", "939a9414-2ddd-4d32-a0cd-375ea402b003",
        "e828b379-4e03-4974-9ac4-e53a884c97c1", "613f2e26-407d-48c7-9eca-b8e91df99dc9",
        "34098fce-860f-48ae-8e50-ebd3cc5e41da", "f88d31f6-486f-44da-b317-01333bde0b82",
        "5e57c739-391a-4eb3-b6be-7d15ca92d5ed"}) {
    EXPECT_GE(marks[std::string("marking-definition--") + id], 50U) << id;
  }
  EXPECT_GE(marks["none"], 50U);
}

TEST(Demo, WhatAnObjectRefersToStandsBeforeIt) {
  std::unordered_set<std::string> ids(kIdentities.begin(), kIdentities.end());
  for (const Seen& one : seen()) {
    ids.insert(one.id);
    for (const std::string& reference : one.references)
      EXPECT_TRUE(ids.contains(reference)) << one.object.json;
  }
}

TEST(Demo, VersionsRiseAndSomeAreRevoked) {
  std::unordered_map<std::string, std::vector<const Seen*>> by_id;
  for (const Seen& one : seen()) by_id[one.id].push_back(&one);
  size_t versioned = 0, most = 0, revoked = 0;
  for (const auto& [id, versions] : by_id) {
    if (versions.size() == 1) continue;
    ++versioned;
    most = std::max(most, versions.size());
    revoked += versions.back()->revoked ? 1U : 0U;
    for (size_t i = 1; i < versions.size(); ++i) {
      EXPECT_LT(versions[i - 1]->version, versions[i]->version) << id;
      EXPECT_EQ(versions[i - 1]->object.party, versions[i]->object.party) << id;
      EXPECT_FALSE(versions[i - 1]->revoked) << id;
    }
  }
  EXPECT_GE(versioned, 20U);
  EXPECT_EQ(most, 3U);
  EXPECT_GE(revoked, 5U);
}

TEST(Demo, ObservablesHaveTheirDeterministicIds) {
  json::Parser parser;
  size_t observables = 0;
  for (const Seen& one : seen()) {
    if (!one.is_observable) continue;
    ++observables;
    const std::string bytes = json::padded(one.object.json);
    json::Document document;
    ASSERT_TRUE(parser.parse(std::string_view(bytes).substr(0, one.object.json.size()), &document));
    const std::string expected = stix::deterministic_id(document.root());
    if (!expected.empty()) {
      EXPECT_EQ(one.id, expected);
    } else {
      EXPECT_EQ(one.type,
                "process");  // the one type of the standard without id contributing properties
    }
  }
  EXPECT_GE(observables, 300U);
}

TEST(Demo, PartiesWriteOnlyWhereTheyMay) {
  std::set<std::pair<std::string, std::string>> used;
  for (const Seen& one : seen()) used.insert({one.object.party, one.object.collection});
  for (const auto& [party, alias] : used) {
    const auto collection = std::ranges::find(demo_collections(), alias, &DemoCollection::alias);
    ASSERT_NE(collection, demo_collections().end()) << alias;
    EXPECT_TRUE(std::ranges::find(collection->write, party) != collection->write.end())
        << party << " in " << alias;
  }
  size_t allowed = 0;
  for (const DemoCollection& collection : demo_collections()) allowed += collection.write.size();
  EXPECT_EQ(used.size(), allowed) << "every party writes in every collection that it may write";
}

TEST(Demo, SomePartsAreMarkedOnTheirOwn) {
  const auto count =
      std::ranges::count_if(seen(), [](const Seen& one) { return one.granular > 0; });
  EXPECT_GE(count, 10);
}

TEST(Demo, TheSameSeedGivesTheSameBytes) {
  const auto flatten = [](uint64_t seed, size_t count_min) {
    std::string all;
    for (const DemoObject& object : make_demo_objects(kIdentities, seed, count_min)) {
      all += object.party + " " + object.collection + " " + object.json + "\n";
    }
    return all;
  };
  const std::string first = flatten(1, 500);
  EXPECT_EQ(first, flatten(1, 500));
  EXPECT_NE(first, flatten(2, 500));
  EXPECT_TRUE(flatten(1, 900).starts_with(first));
}

}  // namespace
}  // namespace entente::app
