// Bindings: the golden file, what is refused, limits, and that what is written reads back.
#include "release/stanag_binding.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "release/stanag_test_support.h"

namespace entente::release {
namespace {

BindingInformation golden_binding() {
  LabelBinding out;
  out.label = full_label();
  out.label.succession.reset();
  out.label.originator.reset();
  out.label.information.privacy_mark.reset();
  out.label.information.categories.clear();
  ConfidentialityLabel alternative = out.label;
  alternative.kind = LabelKind::kAlternative;
  alternative.information.policy_name = "OTHER";
  alternative.information.policy_uri.clear();
  alternative.information.classification = "LIMITED";
  out.alternatives = {alternative};
  out.references = {{"indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
                     "application/stix+json;version=2.1", sha256_of(R"({"type":"indicator"})")},
                    {"bundle--5d0092c5-5f74-4287-9642-33f4c354e56d", "", std::nullopt}};
  return {{out}, 0};
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

Code code_of(std::string_view xml) {
  const auto binding = read_binding(xml);
  return binding ? Code::kInternal : binding.error().code;
}

constexpr std::string_view kBundle = "bundle--5d0092c5-5f74-4287-9642-33f4c354e56d";

}  // namespace

TEST(StanagBinding, WritesAndReadsTheGoldenBinding) {
  const std::string xml = golden("binding.xml");
  const auto written = write_binding(golden_binding());
  ASSERT_TRUE(written.has_value()) << written.error().detail;
  EXPECT_EQ(*written, xml);
  const auto binding = read_binding(xml);
  ASSERT_TRUE(binding.has_value()) << binding.error().detail;
  EXPECT_EQ(*binding, golden_binding());
  ASSERT_NE(binding_of(*binding, kBundle), nullptr);
  EXPECT_EQ(binding_of(*binding, kBundle)->label.information.classification, "RESTRICTED");
  EXPECT_EQ(binding_of(*binding, "bundle--other"), nullptr);
}

TEST(StanagBinding, RefusesWhatWouldBindOtherwiseThanItSeems) {
  const std::string xml = golden("binding.xml");
  const std::string reference = "<mb:DataReference URI=\"" + std::string(kBundle) + "\"/>";
  EXPECT_EQ(code_of(xml), Code::kInternal);
  EXPECT_EQ(code_of(replaced(xml, reference, reference + reference)), Code::kInvalid)
      << "bound twice";
  EXPECT_EQ(code_of(replaced(xml, reference, "<mb:DataReference/>")), Code::kInvalid);
  EXPECT_EQ(code_of(replaced(xml, reference, "<mb:Data><x/></mb:Data>")), Code::kUnprocessable);
  EXPECT_EQ(code_of(replaced(xml, reference, "<mb:MetadataReference URI=\"l.xml\"/>")),
            Code::kUnprocessable);
  EXPECT_EQ(
      code_of(replaced(xml, reference,
                       "<mb:DataReference URI=\"x\"><ds:Transforms "
                       "xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/></mb:DataReference>")),
      Code::kUnprocessable)
      << "a label of a part is not that of the whole";
  EXPECT_EQ(code_of(replaced(xml, "slab:alternativeConf", "slab:originatorConf")), Code::kInvalid)
      << "not even well-formed";
  EXPECT_EQ(code_of(replaced(xml, "<ds:Reference URI=\"indicator", "<ds:Reference URI=\"malware")),
            Code::kInvalid)
      << "a digest of what is not bound";
  EXPECT_EQ(code_of(replaced(xml, "xmlenc#sha256", "xmlenc#md5")), Code::kInvalid);
  EXPECT_EQ(code_of(replaced(xml, "xmlenc#sha256", "xmlenc#sha512")), Code::kInvalid)
      << "of another length";
  EXPECT_EQ(code_of(replaced(xml, "<ds:DigestValue>", "<ds:DigestValue>!")), Code::kInvalid);
}

TEST(StanagBinding, TwoLabelsOfTheOriginatorAreRefused) {
  std::string xml = golden("binding.xml");
  for (size_t at; (at = xml.find("alternativeConf")) != std::string::npos;)
    xml.replace(at, 15, "originatorConf");
  EXPECT_EQ(code_of(xml), Code::kInvalid);
  xml = golden("binding.xml");
  for (size_t at; (at = xml.find("originatorConf")) != std::string::npos;)
    xml.replace(at, 14, "alternativeConf");
  EXPECT_EQ(code_of(xml), Code::kInvalid) << "and one is needed";
}

TEST(StanagBinding, CountsSignaturesAndNamesOtherMetadata) {
  std::string xml = golden("binding.xml");
  xml = replaced(xml, "  <mb:MetadataBindingContainer>",
                 "<ds:Signature "
                 "xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/><mb:MetadataBindingContainer>");
  xml = replaced(xml, "<mb:DataReference",
                 "<mb:Metadata><title xmlns=\"urn:o\">t</title></mb:Metadata><mb:DataReference");
  const auto binding = read_binding(xml);
  ASSERT_TRUE(binding.has_value()) << binding.error().detail;
  EXPECT_EQ(binding->signatures, 1u);
  EXPECT_EQ(binding->bindings[0].other_metadata, std::vector<std::string>{"{urn:o}title"});
  EXPECT_EQ(write_binding(*binding).error().code, Code::kUnprocessable);
}

TEST(StanagBinding, WhatIsWrittenReadsBackAsTheSame) {
  Dice dice(4778);
  for (int i = 0; i < 300; ++i) {
    BindingInformation binding;
    size_t number = 0;
    for (size_t j = 1 + dice.below(3); j > 0; --j) {
      LabelBinding each;
      each.label = random_label(&dice);
      each.label.kind = LabelKind::kOriginator;
      if (dice.coin()) {
        each.metadata_label = random_label(&dice);
        each.metadata_label->kind = LabelKind::kMetadata;
      }
      for (size_t k = 1 + dice.below(3); k > 0; --k) {
        DataReference reference{"x&\"y--" + std::to_string(number++), dice.coin() ? "a/b" : "",
                                std::nullopt};
        if (dice.coin()) reference.digest = sha256_of(reference.uri);
        if (dice.below(4) == 0)
          reference.digest = ContentDigest{DigestMethod::kSha384, std::string(48, 'd')};
        if (dice.below(4) == 0)
          reference.digest = ContentDigest{DigestMethod::kSha512, std::string(64, 'e')};
        each.references.push_back(std::move(reference));
      }
      binding.bindings.push_back(std::move(each));
    }
    const auto xml = write_binding(binding);
    ASSERT_TRUE(xml.has_value()) << xml.error().detail;
    const auto back = read_binding(*xml);
    ASSERT_TRUE(back.has_value()) << back.error().detail;
    ASSERT_EQ(*back, binding) << *xml;
  }
}

TEST(StanagBinding, RefusesToWriteWhatItWouldNotRead) {
  const auto refused = [](auto change) {
    BindingInformation binding = golden_binding();
    change(&binding);
    return !write_binding(binding).has_value();
  };
  EXPECT_FALSE(refused([](BindingInformation*) {}));
  EXPECT_TRUE(refused([](BindingInformation* b) { b->bindings.clear(); }));
  EXPECT_TRUE(refused([](BindingInformation* b) { b->bindings[0].references.clear(); }));
  EXPECT_TRUE(refused([](BindingInformation* b) { b->bindings[0].references[0].uri.clear(); }));
  EXPECT_TRUE(refused([](BindingInformation* b) {
    b->bindings[0].references[1].uri = b->bindings[0].references[0].uri;
  }));
  EXPECT_TRUE(refused(
      [](BindingInformation* b) { b->bindings[0].references[0].digest->bytes.pop_back(); }));
  EXPECT_TRUE(
      refused([](BindingInformation* b) { b->bindings[0].label.kind = LabelKind::kAlternative; }));
  EXPECT_TRUE(refused(
      [](BindingInformation* b) { b->bindings[0].alternatives[0].kind = LabelKind::kOriginator; }));
  EXPECT_TRUE(refused([](BindingInformation* b) { b->signatures = 1; }));
}

TEST(StanagBinding, HoldsItsLimit) {
  BindingInformation binding = golden_binding();
  LabelBinding& each = binding.bindings[0];
  each.references.clear();
  for (size_t i = 0; i < limits::kBindingReferencesMax; ++i)
    each.references.push_back({std::to_string(i), "", std::nullopt});
  const auto at_the_limit = write_binding(binding);
  ASSERT_TRUE(at_the_limit.has_value()) << at_the_limit.error().detail;
  EXPECT_EQ(code_of(*at_the_limit), Code::kInternal);
  EXPECT_EQ(code_of(replaced(*at_the_limit, "<mb:DataReference",
                             "<mb:DataReference URI=\"x\"/><mb:DataReference")),
            Code::kTooLarge);
  each.references.push_back({"x", "", std::nullopt});
  EXPECT_EQ(write_binding(binding).error().code, Code::kTooLarge);
}

}  // namespace entente::release
