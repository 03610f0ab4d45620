// Confidentiality labels and bindings on the command line: out of one node and into another.
#include <gtest/gtest.h>

#include "tests/cli/support.h"

namespace entente::cli {
namespace {

const char* const kTable = R"({"type":"label-table","version":1,"policies":[
  {"name":"EXAMPLE TLP","id":"2.25.1003",
   "classifications":[{"label":"TLP:GREEN","tlp":"GREEN"},{"label":"TLP:AMBER","tlp":"AMBER"},
                      {"label":"TLP:AMBER+STRICT","tlp":"AMBER+STRICT"},{"label":"TLP:RED","tlp":"RED"}],
   "tags":[{"tag":"Releasable To","type":"PERMISSIVE","means":"audience","values":{"Borealis":"BOR"}}]}]})";

class Labels : public ::testing::Test {
 protected:
  Labels() {
    EXPECT_EQ(set_table(community_).exit_code, 0);
    EXPECT_EQ(import(community_, {}).exit_code, 0);
  }
  static Ran set_table(const Community& community) {
    return community.run({"label", "table", community.directory.write("table.json", kTable)});
  }
  // AVL imports two indicators into `shared`.
  static Ran import(const Community& community, const std::vector<std::string>& more) {
    const std::string file =
        community.directory.write("a.json", bundle({indicator(1), indicator(2)}));
    std::vector<std::string> arguments{"import", "--party", "AVL",       "--collection",
                                       "shared", "--json",  "--details", file};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return community.run(arguments);
  }
  static int get(const Community& community, int number, const std::string& party) {
    return community.run({"get", id_of_indicator(number), "--party", party}).exit_code;
  }
  // The one binding file that an export writes.
  std::string binding() const {
    const std::string folder = community_.directory.at("bindings");
    const Ran ran = community_.run({"export", "--party", "HQ", "--bindings", folder});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_NE(ran.out.find(id_of_indicator(2)), std::string::npos);
    EXPECT_EQ(everything_below(folder),
              (std::vector<std::string>{folder, folder + "/binding-000001.xml"}));
    return read_file(folder + "/binding-000001.xml");
  }
  static std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) text.replace(at, from.size(), to);
    return text;
  }

  const Community community_;
};

TEST_F(Labels, ALabelSaysWhatTheMarksSayAndIsReadBack) {
  const Ran written = community_.run({"label", "write", id_of_indicator(1), "--party", "HQ"});
  ASSERT_EQ(written.exit_code, 0) << written.err;
  EXPECT_NE(written.out.find("<slab:Classification>TLP:AMBER</slab:Classification>"),
            std::string::npos)
      << written.out;
  const std::string file = community_.directory.write("label.xml", written.out);
  const Ran read = community_.run({"label", "read", file, "--json"});
  EXPECT_EQ(read.exit_code, 0) << read.err;
  const app::Fields fields = json_of(read);
  EXPECT_TRUE(fields.flag("maps"));
  EXPECT_EQ(fields.root().find("words")->raw(), R"({"tlp":"tlp:amber"})");
}

TEST_F(Labels, WhatAPartyDoesNotSeeItCannotLabel) {
  EXPECT_EQ(community_.run({"label", "write", id_of_indicator(1), "--party", "BOR"}).exit_code, 2);
}

TEST_F(Labels, ALabelThatIsNotInTheTableMapsToNobody) {
  const Ran written = community_.run({"label", "write", id_of_indicator(1), "--party", "HQ"});
  const std::string file =
      community_.directory.write("label.xml", replaced(written.out, "TLP:AMBER<", "TLP:PUCE<"));
  const Ran read = community_.run({"label", "read", file, "--json"});
  EXPECT_EQ(read.exit_code, 1) << read.err;
  EXPECT_EQ(json_of(read).root().find("words")->raw(), R"({"tlp":"tlp:red","releasable_to":[]})");
  EXPECT_EQ(json_of(read).root().find("unmapped")->size(), 1U);
}

TEST_F(Labels, MarksThatNoLabelCanSayGiveNone) {
  const std::string file = community_.directory.write(
      "b.json",
      indicator(
          3,
          R"("granular_markings":[{"marking_ref":"marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb","selectors":["pattern"]}])"));
  ASSERT_EQ(community_.run({"import", "--party", "AVL", "--collection", "shared", file}).exit_code,
            0);
  const Ran written = community_.run({"label", "write", id_of_indicator(3), "--party", "HQ"});
  EXPECT_EQ(written.exit_code, 2);
  EXPECT_NE(written.err.find("marks of their own"), std::string::npos) << written.err;
  const Ran exported = community_.run(
      {"export", "--party", "HQ", "--bindings", community_.directory.at("bindings")});
  EXPECT_EQ(exported.exit_code, 2);
  EXPECT_NE(exported.err.find(id_of_indicator(3)), std::string::npos) << exported.err;
}

TEST_F(Labels, ABindingMarksWhatIsImportedWithIt) {
  const std::string xml = binding();
  EXPECT_EQ(get(community_, 1, "HQ"), 0);
  EXPECT_EQ(get(community_, 1, "BOR"), 1);
  const Community other;
  ASSERT_EQ(set_table(other).exit_code, 0);
  const std::string strict = replaced(
      xml, "<slab:Classification>TLP:AMBER</slab:Classification>",
      "<slab:Classification>TLP:AMBER+STRICT</slab:Classification><slab:Category "
      "Type=\"PERMISSIVE\" "
      "TagName=\"Releasable To\"><slab:GenericValue>Borealis</slab:GenericValue></slab:Category>");
  const Ran ran = import(other, {"--binding", other.directory.write("binding.xml", strict)});
  ASSERT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  EXPECT_EQ(get(other, 1, "BOR"), 0);
  EXPECT_EQ(get(other, 1, "HQ"), 1);
  EXPECT_EQ(get(other, 1, "AVL"), 0);
  EXPECT_EQ(
      json_of(import(other, {"--binding", other.directory.at("binding.xml")})).count("repeated"),
      2U);
}

TEST_F(Labels, ALabelThatDoesNotMapKeepsTheObjectWithItsSubmitter) {
  const Community other;
  ASSERT_EQ(set_table(other).exit_code, 0);
  const std::string xml = replaced(binding(), "TLP:AMBER<", "TLP:PUCE<");
  const Ran ran = import(other, {"--binding", other.directory.write("binding.xml", xml)});
  ASSERT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  EXPECT_EQ(json_of(ran).root().find("findings")->find("label-unmapped")->raw(), "2");
  EXPECT_EQ(get(other, 1, "AVL"), 0);
  EXPECT_EQ(get(other, 1, "HQ"), 1);
}

TEST_F(Labels, WhatTheBindingDoesNotLabelIsRefused) {
  const Community other;
  ASSERT_EQ(set_table(other).exit_code, 0);
  const std::string xml = binding();
  const std::string id = id_of_indicator(2), none = id_of_indicator(7);
  // Once of its digest too.
  const std::string missing = replaced(replaced(xml, id, none), id, none);
  const app::Fields report =
      json_of(import(other, {"--binding", other.directory.write("binding.xml", missing)}));
  EXPECT_EQ(report.count("accepted"), 1U);
  EXPECT_EQ(report.count("refused"), 1U);
  EXPECT_EQ(report.root().find("findings")->find("label-missing")->raw(), "1");
}

TEST_F(Labels, OtherBytesThanTheBindingNamesAreRefused) {
  const Community other;
  ASSERT_EQ(set_table(other).exit_code, 0);
  const std::string file = other.directory.write("binding.xml", binding());
  const std::string changed = other.directory.write("c.json", indicator(1, R"("confidence":7)"));
  const Ran ran = other.run(
      {"import", "--party", "AVL", "--collection", "shared", "--json", "--binding", file, changed});
  EXPECT_EQ(ran.exit_code, 1) << ran.err;
  EXPECT_EQ(json_of(ran).root().find("findings")->find("label-content")->raw(), "1");
}

TEST_F(Labels, WhatIsHereAlreadyIsNotNarrowedInSilence) {
  const std::string xml = replaced(binding(), "TLP:AMBER<", "TLP:RED<");
  const Ran ran = import(community_, {"--binding", community_.directory.write("binding.xml", xml)});
  EXPECT_EQ(ran.exit_code, 1) << ran.out;
  EXPECT_EQ(json_of(ran).count("refused"), 2U);
}

TEST(LabelTable, IsNeededAndChecked) {
  const Community community;
  const Ran none = community.run({"label", "table"});
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_NE(none.err.find("no label table"), std::string::npos) << none.err;
  const std::string wrong =
      community.directory.write("wrong.json", R"({"type":"label-table","version":2})");
  EXPECT_EQ(community.run({"label", "table", wrong}).exit_code, 2);
  const std::string right = community.directory.write("right.json", kTable);
  EXPECT_EQ(community.run({"label", "table", right}).exit_code, 0);
  EXPECT_EQ(community.run({"label", "table", "--json"}).out,
            "{\"policies\":[{\"name\":\"EXAMPLE TLP\"}]}\n");
}

}  // namespace
}  // namespace entente::cli
