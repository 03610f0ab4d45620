// Policies: each rule finds its breach, and equivalences that could widen give no label.
#include "release/spif.h"

#include <gtest/gtest.h>

#include "release/stanag_test_support.h"

namespace entente::release {
namespace {

struct SpifTest : ::testing::Test {
  Spif example, other;
  void SetUp() override {
    auto first = Spif::read(golden("example_policy.xml"));
    auto second = Spif::read(golden("other_policy.xml"));
    ASSERT_TRUE(first.has_value()) << first.error().detail;
    ASSERT_TRUE(second.has_value()) << second.error().detail;
    example = std::move(*first);
    other = std::move(*second);
  }
  static ConfidentialityLabel label(std::string_view classification) {
    ConfidentialityLabel out;
    out.information.policy_name = "example";
    out.information.policy_uri = "urn:oid:2.25.1001";
    out.information.classification = classification;
    out.creation_date_time = "2026-09-26T12:00:00Z";
    out.review_date_time = "2031-09-26T12:00:00Z";
    return out;
  }
  static ConfidentialityLabel with(ConfidentialityLabel out, CategoryType type,
                                   std::string_view tag, std::vector<std::string> values) {
    out.information.categories.push_back({type, std::string(tag), "", std::move(values)});
    return out;
  }
  static ConfidentialityLabel released(ConfidentialityLabel out, std::vector<std::string> values) {
    return with(std::move(out), CategoryType::kPermissive, "Releasable To", std::move(values));
  }
  static ConfidentialityLabel handled(ConfidentialityLabel out, std::vector<std::string> values) {
    return with(std::move(out), CategoryType::kRestrictive, "Special Handling", std::move(values));
  }
  std::string codes(const ConfidentialityLabel& l) const {
    std::string out;
    for (const LabelFinding& finding : example.check(l))
      out += (out.empty() ? "" : " ") + finding.code;
    return out;
  }
  // The equivalent's classification and values, or the error's code.
  std::string in_other(const ConfidentialityLabel& l,
                       Direction direction = Direction::kReceived) const {
    const auto equivalent = example.equivalent(l, other, direction);
    if (!equivalent) return std::string(name_of(equivalent.error().code));
    EXPECT_EQ(equivalent->kind, LabelKind::kAlternative);
    EXPECT_EQ(equivalent->information.policy_uri, "urn:oid:2.25.1002");
    std::string out = equivalent->information.classification;
    for (const LabelCategory& category : equivalent->information.categories) {
      out += "; " + category.tag_name;
      for (const std::string& value : category.values) out += " " + value;
    }
    return out;
  }
};

}  // namespace

TEST_F(SpifTest, AllowsWhatThePolicyAllows) {
  EXPECT_EQ(codes(label("UNCLASSIFIED")), "");
  EXPECT_EQ(codes(handled(released(label("restricted"), {"xaa", "XBB"}), {"ALPHA"})), "")
      << "case decides nothing";
  EXPECT_EQ(codes(released(label("SECRET"), {"XAA"})), "");
}

TEST_F(SpifTest, EachRuleFindsItsBreach) {
  const ConfidentialityLabel restricted = label("RESTRICTED");
  EXPECT_EQ(codes(label("SECRETT")), "unknown-classification");
  EXPECT_EQ(codes(label("OLD")), "obsolete-classification");
  EXPECT_EQ(codes(label("SECRET")), "required-category");
  EXPECT_EQ(codes(handled(label("UNCLASSIFIED"), {"ALPHA"})), "excluded-classification");
  EXPECT_EQ(codes(handled(restricted, {"BRAVO"})), "required-classification");
  EXPECT_EQ(codes(handled(restricted, {"CHARLIE"})), "unknown-category");
  EXPECT_EQ(codes(handled(restricted, {})), "no-value");
  EXPECT_EQ(codes(handled(restricted, {"ALPHA", "alpha"})), "repeated-category");
  EXPECT_EQ(codes(released(restricted, {"XBB"})), "required-category");
  EXPECT_EQ(codes(released(restricted, {"XDD"})), "obsolete-category");
  EXPECT_EQ(codes(released(restricted, {"XAA", "XBB", "XCC", "XDD"})),
            "obsolete-category too-many-categories");
  EXPECT_EQ(codes(with(restricted, CategoryType::kPermissive, "Eyes", {"ONE", "TWO"})),
            "too-many-categories");
  EXPECT_EQ(codes(with(restricted, CategoryType::kPermissive, "Nose", {"ONE"})), "unknown-tag-set");
  EXPECT_EQ(codes(with(restricted, CategoryType::kInformative, "Releasable To", {"XAA"})),
            "other-category-type");
  EXPECT_EQ(codes(with(handled(released(label("SECRET"), {"XAA"}), {"BRAVO"}),
                       CategoryType::kInformative, "Administrative", {"STAFF"})),
            "excluded-category");
}

TEST_F(SpifTest, ChecksWhatIsNotAValue) {
  ConfidentialityLabel l = label("RESTRICTED");
  l.information.policy_name = "NATO";
  EXPECT_EQ(codes(l), "other-policy");
  l = label("RESTRICTED");
  l.information.policy_uri = "urn:oid:2.25.9";
  EXPECT_EQ(codes(l), "other-policy-identifier");
  l = handled(label("RESTRICTED"), {"ALPHA"});
  l.information.categories[0].uri = "urn:oid:2.25.1001.2";
  EXPECT_EQ(codes(l), "other-tag-set-identifier");
  l = label("RESTRICTED");
  l.information.privacy_mark = "STAFF IN CONFIDENCE";
  EXPECT_EQ(codes(l), "");
  l.information.privacy_mark = "MY EYES";
  EXPECT_EQ(codes(l), "unknown-privacy-mark");
  l = label("RESTRICTED");
  l.not_understood = {"{urn:o}x"};
  EXPECT_EQ(codes(l), "not-understood");
  l = label("RESTRICTED");
  l.creation_date_time.reset();
  l.review_date_time.reset();
  EXPECT_EQ(codes(l), "no-creation-time no-review-time");
  EXPECT_FALSE(has_errors(example.check(l)));
}

TEST_F(SpifTest, SelectionsHaveAMinimum) {
  std::string xml = golden("example_policy.xml");
  xml.replace(xml.find("maxSelection=\"3\""), 16, "minSelection=\"2\"");
  const auto strict = Spif::read(xml);
  ASSERT_TRUE(strict.has_value()) << strict.error().detail;
  EXPECT_TRUE(has_errors(strict->check(label("RESTRICTED"))));
  EXPECT_TRUE(has_errors(strict->check(released(label("RESTRICTED"), {"XAA"}))));
  EXPECT_FALSE(has_errors(strict->check(released(label("RESTRICTED"), {"XAA", "XBB"}))));
}

TEST_F(SpifTest, GivesEquivalents) {
  EXPECT_EQ(in_other(label("UNCLASSIFIED")), "OPEN");
  EXPECT_EQ(in_other(released(label("UNCLASSIFIED"), {"XAA", "XBB"})), "OPEN; Audience AA BB");
  EXPECT_EQ(in_other(label("RESTRICTED")), "LIMITED; Handling FOREIGN")
      << "what the equivalence requires is added";
  EXPECT_EQ(in_other(handled(label("RESTRICTED"), {"ALPHA"})), "LIMITED; Handling A1 FOREIGN");
  EXPECT_EQ(in_other(with(label("UNCLASSIFIED"), CategoryType::kInformative, "Administrative",
                          {"STAFF"})),
            "OPEN");
  EXPECT_EQ(in_other(released(label("UNCLASSIFIED"), {"XAA", "XCC"})), "OPEN; Audience AA")
      << "one reader less";
}

TEST_F(SpifTest, GivesNoEquivalentThatCouldWiden) {
  EXPECT_EQ(in_other(label("RESTRICTED"), Direction::kMade), "unprocessable")
      << "holds on receipt only";
  EXPECT_EQ(in_other(released(label("SECRET"), {"XAA"})), "unprocessable") << "no equivalent";
  EXPECT_EQ(in_other(handled(label("RESTRICTED"), {"DROPPED"})), "unprocessable")
      << "a restriction would be lost";
  EXPECT_EQ(in_other(released(label("UNCLASSIFIED"), {"XCC"})), "unprocessable")
      << "a limit would be lost";
  EXPECT_EQ(in_other(released(label("UNCLASSIFIED"), {"XDD"})), "unprocessable");
  EXPECT_EQ(in_other(with(released(label("UNCLASSIFIED"), {"XAA", "XBB"}),
                          CategoryType::kPermissive, "Eyes", {"ONE"})),
            "unprocessable")
      << "two lists would become one";
  EXPECT_EQ(in_other(released(released(label("UNCLASSIFIED"), {"XAA", "XBB"}), {"XAA"})),
            "unprocessable")
      << "twice the same tag";
  EXPECT_EQ(in_other(with(label("UNCLASSIFIED"), CategoryType::kPermissive, "Eyes", {"TWO"})),
            "unprocessable")
      << "another type";
  EXPECT_EQ(in_other(label("NONSENSE")), "invalid");
  ConfidentialityLabel l = label("UNCLASSIFIED");
  l.information.privacy_mark = "STAFF IN CONFIDENCE";
  EXPECT_EQ(in_other(l), "unprocessable");
  l = label("UNCLASSIFIED");
  l.succession.emplace();
  EXPECT_EQ(in_other(l), "unprocessable");
  EXPECT_FALSE(other.equivalent(l, example, Direction::kMade).has_value())
      << "not a policy of theirs";
}

TEST_F(SpifTest, RefusesPoliciesWithRulesItDoesNotKnow) {
  const std::string xml = golden("example_policy.xml");
  const auto code = [&](std::string_view from, std::string_view to) {
    std::string changed = xml;
    EXPECT_NE(changed.find(from), std::string::npos) << from;
    changed.replace(changed.find(from), from.size(), to);
    const auto spif = Spif::read(changed);
    return spif ? std::string("read") : std::string(name_of(spif.error().code));
  };
  EXPECT_EQ(
      code("tagCategory name=\"ALPHA\"", "tagCategory notAfter=\"20300101000000Z\" name=\"ALPHA\""),
      "unprocessable");
  EXPECT_EQ(code("tagCategory name=\"ALPHA\"", "tagCategory userInput=\"true\" name=\"ALPHA\""),
            "unprocessable");
  EXPECT_EQ(code("schemaVersion=\"2.1\"", "schemaVersion=\"2.1\" notAfter=\"x\""), "unprocessable");
  EXPECT_EQ(code("<spif:excludedClass>", "<spif:newRule/><spif:excludedClass>"), "unprocessable");
  EXPECT_EQ(code("<spif:privacyMarks>", "<spif:newRules/><spif:privacyMarks>"), "unprocessable");
  EXPECT_EQ(code("operation=\"all\"", "operation=\"some\""), "invalid");
  EXPECT_EQ(code("tagType=\"restrictive\"", "tagType=\"enumerated\""), "invalid");
  EXPECT_EQ(code("applied=\"decrypt\"", "applied=\"never\""), "invalid");
  EXPECT_EQ(code("action=\"discard\"", "action=\"ignore\""), "invalid");
  EXPECT_EQ(code("name=\"OLD\" lacv=\"4\"", "name=\"secret\" lacv=\"4\""), "invalid")
      << "twice, but for case";
  EXPECT_EQ(code("name=\"OLD\" lacv=\"4\"", "name=\"OLD\" lacv=\"3\""), "invalid");
  EXPECT_EQ(code("name=\"XDD\"", "name=\"xaa\""), "invalid");
  EXPECT_EQ(code("id=\"2.25.1001.3\"", "id=\"2.25.1001.1\""), "invalid");
  EXPECT_EQ(code("lacv=\"9\"", "lacv=\"9\" all=\"true\""), "invalid");
  EXPECT_EQ(code("singleSelection=\"true\"", "singleSelection=\"maybe\""), "invalid");
  EXPECT_EQ(code("maxSelection=\"3\"", "maxSelection=\"-1\""), "invalid");
  EXPECT_EQ(code("hierarchy=\"1\"", "hierarchy=\"x\""), "invalid");
  EXPECT_EQ(code("<spif:securityPolicyId name=\"EXAMPLE\" id=\"2.25.1001\"/>", ""), "invalid");
  EXPECT_FALSE(Spif::read("<SPIF schemaVersion=\"2.1\"/>").has_value()) << "no namespace";
}

}  // namespace entente::release
