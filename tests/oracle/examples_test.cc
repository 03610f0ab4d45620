// The examples of the page on release markings: every object is accepted without a finding that
// refuses it, every marking is understood, and says what the text above it says.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "json/json.h"
#include "release/release_marking.h"
#include "stix/stix.h"

namespace entente::release {
namespace {

std::vector<std::string> examples() {
  std::ifstream in(RELEASE_MARKING_PAGE);
  std::stringstream all;
  all << in.rdbuf();
  const std::string text = all.str();
  constexpr std::string_view kOpen = "```json\n", kClose = "\n```";
  std::vector<std::string> out;
  for (size_t at = text.find(kOpen); at != std::string::npos; at = text.find(kOpen, at)) {
    at += kOpen.size();
    out.push_back(text.substr(at, text.find(kClose, at) - at));
  }
  return out;
}

}  // namespace

TEST(Examples, AreAcceptedAndUnderstood) {
  const std::vector<std::string> texts = examples();
  ASSERT_EQ(texts.size(), 3u);
  std::vector<ReleaseMarking> markings;
  for (const std::string& text : texts) {
    const std::string bytes = json::padded(text);
    json::Parser parser;
    json::Document document;
    ASSERT_TRUE(parser.parse(bytes, &document)) << text;
    const auto objects = document.root().find("objects");
    ASSERT_TRUE(objects);
    stix::Examiner examiner;
    stix::Examination examination;
    for (const json::Value object : objects->elements()) {
      examiner.examine(object, &examination);
      EXPECT_TRUE(examination.accepted) << object.raw();
      for (const stix::Finding& finding : examination.findings)
        EXPECT_EQ(finding.severity, stix::Severity::kHint) << finding.code << " " << object.raw();
      if (object.find("type")->text_is("marking-definition"))
        markings.push_back(read_release_marking(object));
    }
  }
  ASSERT_EQ(markings.size(), 4u);
  for (const ReleaseMarking& marking : markings) {
    for (const auto& reason : marking.reasons) ADD_FAILURE() << reason.pointer << reason.detail;
  }
  EXPECT_EQ(markings[0].releasable_to, (std::vector<std::vector<std::string>>{{"JPN", "NATO"}}));
  EXPECT_EQ(markings[1].classifications[0].level, "RESTRICTED");
  EXPECT_NE(markings[1].embargo_until_ms, kNoEmbargo);
  EXPECT_EQ(markings[2].exercises, std::vector<std::string>{"LOCKED-HARBOUR-26"});
  EXPECT_EQ(markings[3].tlp_levels, 1u << static_cast<unsigned>(Tlp::kRed));
}

}  // namespace entente::release
