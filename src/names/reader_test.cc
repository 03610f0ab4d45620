// Lists in each form that is read, and what is wrong with them.
#include "names/reader.h"

#include <gtest/gtest.h>

#include <string>

#include "names/list_test_support.h"

namespace entente::names {
namespace {

TEST(NamesReader, ReadsFollowTheMoneyLines) {
  const Read found = read_in_pieces(
      R"({"id":"a","schema":"Person","properties":{"name":["Marta Vidalgo"],"alias":["La Loba"],"weakAlias":["ML"],)"
      R"("birthDate":["1961-03-14"],"nationality":["es"],"passportNumber":["X1"],"gender":["female"]}})"
      "\n"
      R"({"id":"b","schema":"Address","properties":{"full":["1 Example Road"]}})"
      "\n"
      R"({"id":"c","schema":"Person","properties":{"firstName":["Jan"],"lastName":["Kowalczuk"]}})"
      "\n"
      "{broken}\n");
  ASSERT_TRUE(found.report.has_value());
  ASSERT_EQ(found.entities.size(), 2U);
  const Entity& a = found.entities[0];
  EXPECT_EQ(a.id, "a");
  EXPECT_EQ(a.kind, Kind::kPerson);
  EXPECT_EQ(a.gender, Gender::kFemale);
  ASSERT_EQ(a.names.size(), 3U);
  EXPECT_EQ(a.names[1].kind, NameKind::kAlias);
  EXPECT_EQ(a.names[2].kind, NameKind::kWeak);
  EXPECT_EQ(a.birth_dates, (std::vector<PartialDate>{{1961, 3, 14}}));
  EXPECT_EQ(a.countries, std::vector<std::string>{"ES"});
  EXPECT_EQ(found.entities[1].names[0].text, "Jan Kowalczuk");
  EXPECT_EQ(found.report->skipped, 1U);
  EXPECT_EQ(found.report->refused, 1U);
}

TEST(NamesReader, ReadsTheOtherJsonForms) {
  const Read stix = read_in_pieces(
      R"({"type":"bundle","id":"bundle--1","objects":[{"type":"identity","id":"identity--1","name":"Norvika",)"
      R"("identity_class":"organization"},{"type":"threat-actor","id":"threat-actor--1","name":"Grey Heron","aliases":["GH-7"]},)"
      R"({"type":"note","id":"note--1"}]})");
  ASSERT_EQ(stix.entities.size(), 2U);
  EXPECT_EQ(stix.entities[0].kind, Kind::kOrganization);
  EXPECT_EQ(stix.entities[1].names.at(1).text, "GH-7");
  EXPECT_EQ(stix.report->skipped, 1U);
  const Read gleif = read_in_pieces(
      R"([{"LEI":"00000000000000000000","Entity":{"LegalName":"Norvika AB","OtherEntityNames":)"
      R"([{"type":"PREVIOUS_LEGAL_NAME","OtherEntityName":"Norvik AB"}],"LegalJurisdiction":"SE","LegalAddress":{"Country":"SE"}}}])");
  ASSERT_EQ(gleif.entities.size(), 1U);
  EXPECT_EQ(gleif.entities[0].names.at(1).kind, NameKind::kFormer);
  EXPECT_EQ(gleif.entities[0].countries, std::vector<std::string>{"SE"});
  const Read bods = read_in_pieces(
      R"([{"statementId":"s1","recordId":"r1","recordType":"person","recordDetails":{"names":[{"fullName":"Marta Vidalgo"}],)"
      R"("birthDate":"1961-03","nationalities":[{"code":"ES"}]}},{"recordType":"relationship","recordDetails":{}}])");
  ASSERT_EQ(bods.entities.size(), 1U);
  EXPECT_EQ(bods.entities[0].birth_dates, (std::vector<PartialDate>{{1961, 3, 0}}));
  const Read list = read_in_pieces(
      R"({"total":1,"results":[{"id":"x1","name":"VIDALGO, Marta","alt_names":["La Loba"],"source":"S","type":"Individual",)"
      R"("addresses":[{"country":"ES"}]}]})");
  ASSERT_EQ(list.entities.size(), 1U);
  EXPECT_EQ(list.entities[0].kind, Kind::kPerson);
  EXPECT_EQ(list.entities[0].countries, std::vector<std::string>{"ES"});
  const Read users = read_in_pieces(
      R"([{"id":"u1","entity_name":"Norvika","entity_type":"organization","aliases":["\u8bfa\u7ef4\u5361"]}])");
  ASSERT_EQ(users.entities.size(), 1U);
  EXPECT_EQ(users.entities[0].names.size(), 2U);
}

// A list that is a member of one great object, as screening lists are: what stands beside it is passed over, and what is
// wrong in it is said by its place in the file.
TEST(NamesReader, AListMayBeAMemberOfAGreatObject) {
  const std::string text =
      R"({"count":2, "entries" : [{"n":"Grey Heron Ltd","s":1,"e":"7"},{broken},{"n":"Norvika","s":2}],"more":{"a":[1]}})"
      "\n";
  for (const size_t step : {size_t{1}, size_t{7}, size_t{1000}}) {
    const Read found = read_in_pieces(text, step);
    ASSERT_TRUE(found.report.has_value());
    ASSERT_EQ(found.entities.size(), 2U);
    EXPECT_EQ(found.entities[1].names[0].text, "Norvika");
    EXPECT_EQ(found.report->refused, 1U);
    ASSERT_EQ(found.report->problems.size(), 1U);
    EXPECT_TRUE(found.report->problems[0].starts_with("at byte " +
                                                      std::to_string(text.find("{broken}")) + ":"))
        << found.report->problems[0];
  }
}

TEST(NamesReader, AnEmptyListIsAListAndNoiseIsNot) {
  EXPECT_TRUE(read_in_pieces("").report.has_value());
  EXPECT_FALSE(read_in_pieces("%PDF-1.7 nothing of a list").report.has_value());
}

}  // namespace
}  // namespace entente::names
