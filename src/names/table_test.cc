// Lists that are tables. All parties are made up.
#include <gtest/gtest.h>

#include "names/list_test_support.h"
#include "names/table_records.h"

namespace entente::names {
namespace {

// The files one after the other, in pieces of `step` bytes.
Read read(const std::vector<std::string_view>& files, const TableMapping* mapping = nullptr,
          size_t step = 5) {
  Read out;
  EntitySet set;
  const EntitySink sink = [&](Entity&& one) -> Result<void> {
    out.entities.push_back(std::move(one));
    return {};
  };
  for (const std::string_view file : files) {
    out.report = read_list(pieces_of(file, step), sink, &set, mapping);
    if (!out.report) return out;
  }
  EXPECT_TRUE(set.finish(sink).has_value());
  return out;
}

TableMapping mapping_of(std::string_view text) {
  const std::string padded = json::padded(text);
  json::Parser parser;
  json::Document document;
  EXPECT_TRUE(parser.parse(std::string_view(padded).substr(0, text.size()), &document));
  auto mapping = read_mapping(document.root());
  EXPECT_TRUE(mapping.has_value());
  return mapping ? *mapping : TableMapping{};
}

constexpr std::string_view kNames =
    "36,\"VIDALGO, Marta\",\"individual\",\"TEST\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 14 Mar "
    "1961; alt. DOB 1962; POB Norvika; nationality Spain; Gender Female; Passport X12345 (Spain); "
    "a.k.a. 'LOBA'.\"\r\n"
    "37,\"NORVIKA STAR\",\"vessel\",\"TEST\",-0- ,\"NSTR\",\"Cargo\",-0- ,-0- ,\"Panama\",-0- "
    ",\"Vessel Registration Identification IMO 1234567 (vessel).\"\r\n"
    "38,\"NORVIKA HEAVY \"\"STEEL\"\" WORKS\",-0- ,\"TEST\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- "
    "\r\n"
    "\x1A";
constexpr std::string_view kFurtherNames =
    "36,1,\"aka\",\"VIDAL, Marta\",-0- \r\n36,2,\"fka\",\"ALMAGRO, Marta\",-0- \r\n";
constexpr std::string_view kAddresses =
    "38,5,\"1 Example Road\",\"Norvika\",\"Sweden\",-0- \r\n99,6,-0- ,-0- ,\"Peru\",-0- \r\n";

TEST(NamesTable, JoinsTheFilesOfASetInAnyOrder) {
  const std::vector<std::vector<std::string_view>> orders = {{kNames, kFurtherNames, kAddresses},
                                                             {kAddresses, kFurtherNames, kNames}};
  for (const auto& files : orders) {
    const Read found = read(files);
    ASSERT_TRUE(found.report.has_value());
    ASSERT_EQ(found.entities.size(), 3U);
    const Entity& person = found.entities[0];
    EXPECT_EQ(person.id, "36");
    EXPECT_EQ(person.kind, Kind::kPerson);
    EXPECT_EQ(person.gender, Gender::kFemale);
    ASSERT_EQ(person.names.size(), 4U);
    EXPECT_EQ(person.names[0].text, "VIDALGO, Marta");
    EXPECT_EQ(person.names[1].kind, NameKind::kWeak);
    EXPECT_EQ(person.names[3].kind, NameKind::kFormer);
    EXPECT_EQ(person.birth_dates, (std::vector<PartialDate>{{1961, 3, 14}, {1962, 0, 0}}));
    EXPECT_EQ(person.countries, std::vector<std::string>{"ES"});
    ASSERT_EQ(person.identifiers.size(), 1U);
    EXPECT_EQ(person.identifiers[0].value, "X12345");
    EXPECT_EQ(found.entities[1].kind, Kind::kVessel);
    EXPECT_EQ(found.entities[1].identifiers.back().type, "imo");
    EXPECT_EQ(found.entities[1].identifiers.back().value, "1234567");
    EXPECT_EQ(found.entities[2].names[0].text, "NORVIKA HEAVY \"STEEL\" WORKS");
    EXPECT_EQ(found.entities[2].countries, std::vector<std::string>{"SE"});
  }
}

TEST(NamesTable, ReadsUsualHeadings) {
  const Read list =
      read({"_id,source,entity_number,type,programs,name,title,addresses,alt_names,citizenships,"
            "dates_of_"
            "birth,nationalities,ids\n"
            "a1,Some List,12,Individual,,\"VIDALGO, Marta\",,\"1 Road, ES\",\"Marta Vidal; La "
            "Loba\",ES,1961-03-14,,\"Passport, X1\"\n"});
  ASSERT_EQ(list.entities.size(), 1U);
  EXPECT_EQ(list.entities[0].id, "a1");
  EXPECT_EQ(list.entities[0].kind, Kind::kPerson);
  EXPECT_EQ(list.entities[0].names.size(), 3U);
  EXPECT_EQ(list.entities[0].birth_dates, (std::vector<PartialDate>{{1961, 3, 14}}));
  const Read gleif = read(
      {"LEI,Entity.LegalName,Entity.LegalName.xmllang,Entity.OtherEntityNames.OtherEntityName.1,"
       "Entity.OtherEntityNames.OtherEntityName.1.xmllang,Entity.LegalAddress.Country\n"
       "00000000000000000001,Norvika AB,sv,Norvik Handels AB,sv,SE\n"});
  ASSERT_EQ(gleif.entities.size(), 1U);
  EXPECT_EQ(gleif.entities[0].id, "00000000000000000001");
  EXPECT_EQ(gleif.entities[0].kind, Kind::kOrganization);
  ASSERT_EQ(gleif.entities[0].names.size(), 2U);
  EXPECT_EQ(gleif.entities[0].names[1].text, "Norvik Handels AB");
  EXPECT_EQ(gleif.entities[0].countries, std::vector<std::string>{"SE"});
  const Read semicolons = read({"Nr;Name;Land\n1;Norvika AB;SE\n;Estvaldia;\n"});
  ASSERT_EQ(semicolons.entities.size(), 2U);
  EXPECT_EQ(semicolons.entities[1].id, "row-3");
}

TEST(NamesTable, AMappingNamesTheColumns) {
  const TableMapping mapping =
      mapping_of(R"({"columns":{"id":"Akte","names":["Firma"],"aliases":"Auch","countries":"Sitz",)"
                 R"("identifiers":{"tax":"USt"}},"kind":"organization","separator":"|"})");
  const Read found =
      read({"Akte;Firma;Auch;Sitz;USt\nA-7;Norvika AB;Norvik|NVK;Schweden;SE99\n"}, &mapping);
  ASSERT_EQ(found.entities.size(), 1U);
  const Entity& one = found.entities[0];
  EXPECT_EQ(one.id, "A-7");
  EXPECT_EQ(one.kind, Kind::kOrganization);
  EXPECT_EQ(one.names.size(), 3U);
  ASSERT_EQ(one.identifiers.size(), 1U);
  EXPECT_EQ(one.identifiers[0].type, "tax");
  const TableMapping numbers = mapping_of(R"({"columns":{"id":1,"name":2},"headings":false})");
  const Read bare = read({"7,Norvika\n8,Estvaldia\n"}, &numbers);
  ASSERT_EQ(bare.entities.size(), 2U);
  EXPECT_EQ(bare.entities[1].id, "8");
  EXPECT_FALSE(read({"A,B\n1,2\n"}, &mapping).report.has_value());
}

TEST(NamesTable, RefusesWhatIsNoListAndWhatIsPastLimits) {
  EXPECT_FALSE(read({"colour,size\nred,7\n"}).report.has_value());
  const Read nameless = read({"id,name\n1,Norvika\n2,\n"});
  ASSERT_TRUE(nameless.report.has_value());
  EXPECT_EQ(nameless.report->refused, 1U);
  const auto row_of = [](size_t fields) {
    return "name" + std::string(fields - 1, ',') + "\nNorvika\n";
  };
  const std::string most = row_of(kCsvFieldsMax), more = row_of(kCsvFieldsMax + 1);
  EXPECT_TRUE(read({most}, nullptr, 4096).report.has_value());
  EXPECT_FALSE(read({more}, nullptr, 4096).report.has_value());
  const std::string long_row = "name,x\n" + std::string(kCsvRowBytesMax - 1, 'a') + "\n";
  const std::string longer_row = "name,x\n" + std::string(kCsvRowBytesMax + 1, 'a') + "\n";
  EXPECT_TRUE(read({long_row}, nullptr, 65536).report.has_value());
  EXPECT_FALSE(read({longer_row}, nullptr, 65536).report.has_value());
}

}  // namespace
}  // namespace entente::names
