// Real feeds, whole and damaged; and the table of findings against its page.
#include "stix/corpus.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "base/limits.h"
#include "base/text.h"
#include "stix/identifier.h"
#include "stix/stix.h"

namespace entente::stix {
namespace {

// What must hold of every examination, whatever was examined.
void check_invariants(const Examination& x, json::Value object) {
  bool has_error = false;
  for (size_t i = 0; i < x.findings.size(); ++i) {
    const Finding& finding = x.findings[i];
    has_error |= finding.severity == Severity::kError;
    ASSERT_LE(finding.detail.size(), kDetailBytesMax);
    ASSERT_GE(finding.offset, object.offset());
    ASSERT_LT(finding.offset, object.offset() + object.raw().size());
    ASSERT_LE(x.findings[i == 0 ? 0 : i - 1].offset, finding.offset);
  }
  ASSERT_EQ(x.accepted, !has_error);
  ASSERT_LE(x.findings.size(), limits::kFindingsPerObjectMax);
  ASSERT_GE(x.findings_total, x.findings.size());
  if (x.accepted) {
    ASSERT_TRUE(is_identifier(x.header.id));
    ASSERT_EQ(type_of(x.header.id), x.header.type);
    for (const std::string_view marking : x.header.marking_refs)
      ASSERT_EQ(type_of(marking), "marking-definition");
    for (const std::string_view reference : x.header.references)
      ASSERT_TRUE(is_identifier(reference));
  }
}

struct Wanted {
  const char* file;
  size_t objects;
  size_t refused;
};

TEST(StixCorpus, PublicFeedsGoIn) {
  const auto shared = shared_folder();
  if (!shared) {
    std::printf("skipped: no shared data here\n");
    return;
  }
  const std::vector<Wanted> rows = {
      {"allobjects-stixview.json", 359, 0},
      {"atlas-stix21.json", 581, 2},
      {"attack-flow-example.json", 20, 0},
      {"disarm-stix21.json", 1895, 0},
      {"ioc-mvt-stix21.json", 2893, 0},
      {"opencti-companies.json", 63, 0},
      {"opencti-geography.json", 539, 0},
      {"opencti-sectors.json", 121, 0},
      {"sco-examples.json", 82, 0},
      {"unit42-boggyserpens-stix20.json", 815, 0},
      {"attack-ics-v18.1-stix21.json.zst", 1826, 0},
      {"attack-ics-v18.1-stix20.json.zst", 1825, 0},
      {"capec-stix21.json.zst", 2683, 0},
      {"ioc-amnesty-stix21.json.zst", 8550, 0},
      {"oasis/doc-apt1.json", 76, 0},
      {"oasis/doc-poisonivy.json", 155, 0},
      {"misp-stix/test_event1_stix21.json", 9, 0},
      {"misp-stix/test_objects_collection_stix20.json", 10, 0},
      {"validator/v21-identity.json", 1, 0},
      {"validator/v21-invalid_identity.json", 1, 1},
      {"validator/v21-invalid_timestamp.json", 1, 1},
      {"validator/v20-invalid_identity.json", 1, 1},
      {"validator/v20-invalid_timestamp.json", 1, 1},
      {"validator/v21-tlp-amber.json", 1, 0},
  };
  Examiner examiner;
  Examination x;
  for (const Wanted& row : rows) {
    const std::string path = *shared + "/data/stix/" + row.file;
    const auto bytes = read_corpus_file(path);
    ASSERT_TRUE(bytes) << path;
    size_t objects = 0;
    size_t refused = 0;
    ASSERT_TRUE(for_each_object(path, *bytes, [&](json::Value object) {
      examiner.examine(object, &x);
      ++objects;
      refused += x.accepted ? 0 : 1;
      check_invariants(x, object);
    }));
    EXPECT_EQ(objects, row.objects) << row.file;
    EXPECT_EQ(refused, row.refused) << row.file;
  }
}

// Objects with a few bytes changed, cut or doubled: whatever still parses is examined without harm.
TEST(StixCorpus, DamagedObjectsDoNoHarm) {
  const auto shared = shared_folder();
  if (!shared) {
    std::printf("skipped: no shared data here\n");
    return;
  }
  std::mt19937 random(20240307);
  std::vector<std::string> objects;
  for (const char* file :
       {"allobjects-stixview.json", "sco-examples.json", "attack-flow-example.json",
        "oasis/doc-using-granular-markings.json", "misp-stix/test_event2_stix21.json"}) {
    const std::string path = *shared + "/data/stix/" + file;
    const auto bytes = read_corpus_file(path);
    ASSERT_TRUE(bytes);
    for_each_object(path, *bytes, [&](json::Value object) { objects.emplace_back(object.raw()); });
  }
  const std::vector<std::string> pieces = {
      "null",   "\"\"",
      "[]",     "{}",
      "-1",     "1e400",
      "true",   "\"\\ud83d\\ude00\"",
      "[[[]]]", "\"marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9\""};
  json::Parser parser;
  json::Document document;
  Examiner examiner;
  Examination x;
  size_t examined = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text = objects[random() % objects.size()];
    const std::string whole = json::padded(text);
    ASSERT_TRUE(parser.parse(whole, &document));
    // A value replaced by another keeps the text parsable; a flipped byte often does.
    const json::Node node = document.nodes()[random() % document.nodes().size()];
    switch (random() % 3) {
      case 0:
        text.replace(node.begin, node.end - node.begin, pieces[random() % pieces.size()]);
        break;
      case 1:
        text[random() % text.size()] = static_cast<char>(random() % 128);
        break;
      default:
        text.insert(1, "\"type\":" + pieces[random() % pieces.size()] + ",");
        break;
    }
    const std::string padded = json::padded(text);
    if (!parser.parse(padded, &document)) continue;
    examiner.examine(document.root(), &x);
    ++examined;
    check_invariants(x, document.root());
    deterministic_id(document.root());
  }
  EXPECT_GT(examined, 5'000u);
}

TEST(StixFindings, ThePageAgreesWithTheTable) {
  std::ifstream in(std::string(ENTENTE_SOURCE_DIR) + "/docs/findings.md");
  ASSERT_TRUE(in);
  std::vector<std::string> rows;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("| `")) rows.push_back(line);
  }
  ASSERT_EQ(rows.size(), problem_kinds().size());
  for (size_t i = 0; i < rows.size(); ++i) {
    const ProblemKind& kind = problem_kinds()[i];
    const std::string wanted = "| `" + std::string(kind.code) + "` | " +
                               std::string(name_of(kind.severity)) + " | " +
                               std::string(kind.clause) + " | " + std::string(kind.meaning) + " | ";
    EXPECT_EQ(rows[i].substr(0, wanted.size()), wanted);
    EXPECT_GT(rows[i].size(), wanted.size() + 10) << "what to do is missing";
  }
}

}  // namespace
}  // namespace entente::stix
