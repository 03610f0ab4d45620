// Lists in XML. All parties are made up.
#include <gtest/gtest.h>

#include "names/list_test_support.h"
#include "names/xml_records.h"

namespace entente::names {
namespace {

TEST(NamesXml, ReadsTheUnitedNationsList) {
  const Read found = read_in_pieces(
      R"(<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>7</DATAID>)"
      R"(<FIRST_NAME>MARTA</FIRST_NAME><SECOND_NAME>VIDALGO &amp; CO</SECOND_NAME><REFERENCE_NUMBER>XXi.001</REFERENCE_NUMBER>)"
      R"(<NAME_ORIGINAL_SCRIPT>مارتا</NAME_ORIGINAL_SCRIPT><GENDER>Female</GENDER><NATIONALITY><VALUE>Spain</VALUE></NATIONALITY>)"
      R"(<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>LOBA</ALIAS_NAME></INDIVIDUAL_ALIAS>)"
      R"(<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME><![CDATA[MARTA VIDAL]]></ALIAS_NAME></INDIVIDUAL_ALIAS><INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>)"
      R"(<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1961-03-14</DATE></INDIVIDUAL_DATE_OF_BIRTH>)"
      R"(<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>X1234</NUMBER></INDIVIDUAL_DOCUMENT></INDIVIDUAL></INDIVIDUALS>)"
      R"(<ENTITIES><ENTITY><DATAID>8</DATAID><FIRST_NAME>NORVIKA WORKS</FIRST_NAME><ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>NVK</ALIAS_NAME></ENTITY_ALIAS>)"
      R"(<ENTITY_ADDRESS><COUNTRY>Sweden</COUNTRY></ENTITY_ADDRESS></ENTITY><ENTITY><FIRST_NAME>NO ID</FIRST_NAME></ENTITY></ENTITIES></CONSOLIDATED_LIST>)");
  ASSERT_TRUE(found.report.has_value()) << found.report.error().detail;
  ASSERT_EQ(found.entities.size(), 2U);
  const Entity& one = found.entities[0];
  EXPECT_EQ(one.id, "7");
  EXPECT_EQ(one.kind, Kind::kPerson);
  EXPECT_EQ(one.gender, Gender::kFemale);
  ASSERT_EQ(one.names.size(), 4U);
  EXPECT_EQ(one.names[0].text, "MARTA VIDALGO & CO");
  EXPECT_EQ(one.names[2].kind, NameKind::kWeak);
  EXPECT_EQ(one.names[3].text, "MARTA VIDAL");
  EXPECT_EQ(one.birth_dates, (std::vector<PartialDate>{{1961, 3, 14}}));
  EXPECT_EQ(one.countries, std::vector<std::string>{"ES"});
  EXPECT_EQ(one.identifiers[0].type, "Passport");
  EXPECT_EQ(found.entities[1].kind, Kind::kOrganization);
  EXPECT_EQ(found.entities[1].countries, std::vector<std::string>{"SE"});
  EXPECT_EQ(found.report->refused, 1U);
}

TEST(NamesXml, ReadsLegalEntitiesAndSanctionsEntries) {
  const Read lei = read_in_pieces(
      R"(<lei:LEIData xmlns:lei="http://www.gleif.org/data/schema/leidata/2016"><lei:LEIRecords><lei:LEIRecord>)"
      R"(<lei:LEI>00000000000000000001</lei:LEI><lei:Entity><lei:LegalName xml:lang="sv">Norvika AB</lei:LegalName><lei:OtherEntityNames>)"
      R"(<lei:OtherEntityName xml:lang="sv" type="PREVIOUS_LEGAL_NAME">Norvik AB</lei:OtherEntityName></lei:OtherEntityNames>)"
      R"(<lei:LegalAddress><lei:Country>SE</lei:Country></lei:LegalAddress></lei:Entity></lei:LEIRecord></lei:LEIRecords></lei:LEIData>)");
  ASSERT_EQ(lei.entities.size(), 1U);
  EXPECT_EQ(lei.entities[0].names.at(1).kind, NameKind::kFormer);
  EXPECT_EQ(lei.entities[0].countries, std::vector<std::string>{"SE"});
  const Read sdn = read_in_pieces(
      R"(<sdnList><sdnEntry><uid>5</uid><firstName>Marta</firstName><lastName>VIDALGO</lastName><sdnType>Individual</sdnType><akaList><aka><uid>1</uid>)"
      R"(<type>a.k.a.</type><category>weak</category><lastName>LOBA</lastName></aka><aka><uid>2</uid><type>f.k.a.</type><category>strong</category>)"
      R"(<lastName>ALMAGRO</lastName><firstName>Marta</firstName></aka></akaList><dateOfBirthList><dateOfBirthItem><uid>3</uid><dateOfBirth>14 Mar 1961</dateOfBirth>)"
      R"(</dateOfBirthItem></dateOfBirthList></sdnEntry></sdnList>)");
  ASSERT_EQ(sdn.entities.size(), 1U);
  const Entity& one = sdn.entities[0];
  ASSERT_EQ(one.names.size(), 3U);
  EXPECT_EQ(one.names[0].text, "Marta VIDALGO");
  EXPECT_EQ(one.names[1].kind, NameKind::kWeak);
  EXPECT_EQ(one.names[2].text, "Marta ALMAGRO");
  EXPECT_EQ(one.names[2].kind, NameKind::kFormer);
  EXPECT_EQ(one.birth_dates, (std::vector<PartialDate>{{1961, 3, 14}}));
}

TEST(NamesXml, TakesNoDocumentTypesAndNothingBroken) {
  const Read entities = read_in_pieces(
      R"(<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x><ENTITY><DATAID>1</DATAID><FIRST_NAME>&b;</FIRST_NAME></ENTITY></x>)");
  ASSERT_FALSE(entities.report.has_value());
  EXPECT_EQ(entities.report.error().code, Code::kInvalid);
  EXPECT_TRUE(entities.entities.empty());
  EXPECT_FALSE(read_in_pieces("<x><ENTITY></x>").report.has_value());
  EXPECT_FALSE(read_in_pieces("<x><ENTITY>").report.has_value());
}

TEST(NamesXml, LimitsHold) {
  const auto nested = [](size_t depth) {
    std::string text;
    for (size_t i = 0; i < depth; ++i) text += "<x>";
    for (size_t i = 0; i < depth; ++i) text += "</x>";
    return text;
  };
  EXPECT_TRUE(read_in_pieces(nested(kXmlDepthMax), 1000).report.has_value());
  EXPECT_FALSE(read_in_pieces(nested(kXmlDepthMax + 1), 1000).report.has_value());
  const auto with_leaves = [](size_t leaves) {
    std::string text = "<x><ENTITY><DATAID>1</DATAID><FIRST_NAME>N</FIRST_NAME>";
    for (size_t i = 2; i < leaves; ++i) text += "<a>b</a>";
    return text + "</ENTITY></x>";
  };
  EXPECT_TRUE(read_in_pieces(with_leaves(kXmlLeavesMax), 4096).report.has_value());
  EXPECT_FALSE(read_in_pieces(with_leaves(kXmlLeavesMax + 1), 4096).report.has_value());
  const auto with_text = [](size_t bytes) {
    return "<x><ENTITY><DATAID>1</DATAID><FIRST_NAME>" + std::string(bytes - 1, 'N') +
           "</FIRST_NAME></ENTITY></x>";
  };
  EXPECT_TRUE(read_in_pieces(with_text(kXmlRecordBytesMax), 65536).report.has_value());
  EXPECT_FALSE(read_in_pieces(with_text(kXmlRecordBytesMax + 1), 65536).report.has_value());
}

}  // namespace
}  // namespace entente::names
