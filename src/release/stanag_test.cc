// Labels: golden files, what each rule of the schema refuses, hostile XML, limits, and that what is
// written reads back.
#include "release/stanag.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "release/stanag_test_support.h"
#include "release/stanag_xml.h"

namespace entente::release {
namespace {

constexpr std::string_view kOpen =
    "<l:originatorConfidentialityLabel "
    "xmlns:l=\"urn:nato:stanag:4774:confidentialitymetadatalabel:1:0\">";
constexpr std::string_view kClose = "</l:originatorConfidentialityLabel>";
constexpr std::string_view kInformation =
    "<l:ConfidentialityInformation><l:PolicyIdentifier>P</l:PolicyIdentifier><l:Classification>C</"
    "l:Classification>"
    "</l:ConfidentialityInformation>";

std::string label_of(std::string_view inside) {
  return std::string(kOpen) + std::string(inside) + std::string(kClose);
}
std::string informed(std::string_view more) {
  std::string out(kInformation);
  out.insert(out.rfind("</"), more);
  return label_of(out);
}

Code code_of(std::string_view xml) {
  const auto label = read_confidentiality_label(xml);
  return label ? Code::kInternal : label.error().code;
}

}  // namespace

TEST(Stanag, WritesAndReadsTheGoldenLabel) {
  const std::string xml = golden("full_label.xml");
  const auto written = write_confidentiality_label(full_label());
  ASSERT_TRUE(written.has_value()) << written.error().detail;
  EXPECT_EQ(*written, xml);
  const auto label = read_confidentiality_label(xml);
  ASSERT_TRUE(label.has_value()) << label.error().detail;
  EXPECT_EQ(*label, full_label());
}

TEST(Stanag, ReadsWhatOtherToolsWrite) {
  const auto label = read_confidentiality_label(golden("foreign_style.xml"));
  ASSERT_TRUE(label.has_value()) << label.error().detail;
  EXPECT_EQ(label->information.policy_name, "NATO");
  EXPECT_EQ(label->information.classification, "NATO SECRET")
      << "the comment must not cut the value";
  ASSERT_EQ(label->information.categories.size(), 1u);
  EXPECT_EQ(label->information.categories[0].values, std::vector<std::string>{"NATO"});
  EXPECT_EQ(label->not_understood, std::vector<std::string>{"{urn:example:ext}Marking"});
  EXPECT_FALSE(label->creation_date_time.has_value());
  ASSERT_FALSE(write_confidentiality_label(*label));
  EXPECT_EQ(write_confidentiality_label(*label).error().code, Code::kUnprocessable)
      << "nothing is lost in silence";
}

TEST(Stanag, WhatIsWrittenReadsBackAsTheSame) {
  Dice dice(4774);
  for (int i = 0; i < 3000; ++i) {
    const ConfidentialityLabel label = random_label(&dice);
    const auto xml = write_confidentiality_label(label);
    ASSERT_TRUE(xml.has_value()) << xml.error().detail;
    const auto back = read_confidentiality_label(*xml);
    ASSERT_TRUE(back.has_value()) << back.error().detail << "\n" << *xml;
    ASSERT_EQ(*back, label) << *xml;
  }
}

TEST(Stanag, EachRootHasItsKind) {
  const auto kind = [](std::string_view root) {
    std::string xml = label_of(kInformation);
    for (size_t at; (at = xml.find("originatorConf")) != std::string::npos;)
      xml.replace(at, std::string_view("originatorConfidentialityLabel").size(), root);
    const auto label = read_confidentiality_label(xml);
    return label ? static_cast<int>(label->kind) : -1;
  };
  EXPECT_EQ(kind("alternativeConfidentialityLabel"), static_cast<int>(LabelKind::kAlternative));
  EXPECT_EQ(kind("metadataConfidentialityLabel"), static_cast<int>(LabelKind::kMetadata));
  EXPECT_EQ(kind("ConfidentialityLabel"), static_cast<int>(LabelKind::kOriginator));
  EXPECT_EQ(kind("OriginatorConfidentialityLabel"), -1);
}

TEST(Stanag, RefusesWhatTheSchemaDoesNotAllow) {
  ASSERT_TRUE(read_confidentiality_label(informed("")).has_value());
  const std::string category = "<l:Category Type=\"PERMISSIVE\" TagName=\"T\">";
  const std::string cases[] = {
      label_of(""),
      label_of(std::string(kInformation) + std::string(kInformation)),
      informed("<l:Classification>OPEN</l:Classification>"),
      informed("<l:PolicyIdentifier>Q</l:PolicyIdentifier>"),
      informed("<l:PrivacyMark>a</l:PrivacyMark><l:PrivacyMark>b</l:PrivacyMark>"),
      informed("stray text"),
      informed("<l:Unknown/>"),
      informed("<l:Category Type=\"permissive\" TagName=\"T\"/>"),
      informed("<l:Category TagName=\"T\"/>"),
      informed("<l:Category Type=\"PERMISSIVE\"/>"),
      informed(category + "<l:IntegerValue>1</l:IntegerValue></l:Category>"),
      informed(category + "<l:GenericValue><l:x/></l:GenericValue></l:Category>"),
      informed(category + "text</l:Category>"),
      label_of("<l:ConfidentialityInformation><l:PolicyIdentifier> </l:PolicyIdentifier>"
               "<l:Classification>C</l:Classification></l:ConfidentialityInformation>"),
      label_of("<l:ConfidentialityInformation><l:PolicyIdentifier>P</l:PolicyIdentifier></"
               "l:ConfidentialityInformation>"),
      label_of(std::string(kInformation) + "<l:CreationDateTime>yesterday</l:CreationDateTime>"),
      label_of(std::string(kInformation) + "<l:OriginatorID IDType=\"phone\">1</l:OriginatorID>"),
      label_of(std::string(kInformation) + "<l:SuccessionHandling/>"),
  };
  for (const std::string& xml : cases) EXPECT_EQ(code_of(xml), Code::kInvalid) << xml;
  std::string other_space = informed("");
  other_space.replace(other_space.find(":1:0"), 4, ":2:0");
  EXPECT_EQ(code_of(other_space), Code::kInvalid);
}

TEST(Stanag, NamesWhatItDoesNotUnderstand) {
  const auto names = [](std::string_view xml) {
    const auto label = read_confidentiality_label(xml);
    return label ? label->not_understood : std::vector<std::string>{"refused"};
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(names(informed("")), Names{});
  EXPECT_EQ(names(informed("<x xmlns=\"urn:o\"/>")), Names{"{urn:o}x"});
  EXPECT_EQ(names(informed("<l:PrivacyMark only=\"me\">p</l:PrivacyMark>")),
            Names{"PrivacyMark/@only"});
  EXPECT_EQ(names(label_of(
                "<l:ConfidentialityInformation><l:PolicyIdentifier>P</l:PolicyIdentifier>"
                "<l:Classification URI=\"u\">C</l:Classification></l:ConfidentialityInformation>")),
            Names{"Classification/@URI"});
}

TEST(Stanag, RefusesToWriteWhatTheSchemaDoesNotAllow) {
  const auto refused = [](auto change) {
    ConfidentialityLabel label = full_label();
    change(&label);
    return !write_confidentiality_label(label).has_value();
  };
  EXPECT_FALSE(refused([](ConfidentialityLabel*) {}));
  EXPECT_TRUE(refused([](ConfidentialityLabel* l) { l->information.policy_name.clear(); }));
  EXPECT_TRUE(refused([](ConfidentialityLabel* l) { l->information.classification = " C"; }));
  EXPECT_TRUE(
      refused([](ConfidentialityLabel* l) { l->information.categories[0].tag_name.clear(); }));
  EXPECT_TRUE(refused([](ConfidentialityLabel* l) {
    l->information.categories[0].values[0] = std::string("a\0b", 3);
  }));
  EXPECT_TRUE(refused(
      [](ConfidentialityLabel* l) { l->information.categories[0].values[0] = "\xED\xA0\x80"; }));
  EXPECT_TRUE(refused([](ConfidentialityLabel* l) { l->creation_date_time.reset(); }));
  EXPECT_TRUE(refused([](ConfidentialityLabel* l) { l->review_date_time = "soon"; }));
  EXPECT_TRUE(refused([](ConfidentialityLabel* l) { l->originator->type = "phone"; }));
  EXPECT_TRUE(refused([](ConfidentialityLabel* l) { l->succession->date_time.clear(); }));
  EXPECT_TRUE(refused(
      [](ConfidentialityLabel* l) { l->succession->successor.creation_date_time.reset(); }));
}

TEST(StanagXml, RefusesEveryDocumentTypeAndEntity) {
  const std::string label = informed("");
  ASSERT_TRUE(read_confidentiality_label(label).has_value());
  const std::string types[] = {
      "<!DOCTYPE l>",
      "<!DOCTYPE l SYSTEM \"file:///etc/passwd\">",
      "<!DOCTYPE l SYSTEM \"http://127.0.0.1:1/x.dtd\">",
      "<!DOCTYPE l PUBLIC \"-//X//EN\" \"http://127.0.0.1:1/x.dtd\">",
      "<!DOCTYPE l [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
      "<!DOCTYPE l [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/\"> %p;]>",
      "<!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
      "\"&b;&b;&b;&b;&b;&b;\">]>",
      "<!DOCTYPE l [<!ATTLIST l:Category Type CDATA \"INFORMATIVE\">]>",
  };
  for (const std::string& type : types) {
    const auto read = read_confidentiality_label("<?xml version=\"1.0\"?>" + type + label);
    ASSERT_FALSE(read.has_value()) << type;
    EXPECT_EQ(read.error().code, Code::kInvalid);
    EXPECT_NE(read.error().detail.find("document type"), std::string::npos) << read.error().detail;
  }
  EXPECT_EQ(code_of(informed("<l:PrivacyMark>&x;</l:PrivacyMark>")), Code::kInvalid);
  EXPECT_EQ(code_of(informed("<l:Category Type=\"PERMISSIVE\" TagName=\"&x;\"/>")), Code::kInvalid);
}

TEST(StanagXml, DecodesWhatXmlItselfDefines) {
  const auto label = read_confidentiality_label(
      informed("<l:PrivacyMark>&lt;&amp;&#65;&#x42;</l:PrivacyMark>"
               "<l:Category Type=\"PERMISSIVE\" TagName=\"&amp;&lt;&#38;\"/>"));
  ASSERT_TRUE(label.has_value()) << label.error().detail;
  EXPECT_EQ(label->information.privacy_mark, "<&AB");
  EXPECT_EQ(label->information.categories[0].tag_name, "&<&");
}

TEST(StanagXml, RefusesOtherEncodingsAndBrokenText) {
  const std::string label = informed("");
  EXPECT_TRUE(read_confidentiality_label("\xEF\xBB\xBF" + label).has_value())
      << "a byte order mark is fine";
  EXPECT_TRUE(
      read_confidentiality_label("<?xml version=\"1.0\" encoding=\"utf-8\"?>" + label).has_value());
  const std::string cases[] = {
      "",
      " " + label,
      std::string("\0", 1) + label,
      label + "<x/>",
      label.substr(0, label.size() - 1),
      "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + label,
      "<?xml version=\"1.0\" encoding=\"UTF-7\"?>" + label,
      "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + label,
      std::string("\xFE\xFF\0<", 4),
      informed("<l:PrivacyMark>\xC0\xAF</l:PrivacyMark>"),
      informed("<l:PrivacyMark>\xED\xA0\x80</l:PrivacyMark>"),
      informed("<l:PrivacyMark>\x01</l:PrivacyMark>"),
      informed("<l:PrivacyMark>&#1;</l:PrivacyMark>"),
      informed("<l:Category Type=\"PERMISSIVE\" Type=\"PERMISSIVE\" TagName=\"T\"/>"),
      informed("<unbound:x/>"),
  };
  for (const std::string& xml : cases) EXPECT_EQ(code_of(xml), Code::kInvalid) << xml;
}

TEST(StanagXml, HoldsItsLimits) {
  const auto parses = [](std::string_view xml) -> Code {
    const auto root = parse_xml(xml);
    return root ? Code::kInternal : root.error().code;
  };
  const auto nested = [](size_t depth) {
    std::string xml;
    for (size_t i = 0; i < depth; ++i) xml += "<a>";
    for (size_t i = 0; i < depth; ++i) xml += "</a>";
    return xml;
  };
  EXPECT_EQ(parses(nested(limits::kXmlDepthMax)), Code::kInternal);
  EXPECT_EQ(parses(nested(limits::kXmlDepthMax + 1)), Code::kTooLarge);
  const auto many = [](size_t elements) {
    std::string xml = "<a>";
    for (size_t i = 1; i < elements; ++i) xml += "<b/>";
    return xml + "</a>";
  };
  EXPECT_EQ(parses(many(limits::kXmlElementsMax)), Code::kInternal);
  EXPECT_EQ(parses(many(limits::kXmlElementsMax + 1)), Code::kTooLarge);
  const auto attributes = [](size_t count) {
    std::string xml = "<a";
    for (size_t i = 0; i < count; ++i) xml += " a" + std::to_string(i) + "=''";
    return xml + "/>";
  };
  EXPECT_EQ(parses(attributes(limits::kXmlAttributesMax)), Code::kInternal);
  EXPECT_EQ(parses(attributes(limits::kXmlAttributesMax + 1)), Code::kTooLarge);
  std::string large = "<a>" + std::string(limits::kXmlBytesMax - 7, 'x') + "</a>";
  EXPECT_EQ(parses(large), Code::kInternal);
  EXPECT_EQ(parses(large + " "), Code::kTooLarge);
}

TEST(Stanag, HoldsItsLimitsReadingAndWriting) {
  const auto repeated = [](std::string_view part, size_t times) {
    std::string out;
    for (size_t i = 0; i < times; ++i) out += part;
    return out;
  };
  const std::string_view category = "<l:Category Type=\"INFORMATIVE\" TagName=\"T\"/>";
  EXPECT_EQ(code_of(informed(repeated(category, limits::kLabelCategoriesMax))), Code::kInternal);
  EXPECT_EQ(code_of(informed(repeated(category, limits::kLabelCategoriesMax + 1))),
            Code::kTooLarge);
  const auto values = [&](size_t count) {
    return informed("<l:Category Type=\"INFORMATIVE\" TagName=\"T\">" +
                    repeated("<l:GenericValue/>", count) + "</l:Category>");
  };
  EXPECT_EQ(code_of(values(limits::kLabelValuesMax)), Code::kInternal);
  EXPECT_EQ(code_of(values(limits::kLabelValuesMax + 1)), Code::kTooLarge);
  ConfidentialityLabel label = full_label();
  label.information.categories[0].values.assign(limits::kLabelValuesMax, "v");
  EXPECT_TRUE(write_confidentiality_label(label).has_value());
  label.information.categories[0].values.emplace_back("v");
  EXPECT_FALSE(write_confidentiality_label(label).has_value());
  label = full_label();
  label.information.categories.resize(limits::kLabelCategoriesMax, label.information.categories[0]);
  EXPECT_TRUE(write_confidentiality_label(label).has_value());
  label.information.categories.push_back(label.information.categories[0]);
  EXPECT_FALSE(write_confidentiality_label(label).has_value());
}

TEST(StanagXml, KnowsDates) {
  for (const char* good : {"2024-02-29T00:00:00Z", "2000-02-29T23:59:59.5",
                           "2026-12-31T12:00:00+14:00", "2026-01-01T00:00:00-00:30"})
    EXPECT_TRUE(is_xml_date_time(good)) << good;
  for (const char* bad :
       {"", "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z", "2026-01-01T00:00:60Z", "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00.", "2026-01-01T00:00:00+14:01", "2026-01-01T00:00:00+0100",
        "2026-01-01T00:00:00z", "2026-01-01 00:00:00Z", "0000-01-01T00:00:00Z",
        "2026-01-01T00:00:00Z "})
    EXPECT_FALSE(is_xml_date_time(bad)) << bad;
}

}  // namespace entente::release
